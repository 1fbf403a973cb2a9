"""A dossier ends without an outcome: what is open is cancelled, what goes back is proposed.

Source: docs/law/money.md
"""

from collections.abc import Callable, Collection
from datetime import datetime

from motcua.casework.payments.choices import OrderState
from motcua.casework.payments.models import OrderLine
from motcua.casework.payments.queries.orders import orders_of
from motcua.casework.payments.rules.states import HAVE_MONEY, PAYABLE
from motcua.lib import work
from motcua.lib.actor import Actor

from .opening import cancel_order
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

    Orders that wait only for it are cancelled; paid lines that the rule gives back are proposed,
    and a second person decides. Orders of several subjects go on for the others.
    Costs: one query where nothing was ever asked.
    """
    total = 0
    for code in [one.code for one in orders_of(subject)]:
        held = lock_order(code)
        order = held.order
        if order.state in {*PAYABLE, OrderState.EXPIRED} and held.subjects == (subject,):
            cancel_order(code, reason, by=by, at=at)
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


def _asked_for(held: Locked, lines: Collection[int]) -> int:
    """Return how much of these lines somebody has asked back already, and nobody decided yet."""
    waiting = waiting_refunds(held.order)
    return sum(one.amount_vnd for one in waiting if not set(lines).isdisjoint(one.lines))
