"""The books of the registry: read, printed, closed, and a number cancelled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Book, RegisterLine
from motcua.channels.kit.addresses import address
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import tried
from motcua.channels.registry.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.paging import PAGE_SIZE

from .forms import CancelForm, CloseForm, DaysForm
from .lines import links_of, number_in, place_in, row_of
from .volumes import choice_of, choose, printed

_ASKED = ("GET", "HEAD", "POST")


@require_GET
@for_officers()
def books(request: ActorRequest) -> HttpResponse:
    """Show the books of the officer's agency. Costs: two statements."""
    actor = request.actor
    if actor.agency_id is None or not documents.keeps_books(actor, actor.agency_id):
        raise NotAllowed("Sổ văn bản do văn thư của cơ quan giữ; hãy hỏi văn thư.")
    found = documents.books_of(actor.agency_id)
    return page(request, "books/list", {"books": found}, current="books")


@require_GET
@for_officers("registry:books")
def book(request: ActorRequest, book_id: int) -> HttpResponse:
    """Show a book in order of number. Costs: nine statements."""
    actor, found = request.actor, documents.get_book_for(request.actor, book_id)
    form = DaysForm(request.GET or None)
    after, before = number_in(request, "sau"), number_in(request, "truoc")
    lines = _lines(found, actor, form, after, before)
    rows, more = _cut(lines, is_back=before is not None)
    columns = papers.columns_of(documents.book_kind(found))
    context = {
        "book": found,
        "form": form,
        "columns": [(name,) for name in columns],
        "rows": [row_of(line, columns) for line in rows],
        "next": place_in(request, "sau", rows[-1].ordinal) if rows and (more or before) else "",
        "previous": place_in(request, "truoc", rows[0].ordinal)
        if rows and (after or (before is not None and more))
        else "",
        "missing": documents.gaps_in(found, documents.latest_in(found)),
        "print_href": _printing(request, found),
        "manages": documents.holds_there(actor, Power.MANAGE_BOOKS, found.agency_id),
        "is_open": found.closed_at is None,
        "further": links_of(found),
        "kept": documents.volumes_kept(found) if found.closed_at else [],
        "may_close": documents.is_over(found, local_day(now())),
    }
    return page(request, "books/book", context, current="books")


def _lines(
    found: Book, actor: Actor, form: DaysForm, after: int, before: int | None
) -> list[RegisterLine]:
    """Return one line more than a page has; nothing while the days are not as they should be."""
    if form.is_bound and not form.is_valid():
        return []
    try:
        only = form.between(after=after or 0, before=before)
    except BadInput as error:
        form.blame(str(error), error.field)
        return []
    return list(documents.lines_of(found, actor, only, limit=PAGE_SIZE + 1))


def _cut(lines: list[RegisterLine], *, is_back: bool) -> tuple[list[RegisterLine], bool]:
    more = len(lines) > PAGE_SIZE
    return (lines[-PAGE_SIZE:] if is_back else lines[:PAGE_SIZE]), more


def _printing(request: HttpRequest, found: Book) -> str:
    kept = {name: request.GET[name] for name in ("from_day", "to_day") if request.GET.get(name)}
    query = request.GET.copy()
    query.clear()
    query.update(kept)
    return f"{address('registry:print_book', found.pk)}?{query.urlencode()}"


@require_GET
@for_officers("registry:books")
def print_book(request: ActorRequest, book_id: int) -> HttpResponse:
    """Print the book, or some of its days, with its legal columns; of a long one, ask which volume.

    Costs: 4 ms for ten lines.
    """
    found = documents.get_book_for(request.actor, book_id)
    form = DaysForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        raise BadInput("Ngày in sổ không đúng; hãy ghi dạng 31/12/2026.")
    only = form.between()
    volumes, volume = choice_of(request, found, only)
    if volume is None:
        return choose(request, found, volumes)
    lines = documents.lines_of_volume(found, request.actor, volume, only)
    cells = [line.cells for line in lines]
    print_ = documents.print_register(found, cells, local_day(now()), only, volume=volume.words)
    return printed(print_, f"so-{found.series.code}-{found.year}", volume)


@require_GET
@for_officers("registry:books")
def kept_print(request: ActorRequest, book_id: int, number: int = 1) -> HttpResponseBase:
    """Hand out a printed volume of a closed book, sealed where the seal stands on it."""
    found = documents.get_book_for(request.actor, book_id)
    stored = documents.print_of(found, number)
    if stored is None:
        raise Http404("Sổ này chưa khóa, hoặc không có tập đó.")
    tail = f"-tap-{number}" if number > 1 else ""
    return file_response(
        stored, f"so-{found.series.code}-{found.year}-da-khoa{tail}.pdf", inline=True
    )


def _act(
    request: ActorRequest, book: Book, form: KitForm, run: Callable[[], object], words: Any
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid() and tried(form, run):
        messages.success(request, words["done"])
        return redirect("registry:book", book.pk)
    context = {"book": book, "form": form, "fields": [one.name for one in form], "words": words}
    status = 422 if form.errors else 200
    return page(request, "books/act", context, current="books", status=status)


@require_http_methods(_ASKED)
@for_officers("registry:books")
def cancel(request: ActorRequest, book_id: int) -> HttpResponseBase:
    """Say that a number will never stand on a document."""
    found = documents.get_book_for(request.actor, book_id)
    form = CancelForm(
        request.POST if request.method == "POST" else None,
        initial={"ordinal": number_in(request, "so")},
    )

    def run() -> None:
        data = form.cleaned_data
        documents.cancel_number(
            book_id, data["ordinal"], data["reason"], by=request.actor, at=now()
        )

    words = {
        "title": "Hủy một số",
        "button": "Ghi số đã hủy",
        "done": "Đã ghi số hủy vào sổ.",
        "note": "Chỉ hủy số đã cấp mà không đứng trên văn bản nào. Số đã hủy vẫn hiện trong sổ "
        "cùng lý do và không cấp lại.",
    }
    return _act(request, found, form, run, words)


@require_http_methods(_ASKED)
@for_officers("registry:books")
def close(request: ActorRequest, book_id: int) -> HttpResponseBase:
    """Close the book of a year that is over."""
    found = documents.get_book_for(request.actor, book_id)
    form = CloseForm(request.POST if request.method == "POST" else None)

    def run() -> None:
        documents.close_book(book_id, by=request.actor, at=now())

    words = {
        "title": "Khóa sổ",
        "button": "In và khóa sổ",
        "done": "Đã khóa sổ; bản in được giữ cùng sổ.",
        "note": "Sổ đã khóa không nhận thêm số, không sửa được dòng nào. Cơ quan có con dấu số thì "
        "bản in chờ đóng dấu ở mục “Cấp số, đóng dấu”.",
        "is_warning": True,
    }
    return _act(request, found, form, run, words)
