"""Money came: recorded, applied and posted in one transaction, once however often it is told.

Source: docs/law/money.md
"""

from dataclasses import replace
from datetime import datetime, timedelta

from motcua.casework.payments.choices import AttemptState, Channel, OrderAct, OrderState
from motcua.casework.payments.errors import OrderClosed, PaymentDiffers
from motcua.casework.payments.events import OrderPaid
from motcua.casework.payments.models import Attempt, Order, Payment
from motcua.casework.payments.rules.allocating import Share, fill
from motcua.casework.payments.rules.inputs import OrderIn, PaymentIn, check_amount
from motcua.casework.payments.rules.states import PAYABLE
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong

from .booking import book_payment, my_drawer
from .opening import begin_order, make_order
from .proposing import propose_over
from .telling import Locked, lock_order, tell

_TAKES = frozenset({*PAYABLE, OrderState.EXPIRED})
_CLOCKS_DIFFER = timedelta(minutes=10)


@work.story
def take_payment(code: str, came: PaymentIn, *, by: Actor, at: datetime) -> Payment:
    """Record money that came for an order: late, twice, too little or too much, none is lost.

    What the lines do not need is held as paid too much, and going back is proposed. The same
    transaction of a partner is recorded once.

    Raises: NoSuchOrder, BadInput, PaymentDiffers.
    Locks: the order.
    """
    check_amount(came.amount_vnd)
    held = lock_order(code)
    known = Payment.objects.filter(channel=came.channel, partner_ref=came.partner_ref).first()
    return take_once(held, known, came, by=by, at=at)


def take_once(
    held: Locked, known: Payment | None, came: PaymentIn, *, by: Actor, at: datetime
) -> Payment:
    """Record money for an order that is held, unless it is `known`. Raises: PaymentDiffers."""
    if known is not None:
        return _the_same(known, held.order, came, at)
    return take(held, came, by=by, at=at)


def _the_same(known: Payment, order: Order, came: PaymentIn, at: datetime) -> Payment:
    """Return what is known already; its attempt need not be asked about any more."""
    if known.order_id == order.pk and known.amount_vnd == came.amount_vnd:
        if came.attempt_id is not None and _is_asked(came.attempt_id):
            _settle_attempt(came, at)
        return known
    message = (
        f"Giao dịch {came.partner_ref} đã ghi nhận {in_dong(known.amount_vnd)} trước đó, khác với"
        f" {in_dong(came.amount_vnd)} cho đơn {order.code} lần này; cần đối soát."
    )
    raise PaymentDiffers(message)


def take(held: Locked, came: PaymentIn, *, by: Actor, at: datetime) -> Payment:
    """Record money for an order that is held, inside a story."""
    order = held.order
    shares, over = _applied(held, came.amount_vnd)
    payment = _payment(order, came, over, by=by, at=at)
    work.add(payment)
    if not order.is_typed:
        book_payment(held, payment, shares, by=by, at=at)
    held.change(shares, 1)
    order.over_vnd += over
    order.paid_vnd += came.amount_vnd
    is_full = order.paid_at is None and order.left_vnd == 0
    if is_full:
        order.paid_at = payment.paid_at
    _settle_attempt(came, at)
    act = OrderAct.RECORD if order.is_typed else OrderAct.PAY
    words = _words(payment)
    amount = came.amount_vnd
    tell(held, act, by=by, at=at, amount_vnd=amount, words=words, changed=("paid_at",))
    if is_full and not order.is_typed:
        outbox.announce(_paid(held), by=by, at=at)
    if over:
        propose_over(held, _why_over(order), by=SYSTEM, at=at)
    return payment


def _applied(held: Locked, amount_vnd: int) -> tuple[list[Share], int]:
    order = held.order
    if order.cancelled_at is not None or order.paid_at is not None or order.state not in _TAKES:
        return [], amount_vnd
    return fill([line.sums() for line in held.lines], amount_vnd)


def _payment(order: Order, came: PaymentIn, over: int, *, by: Actor, at: datetime) -> Payment:
    is_ahead = came.paid_at > at + _CLOCKS_DIFFER
    told = f"đối tác ghi thời điểm ở tương lai: {local(came.paid_at):%H:%M %d/%m/%Y}"
    paid_at = min(came.paid_at, at)
    return Payment(
        id=work.new_id(Payment),
        order_id=order.pk,
        seq=order.version + 1,
        attempt_id=came.attempt_id,
        channel=came.channel,
        amount_vnd=came.amount_vnd,
        applied_vnd=came.amount_vnd - over,
        over_vnd=over,
        partner_ref=came.partner_ref,
        unit_id=came.unit_id or order.unit_id,
        paid_at=paid_at,
        taken_at=at,
        taken_by_id=by.id,
        taken_by_name=by.name,
        is_late=order.expires_at is not None and paid_at > order.expires_at,
        words="; ".join(filter(None, [came.words, told if is_ahead else ""]))[:500],
    )


def _settle_attempt(came: PaymentIn, at: datetime) -> None:
    if came.attempt_id is None:
        return
    attempt = Attempt(pk=came.attempt_id)
    attempt.state, attempt.settled_at, attempt.next_ask_at = AttemptState.PAID, at, None
    work.update(attempt, "state", "settled_at", "next_ask_at")


def _is_asked(attempt_id: int) -> bool:
    """Say whether the partner is still to be asked about an attempt."""
    return Attempt.objects.filter(pk=attempt_id, next_ask_at__isnull=False).exists()


def _words(payment: Payment) -> str:
    parts = [Channel(payment.channel).label, f"giao dịch {payment.partner_ref}"]
    if payment.is_late:
        parts.append("nộp sau hạn")
    if payment.over_vnd:
        parts.append(f"thừa {in_dong(payment.over_vnd)}")
    return "; ".join([*parts, payment.words] if payment.words else parts)


def _why_over(order: Order) -> str:
    if order.cancelled_at is not None:
        return "Nộp vào đơn đã hủy"
    return "Nộp thừa so với số phải nộp"


def _paid(held: Locked) -> OrderPaid:
    order = held.order
    return OrderPaid(
        aggregate_id=order.pk,
        seq=order.version,
        code=order.code,
        subject=order.subject,
        subjects=held.subjects,
        agency_id=order.agency_id,
        paid_at=order.paid_at.isoformat() if order.paid_at else "",
    )


@work.story
def pay_cash(code: str, *, amount_vnd: int, by: Actor, at: datetime) -> Payment:
    """Take cash for an order into the officer's own open drawer; change is given, never kept.

    Raises: NoSuchOrder, NoOpenDrawer, OrderClosed, BadInput for more than is still to be paid.
    """
    return take_cash(lock_order(code), amount_vnd, by=by, at=at)


def take_cash(held: Locked, amount_vnd: int, *, by: Actor, at: datetime) -> Payment:
    """Take cash for an order that is held, inside a story."""
    order = held.order
    check_amount(amount_vnd)
    drawer = my_drawer(by)
    if order.cancelled_at is not None or order.state not in _TAKES:
        label = OrderState(order.state).label.lower()
        message = f"Đơn {order.code} đang ở trạng thái “{label}”; không thu thêm tiền mặt."
        raise OrderClosed(message)
    if amount_vnd > order.left_vnd:
        message = (
            f"Chỉ còn phải nộp {in_dong(order.left_vnd)}; hãy thu đúng số đó và trả lại tiền thừa."
        )
        raise BadInput(message, field="amount")
    came = PaymentIn(
        Channel.CASH, amount_vnd, f"{order.code}/{order.version + 1}", at, unit_id=drawer.unit_id
    )
    return take(held, came, by=by, at=at)


@work.story
def open_and_pay_cash(asked: OrderIn, *, by: Actor, at: datetime) -> Order:
    """Ask for money and take it in cash at once. Raises: NoOpenDrawer, BadInput."""
    held = begin_order(asked, by=by, at=at)
    take_cash(held, held.order.amount_vnd, by=by, at=at)
    return held.order


@work.story
def record_typed(asked: OrderIn, *, by: Actor, at: datetime) -> Order:
    """Record what was taken against paper receipts; it is in the paper books, not in ours.

    Each line with money has the number of its receipt. Raises: BadInput.
    Source: docs/law/money.md
    """
    for line in asked.lines:
        if line.amount_vnd and not line.receipt_number.strip():
            message = f"Hãy ghi số biên lai cho khoản “{line.name}”."
            raise BadInput(message, field="receipt_number")
    held = make_order(replace(asked, expires_at=None), by=by, at=at)
    order = held.order
    order.is_typed = True
    work.add(order, *held.lines)
    if not order.amount_vnd:
        order.paid_at = at
        tell(held, OrderAct.RECORD, by=by, at=at, changed=("paid_at",))
        return order
    numbers = ", ".join(dict.fromkeys(n for one in held.lines if (n := one.receipt_number)))
    words = f"Biên lai giấy số {numbers}"
    came = PaymentIn(Channel.PAPER, order.amount_vnd, order.code, at, words=words)
    take(held, came, by=by, at=at)
    return order
