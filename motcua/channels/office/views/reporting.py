"""The report of reception and settlement, for heads, leaders and who watches over the province."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.periods import Wanted, sums_of, wanted
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now

from .papers import pdf


@require_GET
@for_officers("office:start")
def report(request: ActorRequest) -> HttpResponse:
    """Show what a unit received and settled in a period, field by field."""
    asked = report_asked(request)
    rows = dossiers.report_of(asked.unit_id, asked.first, asked.latest)
    context = {"asked": asked, "rows": rows, "sums": sums_of(rows)}
    return page(request, "report", context, current="report")


@require_GET
@for_officers("office:report")
def print_report(request: ActorRequest) -> HttpResponse:
    """Print the report."""
    asked = report_asked(request)
    days = asked.first, asked.latest
    content = dossiers.report_pdf(request.actor, asked.unit_id, *days, at=now())
    return pdf(content, f"bao-cao-{asked.first:%Y%m%d}-{asked.latest:%Y%m%d}.pdf")


def report_asked(request: ActorRequest) -> Wanted:
    """Return which report is asked for, of the units in the actor's hands. Raises: NotAllowed."""
    request.actor.require(Power.EXPORT_DOSSIERS)
    units = dossiers.units_to_report(request.actor)
    return wanted(request.GET.dict(), units, local_day(now()))
