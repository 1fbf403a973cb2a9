"""The week of an agency's leaders, as far as it is public."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.casework.agendas import api as agendas
from motcua.channels.kit.access import public
from motcua.channels.kit.days import read_day
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now

_WEEK = timedelta(days=7)
_FAR = timedelta(days=400)


@public
def week(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is public in one published week. Costs: two statements."""
    agency = organisation.tree().agency_by_code(code)
    if agency is None or not agency.is_living:
        raise Http404
    today = local_day(now())
    monday = agendas.monday_of(_day(request, today))
    here = reverse("portal:calendar", args=[agency.code])
    context = {
        "agency": agency,
        "monday": monday,
        "sunday": monday + _WEEK - timedelta(days=1),
        "number": monday.isocalendar().week,
        "week": agendas.public_week(agency.id, monday),
        "today": today,
        "here": here,
        "before": f"{here}?ngay={monday - _WEEK}",
        "after": f"{here}?ngay={monday + _WEEK}",
    }
    return render(request, "portal/calendar.html", context)


def _day(request: HttpRequest, today: date) -> date:
    """Return the day asked for; today for what is none, or far away."""
    typed = request.GET.get("ngay", "")
    try:
        day = read_day(typed) if typed else today
    except ValidationError:
        return today
    return day if abs(day - today) <= _FAR else today
