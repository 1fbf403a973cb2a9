"""A unit at work, for its head: how much each officer has, what is late, where to move it."""

from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Load, WorkFilter
from motcua.casework.processes.api import NO_LIMIT
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import stamp
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.showing import work_shown
from motcua.channels.office.views.work import FREE
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now

_LATE_SHOWN = 20


class LoadShown(NamedTuple):
    """What one officer of a unit has to do."""

    name: str
    open: int
    late: int
    soonest: str
    href: str


class UnitShown(NamedTuple):
    """One unit with its officers."""

    name: str
    href: str
    away_href: str
    loads: list[LoadShown]
    open: int
    late: int


@require_GET
@for_officers()
def unit(request: ActorRequest) -> HttpResponse:
    """Show the load of each officer and the late steps. Costs: two statements."""
    at = now()
    actor = request.actor
    actor.require(Power.ASSIGN_DOSSIERS)
    units = [
        one for one in dossiers.work_units(actor) if actor.can(Power.ASSIGN_DOSSIERS, unit_id=one)
    ]
    loads = dossiers.loads_of(units, at)
    late = WorkFilter(late_before=at, running=True, unit_ids=tuple(units))
    rows = dossiers.worklist_for(actor, only=late, limit=_LATE_SHOWN)
    context = {
        "units": [
            unit_shown(
                unit_id,
                list(group),
                is_head=actor.can(Power.ARRANGE_DESKS, unit_id=unit_id),
            )
            for unit_id, group in groupby(loads, key=lambda load: load.unit_id)
        ],
        "late": work_shown(rows.rows, at),
        "is_more": rows.next is not None,
    }
    return page(request, "unit", context, current="unit")


def unit_shown(unit_id: int, loads: list[Load], *, is_head: bool) -> UnitShown:
    return UnitShown(
        name=organisation.tree().unit(unit_id).name,
        href=reverse("office:sharing", args=[unit_id]),
        away_href=reverse("office:away", args=[unit_id]) if is_head else "",
        loads=[load_shown(load) for load in loads],
        open=sum(load.open for load in loads),
        late=sum(load.late for load in loads),
    )


def load_shown(load: Load) -> LoadShown:
    """Return the line of an officer, which leads to that officer's list to give it to others."""
    who = FREE if load.assignee_id is None else str(load.assignee_id)
    return LoadShown(
        name=load.assignee_name or "Chưa ai nhận",
        open=load.open,
        late=load.late,
        soonest="" if load.soonest_at >= NO_LIMIT else stamp(load.soonest_at),
        href=f"{reverse('office:work')}?ai={who}&don-vi={load.unit_id}",
    )
