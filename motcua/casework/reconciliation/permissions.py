"""Who reconciles an agency's money, and who approves what is written off.

Source: docs/law/money.md
"""

from motcua.foundation.access.api import Power, agencies_reached
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import NotAllowed


def agencies_reconciled(by: Actor) -> tuple[int, ...]:
    """Return the agencies whose statements the actor takes and settles."""
    return agencies_reached(Power.RECONCILE, by)


def agencies_seen(by: Actor) -> tuple[int, ...]:
    """Return the agencies whose differences the actor may see."""
    return tuple(
        sorted({*agencies_reconciled(by), *agencies_reached(Power.APPROVE_WRITE_OFFS, by)})
    )


def check_reconciles(agency_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor reconciles the agency's money; the operator may."""
    if by.kind != ActorKind.SYSTEM and agency_id not in agencies_reconciled(by):
        raise NotAllowed("Chỉ kế toán của cơ quan mới đối soát được.")


def check_approves(agency_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor approves what is written off."""
    if agency_id not in agencies_reached(Power.APPROVE_WRITE_OFFS, by):
        raise NotAllowed("Chỉ lãnh đạo cơ quan mới duyệt ghi bỏ chênh lệch.")


def can_approve(agency_id: int, by: Actor) -> bool:
    """Say whether the actor may approve what is written off in this agency."""
    return agency_id in agencies_reached(Power.APPROVE_WRITE_OFFS, by)
