"""Find dossiers by code, number or name; every search is logged."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.clocks import due_clock
from motcua.channels.counter.codes import code_in
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.people import api as people
from motcua.lib.clock import now


@require_GET
@shows_errors("counter:start")
def find(request: ActorRequest) -> HttpResponse:
    """Find what was typed or scanned; a whole code opens its dossier."""
    at, text = now(), request.GET.get("q", "").strip()
    code = code_in(text)
    if code and is_known(request, code):
        return redirect("counter:dossier", code)
    found = found_by(request, text, at)
    context = {
        "text": text,
        "rows": [
            (one, procedures.definition_of(one.procedure_version_id).name, due_clock(one, at))
            for one in found
        ],
    }
    return page(request, "find", context, current="find")


def is_known(request: ActorRequest, code: str) -> bool:
    try:
        dossiers.get_dossier_for(request.actor, code)
    except dossiers.NoSuchDossier:
        return False
    return True


def found_by(request: ActorRequest, text: str, at: datetime) -> list[dossiers.Dossier]:
    """Return what a number or a name finds; a number goes to people, whose log masks it."""
    actor = request.actor
    if not text:
        return []
    number = text.replace(" ", "").replace(".", "")
    if not number.isdecimal():
        return list(dossiers.search_dossiers(text, by=actor, at=at).rows)
    persons = people.search_people(number, by=actor, at=at, purpose="Tìm hồ sơ tại quầy")
    return [one for who in persons for one in dossiers.earlier_dossiers(actor, who.id)]
