"""What partners see of money, parcels of the post, what a settled month costs in the books."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.tests.make import make_person, make_post
from motcua.casework.payments.choices import Channel, OrderState, ParcelState
from motcua.casework.payments.errors import (
    ChannelClosed,
    NoSuchParcel,
    OrderClosed,
    PaymentError,
)
from motcua.casework.payments.models import CodParcel, Order
from motcua.casework.payments.operations.partner_costs import MonthCost, follow_month
from motcua.casework.payments.operations.posting_parcels import (
    CollectedIn,
    HandInIn,
    ParcelIn,
    collect_parcel,
    hand_in,
    return_parcel,
    send_parcel,
)
from motcua.casework.payments.operations.taking import take_payment
from motcua.casework.payments.queries.partners import (
    get_parcel_of_partner,
    hand_ins_for,
    hand_ins_of_partner,
    parcels_of_order,
    parcels_of_partner,
    payments_of_partner,
    waiting_of_partner,
)
from motcua.casework.payments.rules.inputs import PaymentIn
from motcua.foundation.audit import api as audit
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import DAY, HOUR, LAN, MONDAY, Till, make_begun, make_order, make_till

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
GIVEN = ParcelIn("cb 123456789 vn", "Lò Thị Lan", "Bản Cang, xã Mường Phăng", "0912000001")
ITEM = "CB123456789VN"
PAID = CollectedIn("PT-77", TODAY)


def on_its_way(**changes: Any) -> tuple[Till, Order, Actor]:
    """Return a till, its order that went by post, and Thúy of the post."""
    till = make_till()
    make_post()
    thuy, _ = make_person("buu-dien")
    order = make_order(till)
    send_parcel(order.code, replace(GIVEN, **changes), by=till.binh, at=MONDAY)
    return till, order, thuy


def balance(till: Till, kind: AccountKind, detail: str) -> int:
    return cashbook.balance(kind, till.agency_id, detail=detail)


def test_the_post_sees_to_whom_an_item_goes_and_nothing_else_of_the_order() -> None:
    _, order, thuy = on_its_way()
    [found] = parcels_of_partner(thuy, TODAY)
    assert (found.item_number, found.recipient_address, found.amount_vnd) == (
        ITEM,
        GIVEN.address,
        150_000,
    )
    assert [one.item_number for one in parcels_of_order(order.pk)] == [ITEM]
    assert payments_of_partner(thuy, TODAY, TODAY, on=TODAY) == []


def test_an_item_is_collected_once_and_the_order_is_paid() -> None:
    till, order, thuy = on_its_way()
    for _ in range(2):
        collect_parcel(ITEM, PAID, by=thuy, at=MONDAY + HOUR)
    order.refresh_from_db()
    assert (order.state, order.paid_vnd) == (OrderState.PAID, 150_000)
    assert balance(till, AccountKind.CLEARING, "cod") == 150_000
    [row] = payments_of_partner(thuy, TODAY, TODAY, on=TODAY)
    assert (row.ref, row.order_code, row.amount_vnd) == (ITEM, order.code, 150_000)
    told = {one.action for one in audit.trail_of(f"cod_parcel:{ITEM}")}
    assert told == {"payments.cod_send", "payments.cod_collect"}


def test_what_was_paid_meanwhile_comes_as_too_much_and_is_not_lost() -> None:
    till, order, thuy = on_its_way()
    came = PaymentIn(Channel.VNPAY, 150_000, "V1", MONDAY)
    take_payment(order.code, came, by=till.binh, at=MONDAY)
    collect_parcel(ITEM, PAID, by=thuy, at=MONDAY + HOUR)
    order.refresh_from_db()
    assert (order.paid_vnd, order.over_vnd) == (300_000, 150_000)


def test_an_item_that_came_back_paid_nothing_and_may_be_sent_again() -> None:
    till, order, thuy = on_its_way()
    with pytest.raises(BadInput, match="vì sao"):
        return_parcel(ITEM, "", TODAY, by=thuy, at=MONDAY)
    return_parcel(ITEM, "Không có người nhận", TODAY, by=thuy, at=MONDAY)
    with pytest.raises(PaymentError, match="không giao được"):
        collect_parcel(ITEM, PAID, by=thuy, at=MONDAY)
    order.refresh_from_db()
    assert order.state == OrderState.OPEN
    again = send_parcel(order.code, replace(GIVEN, item_number="CB2-VN"), by=till.binh, at=MONDAY)
    assert again.amount_vnd == 150_000


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (CollectedIn("", TODAY), "số phiếu thu"),
        (CollectedIn("PT-1", TODAY + timedelta(days=1)), "đến hôm nay"),
        (CollectedIn("PT-1", TODAY - timedelta(days=1)), "từ ngày gửi"),
    ],
)
def test_what_the_post_says_badly_is_refused(came: CollectedIn, said: str) -> None:
    _, _, thuy = on_its_way()
    with pytest.raises(BadInput, match=said):
        collect_parcel(ITEM, came, by=thuy, at=MONDAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"item_number": "?"}, "số hiệu bưu gửi"),
        ({"item_number": "CB9-VN", "address": " "}, "địa chỉ người nhận"),
        ({}, "đã được ghi"),
    ],
)
def test_what_the_desk_writes_badly_is_refused(changes: dict[str, str], said: str) -> None:
    till, order, _ = on_its_way()
    with pytest.raises(BadInput, match=said):
        send_parcel(order.code, replace(GIVEN, **changes), by=till.binh, at=MONDAY)


def test_two_items_never_collect_for_one_order() -> None:
    till, order, _ = on_its_way()
    with pytest.raises(BadInput, match=f"{ITEM} đang giao và thu hộ"):
        send_parcel(order.code, replace(GIVEN, item_number="CB2-VN"), by=till.binh, at=MONDAY)


def test_nothing_goes_by_post_without_a_contract_or_for_a_closed_order() -> None:
    till = make_till()
    order = make_order(till)
    with pytest.raises(ChannelClosed, match="Bưu điện thu hộ"):
        send_parcel(order.code, GIVEN, by=till.binh, at=MONDAY)
    make_post()
    with pytest.raises(NotAllowed):
        send_parcel(order.code, GIVEN, by=till.dung, at=MONDAY)
    came = PaymentIn(Channel.VNPAY, 150_000, "V1", MONDAY)
    take_payment(order.code, came, by=till.binh, at=MONDAY)
    with pytest.raises(OrderClosed):
        send_parcel(order.code, GIVEN, by=till.binh, at=MONDAY)


def test_money_collected_is_handed_in_once_and_the_accountant_finds_it() -> None:
    till, _, thuy = on_its_way()
    asked = HandInIn(till.agency_id, [ITEM], "FT-9", TODAY)
    with pytest.raises(BadInput, match="không của cơ quan này"):
        hand_in(asked, by=thuy, at=MONDAY)
    collect_parcel(ITEM, PAID, by=thuy, at=MONDAY)
    made = hand_in(asked, by=thuy, at=MONDAY)
    assert (made.amount_vnd, made.count) == (150_000, 1)
    with pytest.raises(BadInput, match="đã khai"):
        hand_in(asked, by=thuy, at=MONDAY)
    assert parcels_of_partner(thuy, TODAY, waits_for_hand_in=True) == []
    assert hand_ins_of_partner(thuy, TODAY) == [made]
    assert hand_ins_for([till.agency_id], 150_000) == [made]
    assert balance(till, AccountKind.CLEARING, "cod") == 150_000


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"transfer_ref": ""}, "số giao dịch"),
        ({"item_numbers": []}, "chọn từ 1"),
        ({"on": TODAY + timedelta(days=1)}, "chưa tới"),
    ],
)
def test_a_bad_hand_in_is_refused(changes: dict[str, Any], said: str) -> None:
    till, _, thuy = on_its_way()
    asked = replace(HandInIn(till.agency_id, [ITEM], "FT-9", TODAY), **changes)
    with pytest.raises(BadInput, match=said):
        hand_in(asked, by=thuy, at=MONDAY)


def test_manh_of_vnpay_sees_no_parcel_and_thuy_no_payment_of_his() -> None:
    till, order, thuy = on_its_way()
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    came = PaymentIn(Channel.VNPAY, 20_000, "V1", MONDAY)
    take_payment(order.code, came, by=till.binh, at=MONDAY)
    assert parcels_of_partner(manh, TODAY) == []
    assert [one.ref for one in payments_of_partner(manh, TODAY, TODAY, on=TODAY)] == ["V1"]
    assert payments_of_partner(thuy, TODAY, TODAY, on=TODAY) == []
    with pytest.raises(NoSuchParcel):
        get_parcel_of_partner(ITEM, manh, TODAY)
    with pytest.raises(NoSuchParcel):
        collect_parcel(ITEM, PAID, by=manh, at=MONDAY)
    for stranger in (LAN, till.binh):
        with pytest.raises(contracts.ShutOut):
            parcels_of_partner(stranger, TODAY)


def test_money_before_the_contract_or_of_an_agency_with_its_own_is_not_shown() -> None:
    till, order, _ = on_its_way()
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    for number, at in (("V0", MONDAY - 300 * DAY), ("V1", MONDAY), ("V2", MONDAY + DAY)):
        came = PaymentIn(Channel.VNPAY, 20_000, number, at)
        take_payment(order.code, came, by=till.binh, at=MONDAY + DAY)
    own = {"number": "own", "channels": (contracts.PaidBy.VNPAY,), "agency_ids": (till.agency_id,)}
    make_post(valid_from=(MONDAY + DAY).date(), signed_on=TODAY, **own)
    rows = payments_of_partner(manh, date(2025, 1, 1), date(2026, 12, 31), on=TODAY)
    assert [one.ref for one in rows] == ["V1"]


@pytest.mark.usefixtures("partner")
def test_an_attempt_that_waits_is_shown_until_its_end() -> None:
    till = make_till()
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    ref = make_begun(make_order(till))
    assert [one.ref for one in waiting_of_partner(manh, MONDAY)] == [ref]
    assert waiting_of_partner(manh, MONDAY + HOUR) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"state": ParcelState.COLLECTED},
        {"state": ParcelState.RETURNED},
        {"amount_vnd": 0},
        {"state": "lost"},
    ],
)
def test_the_database_refuses_half_a_parcel(changes: dict[str, Any]) -> None:
    on_its_way()
    with pytest.raises(IntegrityError, match="payments_parcel"), transaction.atomic():
        CodParcel.objects.update(**changes)


def test_a_settled_month_stands_in_each_agency_s_book_until_it_is_reopened() -> None:
    till = make_till()
    make_post()
    month = MonthCost("TH26-0002", "buu-dien", "2026-06", 1, ((till.agency_id, 4_000),))
    for _ in range(2):
        follow_month(month, is_settled=True, at=MONDAY)
    owed = "partner:buu-dien"
    assert balance(till, AccountKind.PARTNER_COST, owed) == 4_000
    assert balance(till, AccountKind.RECEIVABLE, owed) == -4_000
    for _ in range(2):
        follow_month(month, is_settled=False, at=MONDAY)
    assert balance(till, AccountKind.PARTNER_COST, owed) == 0
    follow_month(replace(month, round=2), is_settled=True, at=MONDAY)
    assert balance(till, AccountKind.PARTNER_COST, owed) == 4_000
    assert cashbook.out_of_balance() == []
