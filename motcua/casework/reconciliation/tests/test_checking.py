"""The nightly proof: nothing when all agrees, a sentence for each thing that does not."""

import pytest

from motcua.casework.payments.api import Channel, Order, Payment
from motcua.casework.receipts.api import issue_for
from motcua.casework.reconciliation.errors import MoneyDisagrees
from motcua.casework.reconciliation.queries.checking import nightly_check
from motcua.casework.reconciliation.tasks import check_money

from .make import EVENING, make_order, make_till, paid

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return [one.words for one in nightly_check(at=EVENING)]


def test_a_paid_order_has_one_receipt_of_each_kind() -> None:
    till = make_till()
    order = make_order(till)
    paid(order, "G1", till)
    before = told()

    issue_for(order.code, at=EVENING)

    assert before == [
        f"Đơn {order.code} đã nộp đủ nhưng có 0 biên lai {kind} còn hiệu lực, phải là 1."
        for kind in ("lệ phí", "phí")
    ]
    assert told() == []


def test_sums_that_do_not_agree_are_told() -> None:
    till = make_till()
    order = make_order(till)
    Order.objects.filter(pk=order.pk).update(paid_vnd=7, over_vnd=7)

    assert told() == [f"Đơn {order.code} ghi đã nhận 7, các khoản nộp cộng 0."]
    with pytest.raises(MoneyDisagrees, match=f"Đơn {order.code} ghi đã nhận 7"):
        check_money(EVENING)


def test_money_that_is_not_in_the_ledger_is_told() -> None:
    order = make_order(make_till())
    Payment.objects.create(
        order=order,
        seq=9,
        channel=Channel.VNPAY,
        amount_vnd=5,
        applied_vnd=0,
        over_vnd=5,
        partner_ref="G9",
        unit_id=order.unit_id,
        paid_at=EVENING,
        taken_at=EVENING,
        taken_by_id=1,
        taken_by_name="Trần Văn Bình",
    )
    Order.objects.filter(pk=order.pk).update(paid_vnd=5, over_vnd=5)

    assert told() == [f"Đơn {order.code}: khoản 5 (vnpay, giao dịch G9) chưa vào sổ quỹ."]
