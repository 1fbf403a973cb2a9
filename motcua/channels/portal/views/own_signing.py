"""Sign the application and its papers with a key at a remote service.

No page waits for a service, but where the person's own PIN or consent is handed over.
"""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from http import HTTPStatus
from secrets import token_urlsafe

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.agents import for_agents
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.drafting import Desk, posted, with_draft
from motcua.channels.portal.forms import SignForm
from motcua.channels.portal.own_signing import shown_of, signables_of
from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput
from motcua.lib.text import whole_number
from motcua.lib.tongue import sentence

_COOKIE, _CONSENT_SECONDS, _LONGEST = "own_consent", 900, 64
_STALE = sentence("Trang của dịch vụ trả về không khớp với yêu cầu; hãy bắt đầu lại.")


@with_draft
def draft_sign(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Choose what to sign, where, as whom; then begin."""
    open_one = signing.own_signing_open(dossiers.owner_of_draft(desk.draft))
    if open_one is not None and request.method == "GET":
        return redirect("portal:own_signing", open_one.token)
    form = SignForm(posted(request), services=signing.own_services())
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("portal:own_signing", _begin(request, desk, form))
        except Anticipated as error:
            form.blame(said_by(error), getattr(error, "field", "") or "user_ref")
    context = {
        "draft": desk.draft,
        "definition": desk.definition,
        "form": form,
        "papers": signables_of(desk.draft, now()),
        "chosen": request.POST.getlist("giay"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/draft_sign.html", context, status=status)


def _begin(request: ActorRequest, desk: Desk, form: SignForm) -> str:
    given = signing_in(request, form)
    return dossiers.sign_draft(desk.draft.token, given, by=request.actor, at=now())


def signing_in(request: ActorRequest, form: SignForm) -> dossiers.SigningIn:
    """Return what was chosen to be signed, where and as whom."""
    chosen = request.POST.getlist("giay")
    return dossiers.SigningIn(
        service_code=form.cleaned_data["service"],
        user_ref=form.cleaned_data["user_ref"],
        file_ids=[key for one in chosen if (key := whole_number(one))],
        has_application=dossiers.APPLICATION in chosen,
    )


@for_agents()
@require_GET
@with_draft
def draft_form(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Show the application as a document, as it stands now."""
    content = dossiers.draft_form_pdf(desk.draft.token, by=request.actor, at=now())
    headers = {"Content-Disposition": 'inline; filename="to-khai.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_GET
@with_draft
def draft_form_signed(request: ActorRequest, desk: Desk) -> HttpResponseBase:  # noqa: ARG001 -- a view takes a request
    """Show the application as it was signed."""
    file_id = desk.draft.application.get("signed_file_id")
    if file_id is None:
        raise Http404(_("Tờ khai chưa được ký."))
    return file_response(files.StoredFile.objects.get(pk=file_id), "to-khai-da-ky.pdf", inline=True)


@require_GET
@shows_errors("portal:drafts")
def own_signing(request: ActorRequest, token: str) -> HttpResponse:
    """Show how far a signing has come, and what is asked of the person now."""
    found = signing.own_signing_for(request.actor, token)
    context = {"shown": shown_of(found, request.actor)}
    return render(request, "portal/own_signing.html", context)


@require_POST
@shows_errors("portal:own_signing")
def choose(request: ActorRequest, token: str) -> HttpResponseBase:
    """Choose one of several certificates."""
    signing.choose_own_key(token, request.POST.get("chung-thu", ""), by=request.actor, at=now())
    return redirect("portal:own_signing", token)


@require_POST
@shows_errors("portal:own_signing")
def cancel(request: ActorRequest, token: str) -> HttpResponseBase:
    """Leave it; nothing is signed."""
    signing.cancel_own_signing(token, by=request.actor, at=now())
    messages.success(request, _("Đã thôi ký. Giấy tờ vẫn như trước; có thể ký lại khi cần."))
    return redirect("portal:own_signing", token)


@require_POST
@shows_errors("portal:own_signing")
def authorise(request: ActorRequest, token: str) -> HttpResponseBase:
    """Let the service sign with the PIN that was typed; it goes to the service and nowhere else."""
    typed = signing.Secrets(
        pin=request.POST.get("pin", "")[:_LONGEST], otp=request.POST.get("otp", "")[:_LONGEST]
    )
    with requests.slow_place():
        signing.authorise_own(token, typed, by=request.actor, at=now())
    return redirect("portal:own_signing", token)


@require_POST
@shows_errors("portal:own_signing")
def send_otp(request: ActorRequest, token: str) -> HttpResponseBase:
    """Let the service send a one-time password."""
    with requests.slow_place():
        signing.send_own_otp(token, by=request.actor)
    messages.success(request, _("Dịch vụ đã gửi mã dùng một lần tới ông/bà."))
    return redirect("portal:own_signing", token)


@require_POST
@shows_errors("portal:own_signing")
def consent(request: ActorRequest, token: str) -> HttpResponseBase:
    """Go to the page of the service; what comes back carries a mark only we can read."""
    verifier, mark = token_urlsafe(48), token_urlsafe(24)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    page = signing.OwnPage(_return_address(), mark, challenge)
    url = signing.own_consent_address(token, page, by=request.actor)
    kept = {"by": request.actor.id, "mark": mark, "verifier": verifier, "token": token}
    response = redirect(url)
    response.set_cookie(
        _COOKIE,
        identity.seal_secret(json.dumps(kept)),
        max_age=_CONSENT_SECONDS,
        path=reverse("portal:own_consented"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _return_address() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('portal:own_consented')}"


@require_GET
@shows_errors("portal:drafts")
def consented(request: ActorRequest) -> HttpResponseBase:
    """Take the consent given on the page of the service.

    Raises: BadInput if the service sends somebody we did not send there.
    """
    try:
        kept = json.loads(identity.unseal_secret(request.COOKIES.get(_COOKIE, "")))
    except (InvalidToken, ValueError) as error:
        raise BadInput(_STALE) from error
    if kept["mark"] != request.GET.get("state") or kept["by"] != request.actor.id:
        raise BadInput(_STALE)
    response = redirect("portal:own_signing", kept["token"])
    response.delete_cookie(_COOKIE, path=reverse("portal:own_consented"))
    if "code" not in request.GET:
        messages.error(request, _("Ông/bà chưa cho phép ký trên trang của dịch vụ."))
        return response
    _take(request, kept)
    return response


def _take(request: ActorRequest, kept: dict[str, str]) -> None:
    given = {
        "code": request.GET["code"],
        "verifier": kept["verifier"],
        "return_url": _return_address(),
    }
    try:
        with requests.slow_place():
            signing.take_own_consent(kept["token"], given, by=request.actor, at=now())
    except Anticipated as error:
        messages.error(request, said_by(error))
