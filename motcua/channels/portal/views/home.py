"""The first page, and the commune a visitor chooses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.channels.kit.access import public
from motcua.channels.portal.desks import PLACE_COOKIE, chosen_place, nearest_desk, places
from motcua.channels.portal.life_events import LIFE_EVENTS
from motcua.lib.clock import now

_A_YEAR = 365 * 24 * 3600


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show the one search field, the life events, and the nearest desk with its hours."""
    context = {
        "life_events": LIFE_EVENTS,
        "desk": nearest_desk(request, now()),
        "places": places(),
        "place": chosen_place(request),
    }
    return render(request, "portal/home.html", context)


@public
def choose_place(request: HttpRequest) -> HttpResponse:
    """Remember the commune in this browser and go back to the page that asked."""
    back = request.GET.get("tiep", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "portal:home"
    answer = redirect(back)
    code = request.GET.get("xa", "")
    if code in dict(places()):
        answer.set_cookie(PLACE_COOKIE, code, max_age=_A_YEAR, samesite="Lax", httponly=True)
    else:
        answer.delete_cookie(PLACE_COOKIE)
    return answer
