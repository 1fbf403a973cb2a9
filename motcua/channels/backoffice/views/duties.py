"""Which unit of an agency does what processes call a duty."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.doing import tried
from motcua.channels.backoffice.forms.procedures import DutiesForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import CLOSED, needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now


@require_http_methods(["GET", "POST"])
@needs(Power.EDIT_ORGANISATION)
def duties(request: ActorRequest) -> HttpResponse:
    """Show and set who does what in one agency.

    Costs: two statements.
    """
    mine = agencies_in_reach(request)
    agency = chosen(request, mine)
    units = organisation.tree().units_of(agency.id)
    form = DutiesForm(
        request.POST or None,
        duties=procedures.duties_in_force(local_day(now())),
        units=[(str(unit.id), f"{unit.name} ({unit.code})") for unit in units],
        initial={duty: str(unit) for duty, unit in procedures.duties_of(agency.id).items()},
    )

    def act(at: datetime) -> str:
        for duty, unit_id in form.changed().items():
            procedures.set_duty(agency.id, duty, unit_id, by=request.actor, at=at)
        return reverse("backoffice:duties", query={"co-quan": agency.code})

    if answer := tried(request, form, act, "Đã ghi ai làm việc gì."):
        return answer
    context = {
        "title": "Ai làm việc gì",
        "agency": agency,
        "agencies": [(one.code, one.name) for one in mine],
        "form": form,
    }
    status = 422 if form.errors else 200
    return page(request, "duties", context, current="duties", status=status)


def agencies_in_reach(request: ActorRequest) -> list[organisation.AgencyInfo]:
    """Return the agencies whose organisation the actor keeps, by code."""
    return [
        one
        for one in organisation.tree().agencies()
        if request.actor.can(Power.EDIT_ORGANISATION, unit_id=one.root_unit_id)
    ]


def chosen(request: ActorRequest, mine: list[organisation.AgencyInfo]) -> organisation.AgencyInfo:
    """Return the agency asked for, the first in reach if none is. Raises: PermissionDenied."""
    code = request.GET.get("co-quan", "")
    found = next((one for one in mine if one.code == code), None)
    if not mine or (code and found is None):
        raise PermissionDenied(CLOSED)
    return found or mine[0]
