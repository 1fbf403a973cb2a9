"""Every public page in English: what is left in Vietnamese are names and people's own words."""

import re
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus

import pypdfium2
import pytest
from django.core.cache import cache as kept
from django.test import Client
from django.utils.translation import get_language

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import IssuedForm, SubmitterIn, SupplementItemIn
from motcua.casework.dossiers.tests.make import MONDAY, Commune, make_all, make_application
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR
from motcua.channels.kit.tongues import COOKIE
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.tongue import language

from .english import left_on

pytestmark = pytest.mark.django_db
PROCEDURE = "1.004873"
PUBLIC = (
    *("/", "/thu-tuc/", "/thu-tuc/?q=xyzzy", "/linh-vuc/", f"/thu-tuc/{PROCEDURE}/"),
    *("/thu-tuc/khong-co/", "/so-lieu/", "/so-cam-ket/", "/bien-lai/", "/bien-lai/?ma=ABC"),
    *("/kiem-tra-chu-ky/", "/niem-yet/", "/tra-cuu/", "/tra-cuu/?ma=abc", "/giay/khong-co/"),
    *("/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/", "/tai-khoan/mat-khau/quen/"),
    "/tai-khoan/mat-khau/quen/?x",
)
OWN = (
    *(f"/nop-ho-so/{PROCEDURE}/", "/nop-ho-so/", "/ho-so/", "/ho-so/soan-san/"),
    *("/tai-khoan/", "/tai-khoan/ho-so-ca-nhan/", "/tai-khoan/phien-dang-nhap/"),
    *("/tai-khoan/thong-bao/", "/tai-khoan/thong-bao/thu-dien-tu/", "/tai-khoan/dang-xuat/"),
    *("/tai-khoan/thu-dien-tu/", "/tai-khoan/mat-khau/doi/"),
    *("/nguoi-lam-thay/", "/nguoi-lam-thay/uy-quyen/", "/to-chuc/", "/to-chuc/0100109106/"),
    *("/giup-dan/", "/dai-dien/", "/lam-thay/het-phien/"),
)
DRAFT = ("nguoi-nop/", "to-khai/1/", "giay-to/", "nhan-ket-qua/", "kiem-tra/", "ky-so/", "bo/")
DOSSIER = ("", "da-nop/", "bo-sung/", "rut/", "ai-da-xem/")


@dataclass
class World:
    """A citizen who reads English, her drafts and dossiers."""

    commune: Commune
    account: Account
    browser: Client

    @property
    def lan(self) -> Actor:
        return Actor(id=self.account.pk, name=self.account.full_name, kind=ActorKind.CITIZEN)


@pytest.fixture
def world(client: Client) -> World:
    kept.clear()
    commune = make_all()
    account = make_account(username="lan", full_name="Lò Thị Lan")
    client.cookies[COOKIE] = "en"
    return World(commune, account, client)


def supplemented(world: World) -> str:
    """Return the code of a dossier that was received and waits for a supplement."""
    submitter = SubmitterIn(name="Lò Thị Lan", account_id=world.account.pk, phone="0912345678")
    application = make_application(world.commune, submitter=submitter)
    code = dossiers.file_application(application, by=world.lan, at=MONDAY)
    dossiers.receive_dossier(code, by=world.commune.binh, at=MONDAY)
    item = SupplementItemIn("Bản chụp quyết định ly hôn", "Chưa có quyết định của Tòa án.", "")
    dossiers.ask_supplement(code, [item], by=world.commune.mai, at=MONDAY)
    return code


def begun(world: World) -> str:
    answer = world.browser.post(
        f"/nop-ho-so/{PROCEDURE}/", {"case": "thuong", "agency": str(world.commune.agency_id)}
    )
    return answer.headers["Location"].removesuffix("nguoi-nop/")


def test_nothing_of_ours_is_left_in_vietnamese(world: World) -> None:
    found = {page: left_in(world.browser, page) for page in PUBLIC}
    world.browser.force_login(world.account)
    code, draft = supplemented(world), begun(world)
    pages = [*OWN, *(draft + part for part in DRAFT), *(f"/ho-so/{code}/{p}" for p in DOSSIER)]

    found |= {page: left_in(world.browser, page) for page in (*pages, f"/tra-cuu/{code}/")}

    assert {page: words for page, words in found.items() if words} == {}


def test_wrong_input_is_complained_of_in_english(world: World) -> None:
    world.browser.force_login(world.account)
    draft = begun(world)

    found = {
        part: left_in(world.browser, draft + part, {"so_ban": "nhiều", "phone": "x"})
        for part in ("nguoi-nop/", "to-khai/1/", "giay-to/", "nhan-ket-qua/", "kiem-tra/")
    }

    assert {part: words for part, words in found.items() if words} == {}


def test_an_official_name_is_marked_and_explained_until_somebody_translates_it(
    world: World,
) -> None:
    before = page_of(world.browser, f"/thu-tuc/{PROCEDURE}/")
    definition = procedures.read_procedure(PROCEDURE, MONDAY.date()).definition

    names = {definition.plain_name: "Single status paper", definition.name: "Confirmation of it"}
    procedures.translate_texts(names, by=EDITOR, at=MONDAY)
    after = page_of(world.browser, f"/thu-tuc/{PROCEDURE}/")

    assert f'<span lang="vi">{definition.short_name}</span>' in before
    assert before.count("Official names that have no English translation") == 1
    assert "Single status paper</h1>" in after
    assert definition.plain_name not in after.partition("<body")[2]


def test_a_translated_procedure_is_found_by_english_words(world: World) -> None:
    definition = procedures.read_procedure(PROCEDURE, MONDAY.date()).definition
    procedures.translate_texts(
        {definition.name: "Confirmation of marital status"}, by=EDITOR, at=MONDAY
    )
    procedures.forget_kept()

    assert [one.code for one in procedures.find_procedures("marital status")] == [PROCEDURE]
    assert "Confirmation of marital status" in page_of(world.browser, "/thu-tuc/?q=marital")


def test_the_choice_is_kept_and_the_address_stays(client: Client) -> None:
    page = client.get("/tra-cuu/?ma=", headers={"Accept-Language": "en-GB"})
    switch = re.search(r'class="kit-tongue"\s+href="([^"]+)"', page.content.decode())

    answer = client.get(unescape(switch[1] if switch else ""))
    english = client.get(answer.headers["Location"])

    assert "This page in English" in page.content.decode()
    assert '<html lang="vi"' in page.content.decode()
    assert answer.headers["Location"] == "/tra-cuu/?ma="
    assert '<html lang="en"' in english.content.decode()
    assert (english.headers["Content-Language"], "Cookie" in english.headers["Vary"]) == (
        "en",
        True,
    )


@pytest.mark.parametrize("address", ["/", "/thu-tuc/khong-co/", "/khong-co-trang-nay/"])
def test_after_an_english_page_the_thread_speaks_vietnamese(client: Client, address: str) -> None:
    client.cookies[COOKIE] = "en"

    english = client.get(address)
    del client.cookies[COOKIE]
    vietnamese = client.get(address)

    assert [page.headers["Content-Language"] for page in (english, vietnamese)] == ["en", "vi"]
    assert (language(), get_language()) == ("vi", "vi")


def test_a_choice_nobody_offers_leaves_the_accounts_language(world: World) -> None:
    Account.objects.filter(pk=world.account.pk).update(language="en")
    world.browser.force_login(world.account)
    world.browser.cookies[COOKIE] = "fr"

    assert '<html lang="en"' in page_of(world.browser, "/ho-so/")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_choosing_leads_nowhere_else(client: Client, back: str) -> None:
    answer = client.get("/ngon-ngu/", {"tieng": "en", "ve": back})

    assert answer.headers["Location"] == "/"


def test_an_unknown_language_is_not_kept(client: Client) -> None:
    answer = client.get("/ngon-ngu/", {"tieng": "fr", "ve": "/"})

    assert (answer.status_code, COOKIE in answer.cookies) == (HTTPStatus.FOUND, False)


def test_offices_stay_vietnamese(world: World) -> None:
    world.browser.force_login(make_officer_account(username="binh"))

    office = page_of(world.browser, "/mot-cua/")
    account = page_of(world.browser, "/tai-khoan/")

    assert ['<html lang="vi"' in page for page in (office, account)] == [True, True]
    assert ["kit-tongue" in page for page in (office, account)] == [False, False]


def test_a_paper_has_a_reference_translation(world: World) -> None:
    world.browser.force_login(world.account)
    code = supplemented(world)

    answer = world.browser.get(f"/ho-so/{code}/giay/{IssuedForm.SUPPLEMENT}/tieng-anh/")

    pages = pypdfium2.PdfDocument(answer.content)
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert "The Vietnamese text prevails" in words
    assert "Request to supplement the application" in words
    assert "“Bản chụp quyết định ly hôn”" in words
    assert (
        world.browser.get(f"/ho-so/{code}/giay/06/tieng-anh/").status_code == HTTPStatus.NOT_FOUND
    )


def page_of(browser: Client, address: str, sent: dict[str, str] | None = None) -> str:
    answer = browser.get(address, follow=True) if sent is None else browser.post(address, sent)
    return answer.content.decode()


def left_in(browser: Client, address: str, sent: dict[str, str] | None = None) -> list[str]:
    """Return what a page says of our own words in Vietnamese, or that it is not in English."""
    return left_on(page_of(browser, address, sent))
