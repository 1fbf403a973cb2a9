"""Thousands of digits, or merely more than the database keeps, are wrong input and no accident.

Python refuses to read more than 4,300 digits, with an error that nobody expects of `int`.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.casework.dossiers.tests.make import CERTIFICATION, make_received, make_resolved
from motcua.casework.procedures.tests.make import make_procedure
from motcua.channels.counter.tests.make import make_desk
from motcua.channels.office.tests.make import address, make_office
from motcua.foundation.identity.tests.make import make_account
from motcua.lib.clock import now

from .addresses import routes

pytestmark = pytest.mark.django_db
NUMBERS = pytest.mark.parametrize("huge", ["9" * 5000, "9" * 40, "9" * 18], ids=len)


def is_answered(answer: Any) -> bool:
    return bool(answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR)


def calm(browser: Client) -> Client:
    browser.raise_request_exception = False
    return browser


def numbered(code: str, huge: str) -> list[str]:
    """Return every address with a number in it, the number huge and the dossier a real one."""
    values = {"code": code, "form": "01", "slug": "nhan", "procedure_code": "1.004873"}
    return [
        re.sub(
            r"<(?:(\w+):)?(\w+)>",
            lambda found: huge if found[1] == "int" else values.get(found[2], "x"),
            route,
        )
        for route in routes()
        if "<int:" in route
    ]


@NUMBERS
def test_no_address_breaks(huge: str) -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    browser = calm(desk.client)

    asked = [(method, one) for one in numbered(code, huge) for method in ("get", "post")]

    assert asked
    assert [one for one in asked if not is_answered(getattr(browser, one[0])(one[1]))] == []


ANSWERED = {
    "act": "receive",
    "procedure": "1.004873",
    "a_ho_ten": "Lò Thị Lan",
    "a_muc_dich": "Kết hôn",
    "a_so_ban": "2",
    "fee_le-phi_amount": "30000",
    "fee_le-phi_receipt": "7",
}
DESK_FIELDS = (
    "number_of_sets",
    "paper_to-khai_quantity",
    "a_so_ban",
    "a_ho_ten",
    "case",
    "agency",
    "return_unit",
    "legal_on",
    "legal_time",
    "phone",
    "drop",
    "d1_procedure",
    "d1_paper_to-khai_quantity",
    "d1_a_so_ban",
    "fee_le-phi_amount",
    "d1_fee_le-phi_amount",
)


@NUMBERS
@pytest.mark.parametrize("place", ["/mot-cua/tiep-nhan/", "/mot-cua/tiep-nhan/nhieu/"])
def test_a_reception_complains(huge: str, place: str) -> None:
    desk = make_desk()
    browser = calm(desk.client)
    typed = desk.form(**ANSWERED, **{f"d1_{name}": value for name, value in ANSWERED.items()})

    broken = [
        name for name in DESK_FIELDS if not is_answered(browser.post(place, typed | {name: huge}))
    ]

    assert broken == []


@NUMBERS
def test_certifying_complains(huge: str) -> None:
    desk = make_desk()
    make_procedure(code="2.000815", text=CERTIFICATION)
    line = {"name": "Căn cước", "pages": "2", "copies": "1", "applicant_name": "Lò Thị Lan"}
    browser = calm(desk.client)

    answers = [
        browser.post("/mot-cua/chung-thuc/", {**line, "act": "certify", name: huge})
        for name in ("pages", "copies", "signer")
    ]
    answers.append(browser.get("/mot-cua/chung-thuc/", {"bl": huge, "lap": huge}))

    assert [is_answered(one) for one in answers] == [True] * 4


@NUMBERS
def test_handing_over_and_out_complain(huge: str) -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    done = make_resolved(desk.commune)
    to_lan = {"handed_to": "Lò Thị Lan", "checked": "card"}
    browser = calm(desk.client)

    answers = [
        browser.post("/mot-cua/ban-giao/lap/", {"code": code, "unit": huge}),
        browser.post("/mot-cua/ban-giao/lap/", {"code": code, "unit": "x"}),
        browser.post(reverse("counter:hand_out", args=[done]), {**to_lan, "withdrawn": huge}),
    ]

    assert [is_answered(one) for one in answers] == [True] * 3


@NUMBERS
def test_handlers_lists_and_acts_complain(huge: str) -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    browser = calm(office.thu)
    money = {"name_1": "Thuế", "amount_1": huge, "receipt_1": "1"}

    answers = [
        *(browser.get("/xu-ly/viec/", {name: huge}) for name in WORK_FILTERS),
        browser.get(address(code), {"buoc": huge}),
        browser.get(address(code, "tra-loi-y-kien"), {"buoc": huge, "muc": huge}),
        browser.post("/xu-ly/viec/nhieu/", {"act": "nhan", "viec": f"{code} {huge}"}),
        browser.post(address(code, "yeu-cau-nop-tien"), money),
        browser.post(
            address(code, "hoan-thanh"), {"kind": "granted", "buoc": huge, "serial": huge}
        ),
        browser.post("/tai-khoan/lam-thay/chon/", {"delegation": huge}),
    ]

    assert [is_answered(one) for one in answers] == [True] * len(answers)


WORK_FILTERS = ("ai", "thu-tuc", "han", "loai", "don-vi", "sau")


@NUMBERS
def test_uploads_complain(huge: str) -> None:
    browser = calm(Client())
    browser.force_login(make_account(username="lan"))
    begun = browser.post("/tep/bat-dau/", {"name": "a.pdf", "size": "9"}).json()["token"]

    announced = browser.post("/tep/bat-dau/", {"name": "a.pdf", "size": huge})
    sent = browser.patch(
        f"/tep/{begun}/", b"x", content_type="application/octet-stream", headers=offset(huge)
    )

    assert (announced.status_code, sent.status_code) == (
        HTTPStatus.BAD_REQUEST if len(huge) > KEPT else HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.BAD_REQUEST if len(huge) > KEPT else HTTPStatus.CONFLICT,
    )


KEPT = 18


def offset(number: str) -> Mapping[str, str]:
    return {"Upload-Offset": number}


@NUMBERS
def test_an_application_complains(huge: str) -> None:
    desk = make_desk()
    browser = calm(Client())
    browser.force_login(make_account(username="lan"))
    agency = str(desk.commune.agency_id)
    begun = browser.post("/nop-ho-so/1.004873/", {"case": "thuong", "agency": agency})
    form = begun.headers["Location"].replace("nguoi-nop/", "to-khai/1/")
    typed = {"ho_ten": "Lò Thị Lan", "muc_dich": "Kết hôn", "so_ban": huge}

    assert browser.post(form, typed).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert is_answered(browser.get("/thu-tuc/", {"xem": huge, "q": huge}))
