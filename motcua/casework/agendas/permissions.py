"""Who may propose, approve and read.

Source: docs/law/agendas.md
"""

from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import UnitKind
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .models import AgendaEntry


def approving_unit(agency_id: int) -> int:
    """Return the unit whose head approves the calendar: the office, else the leadership."""
    tree = organisation.tree()
    offices = (u.id for u in tree.units_of(agency_id) if u.kind == UnitKind.OFFICE)
    return next(offices, tree.agency(agency_id).root_unit_id)


def can_approve(agency_id: int, by: Actor) -> bool:
    """Say whether the actor approves and publishes the agency's calendar."""
    return by.can(Power.APPROVE_AGENDA, unit_id=approving_unit(agency_id))


def check_approves(agency_id: int, by: Actor) -> None:
    """Raises: NotAllowed."""
    if not can_approve(agency_id, by):
        raise NotAllowed("Chỉ lãnh đạo văn phòng hoặc lãnh đạo cơ quan duyệt lịch công tác.")


def proposing_units(agency_id: int, by: Actor) -> list[int]:
    """Return the units of the agency for which the actor proposes, his own first."""
    tree = organisation.tree()
    own = [one for one in by.unit_ids if tree.unit(one).agency_id == agency_id]
    held = [
        unit.id
        for unit in tree.units_of(agency_id)
        if by.can(Power.PROPOSE_AGENDA, unit_id=unit.id) and unit.id not in own
    ]
    return [one for one in own if by.can(Power.PROPOSE_AGENDA, unit_id=one)] + held


def check_proposes(unit_id: int, by: Actor) -> None:
    """Raises: NotAllowed."""
    if not by.can(Power.PROPOSE_AGENDA, unit_id=unit_id):
        raise NotAllowed("Ông/bà không đăng ký lịch công tác thay đơn vị này được.")


def can_change(entry: AgendaEntry, by: Actor) -> bool:
    """Say whether the actor may change an entry: who proposed it, or who approves."""
    is_own = by.id == entry.proposed_by_id or by.can(Power.PROPOSE_AGENDA, unit_id=entry.unit_id)
    return is_own or can_approve(entry.agency_id, by)


def reads_agency(agency_id: int, by: Actor) -> bool:
    """Say whether the actor reads the agency's whole calendar: who works there does."""
    tree = organisation.tree()
    works = any(tree.unit(one).agency_id == agency_id for one in by.unit_ids)
    return works or by.sees_all
