"""Whom the commune has appointed to help households, and what they did."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from motcua.channels.counter.consent_forms import AppointForm, EndForm
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.mandates import api as mandates
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed


@shows_errors("counter:start")
def helpers(request: ActorRequest) -> HttpResponse:
    """List the helpers of the commune."""
    found = mandates.helpers_for(request.actor, desk_of(request).id)
    context = {"rows": found, "today": local_day(now())}
    return page(request, "helpers", context, current="helpers")


@shows_errors("counter:helpers")
def appoint(request: ActorRequest) -> HttpResponse:
    """Appoint somebody by a decision, or renew it."""
    desk = desk_of(request)
    request.actor.require(Power.APPOINT_HELPERS, unit_id=desk.id)
    form = AppointForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            helper = mandates.appoint_helper(
                form.appointment(), unit_id=desk.id, by=request.actor, at=now()
            )
        except NotAllowed:
            raise
        except Anticipated as error:
            form.blame(str(error), getattr(error, "field", ""))
        else:
            messages.success(request, f"Đã ghi việc cử {helper.full_name}.")
            return redirect("counter:helpers")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return page(request, "appoint_helper", {"form": form}, current="helpers", status=status)


@shows_errors("counter:helpers")
def helper(request: ActorRequest, helper_id: int) -> HttpResponse:
    """Show a helper's sessions and acts, or let the helper go."""
    by, at = request.actor, now()
    found = mandates.get_helper_for(by, helper_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        mandates.end_helper(helper_id, form.cleaned_data["why"], by=by, at=at)
        messages.success(request, f"Đã cho {found.full_name} thôi hỗ trợ; mọi phiên đã đóng.")
        return redirect("counter:helpers")
    context = {
        "helper": found,
        "form": form,
        "count": mandates.count_households(found, at=at),
        "most": mandates.MOST_HOUSEHOLDS,
        "sessions": mandates.sessions_of_helper(by, helper_id),
        "entries": mandates.entries_of_helper(by, helper_id),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return page(request, "helper", context, current="helpers", status=status)
