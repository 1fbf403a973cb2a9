"""Whom we believe: two people for every root certificate."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import tried
from motcua.channels.backoffice.forms.signing import (
    AnchorForm,
    ApproveForm,
    ReasonForm,
    bytes_of,
    purposes_here,
)
from motcua.channels.backoffice.frame import TRUSTEES, form_page, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import AnchorState, Purpose
from motcua.lib.clock import now

_TONES = {
    AnchorState.PROPOSED: "soon",
    AnchorState.TRUSTED: "ok",
    AnchorState.WITHDRAWN: "neutral",
}


def address(sha256: str) -> str:
    return reverse("backoffice:anchor", args=[sha256])


def crumbs(found: trust.Anchor | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the anchor."""
    words = [("Gốc tin cậy", reverse("backoffice:anchors"))]
    return [*words, (found.name, address(found.sha256))] if found else words


@require_GET
@needs(*TRUSTEES, everywhere=True)
def anchors(request: ActorRequest) -> HttpResponse:
    """List the anchors there are and were, those that wait for somebody first.

    Costs: one statement.
    """
    order = list(AnchorState)
    found = sorted(trust.anchors_on_record(), key=lambda one: order.index(AnchorState(one.state)))
    context = {"title": "Gốc tin cậy", "anchors": found, "tones": _TONES, "at": now()}
    return page(request, "anchors", context, current="anchors")


@asks(Power.PROPOSE_ANCHORS, everywhere=True)
def propose(request: ActorRequest) -> HttpResponse:
    """Bring in a root certificate from a file."""
    purposes = purposes_here(is_demo=settings.SIGNING_DEMO)
    form = AnchorForm(request.POST or None, request.FILES or None, purposes=purposes)

    def act(at: datetime) -> str:
        values = form.cleaned_data
        anchor = trust.propose_anchor(
            bytes_of(form),
            Purpose(values["purpose"]),
            by=request.actor,
            at=at,
            basis=values["basis"],
        )
        return address(anchor.sha256)

    sheet = Sheet(
        "Đề nghị gốc tin cậy",
        "Đề nghị",
        "Đã đề nghị. Một quản trị viên khác cần đối chiếu dấu vân tay và duyệt.",
        intro="Mọi chữ ký dẫn tới gốc này sẽ được coi là tin cậy, sau khi người thứ hai duyệt.",
        files=True,
    )
    return asked(request, form, act, sheet, Way(reverse("backoffice:anchors"), crumbs(), "anchors"))


@require_GET
@needs(*TRUSTEES, everywhere=True)
def anchor(request: ActorRequest, sha256: str) -> HttpResponse:
    """Show one anchor with its fingerprint, large enough to be compared."""
    return shown(request, trust.get_anchor(sha256), ApproveForm())


def shown(request: ActorRequest, found: trust.Anchor, form: ApproveForm) -> HttpResponse:
    """Return the page of one anchor, with the form of the second person where there is need."""
    is_proposed = found.state == AnchorState.PROPOSED
    can_approve = is_proposed and request.actor.can(Power.APPROVE_ANCHORS)
    context = {
        "title": found.name,
        "crumbs": crumbs(),
        "anchor": found,
        "facts": trust.read_certificate(bytes(found.der)),
        "tone": _TONES[AnchorState(found.state)],
        "fingerprint": trust.fingerprint_words(found.sha256).split(" "),
        "is_demo": found.purpose == Purpose.DEMO,
        "is_own": is_proposed and found.proposed_by_id == request.actor.id,
        "can_approve": can_approve and found.proposed_by_id != request.actor.id,
        "can_withdraw": found.state != AnchorState.WITHDRAWN
        and request.actor.can(Power.PROPOSE_ANCHORS),
        "has_ended": found.not_after < now(),
    }
    return form_page(request, form, context, current="anchors", template="anchor")


@asks(Power.APPROVE_ANCHORS, everywhere=True)
def approve(request: ActorRequest, sha256: str) -> HttpResponse:
    """Believe an anchor, as the second person."""
    found, form = trust.get_anchor(sha256), ApproveForm(request.POST or None)

    def act(at: datetime) -> str:
        trust.approve_anchor(sha256, form.cleaned_data["typed"], by=request.actor, at=at)
        return address(sha256)

    return tried(request, form, act, "Đã duyệt gốc tin cậy.") or shown(request, found, form)


@asks(Power.PROPOSE_ANCHORS, everywhere=True)
def withdraw(request: ActorRequest, sha256: str) -> HttpResponse:
    """Believe an anchor no more."""
    found, form = trust.get_anchor(sha256), ReasonForm(request.POST or None)

    def act(at: datetime) -> str:
        trust.withdraw_anchor(sha256, form.cleaned_data["reason"], by=request.actor, at=at)
        return address(sha256)

    sheet = Sheet(
        f"Thôi tin cậy {found.name}",
        "Thôi tin cậy",
        "Đã thôi tin cậy gốc này.",
        intro="Từ lúc này, chữ ký mới dẫn tới gốc này không còn được tin. Chữ ký đã chứng minh "
        "được là có từ trước vẫn giữ nguyên kết luận.",
        warning=True,
    )
    return asked(request, form, act, sheet, Way(address(sha256), crumbs(found), "anchors"))


@require_GET
@needs(*TRUSTEES, everywhere=True)
def download(request: ActorRequest, sha256: str) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Hand out the certificate itself, for whoever compares it with a program of their own."""
    found = trust.get_anchor(sha256)
    answer = HttpResponse(bytes(found.der), content_type="application/pkix-cert")
    answer.headers["Content-Disposition"] = f'attachment; filename="{sha256[:16]}.cer"'
    return answer
