"""The public figures of the year."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.channels.kit.access import public
from motcua.channels.portal.figures import figures_of_agencies, figures_of_province
from motcua.lib.clock import local_day, now

_KEPT_SECONDS = 300


@public
def figures(request: HttpRequest) -> HttpResponse:
    """Show what was received, resolved and rated since 1 January; read again every five minutes."""
    today = local_day(now())
    context = cache.get_or_set(
        f"portal.figures.{today}",
        lambda: {"province": figures_of_province(today), "agencies": figures_of_agencies(today)},
        _KEPT_SECONDS,
    )
    return render(request, "portal/figures.html", {"today": today, **(context or {})})
