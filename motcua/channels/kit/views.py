"""Keeping a session open, and the gallery of components."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.lib.clock import local_day, now

from .access import for_partners, public
from .sample import ERROR_PAGES, OLD_NAMES, SampleForm, sample_messages, work_rows

PAGES = ("citizen", "staff", "plain")


@for_partners
def keep_alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Answer nothing: the request itself has kept the session open."""
    return HttpResponse(status=204)


@public
def gallery(request: HttpRequest, page: str = "citizen") -> HttpResponse:
    """Show every component in every state; not in production."""
    if page in ERROR_PAGES:
        return ERROR_PAGES[page](request)
    if page not in PAGES:
        raise Http404
    at = now()
    context = {
        "at": at,
        "later": at + timedelta(days=3),
        "form": SampleForm(initial={"birthday": local_day(at)}),
        "faulty": SampleForm({"birthday_day": "31", "birthday_month": "2", "birthday_year": "26"}),
        "rows": work_rows(),
        "messages": sample_messages(),
        "old_names": OLD_NAMES,
        "pages": PAGES,
    }
    return render(request, f"kit/gallery_{page}.html", context, using="jinja2")
