"""Say in a sentence what has become of an order."""

from collections.abc import Iterator

from motcua.casework.payments.choices import Channel, OrderState, RefundState
from motcua.casework.payments.rules.words import Story, explain_story

from .orders import WholeOrder, get_order, whole_order


def explain(code: str) -> str:
    """Return one sentence that says what was asked, what came, and where the money is.

    Raises: NoSuchOrder.
    """
    return explain_order(whole_order(get_order(code)))


def explain_order(whole: WholeOrder) -> str:
    """Return that sentence of an order that was read already."""
    order = whole.order
    return explain_story(
        Story(
            code=order.code,
            state=OrderState(order.state),
            sums=order.sums(),
            is_typed=order.is_typed,
            expires_at=order.expires_at,
            ways=tuple(dict.fromkeys(Channel(one.channel).label for one in whole.payments)),
            came=len(whole.payments),
            is_late=any(one.is_late for one in whole.payments),
            refunds=tuple(_refunds(whole)),
            attempts=len([one for one in whole.attempts if one.next_ask_at is not None]),
        )
    )


def _refunds(whole: WholeOrder) -> Iterator[tuple[RefundState, int]]:
    for one in whole.refunds:
        yield RefundState(one.state), one.amount_vnd
