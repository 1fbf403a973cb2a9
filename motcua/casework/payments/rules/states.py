"""The state of an order follows from its sums; which state may follow which.

Source: docs/law/money.md
"""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.casework.payments.choices import OrderState, RefundState

S, R = OrderState, RefundState


@dataclass(frozen=True, slots=True)
class Sums:
    """What an order asks for and what has become of the money.

    `applied_vnd` counts for its lines, `over_vnd` is held beside them until it goes back,
    `refunded_vnd` has gone back or is approved to; `is_refunding` while a partner is still at it.
    """

    amount_vnd: int
    applied_vnd: int = 0
    over_vnd: int = 0
    refunded_vnd: int = 0
    is_refunding: bool = False
    is_cancelled: bool = False
    is_expired: bool = False
    was_paid: bool = False


def state_of(sums: Sums) -> OrderState:
    """Return the state that follows from the sums."""
    if sums.is_refunding:
        return S.REFUNDING
    if sums.over_vnd:
        return S.OVERPAID
    if sums.applied_vnd >= sums.amount_vnd and not sums.is_cancelled:
        return S.PAID
    return _unpaid(sums)


def _unpaid(sums: Sums) -> OrderState:
    if sums.refunded_vnd and (sums.was_paid or sums.is_cancelled):
        return S.REFUNDED
    if sums.is_cancelled:
        return S.CANCELLED
    if sums.is_expired:
        return S.EXPIRED
    return S.PARTLY if sums.applied_vnd else S.OPEN


_BACK = frozenset({S.REFUNDING, S.REFUNDED})
MOVES: Mapping[OrderState, frozenset[OrderState]] = {
    S.OPEN: frozenset({S.PARTLY, S.PAID, S.OVERPAID, S.EXPIRED, S.CANCELLED}),
    S.PARTLY: frozenset({S.PAID, S.OVERPAID, S.EXPIRED}),
    S.EXPIRED: frozenset({S.OPEN, S.PARTLY, S.PAID, S.OVERPAID, S.CANCELLED}),
    S.PAID: frozenset({S.OVERPAID}) | _BACK,
    S.OVERPAID: frozenset({S.PAID}) | _BACK,
    S.CANCELLED: frozenset({S.OVERPAID}),
    S.REFUNDING: frozenset({S.PAID, S.OVERPAID, S.REFUNDED}),
    S.REFUNDED: frozenset({S.OVERPAID, S.REFUNDING}),
}
PAYABLE = frozenset({S.OPEN, S.PARTLY})
HAVE_MONEY = frozenset({S.PAID, S.OVERPAID}) | _BACK

REFUND_MOVES: Mapping[RefundState, frozenset[RefundState]] = {
    R.ASKED: frozenset({R.APPROVED, R.REFUSED}),
    R.APPROVED: frozenset({R.DONE, R.FAILED}),
    R.FAILED: frozenset({R.DONE}),
    R.REFUSED: frozenset(),
    R.DONE: frozenset(),
}
