"""The first page of the office: what stands open, what is most urgent for me."""

from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, WorkFilter
from motcua.casework.indicators import api as indicators
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.forgotten import forgotten_for
from motcua.channels.office.frame import for_officers, is_watching, page
from motcua.channels.office.showing import WorkShown, work_shown
from motcua.lib.actor import Actor
from motcua.lib.clock import now

_SHOWN = 8


class Words(NamedTuple):
    """What the two short lists are called, what they say when empty, where they go on."""

    urgent: str
    nothing_urgent: str
    more: str
    query: str
    nothing_free: str


WORKING = Words(
    "Gấp nhất của tôi",
    "Ông/bà không có việc nào đang mở.",
    "Xem tất cả việc của tôi",
    "?ai=toi",
    "Việc nào của đơn vị cũng đã có người nhận.",
)
WATCHING = Words(
    "Quá hạn trong toàn tỉnh",
    "Không có việc nào quá hạn.",
    "Xem tất cả việc quá hạn",
    "?han=qua",
    "Việc nào cũng đã có người nhận.",
)
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
    """Show today's work. Costs: three statements, and three for who reads a book."""
    at = now()
    watching = is_watching(request.actor)
    urgent = WorkFilter(late_before=at, running=True) if watching else WorkFilter(mine=True)
    mine, is_more = most_urgent(request.actor, urgent, at)
    free, _ = most_urgent(request.actor, WorkFilter(unassigned=True), at)
    context = {
        "counters": counters(request.actor),
        "words": WATCHING if watching else WORKING,
        "mine": mine,
        "is_more": is_more,
        "free": free,
        "late": sum(row.badge.tone == "late" for row in mine),
        "soon": sum(row.badge.tone == "soon" for row in mine),
        "work_href": reverse("office:work"),
        "forgotten": forgotten_for(request.actor),
    }
    return page(request, "start", context, current="start")


def counters(actor: Actor) -> list[tuple[str, int]]:
    """Return how many dossiers stand in each open status at the actor's units.

    Who watches over the province sees the figures of all agencies.

    Costs: one statement.
    """
    unit_ids = [indicators.PROVINCE] if actor.sees_all else actor.unit_ids[:1]
    standing = indicators.standing(unit_ids) if unit_ids else {}
    return [(status.label, standing.get(f"dossiers.open.{status.value}", 0)) for status in _OPEN]


def most_urgent(actor: Actor, only: WorkFilter, at: datetime) -> tuple[list[WorkShown], bool]:
    """Return the first open steps and whether there are more."""
    found = dossiers.worklist_for(actor, only=only, limit=_SHOWN)
    return work_shown(found.rows, at), found.next is not None
