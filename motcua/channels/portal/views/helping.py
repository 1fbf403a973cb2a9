"""A village helper with a telephone in his hand: households, codes, what he has filed."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.agents import carry
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.agent_forms import CodeForm, HouseholdForm
from motcua.channels.portal.agent_lists import filed_rows, options_of
from motcua.channels.portal.drafting import is_village_helper, posted
from motcua.foundation.identity import api as identity
from motcua.foundation.mandates import api as mandates
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated
from motcua.lib.text import whole_number


@require_GET
@shows_errors("portal:home")
def helping(request: ActorRequest) -> HttpResponse:
    """List the households that agreed, and whoever is helped just now."""
    by, at = request.actor, now()
    helper = mandates.find_helper(by.id, at=at)
    households = mandates.households_of(by, at=at) if helper else []
    words = request.GET.get("q", "")
    context = {
        "helper": helper,
        "households": mandates.matching(households, words) if words else households,
        "count": len(households),
        "most": mandates.MOST_HOUSEHOLDS,
        "q": words,
        "can_file_old_way": is_village_helper(by),
    }
    return render(request, "portal/helping.html", context)


@shows_errors("portal:helping")
def add_household(request: ActorRequest) -> HttpResponse:
    """Ask who is at home, and send the code."""
    mandates.helper_of(request.actor, at=now())
    form = HouseholdForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        asked = mandates.Asked(typed["phone"], typed["full_name"], typed["may_receive"])
        try:
            code = mandates.send_code(asked, by=request.actor, at=now())
            return redirect("portal:help_code", code.pk)
        except Anticipated as error:
            form.blame(said_by(error), getattr(error, "field", "") or "phone")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "is_connected": identity.are_texts_sent()}
    return render(request, "portal/help_add.html", context, status=status)


@shows_errors("portal:helping")
def code(request: ActorRequest, code_id: int) -> HttpResponse:
    """Take the code the client has read out, and begin."""
    sent = mandates.code_for(request.actor, code_id, at=now())
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            session = mandates.redeem_code(
                code_id, form.cleaned_data["code"], by=request.actor, at=now()
            )
        except mandates.WrongCode as error:
            form.blame(said_by(error), "code")
        else:
            return _begun(session)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/help_code.html", {"form": form, "sent": sent}, status=status)


def _begun(session: mandates.AgentSession) -> HttpResponse:
    response = redirect("portal:household", session.mandate_id)
    carry(response, session)
    return response


@require_GET
@shows_errors("portal:helping")
def household(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """Show one household: begin to help, go on with what is open, see what was filed."""
    by, at = request.actor, now()
    mandate = mandates.get_household_for(by, mandate_id, at=at)
    client = request.client
    is_open = client is not None and client.agent is not None
    is_here = is_open and client is not None and client.agent.mandate_id == mandate.pk  # type: ignore[union-attr]  # -- just looked at
    context = {
        "mandate": mandate,
        "is_here": is_here,
        "by_code": mandate.proof == mandates.Proof.CODE,
        "drafts": dossiers.drafts_for(client) if is_here and client else [],
        **filed_rows(request, mandates.reader_of(by, [mandate])),
    }
    return render(request, "portal/household.html", context)


@require_POST
@shows_errors("portal:helping")
def begin(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """Begin to help: by a new code, or at once where a paper says so."""
    by, at = request.actor, now()
    mandate = mandates.get_household_for(by, mandate_id, at=at)
    if mandate.proof != mandates.Proof.CODE:
        return _begun(mandates.open_session(mandate_id, by=by, at=at))
    asked = mandates.Asked(mandate.principal.phone, mandate.principal_name, mandate.may_receive)
    sent = mandates.send_code(asked, by=by, at=at)
    return redirect("portal:help_code", sent.pk)


@require_POST
@shows_errors("portal:helping")
def give_up(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """Take a household off the list."""
    by, at = request.actor, now()
    mandates.get_household_for(by, mandate_id, at=at)
    mandates.give_up(mandate_id, by=by, at=at)
    messages.success(request, _("Đã bỏ hộ này khỏi danh sách."))
    return redirect("portal:helping")


@require_GET
@shows_errors("portal:helping")
def helped(request: ActorRequest) -> HttpResponse:
    """List what was filed with the reader's help, over all households or for one."""
    by, at = request.actor, now()
    households = mandates.households_of(by, at=at)
    wanted = whole_number(request.GET.get("ho", ""))
    chosen = [one for one in households if one.pk == wanted] if wanted else households
    context = {
        "choices": households,
        "options": options_of(households),
        "wanted": wanted,
        **filed_rows(request, mandates.reader_of(by, chosen)),
    }
    return render(request, "portal/helped.html", context)
