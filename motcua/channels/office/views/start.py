"""The first page of the office: what stands open, what is most urgent for me."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, WorkFilter
from motcua.casework.indicators import api as indicators
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.showing import WorkShown, work_shown
from motcua.lib.actor import Actor
from motcua.lib.clock import now

_SHOWN = 8
_OPEN = (
    Status.RECEIVED,
    Status.PROCESSING,
    Status.AWAITING_APPLICANT,
    Status.AWAITING_PAYMENT,
    Status.RESOLVED,
)


@require_GET
@for_officers()
def start(request: ActorRequest) -> HttpResponse:
    """Show today's work. Costs: three statements."""
    at = now()
    mine, is_more = most_urgent(request.actor, WorkFilter(mine=True), at)
    free, _ = most_urgent(request.actor, WorkFilter(unassigned=True), at)
    context = {
        "counters": counters(request.actor),
        "mine": mine,
        "is_more": is_more,
        "free": free,
        "late": sum(row.badge.tone == "late" for row in mine),
        "soon": sum(row.badge.tone == "soon" for row in mine),
        "work_href": reverse("office:work"),
    }
    return page(request, "start", context, current="start")


def counters(actor: Actor) -> list[tuple[str, int]]:
    """Return how many dossiers stand in each open status at the actor's units.

    Costs: one statement.
    """
    standing = indicators.standing(actor.unit_ids[:1]) if actor.unit_ids else {}
    return [(status.label, standing.get(f"dossiers.open.{status.value}", 0)) for status in _OPEN]


def most_urgent(actor: Actor, only: WorkFilter, at: datetime) -> tuple[list[WorkShown], bool]:
    """Return the first open steps and whether there are more."""
    found = dossiers.worklist_for(actor, only=only, limit=_SHOWN)
    return work_shown(found.rows, at), found.next is not None
