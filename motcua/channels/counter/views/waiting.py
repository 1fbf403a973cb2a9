"""On-line filings that wait at the desk, with their clock."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.channels.counter.clocks import Clock, check_clock
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now

from .listing import named, pages, queue_here


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
    found = queue_here(request, dossiers.WAITING)
    context = {"rows": list(rows(found.rows, now())), **pages(request, found)}
    return page(request, "waiting", context, current="waiting")


def rows(
    found: Iterable[dossiers.Dossier],
    at: datetime,
    clock: Callable[[dossiers.Dossier, datetime], Clock] = check_clock,
) -> Iterator[Row]:
    """Yield the lines of a desk's list."""
    for one, name in named(found):
        yield Row(one, name, clock(one, at), one.get_sub_state_display())
