"""What a gateway's report says has gone back is compared with our refunds."""

from datetime import timedelta

import pytest

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import (
    Attempt,
    Channel,
    Order,
    Payment,
    PaymentIn,
    Refund,
    RefundIn,
    RefundState,
)
from motcua.casework.payments.tests.make import Till
from motcua.casework.reconciliation.choices import LineState, MismatchKind, MismatchState, Way
from motcua.casework.reconciliation.models import Mismatch, Statement, StatementLine
from motcua.casework.reconciliation.operations.settling import SettleIn, settle_mismatch

from .make import EVENING, MONDAY, accountant, csv_of, make_order, make_till, report_of, take

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)
KINDS = "Mã giao dịch,Mã tham chiếu,Số tiền,Thời gian thanh toán,Trạng thái,Loại giao dịch\n"


def paid_by(till: Till, ref: str, terminal: str = "") -> tuple[Order, Payment]:
    """Return an order paid by a gateway's attempt at one of its tills."""
    order = make_order(till)
    attempt = Attempt.objects.create(
        order=order,
        number=1,
        channel=Channel.VNPAY,
        ref=ours(order),
        amount_vnd=order.amount_vnd,
        begun_at=MONDAY,
        expires_at=LATER,
        terminal=terminal,
    )
    came = PaymentIn(Channel.VNPAY, order.amount_vnd, ref, MONDAY, attempt_id=attempt.pk)
    return order, payments.take_payment(order.code, came, by=till.binh, at=MONDAY)


def ours(order: Order) -> str:
    return order.code.replace("-", "") + "L1"


def approved(till: Till, order: Order) -> Refund:
    asked = RefundIn(50_000, "Thu sai đối tượng", lines=(2,))
    refund = payments.ask_refund(order.code, asked, by=till.binh, at=LATER)
    return payments.approve_refund(refund.code, by=till.oanh, at=LATER)


def gone_back(till: Till, order: Order, ref: str = "RF1") -> Refund:
    refund = approved(till, order)
    return payments.note_refunded(refund.code, ref, by=till.oanh, at=LATER)


def reported(till: Till, *rows: tuple[str, str, int]) -> Statement:
    """Take a gateway's report of a day that is over."""
    at = EVENING + timedelta(days=1)
    return take(report_of(*rows), by=accountant(till), channel=Channel.VNPAY, at=at)


def kinds(statement: Statement) -> list[tuple[str, int | None, int | None]]:
    rows = Mismatch.objects.filter(statement=statement).order_by("pk")
    return [(one.kind, one.here_vnd, one.there_vnd) for one in rows]


def test_a_refund_in_the_report_is_matched() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")
    refund = gone_back(till, order)

    statement = reported(till, ("G1", ours(order), 150_000), ("RF1", ours(order), -50_000))

    line = StatementLine.objects.get(amount_vnd__lt=0)
    assert (kinds(statement), line.state, line.refund) == ([], LineState.MATCHED, refund)


def test_a_refund_under_the_number_of_its_payment_is_matched_by_its_attempt() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")
    gone_back(till, order, "other number")

    statement = reported(till, ("G1", ours(order), 150_000), ("G1", ours(order), -50_000))

    assert (kinds(statement), statement.troubles) == ([], [])


def test_a_kind_of_movement_says_that_money_went_back() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")
    gone_back(till, order)
    day = f"{MONDAY:%d/%m/%Y} 09:00:00,Thành công"
    rows = (
        f"G1,{ours(order)},150000,{day},Thanh toán\n"
        f"RF1,{ours(order)},50000,{day},Hoàn tiền một phần\n"
    )

    statement = take((KINDS + rows).encode(), by=accountant(till), channel=Channel.VNPAY)

    assert kinds(statement) == []


def test_a_refund_the_report_lacks_is_missing_there_until_it_appears() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")
    gone_back(till, order)

    statement = reported(till, ("G1", ours(order), 150_000))
    reported(till, ("RF1", ours(order), -50_000))

    found = Mismatch.objects.get(statement=statement)
    assert (found.kind, found.here_vnd) == (MismatchKind.MISSING_THERE, -50_000)
    assert (found.state, found.way) == (MismatchState.SETTLED, Way.APPEARED)


def test_a_refund_of_another_amount_differs() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")
    gone_back(till, order)

    statement = reported(till, ("G1", ours(order), 150_000), ("RF1", ours(order), -40_000))

    assert kinds(statement) == [(MismatchKind.AMOUNT_DIFFERS, -50_000, -40_000)]


def test_what_was_approved_and_has_gone_back_is_noted_by_settling() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")
    refund = approved(till, order)
    reported(till, ("G1", ours(order), 150_000), ("RF9", ours(order), -50_000))
    found = Mismatch.objects.get(kind=MismatchKind.MONEY_OUT)

    given = SettleIn(Way.REFUND, "Cổng đã hoàn, chưa báo cho ta")
    settle_mismatch(found.code, given, by=accountant(till), at=EVENING)

    refund.refresh_from_db()
    clearing = cashbook.balance(AccountKind.CLEARING, till.agency_id, detail="vnpay")
    assert (refund.state, refund.partner_ref, clearing) == (RefundState.DONE, "RF9", 100_000)


def test_a_refund_nobody_knows_is_money_out() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")

    statement = reported(till, ("G1", ours(order), 150_000), ("RF1", "TT999", -50_000))

    assert kinds(statement) == [(MismatchKind.MONEY_OUT, None, -50_000)]


def test_a_transfer_that_names_its_refund_explains_the_account() -> None:
    till = make_till()
    order, _ = paid_by(till, "G1")
    refund = approved(till, order)
    Refund.objects.filter(pk=refund.pk).update(channel=Channel.TRANSFER)
    payments.pay_out_refund(refund.code, Channel.TRANSFER, "UNC 7", by=till.oanh, at=LATER)

    statement = take(csv_of(("FT1", -50_000, f"HOAN TIEN {refund.code}")), by=accountant(till))

    assert kinds(statement) == []
    assert cashbook.balance(AccountKind.CLEARING, till.agency_id, detail="transfer") == 0


def test_a_report_speaks_for_the_tills_it_names_only() -> None:
    till = make_till()
    here, _ = paid_by(till, "G1", "MOTCUA01")
    paid_by(till, "G2", "MOTCUA02")

    statement = reported(till, ("G1", ours(here), 150_000))

    assert kinds(statement) == []
