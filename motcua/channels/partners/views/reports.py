"""The report of a day, from the partner's own hand, and what it came to."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.contracts import api as contracts
from motcua.casework.payments.api import Channel
from motcua.casework.reconciliation import api as reconciliation
from motcua.casework.reconciliation.api import MismatchState
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.partners.frame import for_partners, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

TONES = {MismatchState.OPEN: "late", MismatchState.PROPOSED: "soon", MismatchState.SETTLED: "ok"}
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form that is shown again, and what is wrong with it."""

    agency: str = ""
    channel: str = ""
    error: str = ""
    field: str = ""


@require_http_methods(["GET", "POST"])
@for_partners()
def reports(request: ActorRequest) -> HttpResponse:
    """List the reports of the partner's channels; take one."""
    if request.method != "POST":
        return _page(request, Typed())
    agency, channel = request.POST.get("agency", ""), request.POST.get("channel", "")
    try:
        given = _given(request, agency, channel)
        taken = reconciliation.take_partner_report(given, by=request.actor, at=now())
    except BadInput as error:
        return _page(request, Typed(agency, channel, str(error), error.field or "file"))
    result = reconciliation.result_of(taken)
    words = f"Đã đối soát {taken.code}: khớp {result.matched}, chênh lệch {result.open_count}."
    messages.success(request, words)
    return redirect("partners:report", taken.code)


def _given(request: ActorRequest, agency: str, channel: str) -> reconciliation.StatementIn:
    """Return what was handed in. Raises: BadInput."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise BadInput("Hãy chọn tệp báo cáo.", field="file")
    if channel not in Channel.values:
        raise BadInput("Hãy chọn kênh.", field="channel")
    return reconciliation.StatementIn(
        whole_number(agency) or 0, Channel(channel), file.name or "", file
    )


def _page(request: ActorRequest, typed: Typed) -> HttpResponse:
    on = local_day(now())
    reach = contracts.reach_of(request.actor, on)
    mine = [one for one in reach if one.channel != Channel.TRANSFER]
    context = {
        "title": "Báo cáo trong ngày",
        "agencies": _agencies(mine),
        "channels": [(one, Channel(one).label) for one in dict.fromkeys(r.channel for r in mine)],
        "rows": [
            (one, organisation.name_of_agency(one.agency_id))
            for one in reconciliation.reports_of_partner(request.actor, on)
        ],
        "typed": typed,
    }
    return page(request, "reports", context, current="reports", status=422 if typed.error else 200)


def _agencies(reach: list[contracts.Reach]) -> list[Option]:
    """Return the agencies for whose money a report can be handed in."""
    today = local_day(now())
    named = [
        one
        for one in organisation.tree().agencies()
        if one.is_living and any(part.covers(one.id, today) for part in reach)
    ]
    return [(f"{one.id}", one.name) for one in named]


@require_GET
@for_partners("partners:reports")
def report(request: ActorRequest, code: str) -> HttpResponse:
    """Show what a report has come to."""
    row = reconciliation.get_report_of_partner(code, request.actor, local_day(now()))
    result = reconciliation.result_of(row)
    context = {
        "title": f"Báo cáo {row.code}",
        "row": row,
        "agency": organisation.name_of_agency(row.agency_id),
        "result": result,
        "rows": [
            (one, TONES[MismatchState(one.state)])
            for one in reconciliation.differences_of_report(row)
        ],
    }
    return page(request, "report", context, current="reports")
