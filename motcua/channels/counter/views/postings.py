"""Objections to what is posted, handed in at a desk by anybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.forms import ObjectionForm
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound

SHOWN = 50


@require_GET
@shows_errors("counter:start")
def postings(request: ActorRequest) -> HttpResponse:
    """List what the desk's agency has posted now; anything else is found by its address."""
    desk = desk_of(request)
    found = dossiers.field.posted_now(at=now(), agency_id=desk.agency_id, limit=SHOWN)
    rows = [
        {
            "posting": one,
            "procedure": procedures.definition_of(one.dossier.procedure_version_id).short_name,
        }
        for one in found
    ]
    return page(request, "postings", {"rows": rows}, current="postings")


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:postings")
def objection(request: ActorRequest, key: str) -> HttpResponse:
    """Take down what somebody says against one posting."""
    posting = dossiers.field.find_posting(key)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dossiers.field.ObjectionIn(**form.cleaned_data)
        try:
            dossiers.field.object_to(key, said, by=request.actor, at=now())
        except (NotFound, NotAllowed):
            raise
        except BadInput as error:
            form.blame(str(error), error.field)
        except Anticipated as error:
            form.blame(str(error))
        else:
            messages.success(request, "Đã nhận ý kiến và chuyển nơi niêm yết trả lời.")
            return redirect("counter:postings")
    context = {"posting": posting, "form": form}
    status = 422 if form.errors else 200
    return page(request, "objection", context, current="postings", status=status)
