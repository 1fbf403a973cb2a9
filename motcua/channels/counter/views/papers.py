"""Official papers of a dossier: shown as PDF, printed by the browser; a slip on request."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import IssuedForm
from motcua.channels.counter.frame import desk_of
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now


@require_GET
@shows_errors()
def paper(request: ActorRequest, code: str, form: str, seq: int = 0) -> HttpResponse:
    """Show an issued paper; the printing is logged."""
    desk_of(request)
    content = dossiers.print_paper(code, form, seq, by=request.actor, at=now())
    return pdf_response(content, f"{code}-mau-{form}.pdf")


@require_POST
@shows_errors("counter:received")
def slip(request: ActorRequest, code: str) -> HttpResponse:
    """Issue the slip of a same-day dossier because the applicant asks for it, and show it."""
    dossiers.get_dossier_for(request.actor, code)
    dossiers.give_slip(code, by=request.actor, at=now())
    return redirect("counter:paper", code, IssuedForm.SLIP)
