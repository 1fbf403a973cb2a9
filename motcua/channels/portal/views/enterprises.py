"""The enterprises somebody acts for: who else does, and in which role."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.drafting import posted, require_citizen
from motcua.channels.portal.forms_members import MemberForm
from motcua.foundation.access import api as access
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor, enterprise_unit_id
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, BadInput, NotFound


@require_GET
@shows_errors("portal:dossiers")
def enterprises(request: ActorRequest) -> HttpResponse:
    """List the enterprises the citizen acts for."""
    require_citizen(request.actor)
    return render(request, "portal/enterprises.html", {"memberships": _own(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("portal:enterprises")
def enterprise(request: ActorRequest, tax_code: str) -> HttpResponse:
    """Show the members of one enterprise; who manages it adds somebody."""
    found = _enterprise(request.actor, tax_code)
    form = MemberForm(posted(request))
    if request.method == "POST" and form.is_valid() and _admitted(request, found, form):
        return redirect("portal:enterprise", tax_code)
    context = {
        "enterprise": found,
        "members": people.members_of(found.pk, on=local_day(now())),
        "is_manager": request.actor.can(people.MANAGE, unit_id=enterprise_unit_id(found.pk)),
        "own_person_id": request.actor.person_id,
        "represents": _represents(request.actor, found),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/enterprise.html", context, status=status)


def _admitted(request: ActorRequest, found: people.Enterprise, form: MemberForm) -> bool:
    typed = form.cleaned_data
    facts = access.NewMember(
        typed["full_name"], typed["personal_id"], people.MemberRole(typed["role"])
    )
    try:
        access.admit_member(found.pk, facts, by=request.actor, at=now())
    except Anticipated as error:
        form.blame(said_by(error), error.field if isinstance(error, BadInput) else "")
        return False
    told = _(
        "Đã thêm %(name)s. Người này thấy hồ sơ của tổ chức từ bây giờ.", name=typed["full_name"]
    )
    messages.success(request, told)
    return True


@require_POST
@shows_errors("portal:enterprises")
def dismiss(request: ActorRequest, tax_code: str, member: int) -> HttpResponse:
    """Let somebody act for the enterprise no longer."""
    found = _enterprise(request.actor, tax_code)
    dossiers.dismiss_member(found.pk, member, by=request.actor, at=now())
    messages.success(request, _("Người này không còn thấy hồ sơ của tổ chức."))
    return redirect("portal:enterprise", tax_code)


def _own(actor: Actor) -> list[people.Membership]:
    if actor.person_id is None:
        return []
    return list(people.memberships_of(actor.person_id, on=local_day(now())))


def _represents(actor: Actor, enterprise: people.Enterprise) -> bool:
    roles = {one.role for one in _own(actor) if one.enterprise_id == enterprise.pk}
    return people.MemberRole.REPRESENTATIVE in roles


def _enterprise(actor: Actor, tax_code: str) -> people.Enterprise:
    """Raises: NotFound for one the actor does not act for."""
    require_citizen(actor)
    for one in _own(actor):
        if one.enterprise.tax_code == tax_code:
            return one.enterprise
    raise NotFound(_("Không tìm thấy tổ chức này trong các tổ chức ông/bà làm hồ sơ thay."))
