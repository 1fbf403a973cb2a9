"""A dossier ends without an outcome: what is open is cancelled, what goes back is proposed.

Source: docs/law/money.md
"""

from collections.abc import Callable, Collection
from datetime import datetime

from motcua.casework.payments.choices import LineKind, OrderState
from motcua.casework.payments.models import OrderLine
from motcua.casework.payments.queries.orders import orders_of
from motcua.casework.payments.rules.inputs import LineIn, OrderIn, Payer
from motcua.casework.payments.rules.states import HAVE_MONEY, PAYABLE
from motcua.lib import work
from motcua.lib.actor import Actor

from .opening import begin_order, cancel_order
from .proposing import propose, waiting_refunds
from .telling import Locked, lock_order

IsGivenBack = Callable[[OrderLine], bool]


@work.story
def close_subject(
    subject: str,
    reason: str,
    is_given_back: IsGivenBack,
    *,
    by: Actor,
    at: datetime,
    basis: str = "",
) -> int:
    """Settle the money of what has ended; return how many đồng are proposed to go back.

    Orders that wait for it are cancelled, and what they asked for others is asked anew; paid lines
    that the rule gives back are proposed, and a second person decides.
    Costs: one query where nothing was ever asked.
    """
    total = 0
    for code in [one.code for one in orders_of(subject)]:
        held = lock_order(code)
        order = held.order
        if order.state in {*PAYABLE, OrderState.EXPIRED}:
            leave_order(code, subject, reason, by=by, at=at)
            continue
        if order.state not in HAVE_MONEY:
            continue
        back = [one for one in held.lines if one.subject == subject and is_given_back(one)]
        lines = [one.seq for one in back]
        amount = sum(one.applied_vnd for one in back) - _asked_for(held, lines)
        if amount > 0:
            asked = propose(held, amount, reason, lines, by=by, at=at, basis=basis)
            total += sum(one.amount_vnd for one in asked)
    return total


@work.story
def leave_order(code: str, subject: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel an order for one subject; what it asked for others is asked by a new one.

    The new one can be paid for as long as the one before could. Raises: NoSuchOrder, OrderClosed.
    """
    held = lock_order(code)
    order = held.order
    cancel_order(code, reason, by=by, at=at)
    lines = [one for one in held.lines if one.subject != subject]
    if not sum(one.amount_vnd for one in lines):
        return
    asked = OrderIn(
        subject=lines[0].subject,
        agency_id=order.agency_id,
        unit_id=order.unit_id,
        payer=Payer(
            order.payer_name, order.payer_address, order.payer_tax_code, order.payer_account_id
        ),
        lines=[_again(one) for one in lines],
        expires_at=at + (order.expires_at - order.opened_at) if order.expires_at else None,
        procedure_code=order.procedure_code,
    )
    begin_order(asked, by=by, at=at)


def _again(line: OrderLine) -> LineIn:
    return LineIn(
        code=line.code,
        name=line.name,
        kind=LineKind(line.kind),
        quantity=line.quantity,
        amount_vnd=line.amount_vnd,
        reason=line.reason,
        rule=line.rule,
        subject=line.subject,
        unit_name=line.unit_name,
    )


def _asked_for(held: Locked, lines: Collection[int]) -> int:
    """Return how much of these lines somebody has asked back already, and nobody decided yet."""
    waiting = waiting_refunds(held.order)
    return sum(one.amount_vnd for one in waiting if not set(lines).isdisjoint(one.lines))
