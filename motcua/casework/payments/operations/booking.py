"""Money enters the ledger in the very transaction in which it is recorded.

Source: docs/law/money.md
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, Drawer, EntryIn, Leg
from motcua.casework.payments.choices import Channel, LineKind
from motcua.casework.payments.errors import NoOpenDrawer
from motcua.casework.payments.models import Order, OrderLine, Payment, Refund
from motcua.casework.payments.rules.allocating import Share
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .telling import Locked

_KINDS = {
    LineKind.FEE: AccountKind.FEE,
    LineKind.CHARGE: AccountKind.CHARGE,
    LineKind.OTHER: AccountKind.OTHER,
}


def subject_of(order: Order) -> str:
    """Return under which subject the ledger keeps the entries of an order."""
    return f"order:{order.code}"


def book_payment(
    held: Locked, payment: Payment, shares: Sequence[Share], *, by: Actor, at: datetime
) -> None:
    """Post money that came: where it lies, and what it is for."""
    order = held.order
    legs = [
        _where(order, Channel(payment.channel), payment.amount_vnd, by),
        *_for_lines(order, held.lines, shares, -1),
    ]
    if payment.over_vnd:
        legs.append(Leg(AccountKind.OVERPAID, order.agency_id, -payment.over_vnd))
    words = f"{Channel(payment.channel).label}: {order.payer_name} nộp theo đơn {order.code}"
    _post(
        order,
        (f"payments.payment/{payment.channel}", payment.partner_ref),
        words,
        legs,
        by=by,
        at=at,
    )


def book_move_to_over(held: Locked, shares: Sequence[Share], *, by: Actor, at: datetime) -> None:
    """Post that what a cancelled order had been paid is to go back."""
    order = held.order
    total = sum(share.amount_vnd for share in shares)
    legs = [
        *_for_lines(order, held.lines, shares, 1),
        Leg(AccountKind.OVERPAID, order.agency_id, -total),
    ]
    words = f"Hủy đơn {order.code}: tiền đã nộp chờ trả lại {order.payer_name}"
    _post(order, ("payments.cancel", order.code), words, legs, by=by, at=at)


def book_approved(
    held: Locked, refund: Refund, shares: Sequence[Share], *, by: Actor, at: datetime
) -> None:
    """Post that money is owed to the payer."""
    order = held.order
    legs = _for_lines(order, held.lines, shares, 1)
    if refund.over_vnd:
        legs.append(Leg(AccountKind.OVERPAID, order.agency_id, refund.over_vnd))
    legs.append(Leg(AccountKind.REFUND_DUE, order.agency_id, -refund.amount_vnd))
    words = f"Duyệt hoàn {refund.code}: {refund.reason}"
    _post(order, ("payments.refund_approved", refund.code), words, legs, by=by, at=at)


def book_refunded(held: Locked, refund: Refund, *, by: Actor, at: datetime) -> None:
    """Post that the money has gone back."""
    order = held.order
    legs = [
        Leg(AccountKind.REFUND_DUE, order.agency_id, refund.amount_vnd),
        _where(order, Channel(refund.channel), -refund.amount_vnd, by),
    ]
    words = f"{Channel(refund.channel).label}: hoàn tiền {refund.code} theo đơn {order.code}"
    _post(order, ("payments.refund_done", refund.code), words, legs, by=by, at=at)


def _where(order: Order, channel: Channel, amount_vnd: int, by: Actor) -> Leg:
    """Return where the money lies: in the cashier's own drawer, or with who carries it."""
    if channel != Channel.CASH:
        return Leg(AccountKind.CLEARING, order.agency_id, amount_vnd, str(channel))
    drawer = my_drawer(by)
    return Leg(AccountKind.DRAWER, drawer.agency_id, amount_vnd, drawer.detail)


def my_drawer(by: Actor) -> Drawer:
    """Return the open drawer of the officer. Raises: NoOpenDrawer."""
    drawer = cashbook.drawer_of(by)
    if drawer is None:
        message = "Hãy mở ca thu của mình trước khi thu hoặc chi tiền mặt."
        raise NoOpenDrawer(message)
    return drawer


def _for_lines(
    order: Order, lines: Sequence[OrderLine], shares: Sequence[Share], sign: int
) -> list[Leg]:
    """Return the accounts of fees and charges, each by the procedure it is collected for."""
    accounts = {line.seq: _account_of(line) for line in lines}
    sums: Counter[tuple[AccountKind, str]] = Counter()
    for share in shares:
        sums[accounts[share.seq]] += share.amount_vnd
    return [
        Leg(kind, order.agency_id, sign * total, detail) for (kind, detail), total in sums.items()
    ]


def _account_of(line: OrderLine) -> tuple[AccountKind, str]:
    kind = LineKind(line.kind)
    return _KINDS[kind], "" if kind == LineKind.OTHER else line.procedure_code


def _post(
    order: Order, name: tuple[str, str], words: str, legs: Sequence[Leg], *, by: Actor, at: datetime
) -> None:
    source, ref = name
    entry = EntryIn(
        source=source,
        ref=ref,
        on=local_day(at),
        words=words[:500],
        legs=tuple(legs),
        subject=subject_of(order),
    )
    cashbook.post(entry, by=by, at=at)
