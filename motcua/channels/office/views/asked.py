"""Questions of others that wait for an answer of the actor's units."""

from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import AskedRow
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import Badge, stamp
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.showing import Span, clock_badge
from motcua.lib.clock import now


class AskedShown(NamedTuple):
    """One question as a line of the list."""

    badge: Badge
    code: str
    href: str
    answer_href: str
    procedure: str
    question: str
    by: str
    due: str


@require_GET
@for_officers()
def asked(request: ActorRequest) -> HttpResponse:
    """Show the open questions, the most urgent first. Costs: one statement."""
    at = now()
    rows = [row_shown(row, at) for row in dossiers.consultations_for(request.actor)]
    return page(request, "asked", {"rows": rows}, current="asked")


def row_shown(row: AskedRow, at: datetime) -> AskedShown:
    address = reverse("office:act", args=[row.code, "tra-loi-y-kien"])
    return AskedShown(
        badge=clock_badge(Span(row.asked_at, row.due_at, row.unit_id), at),
        code=row.code,
        href=reverse("office:dossier", args=[row.code]),
        answer_href=f"{address}?muc={row.seq}",
        procedure=procedures.definition_of(row.procedure_version_id).name,
        question=row.question,
        by=row.asked_by_name,
        due=stamp(row.due_at),
    )
