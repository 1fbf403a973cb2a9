"""Going to the field: the visits to make, one visit at its place, minutes and invitations."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import moment, short_day
from motcua.channels.office.acts import Situation, situate
from motcua.channels.office.field_forms import PhotoForm
from motcua.channels.office.field_parts import map_href, visit_shown
from motcua.channels.office.frame import for_officers, page
from motcua.lib.clock import local, local_day, now

from .papers import pdf


class Day(NamedTuple):
    """The visits of one day, in the order of the way."""

    title: str
    rows: list[dict[str, str]]


@require_GET
@for_officers()
def visits(request: ActorRequest) -> HttpResponse:
    """Show the visits the actor's units have to make, day by day. Costs: one statement."""
    today = local_day(now())
    rows = dossiers.field.visits_for(request.actor)
    return page(request, "visits", {"days": list(days_of(rows, today))}, current="visits")


def days_of(rows: list[dossiers.field.VisitRow], today: date) -> Iterator[Day]:
    """Yield each day with its visits."""
    for day, of_day in groupby(rows, key=lambda row: local_day(row.planned_at)):
        late = " (chưa ghi biên bản)" if day < today else ""
        title = "Hôm nay" if day == today else f"Ngày {short_day(day)}{late}"
        yield Day(title, [row_shown(row) for row in of_day])


def row_shown(row: dossiers.field.VisitRow) -> dict[str, str]:
    """Return one visit as a line of the way."""
    return {
        "time": f"{local(row.planned_at):%H:%M}",
        "place": row.place,
        "applicant": row.applicant_name,
        "procedure": procedures.definition_of(row.procedure_version_id).short_name,
        "surveyor": row.surveyor,
        "code": row.code,
        "phone": row.phone,
        "map": map_href(row.place),
        "href": reverse("office:visit", args=[row.code, row.seq]),
    }


@require_GET
@for_officers("office:visits")
def visit(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Show one visit as it is needed at the place: way, checklist, pictures, minutes, names."""
    at = now()
    opened = dossiers.open_dossier(code, by=request.actor, at=at, purpose="office")
    situation = situate(request.actor, opened, at, item=str(seq))
    found = next((one for one in situation.whole.visits if one.seq == seq), None)
    if found is None:
        raise Http404("Không có lần kiểm tra này.")
    known = dossiers.field.field_work(opened)
    shown = visit_shown(situation, found, known)
    context = {
        "dossier": opened,
        "one": shown,
        "facts": facts_of(situation, found),
        "asked": dossiers.field.asked_at(opened, found.step_code),
        "map": map_href(found.place),
        "phone": opened.submitter_phone,
        "most": dossiers.field.MOST_PHOTOS,
        "photo_form": PhotoForm() if shown["photo_href"] else None,
    }
    return page(request, "visit", context, current="visits")


def facts_of(situation: Situation, visit: Any) -> list[dict[str, str]]:
    """Return what one needs to know on the way."""
    rows = [
        ("Hẹn", moment(visit.planned_at)),
        ("Chủ hồ sơ", situation.dossier.applicant_name),
        ("Thủ tục", situation.whole.definition.short_name),
        ("Thành phần", visit.who),
        ("Đơn vị đo đạc", visit.surveyor),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


@require_GET
@for_officers("office:dossier")
def minutes(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Print the minutes of a visit, a meeting or an ended posting."""
    content = dossiers.field.minutes_pdf(request.actor, code, seq)
    return pdf(content, f"{code}-bien-ban-{seq}.pdf")


@require_GET
@for_officers("office:dossier")
def invitation(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Print the invitation to a meeting."""
    content = dossiers.field.invitation_pdf(request.actor, code, seq)
    return pdf(content, f"{code}-giay-moi-{seq}.pdf")
