"""Find a dossier by its code or by the name of somebody in it."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.old_names import first_with_rows, old_names
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.views.listing import rows_shown
from motcua.lib.clock import now
from motcua.lib.paging import decode


@require_GET
@for_officers("office:find")
def find(request: ActorRequest) -> HttpResponseBase:
    """Show what was found; the full code leads to its dossier at once."""
    text = request.GET.get("q", "").strip()
    code = text.upper()
    try:
        return redirect("office:dossier", dossiers.get_dossier_for(request.actor, code).code)
    except dossiers.NoSuchDossier:
        return results(request, text)


def results(request: ActorRequest, text: str) -> HttpResponse:
    """Show what has these words in a name. Costs: four statements, and those of old names."""
    at = now()
    after = decode(request.GET.get("sau", ""))
    names = old_names(request, text, at)
    found, used = first_with_rows(
        lambda words: dossiers.search_dossiers(words, by=request.actor, at=at, after=after),
        text,
        names,
    )
    context = {
        "text": text,
        "old_names": names,
        "used": used,
        "rows": rows_shown(found.rows, at),
        "next": place(request, found.next),
        "previous": "",
    }
    return page(request, "find", context, current="find")
