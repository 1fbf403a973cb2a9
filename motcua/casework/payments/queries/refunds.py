"""Read what is to be given back."""

from motcua.casework.payments.choices import RefundState
from motcua.casework.payments.errors import NoSuchRefund
from motcua.casework.payments.models import Refund
from motcua.casework.payments.permissions import deals_with, with_inherited
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

TO_DO = (RefundState.ASKED, RefundState.APPROVED, RefundState.FAILED)
_POWERS = (Power.APPROVE_REFUNDS, Power.ASK_REFUNDS, Power.TAKE_CASH)


def refunds_for(actor: Actor, *, states: tuple[RefundState, ...] = TO_DO) -> list[Refund]:
    """Return what is to be given back where the actor asks, decides or pays out, oldest first."""
    rows = Refund.objects.select_related("order", "payment").filter(state__in=states)
    if not any(power in actor.province_powers for power in _POWERS):
        units = frozenset[int]().union(*(actor.powers.get(p, frozenset()) for p in _POWERS))
        rows = rows.filter(unit_id__in=with_inherited(units))
    return list(rows.order_by("asked_at", "id")[:200])


def get_refund_for(actor: Actor, code: str) -> Refund:
    """Return one refund the actor deals with. Raises: NoSuchRefund."""
    found = Refund.objects.select_related("order", "payment").filter(code=code).first()
    message = f"Không tìm thấy đề nghị hoàn tiền {code}."
    if found is None:
        raise NoSuchRefund(message)
    if not any(deals_with(actor, power, found.unit_id) for power in _POWERS):
        raise NoSuchRefund(message, hidden=f"refund:{code}")
    return found
