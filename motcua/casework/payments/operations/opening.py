"""Ask for money: open an order, prolong it, cancel it, let it expire.

Source: docs/law/money.md
"""

from datetime import datetime
from secrets import token_urlsafe

from motcua.casework.payments.choices import OrderAct, OrderState
from motcua.casework.payments.errors import OrderClosed
from motcua.casework.payments.models import Order, OrderLine
from motcua.casework.payments.rules.allocating import take_back
from motcua.casework.payments.rules.codes import order_code
from motcua.casework.payments.rules.inputs import LineIn, OrderIn, check_email, check_order
from motcua.casework.payments.rules.states import PAYABLE
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local, local_day
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong

from .booking import book_move_to_over
from .proposing import propose_over
from .telling import Locked, lock_order, tell

SERIES = "payment-order"
PREFIX = "TT"


@work.story
def open_order(asked: OrderIn, *, by: Actor, at: datetime) -> Order:
    """Ask one payer for one or more amounts; what an order asks for never changes.

    Whoever calls has seen to it that the actor may ask. Raises: BadInput.
    """
    return begin_order(asked, by=by, at=at).order


def begin_order(asked: OrderIn, *, by: Actor, at: datetime) -> Locked:
    """Open an order inside a story; its rows leave with the story."""
    check_order(asked)
    if asked.expires_at is not None and asked.expires_at <= at:
        message = "Hạn nộp phải ở sau thời điểm này."
        raise BadInput(message, field="expires_at")
    held = make_order(asked, by=by, at=at)
    words = f"{len(held.lines)} khoản, {in_dong(held.order.amount_vnd)}"
    amount = held.order.amount_vnd
    tell(held, OrderAct.OPEN, by=by, at=at, amount_vnd=amount, words=words, is_new=True)
    work.add(*held.lines)
    return held


def make_order(asked: OrderIn, *, by: Actor, at: datetime) -> Locked:
    """Return a numbered order with its lines, not yet handed over for saving."""
    order = Order(
        id=work.new_id(Order),
        code=next_code(at),
        token=token_urlsafe(18),
        subject=asked.subject,
        procedure_code=asked.procedure_code,
        agency_id=asked.agency_id,
        unit_id=asked.unit_id,
        payer_name=asked.payer.name.strip()[:300],
        payer_address=asked.payer.address.strip()[:500],
        payer_tax_code=asked.payer.tax_code.strip()[:20],
        payer_email=_mailable(asked.payer.email),
        payer_account_id=asked.payer.account_id,
        amount_vnd=sum(line.amount_vnd for line in asked.lines),
        opened_at=at,
        opened_by_name=by.name,
        expires_at=asked.expires_at,
    )
    return Locked(order, [_line(order, n, one) for n, one in enumerate(asked.lines, start=1)])


def _mailable(address: str) -> str:
    """Return an address that came with what was filed; nothing if it is none."""
    try:
        return check_email(address)
    except BadInput:
        return ""


def next_code(at: datetime) -> str:
    """Return the next code of the year. Locks: the year's numbers until the story ends."""
    year = local_day(at).year
    series = numbering.series_of_year(SERIES, PREFIX, year)
    return order_code(year, numbering.allocate_number(series))


def _line(order: Order, seq: int, asked: LineIn) -> OrderLine:
    return OrderLine(
        order_id=order.pk,
        seq=seq,
        subject=asked.subject or order.subject,
        code=asked.code,
        name=asked.name[:300],
        kind=asked.kind,
        quantity=asked.quantity,
        unit_name=asked.unit_name[:40],
        amount_vnd=asked.amount_vnd,
        reason=asked.reason[:500],
        rule=asked.rule[:1000],
        receipt_number=asked.receipt_number[:60],
        procedure_code=asked.procedure_code or order.procedure_code,
    )


@work.story
def prolong_order(code: str, expires_at: datetime, *, by: Actor, at: datetime) -> Order:
    """Let an order that waits or has expired be paid until another day.

    Raises: NoSuchOrder, OrderClosed, BadInput.
    """
    held = lock_order(code)
    order = held.order
    if expires_at <= at:
        message = "Hạn nộp phải ở sau thời điểm này."
        raise BadInput(message, field="expires_at")
    if order.state not in {*PAYABLE, OrderState.EXPIRED}:
        raise OrderClosed(_closed_words(order))
    order.expires_at, order.expired_at = expires_at, None
    words = f"Hạn nộp mới: {local(expires_at):%H:%M ngày %d/%m/%Y}"
    changed = ("expires_at", "expired_at")
    tell(held, OrderAct.PROLONG, by=by, at=at, words=words, changed=changed)
    return order


@work.story
def set_payer_email(code: str, address: str, *, by: Actor, at: datetime) -> Order:
    """Keep where the payer wants receipts mailed; an empty address: nowhere.

    Its history says that it was set, not the address. Raises: NoSuchOrder, BadInput.
    """
    held = lock_order(code)
    held.order.payer_email = check_email(address)
    work.update(held.order, "payer_email")
    audit.record("payments.set_email", f"order:{code}", by=by, at=at)
    return held.order


@work.story
def cancel_order(code: str, reason: str = "", *, by: Actor, at: datetime) -> Order:
    """Ask for nothing any more; what was paid of it is held, and going back is proposed.

    A cancelled order stays as it is, however often it is cancelled.
    Raises: NoSuchOrder, OrderClosed where all was paid: then it is a refund.
    """
    held = lock_order(code)
    order = held.order
    if order.cancelled_at is not None:
        return order
    if order.state not in {*PAYABLE, OrderState.EXPIRED}:
        raise OrderClosed(_closed_words(order))
    order.cancelled_at = at
    back = order.applied_vnd
    if back:
        shares, _ = take_back([line.sums() for line in held.lines], back)
        book_move_to_over(held, shares, by=by, at=at)
        held.change(shares, -1)
        order.over_vnd += back
    tell(held, OrderAct.CANCEL, by=by, at=at, words=reason, changed=("cancelled_at",))
    if back:
        propose_over(held, reason or "Đơn nộp tiền đã hủy", by=SYSTEM, at=at)
    return order


def _closed_words(order: Order) -> str:
    state = OrderState(order.state).label.lower()
    return f"Đơn {order.code} đang ở trạng thái “{state}”; không còn gì để nộp theo đơn này."


_DUE = """
SELECT code FROM payments_order WHERE state IN ('open', 'partly') AND expires_at <= %s
ORDER BY expires_at LIMIT %s
"""


def expire_due(*, at: datetime, most: int = 500) -> int:
    """Let orders expire whose day has passed; money that still comes is taken. Return how many."""
    return sum(_expire(str(row[0]), at) for row in work.fetch(_DUE, [at, most]))


@work.story
def _expire(code: str, at: datetime) -> int:
    held = lock_order(code)
    order = held.order
    if order.state not in PAYABLE or order.expires_at is None or order.expires_at > at:
        return 0
    order.expired_at = at
    tell(held, OrderAct.EXPIRE, by=SYSTEM, at=at, changed=("expired_at",))
    return 1
