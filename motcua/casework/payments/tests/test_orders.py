"""Orders: what is asked for, what comes, what is held; money is never lost, doubled, or silent."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, OrderAct, OrderState, PaymentIn
from motcua.casework.payments.models import Order, OrderLine, OrderMove, Payment
from motcua.foundation.numbering import api as numbering
from motcua.lib.errors import BadInput

from .make import CHARGE, DAY, FEE, HOUR, MONDAY, Till, facts, make_order, make_till

pytestmark = pytest.mark.django_db


def came(amount_vnd: int, ref: str = "GD1", **changes: Any) -> PaymentIn:
    plain = PaymentIn(Channel.TRANSFER, amount_vnd, ref, MONDAY + HOUR)
    return replace(plain, **changes)


def held(till: Till) -> dict[str, int]:
    """Return what the books of the commune hold, by kind of account."""
    kinds = (
        AccountKind.DRAWER,
        AccountKind.CLEARING,
        AccountKind.FEE,
        AccountKind.CHARGE,
        AccountKind.OVERPAID,
        AccountKind.REFUND_DUE,
    )
    sums: dict[str, int] = {}
    for one in cashbook.balances(till.agency_id, MONDAY.date().replace(day=30)):
        if one.kind in kinds and one.after_vnd:
            sums[one.kind.value] = sums.get(one.kind.value, 0) + one.after_vnd
    return sums


def acts(order: Order) -> list[str]:
    moves = OrderMove.objects.filter(order=order).order_by("seq")
    return list(moves.values_list("act", flat=True))


def test_cash_into_the_drawer_pays_an_order_and_is_in_the_books() -> None:
    till = make_till()
    order = make_order(till)

    payments.pay_cash(order.code, amount_vnd=150_000, by=till.binh, at=MONDAY + HOUR)

    order.refresh_from_db()
    assert (order.state, order.paid_vnd, acts(order)) == (OrderState.PAID, 150_000, ["open", "pay"])
    assert held(till) == {"drawer": 150_000, "fee": -100_000, "charge": -50_000}
    [paid] = facts("payments.order_paid")
    assert (paid["code"], paid["subjects"]) == (order.code, [order.subject])


def test_cash_needs_an_open_drawer_and_the_right_change() -> None:
    till = make_till(is_open=False)
    order = make_order(till)
    with pytest.raises(payments.NoOpenDrawer, match="mở ca thu"):
        payments.pay_cash(order.code, amount_vnd=150_000, by=till.binh, at=MONDAY)
    cashbook.open_drawer(cashbook.DrawerIn(till.desk_id, 0), by=till.binh, at=MONDAY)

    with pytest.raises(BadInput, match=r"còn phải nộp 150\.000 đồng"):
        payments.pay_cash(order.code, amount_vnd=200_000, by=till.binh, at=MONDAY)


def test_a_part_and_then_the_rest_make_the_whole() -> None:
    till = make_till()
    order = make_order(till)
    payments.take_payment(order.code, came(120_000), by=till.binh, at=MONDAY + HOUR)
    order.refresh_from_db()
    first = (order.state, order.left_vnd)

    payments.take_payment(order.code, came(30_000, "GD2"), by=till.binh, at=MONDAY + HOUR)

    order.refresh_from_db()
    assert (first, order.state) == ((OrderState.PARTLY, 30_000), OrderState.PAID)
    assert held(till) == {"clearing": 150_000, "fee": -100_000, "charge": -50_000}
    assert len(facts("payments.order_paid")) == 1


def test_too_much_is_held_and_going_back_is_proposed() -> None:
    till = make_till()
    order = make_order(till)

    payments.take_payment(order.code, came(180_000), by=till.binh, at=MONDAY + HOUR)

    [whole] = [payments.whole_order(payments.get_order(order.code))]
    assert (whole.order.state, whole.order.over_vnd) == (OrderState.OVERPAID, 30_000)
    assert [(r.amount_vnd, r.state, r.asked_by_name) for r in whole.refunds] == [
        (30_000, "asked", "Hệ thống")
    ]
    assert held(till)["overpaid"] == -30_000


def test_twice_by_the_partner_is_once_for_us() -> None:
    till = make_till()
    order = make_order(till)
    first = payments.take_payment(order.code, came(150_000), by=till.binh, at=MONDAY)

    second = payments.take_payment(order.code, came(150_000), by=till.binh, at=MONDAY + HOUR)

    assert (second.pk, Payment.objects.count()) == (first.pk, 1)
    with pytest.raises(payments.PaymentDiffers, match="cần đối soát"):
        payments.take_payment(order.code, came(150_001), by=till.binh, at=MONDAY + HOUR)


def test_twice_by_the_payer_is_held_and_goes_back() -> None:
    till = make_till()
    order = make_order(till)
    payments.take_payment(order.code, came(150_000), by=till.binh, at=MONDAY)

    payments.take_payment(order.code, came(150_000, "GD2"), by=till.binh, at=MONDAY + HOUR)

    assert payments.explain(order.code).endswith(
        "đã nhận 300.000 đồng qua 2 lần (Chuyển khoản (VietQR)); thừa 150.000 đồng, giữ riêng để"
        " trả lại; đề nghị hoàn 150.000 đồng đang chờ người thứ hai duyệt."
    )


def test_late_money_pays_an_expired_order_all_the_same() -> None:
    till = make_till()
    order = make_order(till)
    done = payments.expire_due(at=MONDAY + 16 * DAY)
    expired = payments.get_order(order.code).state

    late = came(150_000, paid_at=MONDAY + 17 * DAY)
    payment = payments.take_payment(order.code, late, by=till.binh, at=MONDAY + 17 * DAY)

    now = payments.get_order(order.code)
    assert (done, expired, now.state, payment.is_late) == (
        1,
        OrderState.EXPIRED,
        OrderState.PAID,
        True,
    )


def test_money_for_a_cancelled_order_is_held_to_go_back() -> None:
    till = make_till()
    order = make_order(till)
    payments.cancel_order(order.code, "Rút hồ sơ", by=till.binh, at=MONDAY)

    payments.take_payment(order.code, came(150_000), by=till.binh, at=MONDAY + HOUR)

    assert held(till) == {"clearing": 150_000, "overpaid": -150_000}
    assert payments.get_order(order.code).state == OrderState.OVERPAID
    assert facts("payments.order_paid") == []


def test_cancelling_gives_back_what_was_paid_of_it() -> None:
    till = make_till()
    order = make_order(till)
    payments.take_payment(order.code, came(120_000), by=till.binh, at=MONDAY)

    payments.cancel_order(order.code, "Rút hồ sơ", by=till.binh, at=MONDAY + HOUR)

    [refund] = payments.whole_order(payments.get_order(order.code)).refunds
    assert (refund.amount_vnd, refund.reason) == (120_000, "Rút hồ sơ")
    assert held(till) == {"clearing": 120_000, "overpaid": -120_000}


def test_a_paid_order_is_not_cancelled_and_cancelling_twice_is_once() -> None:
    till = make_till()
    paid, gone = make_order(till), make_order(till)
    payments.pay_cash(paid.code, amount_vnd=150_000, by=till.binh, at=MONDAY)
    with pytest.raises(payments.OrderClosed, match="đã nộp đủ"):
        payments.cancel_order(paid.code, by=till.binh, at=MONDAY)

    for _ in range(2):
        payments.cancel_order(gone.code, by=till.binh, at=MONDAY)

    assert acts(gone) == [OrderAct.OPEN, OrderAct.CANCEL]


def test_money_from_the_future_is_taken_with_a_word_about_it() -> None:
    till = make_till()
    order = make_order(till)

    payment = payments.take_payment(
        order.code, came(150_000, paid_at=MONDAY + 3 * DAY), by=till.binh, at=MONDAY
    )

    assert (payment.paid_at, payment.words) == (
        MONDAY,
        "đối tác ghi thời điểm ở tương lai: 09:00 09/07/2026",
    )


def test_an_expired_order_can_be_prolonged() -> None:
    till = make_till()
    order = make_order(till)
    payments.expire_due(at=MONDAY + 16 * DAY)

    payments.prolong_order(order.code, MONDAY + 30 * DAY, by=till.binh, at=MONDAY + 16 * DAY)

    assert payments.get_order(order.code).state == OrderState.OPEN
    assert payments.expire_due(at=MONDAY + 17 * DAY) == 0


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "từ 1 đến"),
        ((replace(FEE, amount_vnd=0),), "ít nhất một khoản"),
        ((FEE, replace(CHARGE, amount_vnd=-1)), "không được âm"),
        ((replace(FEE, amount_vnd=10**13),), "từ 1 đồng đến"),
    ],
)
def test_an_order_asks_for_money(lines: tuple[payments.LineIn, ...], words: str) -> None:
    till = make_till(is_open=False)

    with pytest.raises(BadInput, match=words):
        make_order(till, lines=lines)


def test_what_was_typed_in_is_kept_beside_the_books() -> None:
    till = make_till(is_open=False)
    lines = (replace(FEE, receipt_number="AA/26E-7"),)
    asked = payments.OrderIn(
        "dossier:x", till.agency_id, till.desk_id, payments.Payer("Lan"), lines
    )

    order = payments.record_typed(asked, by=till.binh, at=MONDAY)

    [taken] = payments.taken_for(["dossier:x"])["dossier:x"]
    assert (taken.amount_vnd, taken.receipt_number, taken.taken_by_name) == (
        100_000,
        "AA/26E-7",
        "Trần Văn Bình",
    )
    assert (order.state, held(till), len(facts("payments.order_paid"))) == (
        OrderState.PAID,
        {},
        0,
    )
    with pytest.raises(BadInput, match="số biên lai"):
        payments.record_typed(replace(asked, lines=(FEE,)), by=till.binh, at=MONDAY)


def test_codes_go_on_from_the_years_series() -> None:
    till = make_till(is_open=False)
    codes = [make_order(till).code for _ in range(2)]

    first = numbering.latest_of("payment-order:TT:2026") - 1
    assert [int(code[5:11]) for code in codes] == [first, first + 1]


@pytest.mark.parametrize(
    "change",
    [
        {"applied_vnd": 1},
        {"over_vnd": 1},
        {"state": "weird"},
        {"amount_vnd": 0},
        {"state": OrderState.PAID},
    ],
)
def test_the_database_refuses_sums_that_do_not_add_up(change: dict[str, object]) -> None:
    order = make_order(make_till(is_open=False))

    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**change)


def test_the_database_keeps_what_happened() -> None:
    till = make_till()
    order = make_order(till)
    payments.pay_cash(order.code, amount_vnd=150_000, by=till.binh, at=MONDAY)

    for rows in (Payment.objects.all(), OrderMove.objects.all(), OrderLine.objects.all()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(amount_vnd=1)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows._raw_delete(rows.db)  # noqa: SLF001 -- past Django's own guards
