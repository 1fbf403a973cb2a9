"""The thread with the applicant, answered at the desk while the dossier lies there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now


@require_POST
@shows_errors("counter:dossier")
def write(request: ActorRequest, code: str) -> HttpResponse:
    """Write to the applicant, who reads it on the portal."""
    dossiers.get_dossier_for(request.actor, code)
    dossiers.write_message(code, request.POST.get("text", ""), by=request.actor, at=now())
    messages.success(request, f"Đã gửi cho người nộp hồ sơ {code}.")
    return redirect("counter:dossier", code)
