"""Find dossiers by code, number or name; every search is logged."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.channels.counter.clocks import due_clock
from motcua.channels.counter.codes import code_in
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.old_names import first_with_rows, old_names
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now
from motcua.lib.paging import decode

from .listing import named, pages


@require_GET
@shows_errors("counter:start")
def find(request: ActorRequest) -> HttpResponse:
    """Find what was typed or scanned; a whole code opens its dossier."""
    at, text = now(), request.GET.get("q", "").strip()
    code, after = code_in(text), decode(request.GET.get("after", ""))
    names = [] if code else old_names(request, text, at)
    found, used = first_with_rows(
        lambda words: dossiers.search_dossiers(words, by=request.actor, at=at, after=after),
        code or text,
        names,
    )
    if code and found.rows:
        return redirect("counter:dossier", found.rows[0].code)
    context = {
        "text": text,
        "old_names": names,
        "used": used,
        "rows": [(one, name, due_clock(one, at)) for one, name in named(found.rows)],
        **pages(request, found),
    }
    return page(request, "find", context, current="find")
