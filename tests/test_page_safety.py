"""What people type stays words on every page and paper; forms and sessions belong to one person."""

from dataclasses import replace
from http import HTTPStatus

import pypdfium2
import pytest
from django.core.cache import cache
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import ANSWERS, LAN, MONDAY, make_application
from motcua.channels.counter.tests.make import Desk, make_desk
from motcua.foundation.identity.tests.make import PASSWORD, make_account

pytestmark = pytest.mark.django_db
EVIL = "<img src=x onerror=alert(1)>"
NAME = f"Lan {EVIL}"


@pytest.fixture(autouse=True)
def _forget_rates() -> None:
    cache.clear()


def filed_by_mischief(desk: Desk) -> tuple[str, Client]:
    """Return the code of a dossier full of tags, and the browser of who filed it."""
    account = make_account(username="lan", full_name=NAME)
    lan = replace(LAN, id=account.pk, name=NAME)
    party = dossiers.PartyIn(dossiers.PartyRole.APPLICANT, NAME, number_hint="123")
    application = make_application(
        desk.commune,
        submitter=dossiers.SubmitterIn(name=NAME, account_id=lan.id, address=NAME),
        parties=(party,),
        answers={**ANSWERS, "ho_ten": NAME, "muc_dich": NAME},
        papers=(dossiers.PaperIn("to-khai", NAME),),
        summary=NAME,
    )
    code = dossiers.file_application(application, by=lan, at=MONDAY)
    dossiers.write_message(code, NAME, by=lan, at=MONDAY)
    browser = Client()
    browser.force_login(account)
    return code, browser


def test_tags_typed_by_an_applicant_stay_words_at_the_desk_and_in_the_office() -> None:
    desk = make_desk()
    code, _ = filed_by_mischief(desk)
    pages = [f"/mot-cua/ho-so/{code}/", "/mot-cua/truc-tuyen/", "/xu-ly/ho-so/"]
    pages += [f"/xu-ly/ho-so/{code}/{part}" for part in ("", "?phan=giay-to", "?phan=trao-doi")]

    answers = [desk.client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * len(pages)
    assert [EVIL in answer.content.decode() for answer in answers] == [False] * len(pages)
    assert "&lt;img src=x" in answers[0].content.decode()


def test_tags_typed_by_an_applicant_stay_words_on_the_own_pages() -> None:
    code, browser = filed_by_mischief(make_desk())
    pages = [f"/ho-so/{code}/", f"/ho-so/{code}/da-nop/", "/ho-so/", f"/tra-cuu/{code}/"]

    answers = [browser.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * len(pages)
    assert [EVIL in answer.content.decode() for answer in answers] == [False] * len(pages)


def test_tags_typed_by_an_applicant_are_printed_as_they_were_typed() -> None:
    desk = make_desk()
    code, browser = filed_by_mischief(desk)

    answer = browser.get(f"/ho-so/{code}/giay/{dossiers.IssuedForm.FILED}/")

    pages = pypdfium2.PdfDocument(answer.content)
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert "onerror=alert(1)" in words


def test_a_form_without_its_token_is_refused() -> None:
    desk = make_desk()
    code, _ = filed_by_mischief(desk)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(desk.binh)

    answer = browser.post(f"/mot-cua/ho-so/{code}/tiep-nhan/")

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert dossiers.get_dossier_for(desk.commune.binh, code).received_at is None


def test_signing_in_gives_a_new_session(client: Client) -> None:
    make_account(username="pao")
    client.cookies["motcua_phien"] = "a" * 32

    client.post("/tai-khoan/dang-nhap/", {"login": "pao", "password": PASSWORD})

    assert client.cookies["motcua_phien"].value not in ("", "a" * 32)
    assert client.get("/ho-so/").status_code == HTTPStatus.OK


def test_an_error_page_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_code: str) -> None:
        raise LookupError("password=secret")

    monkeypatch.setattr(dossiers, "progress_of", break_down)
    browser = Client(raise_request_exception=False)

    answer = browser.get("/tra-cuu/H18.101-260302-0001/")

    words = answer.content.decode()
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert ["secret" in words, "LookupError" in words, "Traceback" in words] == [False] * 3
    assert answer.headers["X-Request-ID"] in words
