"""Dossiers the actor may see, newest first."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.addresses import address
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.kit.words import Badge, stamp
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.showing import dossier_badge, status_badge
from motcua.foundation.access.api import Power
from motcua.lib.clock import now
from motcua.lib.paging import decode


class DossierShown(NamedTuple):
    """One line of a list of dossiers."""

    code: str
    href: str
    badge: Badge | None
    status: Badge
    procedure: str
    applicant: str
    arrived: str
    due: str


@require_GET
@for_officers("office:dossiers")
def dossiers_list(request: ActorRequest) -> HttpResponse:
    """Show the newest dossiers. Costs: two statements."""
    found = dossiers.dossiers_for(request.actor, after=decode(request.GET.get("sau", "")))
    context = {
        "rows": rows_shown(found.rows, now()),
        "may_export": request.actor.can(Power.EXPORT_DOSSIERS),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
    }
    return page(request, "dossiers", context, current="dossiers")


def rows_shown(found: Iterable[Dossier], at: datetime) -> list[DossierShown]:
    """Return the lines of a list of dossiers."""
    return [
        DossierShown(
            code=one.code,
            href=address("office:dossier", one.code),
            badge=dossier_badge(one, at),
            status=status_badge(one),
            procedure=procedures.definition_of(one.procedure_version_id).name,
            applicant=one.applicant_name,
            arrived=stamp(one.sort_at),
            due=stamp(one.due_at) if one.due_at else "",
        )
        for one in found
    ]
