"""A firm that acts for many clients: its clients, their dossiers, its own people."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.kit.agents import carry
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.agent_forms import MemberForm
from motcua.channels.portal.agent_lists import filed_rows, options_of
from motcua.channels.portal.drafting import posted
from motcua.foundation.identity import api as identity
from motcua.foundation.mandates import api as mandates
from motcua.foundation.people import api as people
from motcua.foundation.requests import api as requests
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed
from motcua.lib.text import whole_number


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
    words = request.GET.get("q", "")
    context = {
        "firm": found,
        "clients": mandates.matching(clients, words) if words else clients,
        "count": len(clients),
        "q": words,
        "manages": mandates.manages(by, found, at=at),
        "today": local_day(at),
    }
    return render(request, "portal/firm.html", context)


@require_POST
@shows_errors("portal:firm")
def act_for(request: ActorRequest, tax_code: str, mandate_id: int) -> HttpResponse:
    """Act for a client from now on."""
    by, at = request.actor, now()
    mandates.get_firm_for(by, tax_code, at=at)
    session = mandates.open_session(mandate_id, by=by, at=at)
    response = redirect("portal:procedures")
    carry(response, session)
    return response


@require_POST
@shows_errors("portal:firm")
def give_up(request: ActorRequest, tax_code: str, mandate_id: int) -> HttpResponse:
    """Stop acting for a client for good."""
    by, at = request.actor, now()
    _managed(request, tax_code)
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


@shows_errors("portal:firm")
def members(request: ActorRequest, tax_code: str) -> HttpResponse:
    """Show who works for the body; whoever manages it adds people."""
    by, at = request.actor, now()
    found = mandates.get_firm_for(by, tax_code, at=at)
    form = MemberForm(posted(request))
    if request.method == "POST" and form.is_valid() and _added(request, form, tax_code):
        return redirect("portal:firm_members", tax_code)
    context = {
        "firm": found,
        "form": form,
        "members": people.members_of(found.pk, on=local_day(at)),
        "manages": mandates.manages(by, found, at=at),
        "own_person_id": by.person_id,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/firm_members.html", context, status=status)


def _added(request: ActorRequest, form: MemberForm, tax_code: str) -> bool:
    found, by, at = _managed(request, tax_code), request.actor, now()
    typed = form.cleaned_data
    try:
        person_id = _person(request, typed["login"], typed["full_name"])
        role = people.MemberRole.STAFF
        people.add_member(found.pk, person_id, role, by=by, at=at)
    except NotAllowed:
        raise
    except Anticipated as error:
        form.blame(said_by(error), getattr(error, "field", "") or "login")
        return False
    messages.success(request, _("Đã thêm người làm việc."))
    return True


def _person(request: ActorRequest, login: str, full_name: str) -> int:
    """Return who holds the account, if the name is the account's: nobody finds out more here.

    Raises: BadInput.
    """
    name = f"portal.member:{request.actor.id}"
    is_let = requests.count_attempt(
        name, most=mandates.MOST_TRIES, window=mandates.WINDOW, at=now()
    )
    account = identity.find_account(login) if is_let else None
    is_fit = account is not None and account.kind == identity.AccountKind.CITIZEN
    if account is None or not is_fit or not people.is_same_name(account.full_name, full_name):
        message = _("Không có tài khoản nào như vậy, hoặc họ tên không khớp; hãy xem lại.")
        raise BadInput(message, field="login")
    if account.person_id is None:
        raise BadInput(_("Tài khoản này chưa dùng được."), field="login")
    return account.person_id


@require_POST
@shows_errors("portal:firm_members")
def end_member(request: ActorRequest, tax_code: str, membership_id: int) -> HttpResponse:
    """Let somebody go: from the next request on they act for no client any more."""
    found = _managed(request, tax_code)
    by, at = request.actor, now()
    here = people.members_of(found.pk, on=local_day(at))
    if membership_id not in {one.pk for one in here if one.person_id != by.person_id}:
        raise BadInput(_("Người này không còn trong danh sách."))
    people.end_membership(membership_id, by=by, at=at)
    messages.success(request, _("Đã cho thôi; người này không làm thay khách hàng nào được nữa."))
    return redirect("portal:firm_members", tax_code)


def _managed(request: ActorRequest, tax_code: str) -> people.Enterprise:
    """Return the body if the reader manages it. Raises: NotFound, NotAllowed."""
    by, at = request.actor, now()
    found = mandates.get_firm_for(by, tax_code, at=at)
    if not mandates.manages(by, found, at=at):
        raise NotAllowed(_("Chỉ người quản lý của tổ chức làm được việc này."))
    return found
