"""The books of a desk: the follow-up register (paper 07), copies certified; and its report."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import wraps
from itertools import islice
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.periods import PeriodForm, Wanted, sums_of, wanted
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.signatures import badge_of
from motcua.channels.kit.words import short_day
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now

SHOWN = 200


def period_of(request: ActorRequest) -> PeriodForm:
    """Return the asked period, this month where none is asked."""
    today = local_day(now())
    usual = {"first": short_day(today.replace(day=1)), "latest": short_day(today)}
    form = PeriodForm({**usual, **{k: v for k, v in request.GET.items() if v}})
    if request.method == "POST":
        form = PeriodForm(request.POST)
    if not form.is_valid():
        form.cleaned_data = {"first": today - timedelta(days=30), "latest": today}
    return form


class Book(NamedTuple):
    """One of the books of a desk, and the pages about it."""

    kind: dossiers.BookKind
    rows: Callable[[int, date, date], Iterator[Any]]
    view: str
    printed: str
    close: str


BOOKS = {
    book.kind: book
    for book in (
        Book(
            dossiers.BookKind.FOLLOW_UP,
            dossiers.register_rows,
            "counter:register",
            "counter:print_register",
            "counter:close_register",
        ),
        Book(
            dossiers.BookKind.CERTIFICATION,
            dossiers.certification_rows,
            "counter:certifications",
            "counter:print_certifications",
            "counter:close_certifications",
        ),
    )
}


@require_GET
@shows_errors("counter:start")
def register(
    request: ActorRequest, kind: dossiers.BookKind = dossiers.BookKind.FOLLOW_UP
) -> HttpResponse:
    """Show the beginning of a book of a period; the whole of it is printed."""
    desk, form, book = desk_of(request), period_of(request), BOOKS[kind]
    first, latest = form.cleaned_data["first"], form.cleaned_data["latest"]
    dossiers.check_reader(request.actor, desk.id)
    closed = dossiers.closed_registers(desk.id, kind)
    rows = list(islice(book.rows(desk.id, first, latest), SHOWN + 1))
    here = next((one for one in closed if (one.from_day, one.to_day) == (first, latest)), None)
    context = {
        "form": form,
        "title": kind.label,
        "book": book,
        "is_register": kind == dossiers.BookKind.FOLLOW_UP,
        "period": {"first": short_day(first), "latest": short_day(latest)},
        "rows": rows[:SHOWN],
        "is_more": len(rows) > SHOWN,
        "shown": SHOWN,
        "closed": closed,
        "here": here,
        "signing": signing_shown(request, here) if here else None,
        "is_broken": here is not None and not dossiers.is_whole(here),
        "can_close": request.actor.can(Power.CORRECT_RECEPTION, unit_id=desk.id)
        and latest < local_day(now()),
    }
    return page(request, "register", context, current=book.view.partition(":")[2])


def signing_shown(request: ActorRequest, book: dossiers.ClosedRegister) -> dict[str, Any]:
    """Return how far a closed book is signed digitally."""
    found = dossiers.signing_of_book(book, request.actor, now())
    return {
        "badge": badge_of(found.paper),
        "waits_for": found.waits_for,
        "refused_why": found.refused_why,
        "can_submit": found.can_submit,
    }


@require_POST
@shows_errors("counter:register")
def submit_book(request: ActorRequest) -> HttpResponse:
    """Ask for the signatures of a closed register."""
    desk, form = desk_of(request), period_of(request)
    first, latest = form.cleaned_data["first"], form.cleaned_data["latest"]
    closed = dossiers.closed_registers(desk.id)
    book = next((one for one in closed if (one.from_day, one.to_day) == (first, latest)), None)
    if book is None:
        raise Http404("Không có sổ đã khóa của những ngày này.")
    dossiers.submit_book(book.pk, by=request.actor, at=now())
    messages.success(request, f"Đã trình ký: {book}. Ông/bà ký ở trang “Ký văn bản”.")
    query = {"first": short_day(first), "latest": short_day(latest)}
    return redirect(reverse("counter:register", query=query))


@require_POST
@shows_errors("counter:register")
def close_register(
    request: ActorRequest, kind: dossiers.BookKind = dossiers.BookKind.FOLLOW_UP
) -> HttpResponse:
    """Close the book of a period."""
    desk, form = desk_of(request), period_of(request)
    first, latest = form.cleaned_data["first"], form.cleaned_data["latest"]
    book = dossiers.close_register(desk.id, first, latest, kind=kind, by=request.actor, at=now())
    messages.success(request, f"Đã khóa: {book}, {book.rows} dòng.")
    query = {"first": short_day(first), "latest": short_day(latest)}
    return redirect(reverse(BOOKS[kind].view, query=query))


Printer = Callable[[ActorRequest, int, date, date], bytes]
View = Callable[[ActorRequest], HttpResponseBase]


def as_pdf(name: str) -> Callable[[Printer], View]:
    """Make a view that shows a book of the asked period as PDF."""

    def decorate(printer: Printer) -> View:
        @require_GET
        @shows_errors("counter:register")
        @wraps(printer)
        def view(request: ActorRequest) -> HttpResponse:
            period = period_of(request).cleaned_data
            first, latest = period["first"], period["latest"]
            content = printer(request, desk_of(request).id, first, latest)
            return pdf_response(content, f"{name}-{first:%Y%m%d}-{latest:%Y%m%d}.pdf")

        return view

    return decorate


@as_pdf("so-theo-doi")
def print_register(request: ActorRequest, unit_id: int, first: date, latest: date) -> bytes:
    """Print the register in full."""
    return dossiers.register_pdf(request.actor, unit_id, first, latest)


@as_pdf("so-chung-thuc")
def print_certifications(request: ActorRequest, unit_id: int, first: date, latest: date) -> bytes:
    """Print the book of certified copies in full."""
    return dossiers.certification_book_pdf(request.actor, unit_id, first, latest)


@require_GET
@shows_errors("counter:report")
def print_report(request: ActorRequest) -> HttpResponse:
    """Print the report."""
    asked = report_asked(request)
    days = asked.first, asked.latest
    content = dossiers.report_pdf(request.actor, asked.unit_id, *days, at=now())
    return pdf_response(content, f"bao-cao-{asked.first:%Y%m%d}-{asked.latest:%Y%m%d}.pdf")


@require_GET
@shows_errors("counter:start")
def report(request: ActorRequest) -> HttpResponse:
    """Show what a unit received and settled in a period, field by field."""
    asked = report_asked(request)
    dossiers.check_reader(request.actor, asked.unit_id)
    rows = dossiers.report_of(asked.unit_id, asked.first, asked.latest)
    context = {"asked": asked, "rows": rows, "sums": sums_of(rows)}
    return page(request, "report", context, current="report")


def report_asked(request: ActorRequest) -> Wanted:
    """Return which report is asked for, the desk's own where none is."""
    desk = desk_of(request)
    units = [one for one in dossiers.units_to_report(request.actor) if one.id != desk.id]
    return wanted(request.GET.dict(), [desk, *units], local_day(now()))
