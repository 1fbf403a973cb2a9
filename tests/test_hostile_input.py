"""Hostile words, numbers and bodies are answered, never with an error of ours."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from motcua.casework.dossiers.tests.make import make_all
from motcua.channels.counter.tests.make import make_desk
from motcua.foundation.identity.tests.make import PASSWORD, make_account

pytestmark = pytest.mark.django_db
HUGE = "9" * 40
WORDS = [
    "%00",
    "%FF%FE",
    "..%2f..%2fetc%2fpasswd",
    "%0d%0aSet-Cookie:%20a=b",
    "'%20OR%201=1--",
    HUGE,
]
CITIZENS = ["/ho-so/{}/", "/ho-so/{}/tep/1/", "/ho-so/X/tep/{}/", "/ho-so/X/giay/{}/", "/tep/{}/"]
CITIZENS += ["/nop-ho-so/ban-nhap/{}/giay-to/", "/nop-ho-so/{}/", "/ho-so/?tu={}"]
PUBLIC = ["/tra-cuu/{}/", "/tra-cuu/?ma={}", "/thu-tuc/?q={}", "/thu-tuc/{}/", "/?x={}"]
PUBLIC += ["/noi-o/?next={}", "/tai-khoan/dang-nhap/?next={}"]
PUBLIC += ["/thanh-toan/don/{}/", "/thanh-toan/vnpay/tro-ve/?don={}", "/thanh-toan/{}/bao-co/"]
PUBLIC += ["/thanh-toan/vnpay/bao-co/?vnp_TxnRef={}", "/bien-lai/{}/", "/bien-lai/?ma={}"]
DESK = ["/mot-cua/ho-so/{}/", "/mot-cua/tra-ket-qua/?q={}", "/mot-cua/truc-tuyen/?after={}"]
DESK += [
    "/mot-cua/tiep-nhan/?same_as={}",
    "/mot-cua/tiep-nhan/?q={}",
    "/mot-cua/tiep-nhan/?procedure={}",
]
DESK += [
    "/mot-cua/ho-so/X/tep/{}/",
    "/xu-ly/tim/?q={}",
    "/xu-ly/ho-so/?sau={}",
    "/xu-ly/viec/?sau={}",
]


def broken(browser: Client, addresses: list[str]) -> list[str]:
    """Return what answered with an error of ours."""
    asked = [address.format(word) for address in addresses for word in WORDS]
    return [
        one for one in asked if browser.get(one).status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    ]


def browser_of(account: Any = None) -> Client:
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account)
    return client


def test_a_stranger_breaks_nothing_with_words() -> None:
    make_all()

    assert broken(browser_of(), PUBLIC) == []


def test_a_citizen_breaks_nothing_with_words() -> None:
    make_all()

    assert broken(browser_of(make_account(username="pao")), CITIZENS) == []


def test_a_desk_officer_breaks_nothing_with_words() -> None:
    desk = make_desk()

    assert broken(browser_of(desk.binh), DESK) == []


def test_a_session_that_is_no_word_is_nobodys() -> None:
    browser = browser_of()
    browser.cookies["motcua_phien"] = "a\x00b"

    assert browser.get("/ho-so/").status_code == HTTPStatus.FOUND


FILING: dict[str, Any] = {
    "procedure_code": "1.004873",
    "case_code": "thuong",
    "agency_code": "H18.101",
    "parties": [{"full_name": "Lò Thị Lan"}],
    "answers": {"ho_ten": "Lò Thị Lan", "muc_dich": "Kết hôn", "so_ban": 2},
    "papers": [{"spec_code": "to-khai"}],
}


def deep(levels: int) -> bytes:
    body = json.dumps({**FILING, "answers": {"ho_ten": "HERE"}})
    return body.replace('"HERE"', "[" * levels + "]" * levels).encode()


BODIES = {
    "deep": deep(100_000),
    "less deep": deep(900),
    "no json": b"{",
    "no utf-8": b'{"a": "\xff"}',
    "nul": json.dumps({**FILING, "submitter_name": "a\x00b"}).encode(),
    "nul in answers": json.dumps(
        {**FILING, "answers": {"ho_ten": "a\x00b", "muc_dich": "x", "so_ban": 1}}
    ).encode(),
    "half a sign": json.dumps({**FILING, "submitter_name": "\ud800"}).encode(),
    "huge number": json.dumps(
        {**FILING, "answers": {"ho_ten": "a", "muc_dich": "x", "so_ban": 10**400}}
    ).encode(),
    "no number": b'{"answers": {"so_ban": NaN}}',
    "huge": b'{"summary": "' + b"a" * 3_000_000 + b'"}',
    "wrong kind": b"[1, 2]",
    "future": json.dumps(
        {**FILING, "parties": [{"full_name": "a", "birth_date": "9999-12-31"}]}
    ).encode(),
}


def token() -> str:
    make_account(username="pao")
    body = json.dumps({"username": "pao", "password": PASSWORD})
    answer = Client().post("/api/v1/sessions", body, content_type="application/json")
    return str(answer.json()["token"])


@pytest.mark.parametrize("name", list(BODIES))
def test_no_body_breaks_the_interface(name: str) -> None:
    make_all()
    browser, headers = browser_of(), {"Authorization": f"Bearer {token()}"}

    answer = browser.post(
        "/api/v1/dossiers", BODIES[name], content_type="application/json", headers=headers
    )

    assert HTTPStatus.BAD_REQUEST <= answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize(
    "path",
    [
        "/dossiers/a%00b",
        f"/dossiers/{HUGE}",
        "/dossiers?after=%00",
        "/dossiers?after=e30",
        "/work?after=W10",
        f"/dossiers?limit={HUGE}",
        "/procedures?q=%00",
    ],
)
def test_no_address_breaks_the_interface(path: str) -> None:
    make_all()
    headers = {"Authorization": f"Bearer {token()}"}

    status = browser_of().get(f"/api/v1{path}", headers=headers).status_code

    assert status < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize("step", ["9" * 5000, "-1", "a%00b", HUGE])
def test_no_step_breaks_the_interface(step: str) -> None:
    headers = {"Authorization": f"Bearer {token()}"}

    answer = browser_of().post(
        f"/api/v1/dossiers/X/steps/{step}/take",
        b"{}",
        content_type="application/json",
        headers=headers,
    )

    assert HTTPStatus.BAD_REQUEST <= answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
