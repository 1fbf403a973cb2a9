"""Who reconciles an agency's money, and who approves what is written off.

Source: docs/law/money.md
"""

from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import NotAllowed


def agencies_reconciled(by: Actor) -> tuple[int, ...]:
    """Return the agencies whose statements the actor takes and settles."""
    return _agencies(by, Power.RECONCILE)


def agencies_seen(by: Actor) -> tuple[int, ...]:
    """Return the agencies whose differences the actor may see."""
    return tuple(sorted({*agencies_reconciled(by), *_agencies(by, Power.APPROVE_WRITE_OFFS)}))


def check_reconciles(agency_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor reconciles the agency's money; the operator may."""
    if by.kind != ActorKind.SYSTEM and agency_id not in agencies_reconciled(by):
        raise NotAllowed("Chỉ kế toán của cơ quan mới đối soát được.")


def check_approves(agency_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor approves what is written off."""
    if agency_id not in _agencies(by, Power.APPROVE_WRITE_OFFS):
        raise NotAllowed("Chỉ lãnh đạo cơ quan mới duyệt ghi bỏ chênh lệch.")


def can_approve(agency_id: int, by: Actor) -> bool:
    """Say whether the actor may approve what is written off in this agency."""
    return agency_id in _agencies(by, Power.APPROVE_WRITE_OFFS)


def _agencies(by: Actor, power: Power) -> tuple[int, ...]:
    tree = organisation.tree()
    if power in by.province_powers:
        return tuple(sorted(one.id for one in tree.agencies()))
    held = by.powers.get(power, frozenset())
    mine = {tree.agency_of(unit_id) for unit_id in held}
    return tuple(sorted(one.id for one in mine if one.root_unit_id in held))
