"""What is about to be supplied: kept, looked at, taken back, signed with a key of one's own."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.agents import for_agents
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal import one_dossier
from motcua.channels.portal.drafting import posted
from motcua.channels.portal.forms import SignForm
from motcua.channels.portal.own_signing import supplied_signables
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

from .dossiers import name_of, own
from .own_signing import signing_in


@for_agents()
@require_GET
@shows_errors("portal:supply")
def kept_file(request: ActorRequest, code: str, paper_id: int) -> HttpResponseBase:
    """Hand out a file that is about to be supplied."""
    kept = dossiers.supplying_of(own(request, code)).papers
    found = next((one for one in kept if one.pk == paper_id), None)
    if found is None:
        raise Http404(_("Tệp này đã được bỏ hoặc đã gửi."))
    return file_response(found.file, found.file_name, inline=True)


@for_agents()
@require_POST
@shows_errors("portal:supply")
def drop(request: ActorRequest, code: str, paper_id: int) -> HttpResponseBase:
    """Take back a file that was kept."""
    own(request, code)
    dossiers.drop_supply_paper(code, paper_id, by=request.actor, at=now())
    messages.success(request, _("Đã bỏ tệp; giấy tờ này chưa gửi đi."))
    return redirect("portal:supply", code)


@shows_errors("portal:supply")
def sign(request: ActorRequest, code: str) -> HttpResponseBase:
    """Choose which of the kept files to sign, where, as whom; then begin."""
    found = own(request, code)
    wanted, _items = one_dossier.asked_for(dossiers.whole(found))
    if wanted is None:
        return redirect("portal:supply", code)
    open_one = signing.own_signing_open(dossiers.owner_of_supply(code, wanted.seq))
    if open_one is not None and request.method == "GET":
        return redirect("portal:own_signing", open_one.token)
    form = SignForm(posted(request), services=signing.own_services())
    if request.method == "POST" and form.is_valid():
        try:
            given = signing_in(request, form)
            token = dossiers.sign_supply(code, given, by=request.actor, at=now())
            return redirect("portal:own_signing", token)
        except Anticipated as error:
            form.blame(said_by(error), getattr(error, "field", "") or "user_ref")
    return _asked(request, found, form)


def _asked(request: ActorRequest, found: dossiers.Dossier, form: SignForm) -> HttpResponse:
    context = {
        "dossier": found,
        "name": name_of(found),
        "form": form,
        "papers": supplied_signables(found),
        "chosen": request.POST.getlist("giay"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/supply_sign.html", context, status=status)
