"""Who acts for me: seen, allowed more or less, taken back; and the end of acting for others."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.procedures import api as procedures
from motcua.channels.kit.agents import drop
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.agent_forms import FirmForm
from motcua.channels.portal.drafting import posted
from motcua.foundation.mandates import api as mandates
from motcua.foundation.mandates.api import Word
from motcua.foundation.people import api as people
from motcua.lib.actor import ActorKind
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed
from motcua.lib.text import whole_number

LINES = 30
_MANAGING = (people.MemberRole.REPRESENTATIVE, people.MemberRole.MANAGER)


@require_GET
@shows_errors("portal:home")
def mine(request: ActorRequest) -> HttpResponse:
    """Show who may act for the reader, how far, and what was done lately."""
    by, at = request.actor, now()
    before = whole_number(request.GET.get("truoc", ""))
    history = mandates.history_for(by, at=at, before=before, limit=LINES + 1)
    context = {
        "given": mandates.given_by(by, at=at),
        "history": [_line(one) for one in history[:LINES]],
        "older": history[LINES - 1].pk if len(history) > LINES else None,
        "is_older": before is not None,
        "may_authorise": by.person_id is not None,
        "is_helper": mandates.find_helper(by.id, at=at) is not None,
        "has_firms": bool(mandates.firms_of(by, at=at)),
    }
    return render(request, "portal/agents.html", context)


def _line(entry: mandates.MandateEntry) -> dict[str, object]:
    about = entry.subject.partition(":")
    return {
        "title": Word(entry.word).label,
        "state": "done",
        "at": entry.at,
        "by": entry.by_name,
        "text": about[2],
    }


@require_POST
@shows_errors("portal:agents")
def take_back(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """Take a consent back at once."""
    mandates.take_back(mandate_id, by=request.actor, at=now())
    messages.success(
        request,
        _("Đã rút lại. Người ấy không làm thay được nữa; bản nháp, hồ sơ vẫn là của ông/bà."),
    )
    return redirect("portal:agents")


@require_POST
@shows_errors("portal:agents")
def change(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """Allow more, or less."""
    mandates.change_terms(
        mandate_id,
        may_receive="may_receive" in request.POST,
        sees_all="sees_all" in request.POST,
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Đã lưu việc được phép."))
    return redirect("portal:agents")


@shows_errors("portal:agents")
def authorise(request: ActorRequest) -> HttpResponse:
    """Let a firm act for the reader, or for a body the reader manages."""
    by, at = request.actor, now()
    if by.kind != ActorKind.CITIZEN or by.person_id is None:
        raise NotAllowed(_("Ủy quyền bằng tài khoản của chính người dân."))
    bodies = {
        one.enterprise.tax_code: one.enterprise.name
        for one in mandates.firms_of(by, at=at)
        if one.role in _MANAGING
    }
    sectors = [(one.code, one.name) for one, _count in procedures.shown_fields()]
    form = FirmForm(posted(request), bodies=list(bodies.items()), sectors=sectors)
    if request.method == "POST" and form.is_valid() and _given(request, form):
        return redirect("portal:agents")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/authorise.html", {"form": form}, status=status)


def _given(request: ActorRequest, form: FirmForm) -> bool:
    typed = form.cleaned_data
    try:
        mandate = mandates.give_to_firm(typed["tax_code"], form.terms(), by=request.actor, at=now())
    except NotAllowed:
        raise
    except Anticipated as error:
        form.blame(said_by(error), getattr(error, "field", "") or "tax_code")
        return False
    firm = mandate.firm.name if mandate.firm else ""
    messages.success(request, _("Đã ủy quyền cho %(firm)s.", firm=firm))
    return True


@require_GET
def over(request: ActorRequest) -> HttpResponse:
    """Say that acting for somebody has ended; what was saved is the client's."""
    response = render(request, "portal/agent_over.html", {})
    drop(response)
    return response


@require_POST
def stop(request: ActorRequest) -> HttpResponse:
    """Stop acting for the client."""
    token = request.COOKIES.get(settings.AGENT_COOKIE, "")
    agent = request.client.agent if request.client else None
    mandates.close_session(token, by=request.actor, at=now())
    firm = agent.firm if agent else None
    response = redirect("portal:firm", firm.tax_code) if firm else redirect("portal:helping")
    drop(response)
    return response
