"""What waits for one's own hand: consent for many at once, a token here, a file brought back."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_urlsafe

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.kit.middleware import POLICY
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.hands import groups_for
from motcua.channels.office.views.papers import pdf
from motcua.foundation.identity import api as identity
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.foundation.trust.api import Way
from motcua.lib.clock import now
from motcua.lib.errors import BadInput

_COOKIE, _CONSENT_SECONDS = "signing_consent", 900
_MOST, _LONGEST = 200, 64
_STALE = "Trang của dịch vụ trả về không khớp với yêu cầu; hãy bắt đầu lại."


@require_GET
@for_officers()
def hands(request: ActorRequest) -> HttpResponse:
    """Show what waits for the person's hand, and what each key asks for."""
    groups = groups_for(request.actor)
    has_token = any(one.way == Way.AGENT for one in groups)
    context = {
        "groups": groups,
        "count": sum(len(one.rows) for one in groups),
        # Where something waits for the person, the page stays as it is while they type.
        "is_moving": bool(groups) and not any(one.ready for one in groups),
        "agent": settings.SIGNING_AGENT_ADDRESS,
    }
    response = page(request, "hands", context, current="sign")
    if has_token:
        # The one page that may speak with the person's own computer.
        policy = f"{POLICY}; connect-src 'self' {settings.SIGNING_AGENT_ADDRESS}"
        response.headers["Content-Security-Policy"] = policy
    return response


@require_POST
@for_officers("office:hands")
def authorise(request: ActorRequest, certificate: str) -> HttpResponseBase:
    """Let a remote service sign all that is ready, with one PIN."""
    secrets = signing.Secrets(
        pin=request.POST.get("pin", "")[:_LONGEST], otp=request.POST.get("otp", "")[:_LONGEST]
    )
    with requests.slow_place():
        count = signing.authorise(certificate, secrets, by=request.actor, at=now())
    messages.success(request, f"Đã cho phép ký {count} văn bản; dịch vụ đang ký.")
    return redirect("office:hands")


@require_POST
@for_officers("office:hands")
def send_otp(request: ActorRequest, certificate: str) -> HttpResponseBase:
    """Let the service send a one-time password."""
    with requests.slow_place():
        signing.send_otp(certificate, by=request.actor)
    messages.success(request, "Dịch vụ đã gửi mã dùng một lần tới ông/bà.")
    return redirect("office:hands")


@require_GET
@for_officers("office:hands")
def consent(request: ActorRequest, certificate: str) -> HttpResponseBase:
    """Go to the page of the service; what comes back carries a mark only we can read."""
    verifier = token_urlsafe(48)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    mark = token_urlsafe(24)
    own = signing.OwnPage(_return_address(), mark, challenge)
    with requests.slow_place():
        url, attempts = signing.consent_address(certificate, own, by=request.actor)
    kept = {"by": request.actor.id, "mark": mark, "verifier": verifier, "attempts": attempts}
    response = redirect(url)
    response.set_cookie(
        _COOKIE,
        identity.seal_secret(json.dumps(kept)),
        max_age=_CONSENT_SECONDS,
        path=reverse("office:consented"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _return_address() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('office:consented')}"


@require_GET
@for_officers("office:hands")
def consented(request: ActorRequest) -> HttpResponseBase:
    """Take the consent given on the page of the service.

    Raises: BadInput if the service sends somebody we did not send there.
    """
    try:
        kept = json.loads(identity.unseal_secret(request.COOKIES.get(_COOKIE, "")))
    except (InvalidToken, ValueError) as error:
        raise BadInput(_STALE) from error
    is_ours = kept["mark"] == request.GET.get("state") and kept["by"] == request.actor.id
    if not is_ours:
        raise BadInput(_STALE)
    if "code" not in request.GET:
        raise BadInput("Ông/bà chưa cho phép ký trên trang của dịch vụ; văn bản vẫn đang chờ.")
    given = {
        "code": request.GET["code"],
        "verifier": kept["verifier"],
        "return_url": _return_address(),
    }
    with requests.slow_place():
        count = signing.take_consent(kept["attempts"], given, by=request.actor, at=now())
    messages.success(request, f"Đã cho phép ký {count} văn bản; dịch vụ đang ký.")
    response = redirect("office:hands")
    response.delete_cookie(_COOKIE, path=reverse("office:consented"))
    return response


@require_POST
@for_officers("office:document")
def bring_back(request: ActorRequest, code: str) -> HttpResponseBase:
    """Take a file that was signed with other software."""
    signing.request_for(request.actor, code)
    sent = request.FILES.get("file")
    if sent is None:
        raise BadInput("Hãy chọn tệp PDF đã ký.", field="file")
    with requests.slow_place():
        signing.take_upload(code, sent.read(), by=request.actor, at=now())
    messages.success(request, "Đã nhận tệp: chỉ thêm đúng một chữ ký của ông/bà.")
    return redirect("office:document", code)


@require_POST
@for_officers("office:document")
def give_up(request: ActorRequest, code: str) -> HttpResponseBase:
    """Leave the way one has begun."""
    signing.request_for(request.actor, code)
    signing.give_up(code, by=request.actor, at=now())
    messages.success(request, "Đã dừng; hãy chọn lại cách ký.")
    return redirect("office:document", code)


@require_GET
@for_officers()
def half(request: ActorRequest, attempt: int) -> HttpResponse:
    """Hand the person's own computer what it is to sign: the document, with room for a signature.

    Its headers say what must be signed and where the room is.
    """
    found = signing.half_made(attempt, by=request.actor)
    response = pdf(found.content, f"{found.code}.pdf")
    response.headers["X-Signed-Attributes"] = found.attributes.hex()
    response.headers["X-Reserved"] = f"{found.reserved_start}-{found.reserved_end}"
    return response


@require_POST
@for_officers()
def take_signatures(request: ActorRequest) -> JsonResponse:
    """Take what the device on the person's own computer signed."""
    try:
        given = [_signature(row) for row in json.loads(request.body)["signatures"][:_MOST]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "Máy ký trả về dữ liệu không đọc được."}, status=400)
    taken = signing.take_signatures(given, by=request.actor, at=now())
    return JsonResponse({"taken": taken})


def _signature(row: Mapping[str, object]) -> signing.Signature:
    """Return one signature as the page sends it. Raises: ValueError, KeyError, TypeError."""
    raw = b64decode(str(row["raw"]), validate=True)
    return signing.Signature(int(str(row["id"])), str(row["attributes"]), raw)
