"""A dossier ends without an outcome: what is open is cancelled, what goes back is proposed.

Source: docs/law/money.md
"""

from collections.abc import Callable
from datetime import datetime

from motcua.casework.payments.choices import OrderState
from motcua.casework.payments.models import OrderLine
from motcua.casework.payments.queries.orders import orders_of
from motcua.casework.payments.rules.states import PAYABLE
from motcua.lib import work
from motcua.lib.actor import Actor

from .opening import cancel_order
from .proposing import propose
from .telling import lock_order

IsGivenBack = Callable[[OrderLine], bool]
_PAID = frozenset({OrderState.PAID, OrderState.OVERPAID})


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
        if order.state not in _PAID:
            continue
        back = [one for one in held.lines if one.subject == subject and is_given_back(one)]
        amount = sum(one.applied_vnd for one in back)
        if amount:
            lines = [one.seq for one in back]
            propose(held, amount, reason, lines, by=by, at=at, basis=basis)
            total += amount
    return total
