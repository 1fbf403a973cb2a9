"""What every act on an order ends with: sums, state, history, trace, fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.casework.payments.choices import OrderAct, OrderState
from motcua.casework.payments.errors import NoSuchOrder
from motcua.casework.payments.events import OrderChanged
from motcua.casework.payments.models import Order, OrderLine, OrderMove
from motcua.casework.payments.rules.allocating import Share
from motcua.casework.payments.rules.states import MOVES
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

_SUMS = ("state", "applied_vnd", "over_vnd", "refunded_vnd", "paid_vnd", "is_refunding", "version")


@dataclass(frozen=True, slots=True)
class Locked:
    """An order and its lines, held until the story ends."""

    order: Order
    lines: Sequence[OrderLine]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return what the order is paid for, each once."""
        return tuple(dict.fromkeys(line.subject for line in self.lines))

    def change(self, shares: Sequence[Share], sign: int) -> None:
        """Apply money to lines, or take it back (`sign` -1)."""
        by_seq = {line.seq: line for line in self.lines}
        for share in shares:
            line = by_seq[share.seq]
            line.applied_vnd += sign * share.amount_vnd
            self.order.applied_vnd += sign * share.amount_vnd
            if line.pk is not None:
                work.update(line, "applied_vnd")


# Each statement sees what was committed before it began: the lines are read after the lock is had.
_LOCK = f"SELECT {work.columns(Order, 'o')} FROM payments_order o WHERE o.code = %s FOR UPDATE"  # noqa: S608 -- names of columns only
_LINES = f"""
SELECT {work.columns(OrderLine, "l")} FROM payments_orderline l
JOIN payments_order o ON o.id = l.order_id WHERE o.code = %s ORDER BY l.seq
"""  # noqa: S608 -- names of columns only


def lock_order(code: str) -> Locked:
    """Return an order, locked until the story ends. Raises: NoSuchOrder. Costs: one round trip."""
    orders, lines = work.fetch_together((_LOCK, [code]), (_LINES, [code]))
    if not orders:
        message = said("Không tìm thấy đơn nộp tiền %(code)s.", code=code)
        raise NoSuchOrder(message)
    return held_of(orders[0], lines)


def held_of(order: Sequence[Any], lines: Sequence[Sequence[Any]]) -> Locked:
    """Return an order that is locked, from all columns of its row and of its lines."""
    return Locked(work.from_row(Order, order), [work.from_row(OrderLine, one) for one in lines])


def tell(  # noqa: PLR0913 -- the one place where an act is told, every word of it by name
    held: Locked,
    act: OrderAct,
    *,
    by: Actor,
    at: datetime,
    amount_vnd: int = 0,
    words: str = "",
    changed: Sequence[str] = (),
    is_new: bool = False,
) -> None:
    """Bring an act to an end: settle the state, write history, trace and fact, save the order."""
    order = held.order
    was = OrderState(order.state)
    order.settle()
    now = OrderState(order.state)
    if now != was and now not in MOVES[was] and not is_new:
        message = f"an order does not go from {was} to {now}"
        raise ValueError(message)
    order.version += 1
    if is_new:
        work.add(order)
    else:
        work.update(order, *_SUMS, *changed)
    move = OrderMove(
        order_id=order.pk,
        seq=order.version,
        act=act,
        state=order.state,
        amount_vnd=amount_vnd,
        words=words[:1000],
        by_id=by.id,
        by_name=by.name,
        at=at,
    )
    work.add(move)
    detail = {"amount_vnd": amount_vnd} if amount_vnd else {}
    audit.record(f"payments.{act}", f"order:{order.code}", by=by, at=at, detail=detail)
    outbox.announce(_changed(held, act), by=by, at=at)


def _changed(held: Locked, act: OrderAct) -> OrderChanged:
    order = held.order
    return OrderChanged(
        aggregate_id=order.pk,
        seq=order.version,
        code=order.code,
        subject=order.subject,
        subjects=held.subjects,
        agency_id=order.agency_id,
        act=str(act),
        state=str(order.state),
    )
