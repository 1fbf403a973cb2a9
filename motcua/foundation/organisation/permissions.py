"""Who may change the organisation: whoever holds the power in the unit concerned."""

from collections.abc import Iterable

from motcua.lib.actor import Actor

from .choices import PostRole
from .models import Agency, Unit
from .rules.facts import AgencyFacts

EDIT = "organisation.edit"
NOWHERE = 0  # no unit: only a power over the whole province reaches it


def check_may_edit_agency(agency_id: int | None, *, by: Actor) -> None:
    """Raises: NotAllowed unless the power is held at the root of that agency.

    Without an agency, it must be held in the whole province.
    """
    roots = Unit.objects.filter(agency=agency_id, parent=None).values_list("pk", flat=True)
    by.require(EDIT, unit_id=next(iter(roots), NOWHERE))


def check_may_set_up(roles: Iterable[PostRole], unit_id: int, *, by: Actor) -> None:
    """Raises: NotAllowed unless the power is held in the unit.

    For a role that reaches over the whole province, it must be held in the whole province.
    """
    by.require(EDIT, unit_id=unit_id)
    if PostRole.PROVINCE_MONITOR in roles:
        by.require(EDIT, unit_id=NOWHERE)


def check_may_change_agency(agency: Agency, facts: AgencyFacts, *, by: Actor) -> None:
    """Raises: NotAllowed unless the power is held at the root of the agency.

    Kind and level decide how far its administrators and procedures reach, and the parent whose it
    is: to change these, the power must be held in the whole province.
    """
    check_may_edit_agency(agency.pk, by=by)
    standing = (agency.kind, agency.level, agency.parent_id)
    if (facts.kind, facts.level, facts.parent_id) != standing:
        by.require(EDIT, unit_id=NOWHERE)
