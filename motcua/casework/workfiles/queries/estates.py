"""What agencies and units that ended have left, for those who stand in their place."""

from collections import Counter
from collections.abc import Sequence

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Estate
from motcua.casework.workfiles.choices import State
from motcua.casework.workfiles.models import WorkFile
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import UnitInfo
from motcua.lib import work

_LEFT = "SELECT DISTINCT agency_id FROM workfiles_workfile WHERE state <> 'handed_over'"


def estates() -> Sequence[Estate]:
    """Return every agency that ended and has left documents, a series or work files, by name.

    Costs: two queries, and some for each that ended.
    """
    tree = organisation.tree()
    found = {one.agency_id: one for one in documents.estates()}
    for (agency_id,) in work.fetch(_LEFT, []):
        if agency_id not in found and not tree.agency(agency_id).is_living:
            found[agency_id] = documents.estate_of(agency_id)
    return sorted((one for one in found.values() if one.heirs), key=lambda one: one.name)


def estates_of(agency_id: int) -> Sequence[Estate]:
    """Return what is left to one heir. Costs: as `estates`."""
    return [one for one in estates() if agency_id in one.heirs]


def left_files_of(agency_id: int) -> list[WorkFile]:
    """Return the files of an agency that are not with its archive, the oldest first."""
    found = WorkFile.objects.filter(agency_id=agency_id).exclude(state=State.HANDED_OVER)
    return list(found.order_by("sort_at", "id"))


def ended_units_of(agency_id: int) -> list[tuple[UnitInfo, int]]:
    """Return the units of an agency that ended and left files, with how many.

    Costs: one query.
    """
    tree = organisation.tree()
    left = Counter(one.unit_id for one in left_files_of(agency_id))
    found = [(tree.unit(unit_id), number) for unit_id, number in sorted(left.items())]
    return [(unit, number) for unit, number in found if not unit.is_living]
