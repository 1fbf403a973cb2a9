"""Say in a sentence what has become of an order."""

from collections.abc import Iterable, Sequence

from motcua.casework.payments.choices import Channel, OrderState, RefundState
from motcua.casework.payments.models import Attempt, Order, Payment, Refund
from motcua.casework.payments.rules.words import Story, explain_story

from .orders import WholeOrder, get_order


def explain(code: str) -> str:
    """Return one sentence that says what was asked, what came, and where the money is.

    Raises: NoSuchOrder.
    """
    order = get_order(code)
    mine = {"order_id": order.pk}
    asked = Attempt.objects.filter(**mine, next_ask_at__isnull=False).count()
    came = Payment.objects.filter(**mine).order_by("seq")
    return _sentence(order, list(came), Refund.objects.filter(**mine).order_by("id"), asked)


def explain_order(whole: WholeOrder) -> str:
    """Return that sentence of an order that was read already."""
    asked = sum(one.next_ask_at is not None for one in whole.attempts)
    return _sentence(whole.order, whole.payments, whole.refunds, asked)


def _sentence(order: Order, came: Sequence[Payment], refunds: Iterable[Refund], asked: int) -> str:
    return explain_story(
        Story(
            code=order.code,
            state=OrderState(order.state),
            sums=order.sums(),
            is_typed=order.is_typed,
            expires_at=order.expires_at,
            ways=tuple(dict.fromkeys(Channel(one.channel).label for one in came)),
            came=len(came),
            is_late=any(one.is_late for one in came),
            refunds=tuple((RefundState(one.state), one.amount_vnd) for one in refunds),
            attempts=asked,
        )
    )
