"""The start page of the desk: what waits, what was done today, where to go."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.indicators import api as indicators
from motcua.casework.procedures import api as procedures
from motcua.channels.counter import frame
from motcua.channels.counter.clocks import Clock, check_clock
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now

TODAY = (
    ("dossiers.filed_online", "Nộp trực tuyến"),
    ("dossiers.received", "Đã tiếp nhận"),
    ("dossiers.refused", "Từ chối tiếp nhận"),
    ("dossiers.supplemented", "Yêu cầu bổ sung"),
    ("dossiers.resolved", "Có kết quả"),
    ("dossiers.returned", "Đã trả kết quả"),
)
OLDEST = 5


@require_GET
def start(request: ActorRequest) -> HttpResponse:
    """Show what waits at the desk and what it did today.

    The figures are rolled up by the worker and say until when they are complete.

    Costs: four statements.
    """
    at, desk = now(), frame.desk_of(request)
    day = local_day(at)
    done = indicators.totals([desk.id], [measure for measure, _ in TODAY], day, day)
    oldest = dossiers.queue_for(
        request.actor, dossiers.WAITING, limit=OLDEST, within=frame.units_here(request)
    ).rows
    context = {
        "at": at,
        "as_of": dossiers.figures_as_of(at),
        "today": [(word, done.get(measure, 0)) for measure, word in TODAY],
        "oldest": [in_line(one, check_clock(one, at)) for one in oldest],
    }
    return frame.page(request, "start", context, current="start")


def in_line(one: dossiers.Dossier, clock: Clock) -> dict[str, object]:
    return {
        "dossier": one,
        "clock": clock,
        "procedure": procedures.definition_of(one.procedure_version_id).name,
    }
