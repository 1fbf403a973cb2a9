"""Who may change the organisation: whoever holds the power in the unit concerned."""

from motcua.lib.actor import Actor

from .models import Unit

EDIT = "organisation.edit"
NOWHERE = 0  # no unit: only a power over the whole province reaches it


def check_may_edit_agency(agency_id: int | None, *, by: Actor) -> None:
    """Raises: NotAllowed unless the power is held at the root of that agency.

    Without an agency, it must be held in the whole province.
    """
    roots = Unit.objects.filter(agency=agency_id, parent=None).values_list("pk", flat=True)
    by.require(EDIT, unit_id=next(iter(roots), NOWHERE))
