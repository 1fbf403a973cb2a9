"""Who sits at which post of the desk today, who takes over, and who sat where when."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.counter.frame import desk_of, page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import AbsenceKind, SeatToday, Secondment, SittingWhy
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

SHOWN = 30


class SeatShown(NamedTuple):
    """One post of the desk as its head sees it."""

    one: SeatToday
    word: str
    tone: str
    secondment: Secondment | None


@require_GET
@shows_errors("counter:start")
def arrange(request: ActorRequest) -> HttpResponse:
    """Show the posts of the desk as they stand now. Costs: twelve statements."""
    desk, at = desk_of(request), now()
    request.actor.require(Power.ARRANGE_DESKS, unit_id=desk.id)
    day = local_day(at)
    seconded = staffing.secondments_at([desk.id], day)
    agency = organisation.tree().agency_of(desk.id)
    units = [unit.id for unit in organisation.tree().units_of(agency.id)]
    officers = organisation.officers_of_units(units, day)
    context = {
        "seats": [
            SeatShown(one, *standing(one), seconded.get(one.seat.post_id))
            for one in staffing.desk_today([desk.id], at)
        ],
        "officers": [("", "Không có"), *((str(one.pk), one.full_name) for one in officers)],
        "history": [
            (one, SittingWhy(one.why).label) for one in staffing.sittings_at([desk.id], limit=SHOWN)
        ],
        "at": at,
    }
    return page(request, "arrange", context, current="arrange")


def standing(one: SeatToday) -> tuple[str, str]:
    """Return in a word how a post stands, and its tone."""
    if one.sitting is not None and one.sitting_is_away:
        return f"{one.sitting.officer.full_name} ngồi thay nhưng cũng vắng", "late"
    if one.sitting is not None:
        return f"{one.sitting.officer.full_name} ngồi thay", "info"
    if one.seat.officer_id is None:
        return "Chưa có người giữ", "neutral"
    if one.absence is not None:
        return AbsenceKind(one.absence.kind).label, "late"
    return ("Đã vào việc", "ok") if one.is_in else ("Chưa vào việc hôm nay", "soon")


@require_POST
@shows_errors("counter:arrange")
def put_in(request: ActorRequest, post_id: int) -> HttpResponse:
    """Let the stand-by officer of a post take over at once."""
    sitting = staffing.put_in_stand_by(post_id, by=request.actor, at=now())
    messages.success(
        request, f"Đã bố trí {sitting.officer.full_name} ngồi thay; quyền có ngay từ bây giờ."
    )
    return redirect(back(request))


@require_POST
@shows_errors("counter:arrange")
def name(request: ActorRequest, post_id: int) -> HttpResponse:
    """Say who takes over a post when its holder is away."""
    word = request.POST.get("officer", "")
    officer_id = whole_number(word)
    if word and officer_id is None:
        raise BadInput("Hãy chọn một cán bộ trong danh sách.", field="officer")
    staffing.name_stand_by(post_id, officer_id, by=request.actor, at=now())
    messages.success(request, "Đã phân công cán bộ dự phòng.")
    return redirect(back(request))


@require_POST
@shows_errors("counter:arrange")
def end(request: ActorRequest, sitting_id: int) -> HttpResponse:
    """Let the stand-by officer leave the post."""
    staffing.end_sitting(sitting_id, by=request.actor, at=now())
    messages.success(request, "Đã cho thôi ngồi thay.")
    return redirect(back(request))


def back(request: ActorRequest) -> str:
    """Return the page of the desk at which the head works now."""
    return f"{reverse('counter:arrange')}?desk={desk_of(request).id}"
