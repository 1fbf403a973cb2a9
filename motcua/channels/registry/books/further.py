"""The further registers of a book: follow-up, hand-over, despatch, uses of kept copies."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Book, CopyUseIn, FurtherLines
from motcua.channels.kit.addresses import address
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import Asked, ask
from motcua.channels.registry.frame import for_officers, page
from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import BookKind
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput

from .forms import CopyUseForm, FurtherForm, RemindForm
from .lines import SLUGS, LineRow, number_in, place_in, row_of
from .volumes import choice_of, choose, printed

_ASKED = ("GET", "HEAD", "POST")
_EMPTY = {
    BookKind.FOLLOW_UP: "Văn bản có hạn hoặc cần trả lời hiện ra ở đây.",
    BookKind.HAND_OVER_IN: "Mỗi lần trình, chuyển văn bản đến cho người hoặc đơn vị hiện ra ở đây.",
    BookKind.HAND_OVER_OUT: "Văn bản đi có nơi nhận “Bản giấy, trao tay” hiện ra ở đây khi đã gửi.",
    BookKind.DESPATCH: "Văn bản đi có nơi nhận “Bản giấy, gửi bưu điện” hiện ra ở đây khi đã gửi.",
    BookKind.KEPT_COPIES: "Mỗi lần cho sử dụng bản lưu, ghi ở trang của văn bản, hiện ra ở đây.",
}


def _kind(book: Book, slug: str) -> BookKind:
    """Raises: Http404."""
    kind = SLUGS.get(slug)
    if kind is None or kind not in documents.OF_DIRECTION[book.direction]:
        raise Http404("Sổ này không có phần đó.")
    return kind


@require_GET
@for_officers("registry:books")
def further(request: ActorRequest, book_id: int, slug: str) -> HttpResponse:
    """Show one of a book's further registers in order of number. Costs: nine statements."""
    book, at = documents.get_book_for(request.actor, book_id), now()
    kind = _kind(book, slug)
    form = FurtherForm(request.GET or None, has_state=kind == BookKind.FOLLOW_UP)
    before = number_in(request, "truoc")
    found = _found(request, book, kind, form, before, at)
    columns = papers.columns_of(kind)
    context = {
        "book": book,
        "title": kind.label,
        "form": form,
        "fields": [bound.name for bound in form],
        "columns": [(name,) for name in columns],
        "rows": [_row(line, columns, kind) for line in found.lines],
        "empty": _EMPTY[kind],
        **_around(request, found, before),
        "print_href": _printing(request, book, slug),
        "here": address("registry:further", book.pk, slug),
    }
    return page(request, "books/further", context, current="books")


def _row(line: documents.RegisterLine, columns: tuple[str, ...], kind: BookKind) -> LineRow:
    row = row_of(line, columns)
    is_waiting = kind == BookKind.FOLLOW_UP and line.is_waiting and line.code
    return row._replace(remind=address("registry:remind", line.code) if is_waiting else "")


def _found(
    request: ActorRequest,
    book: Book,
    kind: BookKind,
    form: FurtherForm,
    before: int | None,
    at: datetime,
) -> FurtherLines:
    """Return one page; nothing while the days are not as they should be."""
    empty = FurtherLines([], None, None, has_more=False)
    if form.is_bound and not form.is_valid():
        return empty
    try:
        only = form.between(after=number_in(request, "sau") or 0, before=before)
    except BadInput as error:
        form.blame(str(error), error.field)
        return empty
    follow = form.follow(at)
    return documents.further_lines(book, kind, request.actor, only, follow=follow, at=at)


def _around(request: HttpRequest, found: FurtherLines, before: int | None) -> dict[str, str]:
    after = number_in(request, "sau")
    is_back = before is not None
    has_next = found.latest is not None and (found.has_more or is_back)
    has_previous = found.first is not None and (after or (is_back and found.has_more))
    return {
        "next": place_in(request, "sau", found.latest or 0) if has_next else "",
        "previous": place_in(request, "truoc", found.first or 0) if has_previous else "",
    }


def _printing(request: HttpRequest, book: Book, slug: str) -> str:
    query = request.GET.copy()
    for name in ("sau", "truoc"):
        query.pop(name, None)
    href = address("registry:print_further", book.pk, slug)
    return f"{href}?{query.urlencode()}" if query else href


@require_GET
@for_officers("registry:books")
def print_further(request: ActorRequest, book_id: int, slug: str) -> HttpResponse:
    """Print one of a book's further registers, of a long one one volume.

    Costs: 4 ms for ten lines.
    """
    book, at = documents.get_book_for(request.actor, book_id), now()
    kind = _kind(book, slug)
    form = FurtherForm(request.GET or None, has_state=kind == BookKind.FOLLOW_UP)
    if form.is_bound and not form.is_valid():
        raise BadInput("Ngày in sổ không đúng; hãy ghi dạng 31/12/2026.")
    only, follow = form.between(), form.follow(at)
    volumes, volume = choice_of(request, book, only)
    if volume is None:
        return choose(request, book, volumes)
    part = replace(only, after=volume.first - 1, before=volume.last + 1)
    size = max(volume.last - volume.first + 1, 1)
    found = documents.further_lines(
        book, kind, request.actor, part, follow=follow, limit=size, at=at
    )
    cells = [line.cells for line in found.lines]
    print_ = documents.print_register(
        book, cells, local_day(at), only, kind=kind, volume=volume.words
    )
    return printed(print_, f"so-{slug}-{book.year}", volume)


def _sent(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(_ASKED)
@for_officers("registry:start")
def remind(request: ActorRequest, code: str) -> HttpResponseBase:
    """Remind who should have dealt with a document."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = RemindForm(_sent(request))

    def run() -> None:
        documents.remind(code, form.cleaned_data["words"], by=request.actor, at=at)

    asked = Asked(
        "Đôn đốc giải quyết văn bản",
        "Gửi đôn đốc",
        "Đã đôn đốc; người được giao nhận thông báo.",
        "Người và đơn vị đang được giao văn bản này nhận thông báo; lần đôn đốc hiện trong lịch sử "
        "và ở cột ghi chú của sổ theo dõi.",
    )
    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def lend_copy(request: ActorRequest, code: str) -> HttpResponseBase:
    """Note that somebody uses the kept copy."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = CopyUseForm(_sent(request))

    def run() -> None:
        documents.lend_copy(code, CopyUseIn(**form.cleaned_data), by=request.actor, at=at)

    asked = Asked(
        "Cho sử dụng bản lưu",
        "Ghi vào sổ sử dụng bản lưu",
        "Đã ghi vào sổ sử dụng bản lưu.",
        "Bản lưu tại văn thư do người có thẩm quyền cho phép sử dụng; khi trả, bấm “Đã trả” ở "
        "trang của văn bản.",
    )
    return ask(request, document, form, run, asked)


@require_POST
@for_officers("registry:start")
def take_copy_back(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Note that the kept copy came back."""
    documents.get_document_for(request.actor, code)
    documents.take_copy_back(code, seq, by=request.actor, at=now())
    messages.success(request, "Đã ghi trả bản lưu.")
    return redirect("registry:document", code)
