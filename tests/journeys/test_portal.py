"""A citizen finds, applies, follows: on a phone, every page without barriers."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from motcua.casework.dossiers.api import SubmitterIn, file_application
from motcua.casework.dossiers.tests.make import make_all, make_application
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, TEXT
from motcua.channels.portal.tests.make import QUESTIONS
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.identity.tests.make import make_account
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day, now
from tests.english import left_on

Findings = Callable[[Page], list[str]]
PROCEDURE = "1.004873"
# What somebody translated of the procedure's own words; all others are said to be English too.
ENGLISH = {
    "Xin giấy xác nhận độc thân": "Single status paper",
    "Mục đích sử dụng": "Purpose",
    "Số bản": "Number of copies",
    "Cấp lần đầu": "First issue",
    "Tờ khai theo mẫu": "Application form",
}


@pytest.fixture(scope="module")
def session(site: str, django_db_blocker: DjangoDbBlocker) -> str:  # noqa: ARG001 -- the site comes first
    """Return the key of Lan's session; she has filed one dossier in a commune of one procedure."""
    with django_db_blocker.unblock():
        commune = make_all(text_change=(TEXT, TEXT + QUESTIONS))
        account = make_account(username="lan", full_name="Lò Thị Lan")
        submitter = SubmitterIn(name=account.full_name, account_id=account.pk)
        by = Actor(id=account.pk, name=account.full_name, kind=ActorKind.CITIZEN)
        file_application(make_application(commune, submitter=submitter), by=by, at=now())
        browser = Client()
        browser.force_login(account)
    return browser.cookies["motcua_phien"].value


@pytest.fixture
def lan(page: Page, site: str, session: str) -> Page:
    """Lan's phone, signed in, at the home page."""
    page.context.add_cookies([{"name": "motcua_phien", "value": session, "url": site}])
    page.goto(site)
    return page


def go_on(page: Page, button: str = "Lưu và tiếp tục") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def test_lan_finds_her_case_by_words_without_tones(lan: Page, barriers: Findings) -> None:
    lan.get_by_label("Bà con cần làm việc gì?").fill("doc than")
    lan.get_by_role("link", name="Xin giấy xác nhận độc thân").click()
    lan.get_by_label("Đã từng").check()
    lan.get_by_role("button", name="Xem giấy tờ của tôi").click()

    expect(lan.get_by_text("Trường hợp của bà con: Cấp lại.")).to_be_visible()
    expect(lan.get_by_text("Giấy xác nhận đã cấp", exact=True).first).to_be_visible()
    assert barriers(lan) == []


def test_lan_applies_within_three_clicks_presses_twice_and_follows(
    lan: Page, barriers: Findings
) -> None:
    lan.get_by_role("link", name="Kết hôn, gia đình").click()
    lan.get_by_role("link", name="Xin giấy xác nhận độc thân").click()
    lan.get_by_role("link", name="Nộp trực tuyến").click()
    found = barriers(lan)
    lan.get_by_label("Cấp lần đầu").check()
    go_on(lan, "Tiếp tục")
    found += barriers(lan)
    go_on(lan)
    fill_the_form(lan)
    found += barriers(lan)
    go_on(lan)
    attach_a_paper(lan)
    found += barriers(lan)
    go_on(lan)
    lan.get_by_label("Số điện thoại liên hệ").fill("0912 345 678")
    lan.get_by_label("Địa chỉ liên hệ").fill("Bản Co Mận")
    go_on(lan)
    found += barriers(lan)
    lan.get_by_label("Tôi cam đoan").check()
    lan.get_by_role("button", name="Nộp hồ sơ", exact=True).dblclick()

    expect(lan.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_visible()
    lan.get_by_role("link", name="Theo dõi hồ sơ").click()
    expect(lan.get_by_text("to khai.pdf")).to_be_visible()
    lan.get_by_role("navigation", name="Chính").get_by_role("link", name="Hồ sơ của tôi").click()
    filed_before = 1
    expect(lan.get_by_role("link", name="Xin giấy xác nhận độc thân")).to_have_count(
        filed_before + 1
    )
    assert found + barriers(lan) == []


def fill_the_form(lan: Page) -> None:
    lan.get_by_label("Mục đích sử dụng").fill("Đăng ký kết hôn")
    lan.get_by_label("Số bản").fill("2")
    expect(lan.locator("[data-save-state]")).to_contain_text("Đã lưu lúc")


def attach_a_paper(lan: Page) -> None:
    paper = {"name": "to khai.pdf", "mimeType": "application/pdf", "buffer": make_pdf()}
    lan.get_by_label("Tờ khai theo mẫu").set_input_files(paper)  # type: ignore[arg-type]  # -- a TypedDict by another name
    expect(lan.get_by_text("Đã gửi")).to_be_visible()


def test_lan_asks_and_withdraws(lan: Page, barriers: Findings) -> None:
    lan.get_by_role("link", name="Hồ sơ của tôi").click()
    found = barriers(lan)
    lan.get_by_role("link", name="Xin giấy xác nhận độc thân").first.click()
    lan.get_by_label("Ông/bà muốn hỏi").fill("Bao giờ có kết quả?")
    go_on(lan, "Gửi câu hỏi")
    expect(lan.get_by_text("Bao giờ có kết quả?")).to_be_visible()
    lan.get_by_role("link", name="Rút hồ sơ").click()
    found += barriers(lan)
    go_on(lan, "Rút hồ sơ")

    expect(lan.get_by_text("Công dân yêu cầu rút hồ sơ").first).to_be_visible()
    assert found + barriers(lan) == []


@pytest.fixture
def anna(lan: Page, django_db_blocker: DjangoDbBlocker) -> Page:
    """The same phone in the hands of somebody who reads English; the procedure is translated."""
    with django_db_blocker.unblock():
        definition = procedures.read_procedure(PROCEDURE, local_day(now())).definition
        texts = [one.words for one in procedures.texts_of(definition)]
        english = {words: f"Text {n}" for n, words in enumerate(texts)} | ENGLISH
        procedures.translate_texts(english, by=EDITOR, at=now())
    lan.get_by_role("link", name="English").click()
    return lan


def test_anna_finds_reads_applies_and_follows_in_english(anna: Page, barriers: Findings) -> None:
    left = left_on(anna.content())
    anna.get_by_label("What do you need to do?").fill("doc than")
    left += left_on(anna.content())
    anna.get_by_role("link", name="Single status paper").click()
    left += left_on(anna.content())
    found = barriers(anna)
    anna.get_by_role("link", name="File on line").click()
    anna.get_by_label("First issue").check()
    for part in (fill_nothing, fill_in_english, attach_in_english, say_where_in_english):
        left += left_on(anna.content())
        part(anna)
    anna.get_by_label("I declare that").check()
    left += left_on(anna.content())
    anna.get_by_role("button", name="File an application", exact=True).click()

    expect(anna.get_by_role("heading", name="Application filed")).to_be_visible()
    left += left_on(anna.content())
    anna.get_by_role("link", name="Follow the application").click()
    expect(anna.get_by_role("link", name="Reference translation")).to_be_visible()
    assert (left + left_on(anna.content()), found + barriers(anna)) == ([], [])


def fill_nothing(anna: Page) -> None:
    go_on(anna, "Continue")
    go_on(anna, "Save and continue")


def fill_in_english(anna: Page) -> None:
    anna.get_by_label("Purpose").fill("Marriage")
    anna.get_by_label("Number of copies").fill("2")
    expect(anna.locator("[data-save-state]")).to_contain_text("Saved at")
    go_on(anna, "Save and continue")


def attach_in_english(anna: Page) -> None:
    paper = {"name": "form.pdf", "mimeType": "application/pdf", "buffer": make_pdf()}
    anna.get_by_label("Application form").set_input_files(paper)  # type: ignore[arg-type]  # -- a TypedDict by another name
    expect(anna.get_by_text("Sent", exact=True)).to_be_visible()
    assert "Remove this file" in anna.content()
    go_on(anna, "Save and continue")


def say_where_in_english(anna: Page) -> None:
    anna.get_by_label("Contact telephone number").fill("0912 345 678")
    anna.get_by_label("Contact address").fill("Muong Phang")
    go_on(anna, "Save and continue")
