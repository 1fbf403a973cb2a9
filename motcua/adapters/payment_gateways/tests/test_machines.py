"""Addresses for machines: a bank tells of money, the national portal looks a bill up."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client

from motcua.adapters.payment_gateways.national import NationalPlatform
from motcua.adapters.payment_gateways.vnpay import Vnpay
from motcua.adapters.payment_gateways.vnpt_pay import VnptPay
from motcua.casework.contracts.api import PaidBy
from motcua.casework.contracts.tests.make import make_contract
from motcua.casework.payments.api import (
    Attempt,
    Channel,
    Notice,
    OrderState,
    Outcome,
    get_order,
    pay_cash,
)
from motcua.casework.payments.tests.make import MONDAY, Till, make_order, make_till
from motcua.lib.clock import local, now

from .conftest import SECRET

pytestmark = pytest.mark.django_db
ACCOUNT = "0011012345678"


def digest(*values: str) -> str:
    return hmac.new(SECRET.encode(), "|".join(values).encode(), hashlib.sha256).hexdigest()


def told(client: Client, words: str, **changes: str) -> str:
    """Return what a bank hears that tells of money."""
    said = {
        "account": ACCOUNT,
        "amount": "150000",
        "bank": "970403",
        "booked_at": "20260706100000",
        "payer_name": "LO THI LAN",
        "ref": "FT1",
        "words": words,
        **changes,
    }
    said["signature"] = changes.get(
        "signature", digest(*(said[one] for one in sorted(said) if one != "signature"))
    )
    answer = client.post("/ngan-hang/bao-co/", json.dumps(said), content_type="application/json")
    return str(answer.json()["code"])


def test_a_bank_that_tells_twice_is_recorded_once(client: Client) -> None:
    order = make_order(make_till())

    codes = [told(client, f"{order.code} nop phi") for _ in range(2)]

    assert codes == ["00", "02"]
    assert (get_order(order.code).paid_vnd, get_order(order.code).state) == (
        150_000,
        OrderState.PAID,
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signature": "0" * 64}, "97"),
        ({"bank": "970499"}, "99"),
        ({"account": "111111"}, "01"),
        ({"bank": "970405"}, "01"),
        ({"account": "\0"}, "99"),
        ({"amount": "-5"}, "99"),
        ({"amount": "0"}, "01"),
    ],
)
def test_a_bad_notice_changes_nothing(client: Client, changes: dict[str, str], code: str) -> None:
    order = make_order(make_till())

    assert told(client, order.code, **changes) == code
    assert get_order(order.code).paid_vnd == 0


def test_what_is_no_json_is_answered(client: Client) -> None:
    answer = client.post("/ngan-hang/bao-co/", b"\xff", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (200, "99")


@pytest.mark.parametrize("where", ["vnpt-pay", "national"])
@pytest.mark.parametrize("odd", ["\0", "\ud800"])
def test_letters_that_no_database_holds_are_kept_and_refused(
    client: Client, where: str, odd: str
) -> None:
    said = {"transaction_id": odd, "MaThamChieu": odd}

    answer = client.post(
        f"/thanh-toan/{where}/bao-co/", json.dumps(said), content_type="application/json"
    )

    assert (answer.status_code, "99" in answer.json().values()) == (200, True)
    assert [one.outcome for one in Notice.objects.all()] == [Outcome.ERROR]


def looked_up(client: Client, dossier: str, *, mark: str = "", code: str = "") -> dict[str, Any]:
    stamp = mark or f"{dossier}{local(now()):%Y%m%d%H%M%S}"
    said = {
        "MaDoiTac": "SHOP01",
        "MaHoSo": dossier,
        "MaTraCuuTT": stamp,
        "MaXacThuc": code or digest("SHOP01", dossier, stamp),
    }
    answer = client.post(
        "/thanh-toan-quoc-gia/tra-cuu/", json.dumps(said), content_type="application/json"
    )
    found: dict[str, Any] = answer.json()
    return found


DOSSIER = "H18.101-260706-0001"


def make_waiting() -> tuple[Till, str]:
    till = make_till()
    make_contract(number="02/2026/HĐTH", channels=(PaidBy.NATIONAL,), price=None)
    return till, make_order(till, at=now(), subject=f"dossier:{DOSSIER}").code


def test_the_portal_finds_the_bill_of_a_dossier_and_one_attempt(client: Client) -> None:
    make_waiting()

    first, again = (looked_up(client, DOSSIER) for _ in range(2))

    [attempt] = Attempt.objects.filter(channel=Channel.NATIONAL)
    assert (first["error_code"], first["SoTien"], first["MaHoSo"]) == (0, "150000", DOSSIER)
    assert [one["MaThamChieu"] for one in (first, again)] == [attempt.ref] * 2
    assert [one["LoaiPhiLePhi"] for one in first["PhiLePhi"]] == ["1", "2"]


def test_a_paid_dossier_is_told_so(client: Client) -> None:
    till, code = make_waiting()
    pay_cash(code, amount_vnd=150_000, by=till.binh, at=MONDAY)

    assert looked_up(client, DOSSIER)["error_code"] == 1


def test_a_question_that_is_not_the_portals_learns_nothing(client: Client) -> None:
    make_waiting()

    assert [
        looked_up(client, DOSSIER, code="0" * 64)["error_code"],
        looked_up(client, DOSSIER, mark=f"{DOSSIER}20200101000000")["error_code"],
        looked_up(client, DOSSIER, mark="khac20261122000000")["error_code"],
        looked_up(client, "H18.101-260706-9999")["error_code"],
    ] == [-1] * 4


def test_the_pages_of_a_partner_are_the_hosts_that_the_operator_entered() -> None:
    found = {one.channel: sorted(one.pages()) for one in (Vnpay(), VnptPay(), NationalPlatform())}

    assert found == {
        Channel.VNPAY: ["https://cong.example"],
        Channel.VNPT_PAY: ["https://b.example"],
        Channel.NATIONAL: ["https://c.example"],
    }
