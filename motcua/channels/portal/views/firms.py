"""A firm that acts for many clients: its clients and their dossiers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.kit.agents import carry
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.agent_lists import filed_rows, options_of
from motcua.foundation.mandates import api as mandates
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

PAGE = 50


@require_GET
@shows_errors("portal:home")
def firms(request: ActorRequest) -> HttpResponse:
    """List the bodies the reader works for; a single one is opened at once."""
    found = mandates.firms_of(request.actor, at=now())
    mine = {one.enterprise.tax_code: one.enterprise for one in found}
    if len(mine) == 1:
        return redirect("portal:firm", next(iter(mine)))
    return render(request, "portal/firms.html", {"firms": list(mine.values())})


@require_GET
@shows_errors("portal:firms")
def firm(request: ActorRequest, tax_code: str) -> HttpResponse:
    """List the clients of a firm."""
    by, at = request.actor, now()
    found = mandates.get_firm_for(by, tax_code, at=at)
    clients = mandates.clients_of(by, tax_code, at=at)
    words, first = request.GET.get("q", ""), whole_number(request.GET.get("tu", "")) or 0
    wanted = mandates.matching(clients, words) if words else clients
    last = first + PAGE
    manages, left = mandates.manages(by, found, at=at), whole_number(request.GET.get("thoi", ""))
    context = {
        "firm": found,
        "clients": wanted[first:last],
        "previous": str(max(0, first - PAGE)) if first else None,
        "next": str(last) if len(wanted) > last else None,
        "count": len(clients),
        "q": words,
        "manages": manages,
        "leaving": next((one for one in clients if manages and one.pk == left), None),
        "today": local_day(at),
    }
    return render(request, "portal/firm.html", context)


@require_POST
@shows_errors("portal:firm")
def act_for(request: ActorRequest, tax_code: str, mandate_id: int) -> HttpResponse:
    """Act for a client from now on."""
    by, at = request.actor, now()
    mandates.get_client_for(by, tax_code, mandate_id, at=at)
    session = mandates.open_session(mandate_id, by=by, at=at)
    response = redirect("portal:procedures")
    carry(response, session)
    return response


@require_POST
@shows_errors("portal:firm")
def give_up(request: ActorRequest, tax_code: str, mandate_id: int) -> HttpResponse:
    """Stop acting for a client for good."""
    by, at = request.actor, now()
    mandates.get_client_for(by, tax_code, mandate_id, at=at)
    mandates.give_up(mandate_id, by=by, at=at)
    messages.success(request, _("Đã thôi đại diện cho khách hàng này."))
    return redirect("portal:firm", tax_code)


@require_GET
@shows_errors("portal:firms")
def filed(request: ActorRequest, tax_code: str) -> HttpResponse:
    """List what was filed for clients, over all of them or for one."""
    by, at = request.actor, now()
    found = mandates.get_firm_for(by, tax_code, at=at)
    clients = mandates.clients_of(by, tax_code, at=at)
    wanted = whole_number(request.GET.get("khach", ""))
    chosen = [one for one in clients if one.pk == wanted] if wanted else clients
    context = {
        "firm": found,
        "choices": clients,
        "options": options_of(clients),
        "wanted": wanted,
        **filed_rows(request, mandates.reader_of(by, chosen)),
    }
    return render(request, "portal/firm_filed.html", context)
