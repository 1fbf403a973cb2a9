"""Which series number the agency's own documents: read, begun and ended as its head decides."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import SeriesIn
from motcua.channels.kit.fields import KitForm, ManyField, RadioField
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import tried
from motcua.channels.registry.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotAllowed

from .forms import AT_ONCE, THIS_YEAR, EndSeriesForm, SeriesForm

_ASKED = ("GET", "HEAD", "POST")


def _agency(request: ActorRequest) -> int:
    """Return the agency whose books the officer keeps. Raises: NotAllowed."""
    actor = request.actor
    if actor.agency_id is None or not documents.keeps_books(actor, actor.agency_id):
        raise NotAllowed("Sổ văn bản do văn thư của cơ quan giữ; hãy hỏi văn thư.")
    return actor.agency_id


@require_GET
@for_officers()
def series(request: ActorRequest) -> HttpResponse:
    """Show the series of the agency, with their numbers this year."""
    agency_id, today = _agency(request), local_day(now())
    context = {
        "rows": documents.series_of(agency_id, today),
        "year": today.year,
        "today": today,
        "manages": documents.holds_there(request.actor, Power.MANAGE_BOOKS, agency_id),
    }
    return page(request, "books/series", context, current="series")


@require_http_methods(_ASKED)
@for_officers("registry:series")
def begin(request: ActorRequest) -> HttpResponseBase:
    """Give some kinds a series of their own."""
    agency_id, at = _agency(request), now()
    form = SeriesForm(_sent(request))
    field = form.fields["kinds"]
    if isinstance(field, ManyField):
        free = documents.free_kinds(agency_id, local_day(at))
        field.choices = [(str(kind), name) for kind, name in free]

    def run() -> None:
        data = form.cleaned_data
        kinds = [int(kind) for kind in data["kinds"]]
        wanted = SeriesIn(agency_id, data["name"], kinds, data["valid_from"], data["basis"])
        documents.begin_series(wanted, by=request.actor, at=at)

    words = {
        "title": "Lập sổ riêng cho một số loại văn bản",
        "button": "Lập sổ",
        "done": "Đã lập sổ.",
        "note": "Từ ngày dùng sổ, các loại đã chọn lấy số ở sổ này; mỗi loại chỉ đứng ở một sổ. "
        "Lập giữa năm thì số nối tiếp số các loại ấy đã có trong năm, để không số nào trùng.",
    }
    return _answer(request, form, run, words)


@require_http_methods(_ASKED)
@for_officers("registry:series")
def end(request: ActorRequest, series_id: int) -> HttpResponseBase:
    """Let the kinds of a series be numbered with the others again."""
    _agency(request)
    at = now()
    last = date(local_day(at).year, 12, 31)
    form = EndSeriesForm(_sent(request))
    field = form.fields["when"]
    if isinstance(field, RadioField):
        field.choices = [
            (THIS_YEAR, f"Hết năm {last.year} (31/12)"),
            (AT_ONCE, "Từ hôm nay: chỉ khi số không thể trùng với sổ chung"),
        ]

    def run() -> None:
        data = form.cleaned_data
        day = last if data["when"] == THIS_YEAR else None
        documents.end_series(series_id, day, data["basis"], by=request.actor, at=at)

    words = {
        "title": "Kết thúc sổ riêng",
        "button": "Kết thúc sổ",
        "done": "Đã ghi việc kết thúc sổ.",
        "note": "Các loại văn bản của sổ trở về sổ chung. Sổ các năm giữ nguyên, đọc và in được. "
        "Sổ chưa cấp số nào thì bỏ hẳn.",
        "is_warning": True,
    }
    return _answer(request, form, run, words)


def _sent(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(
    request: ActorRequest, form: KitForm, run: Callable[[], object], words: dict[str, Any]
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid() and tried(form, run):
        messages.success(request, words["done"])
        return redirect("registry:series")
    context = {"form": form, "fields": [one.name for one in form], "words": words}
    status = 422 if form.errors else 200
    return page(request, "books/series_act", context, current="series", status=status)
