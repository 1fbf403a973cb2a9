"""Receipts that were wrong: replaced, adjusted, cancelled, each speaking of the first one."""

from dataclasses import replace

import pytest

from motcua.casework.receipts.choices import Nature, ReceiptState
from motcua.casework.receipts.errors import BadReceipt, ReceiptMoved
from motcua.casework.receipts.models import Receipt
from motcua.casework.receipts.operations import correcting
from motcua.casework.receipts.operations.correcting import (
    AdjustIn,
    ReplaceIn,
    adjust_receipt,
    cancel_receipt,
    replace_receipt,
)
from motcua.casework.receipts.operations.issuing import settle
from motcua.casework.receipts.rules.contents import PaidBy
from motcua.casework.receipts.rules.money import PaidOrder
from motcua.lib.actor import SYSTEM
from motcua.lib.errors import NotAllowed

from .make import DAY, FEE, MONDAY, Place, less, line, make_order, make_place

pytestmark = pytest.mark.django_db
RIGHT = ReplaceIn(PaidBy("Lò Thị Lanh", "Bản Yên"), "Viết sai tên người nộp")


def issue(place: Place) -> Receipt:
    """Return the receipt of an order for 9.000 đồng."""
    return settle(make_order(place, "TT26-1", line(FEE, 9_000)), by=SYSTEM, at=MONDAY)[0]


def test_the_cashier_replaces_a_wrong_receipt_on_the_same_day() -> None:
    place = make_place()
    wrong = issue(place)

    made = replace_receipt(wrong.code, RIGHT, by=place.binh, at=MONDAY)

    wrong.refresh_from_db()
    related = made.said.related
    assert (wrong.state, made.number_words, made.amount_vnd) == (
        "replaced",
        "EBL01/26TAA/2",
        9_000,
    )
    assert related is not None
    assert (related.key, made.reason, made.payer_name) == (
        "EBL01/26TAA/1",
        "Viết sai tên người nộp",
        "Lò Thị Lanh",
    )


def test_the_next_day_only_the_accountant_replaces() -> None:
    place = make_place()
    wrong = issue(place)

    with pytest.raises(NotAllowed):
        replace_receipt(wrong.code, RIGHT, by=place.binh, at=MONDAY + DAY)

    made = replace_receipt(wrong.code, RIGHT, by=place.oanh, at=MONDAY + DAY)
    assert made.state == ReceiptState.ISSUED


def test_people_of_another_office_correct_nothing() -> None:
    place = make_place()
    code = issue(place).code

    with pytest.raises(NotAllowed):
        replace_receipt(code, RIGHT, by=place.dung, at=MONDAY)
    with pytest.raises(NotAllowed):
        adjust_receipt(code, AdjustIn("Giảm", -1_000, "Thu thừa"), by=place.dung, at=MONDAY)
    with pytest.raises(NotAllowed):
        cancel_receipt(code, "Sai", by=place.dung, at=MONDAY)
    assert Receipt.objects.get().state == ReceiptState.ISSUED


def test_a_receipt_is_replaced_once_and_its_replacement_may_be_again() -> None:
    place = make_place()
    wrong = issue(place)
    second = replace_receipt(wrong.code, RIGHT, by=place.oanh, at=MONDAY)

    with pytest.raises(ReceiptMoved, match="bị thay thế"):
        replace_receipt(wrong.code, RIGHT, by=place.oanh, at=MONDAY)
    again = ReplaceIn(PaidBy("Lò Thị Lan"), "Sửa lần hai")
    third = replace_receipt(second.code, again, by=place.oanh, at=MONDAY)

    assert [third.number, Receipt.objects.filter(state="issued").count()] == [3, 1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (replace(RIGHT, reason=" "), "Hãy ghi lý do"),
        (replace(RIGHT, payer=PaidBy(" ")), "Hãy ghi tên người nộp"),
        (ReplaceIn(PaidBy("Lò Thị Lan", "Bản Yên, xã Mường Phăng"), "Sai"), "Chưa sửa gì"),
    ],
)
def test_a_replacement_says_what_was_wrong(given: ReplaceIn, said: str) -> None:
    place = make_place()
    wrong = issue(place)

    with pytest.raises(BadReceipt, match=said):
        replace_receipt(wrong.code, given, by=place.oanh, at=MONDAY)


def test_several_adjustments_add_up_and_never_below_nothing() -> None:
    place = make_place()
    first = issue(place)
    for amount in (-4_000, 0, 1_500):
        adjust_receipt(first.code, AdjustIn("Sửa", amount, "Tính lại"), by=place.oanh, at=MONDAY)

    with pytest.raises(BadReceipt, match=r"nhiều nhất 6\.500 đồng"):
        adjust_receipt(first.code, AdjustIn("Giảm", -7_000, "Sai"), by=place.oanh, at=MONDAY)
    with pytest.raises(BadReceipt, match="hủy biên lai"):
        adjust_receipt(first.code, AdjustIn("Giảm", -6_500, "Sai"), by=place.oanh, at=MONDAY)

    rows = Receipt.objects.filter(nature=Nature.ADJUSTMENT).order_by("number")
    related = {one.said.related.key for one in rows if one.said.related}
    assert [one.amount_vnd for one in rows] == [-4_000, 0, 1_500]
    assert related == {"EBL01/26TAA/1"}


def test_an_adjusted_receipt_is_not_replaced() -> None:
    place = make_place()
    first = issue(place)
    adjust_receipt(first.code, AdjustIn("Giảm", -1, "Sai"), by=place.oanh, at=MONDAY)

    with pytest.raises(BadReceipt, match="cũng lập biên lai điều chỉnh"):
        replace_receipt(first.code, RIGHT, by=place.oanh, at=MONDAY)


def _order(place: Place, kept_vnd: int) -> PaidOrder:
    return less(make_order(place, "TT26-1", line(FEE, 9_000)), FEE, kept_vnd)


def test_while_there_is_money_a_receipt_is_not_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place()
    first = issue(place)
    monkeypatch.setattr(correcting, "paid_order", lambda _: _order(place, 9_000))

    with pytest.raises(BadReceipt, match=r"Còn giữ 9\.000 đồng"):
        cancel_receipt(first.code, "Viết sai", by=place.oanh, at=MONDAY)

    monkeypatch.setattr(correcting, "paid_order", lambda _: _order(place, 0))
    done = cancel_receipt(first.code, "Trả lại tiền", by=place.oanh, at=MONDAY)
    assert (done.state, done.reason) == ("cancelled", "Trả lại tiền")


def test_what_adjusts_a_receipt_is_not_corrected_itself() -> None:
    place = make_place()
    first = issue(place)
    change = adjust_receipt(first.code, AdjustIn("Giảm", -1, "Sai"), by=place.oanh, at=MONDAY)

    with pytest.raises(BadReceipt, match="biên lai gốc EBL01/26TAA/1"):
        replace_receipt(change.code, RIGHT, by=place.oanh, at=MONDAY)
    with pytest.raises(BadReceipt, match="biên lai gốc EBL01/26TAA/1"):
        adjust_receipt(change.code, AdjustIn("Giảm", -1, "Sai"), by=place.oanh, at=MONDAY)


def test_what_follows_from_a_refund_is_not_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place()
    first = issue(place)
    monkeypatch.setattr(correcting, "paid_order", lambda _: _order(place, 5_000))
    settle(_order(place, 5_000), by=SYSTEM, at=MONDAY)
    by_hand = adjust_receipt(first.code, AdjustIn("Ghi chú", 0, "Sai"), by=place.oanh, at=MONDAY)
    by_refund = Receipt.objects.get(amount_vnd=-4_000)

    cancel_receipt(by_hand.code, "Ghi nhầm", by=place.oanh, at=MONDAY)
    with pytest.raises(BadReceipt, match="ứng với tiền đã hoàn"):
        cancel_receipt(by_refund.code, "Nhầm", by=place.oanh, at=MONDAY)

    assert set(Receipt.objects.filter(state="cancelled")) == {by_hand}


@pytest.mark.parametrize(
    ("kept_vnd", "adjusted"), [(8_000, [-4_000]), (5_000, [-4_000]), (3_000, [-4_000, -2_000])]
)
def test_what_was_adjusted_by_hand_is_not_adjusted_again_when_the_money_goes_back(
    kept_vnd: int, adjusted: list[int]
) -> None:
    place = make_place()
    first = issue(place)
    given = AdjustIn("Tính lại mức thu", -4_000, "Tính sai, sẽ hoàn")
    adjust_receipt(first.code, given, by=place.oanh, at=MONDAY)

    for _ in range(2):
        settle(_order(place, kept_vnd), by=SYSTEM, at=MONDAY)

    rows = Receipt.objects.filter(nature=Nature.ADJUSTMENT).order_by("number")
    assert [one.amount_vnd for one in rows] == adjusted


def test_a_typed_receipt_is_corrected_where_it_was_made() -> None:
    place = make_place()
    typed = replace(line(FEE, 9_000), typed_number="AB/25E-1")
    first = settle(make_order(place, "TT26-1", typed, is_typed=True), by=SYSTEM, at=MONDAY)[0]

    with pytest.raises(BadReceipt, match="ở nơi đã lập"):
        adjust_receipt(first.code, AdjustIn("Giảm", -1, "Sai"), by=place.oanh, at=MONDAY)
