"""On-line filings that wait at the desk, with their clock."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.clocks import Clock, check_clock
from motcua.channels.counter.frame import page, units_here
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.jinja import url_with
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now
from motcua.lib.paging import Cursor, decode


class Row(NamedTuple):
    """One line of a desk's list."""

    dossier: dossiers.Dossier
    procedure: str
    clock: Clock
    note: str


@require_GET
@shows_errors("counter:start")
def waiting(request: ActorRequest) -> HttpResponse:
    """List what was filed and not yet received, the oldest first."""
    found = dossiers.queue_for(
        request.actor,
        dossiers.WAITING,
        after=decode(request.GET.get("after", "")),
        within=units_here(request),
    )
    context = {
        "rows": list(rows(found.rows, now())),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
    }
    return page(request, "waiting", context, current="waiting")


def rows(
    found: Iterable[dossiers.Dossier],
    at: datetime,
    clock: Callable[[dossiers.Dossier, datetime], Clock] = check_clock,
) -> Iterator[Row]:
    """Yield the lines of a desk's list."""
    for one in found:
        name = procedures.definition_of(one.procedure_version_id).name
        yield Row(one, name, clock(one, at), one.get_sub_state_display())


def place(request: ActorRequest, cursor: Cursor | None) -> str:
    """Return the address of the page behind a cursor, empty if there is none."""
    return url_with(request, after=cursor.encode()) if cursor else ""
