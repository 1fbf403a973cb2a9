"""What the handlers sent back to the desk: why, and on it goes when the desk has mended it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.processes.api import StepKind
from motcua.channels.counter.frame import page, units_here
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now

from .listing import named


@require_GET
@shows_errors("counter:start")
def sent_back(request: ActorRequest) -> HttpResponse:
    """List the dossiers that lie with the desk again.

    Costs: two statements.
    """
    only = dossiers.WorkFilter(
        kinds=(StepKind.HAND_OVER,), unit_ids=tuple(sorted(units_here(request)))
    )
    found = dossiers.worklist_for(request.actor, only=only)
    return page(request, "sent_back", {"rows": named(found.rows)}, current="sent_back")


@require_POST
@shows_errors("counter:dossier")
def pass_on(request: ActorRequest, code: str) -> HttpResponse:
    """Hand the mended dossier to the handlers anew."""
    whole = dossiers.whole(dossiers.get_dossier_for(request.actor, code))
    step = whole.step_at_desk
    if step is None:
        raise dossiers.StepNotOpen(f"Hồ sơ {code} không còn ở bộ phận một cửa.")
    dossiers.complete_step(code, step.seq, by=request.actor, at=now())
    messages.success(request, f"Đã chuyển hồ sơ {code} lại nơi giải quyết; thời hạn vẫn tính tiếp.")
    return redirect("counter:sent_back")
