"""Orders are found and told whole; accounts for money are entered."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.payments import api as payments
from motcua.casework.payments.tests.make import LAN, MONDAY, make_order, make_till
from motcua.foundation.organisation import api as organisation

from .people import page_of

pytestmark = pytest.mark.django_db
ACCOUNT = {
    "bank_bin": "970403",
    "bank_name": "Ngân hàng mẫu",
    "number": "0011012345678",
    "name": "UBND XA",
    "valid_from": "1/7/2026",
}


def test_an_order_is_found_and_told_whole(quan: Client) -> None:
    till = make_till()
    order = make_order(till)
    payments.pay_cash(order.code, amount_vnd=100_000, by=till.binh, at=MONDAY)
    came = payments.PaymentIn(payments.Channel.TRANSFER, 90_000, "FT1", MONDAY)
    payments.take_payment(order.code, came, by=LAN, at=MONDAY)

    listed = page_of(quan, f"don-nop-tien/?q={order.code}")
    told = page_of(quan, f"don-nop-tien/{order.code}/")

    wanted = ["thừa 40.000 đồng", "FT1", "Tiền mặt tại quầy", "Đề nghị hoàn tiền"]
    assert (order.code in listed, [one for one in wanted if one not in told]) == (True, [])


def test_money_of_nobody_is_shown_to_who_sees_all_orders(quan: Client, xuan: Client) -> None:
    payments.Notice.objects.create(
        channel="vnpay",
        received_at=MONDAY,
        judged_at=MONDAY,
        outcome="no_order",
        is_genuine=True,
        is_paid=True,
        amount_vnd=7_000,
        partner_ref="VNP-LAC",
    )

    pages = [page_of(one, "don-nop-tien/?tu=1/1/0001&den=31/12/9999") for one in (quan, xuan)]

    assert ["VNP-LAC" in page for page in pages] == [True, False]
    assert [page[:9] for page in pages] == ["<!DOCTYPE"] * 2


def test_an_account_for_money_is_entered(quan: Client, commune: organisation.Agency) -> None:
    path = "/quan-tri/tai-khoan-nhan-tien/them/"
    typed = {"agency": commune.code, **ACCOUNT}

    wrong = quan.post(path, {"request_key": str(uuid4()), **typed, "bank_bin": "97"})
    quan.post(path, {"request_key": str(uuid4()), **typed})

    shown = page_of(quan, "tai-khoan-nhan-tien/")
    assert ("đúng 6 chữ số" in wrong.content.decode(), "0011012345678" in shown) == (True, True)


def test_an_account_ends_on_a_day(quan: Client, commune: organisation.Agency) -> None:
    path = "/quan-tri/tai-khoan-nhan-tien/"
    added = {"request_key": str(uuid4()), "agency": commune.code, **ACCOUNT}
    quan.post(f"{path}them/", {**added, "terminal_vnpay": "SHOP02"})
    row = payments.Beneficiary.objects.get()
    end = f"{path}{row.pk}/thoi-dung/"

    early = quan.post(end, {"request_key": str(uuid4()), "valid_to": "01/01/2020"})
    quan.post(end, {"request_key": str(uuid4()), "valid_to": "31/12/2099"})

    row.refresh_from_db()
    assert "không được trước ngày" in early.content.decode()
    assert (row.valid_to, row.terminals) == (date(2099, 12, 31), {"vnpay": "SHOP02"})
    assert "Thôi dùng…" not in page_of(quan, "tai-khoan-nhan-tien/")
