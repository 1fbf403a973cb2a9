"""What clerks and leaders do with documents that come in: each act one page, one operation."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import ArrivalIn, Document, EntryIn, FileIn, FileRole, Source
from motcua.channels.kit.fields import KitForm, SelectField
from motcua.channels.kit.kept import forget_sent, kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import Asked, ask, tried
from motcua.channels.registry.frame import for_officers, page
from motcua.channels.registry.offers import can_stamp
from motcua.channels.registry.people import Place, chosen, leaders, options, places
from motcua.channels.registry.reading.showing import rows_shown
from motcua.channels.registry.reading.views import registry_units
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import NotAllowed

from .forms import (
    ArrivalForm,
    CorrectForm,
    DirectForm,
    FinishForm,
    ReasonForm,
    RegisterForm,
    RouteForm,
    SecretForm,
    entry_of,
)
from .slips import stamped

_ASKED = ("GET", "HEAD", "POST")


def _sent(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(_ASKED)
@for_officers("registry:start")
def arrival(request: ActorRequest) -> HttpResponseBase:
    """Take in a document that came on paper, by post or by mail; then register it."""
    at = now()
    units = registry_units(request.actor)
    if not units:
        raise NotAllowed("Chỉ văn thư của cơ quan đăng ký văn bản đến.")
    form = ArrivalForm(_sent(request), request.FILES if _sent(request) else None)
    taken: list[Document] = []

    def run() -> None:
        taken.append(_take(form, units[0], by=request.actor, at=at))

    if request.method == "POST" and form.is_valid() and tried(form, run):
        return redirect("registry:register", taken[0].code)
    context = {"form": form, "fields": [bound.name for bound in form]}
    status = 422 if form.errors else 200
    return page(request, "arrival", context, current="incoming", status=status)


def _take(form: ArrivalForm, unit_id: int, *, by: Actor, at: datetime) -> Document:
    data = form.cleaned_data
    if data["mark"]:
        forget_sent([*data["main"], *data["attachments"]], by=by, at=at)
    documents.check_open(data["mark"])  # before any file is kept
    entry = form.entry()
    found = [
        FileIn(role, one.pk, one.name)
        for role, name in ((FileRole.MAIN, "main"), (FileRole.ATTACHMENT, "attachments"))
        for one in kept_files(data[name], by=by, at=at)
    ]
    agency = organisation.tree().agency_of(unit_id)
    facts = ArrivalIn(agency.id, unit_id, Source(data["source"]), at, entry, found)
    return documents.take_arrival(facts, by=by, at=at)


def _offer(form: KitForm, name: str, found: Iterable[Place], first: str) -> None:
    field = form.fields[name]
    if isinstance(field, SelectField):
        field.choices = [("", first), *options(found)]


@require_http_methods(_ASKED)
@for_officers("registry:start")
def register(request: ActorRequest, code: str) -> HttpResponseBase:
    """Give the arrival number, with what may be the same document and what its signatures say."""
    document, at = documents.get_document_for(request.actor, code), now()
    found = leaders(document.agency_id, at)
    whole = documents.whole(document)
    initial = {**entry_of(document), "stamp": True}
    form = RegisterForm(_sent(request), initial=initial, can_stamp=can_stamp(whole))
    _offer(form, "to", found, "Chưa trình ai")

    def run() -> None:
        value, words = form.cleaned_data["to"], form.cleaned_data["words"]
        to = chosen(found, value).route(words) if value else None
        documents.register(code, form.entry(), by=request.actor, at=at, to=to)
        if form.cleaned_data.get("stamp"):
            stamped(request, code, at)

    files = [one.file_id for one in whole.files]
    asked = Asked(
        title="Đăng ký văn bản đến",
        button="Vào sổ, cấp số đến",
        done="Đã vào sổ văn bản đến.",
        template="register",
        context={
            "files": whole.files,
            "looks": signing.looks_at(files, at=at) if files else {},
            "same": rows_shown(documents.duplicates_of(document)),
        },
    )
    return ask(request, document, form, run, asked)


def _reasoned(
    request: ActorRequest, code: str, act: Callable[..., Document], form: KitForm, asked: Asked
) -> HttpResponseBase:
    """Ask for a reason, and do what it is the reason for."""
    document, at = documents.get_document_for(request.actor, code), now()

    def run() -> None:
        act(code, form.cleaned_data["reason"], by=request.actor, at=at)

    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def refuse(request: ActorRequest, code: str) -> HttpResponseBase:
    """Refuse a document before it is registered."""
    asked = Asked(
        "Từ chối tiếp nhận",
        "Từ chối",
        "Đã từ chối văn bản.",
        "Nơi gửi nhận được lý do này. Văn bản không vào sổ.",
        is_warning=True,
    )
    form = ReasonForm(_sent(request))
    return _reasoned(request, code, documents.refuse_arrival, form, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def give_back(request: ActorRequest, code: str) -> HttpResponseBase:
    """Return a registered document that was not for this agency."""
    asked = Asked(
        "Trả lại nơi gửi",
        "Trả lại",
        "Đã trả lại văn bản; số đến vẫn giữ trong sổ với lý do.",
        "Dùng khi văn bản gửi nhầm. Số đến không cấp lại cho văn bản khác.",
        is_warning=True,
    )
    form = ReasonForm(_sent(request))
    return _reasoned(request, code, documents.give_back, form, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def finish(request: ActorRequest, code: str) -> HttpResponseBase:
    """End the handling of a document."""
    asked = Asked("Kết thúc xử lý", "Kết thúc", "Đã kết thúc xử lý văn bản.")
    return _reasoned(request, code, documents.finish, FinishForm(_sent(request)), asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def reopen(request: ActorRequest, code: str) -> HttpResponseBase:
    """Open a finished document again."""
    asked = Asked("Mở lại việc xử lý", "Mở lại", "Đã mở lại văn bản.")
    return _reasoned(request, code, documents.reopen, ReasonForm(_sent(request)), asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def correct(request: ActorRequest, code: str) -> HttpResponseBase:
    """Correct the entry visibly."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = CorrectForm(_sent(request), initial=entry_of(document))

    def run() -> None:
        entry: EntryIn = form.entry()
        documents.correct_entry(code, entry, form.cleaned_data["reason"], by=request.actor, at=at)

    asked = Asked(
        "Sửa thông tin đăng ký",
        "Ghi bản sửa",
        "Đã sửa; nội dung cũ vẫn đọc được trong lịch sử.",
        "Số đến và ngày đến không sửa được. Điều đã ghi trước đó vẫn hiện trong lịch sử.",
        template="entry",
    )
    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def bring(request: ActorRequest, code: str) -> HttpResponseBase:
    """Bring a registered document before who directs it."""
    document, at = documents.get_document_for(request.actor, code), now()
    found = leaders(document.agency_id, at)
    form = RouteForm(_sent(request))
    _offer(form, "to", found, "Chọn người cho ý kiến")

    def run() -> None:
        data = form.cleaned_data
        to = chosen(found, data["to"]).route(data["words"])
        documents.bring_before(code, to, by=request.actor, at=at)

    return ask(request, document, form, run, Asked("Trình văn bản", "Trình", "Đã trình."))


@require_http_methods(_ASKED)
@for_officers("registry:start")
def pass_on(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Bring the document before somebody else."""
    document, at = documents.get_document_for(request.actor, code), now()
    found = leaders(document.agency_id, at)
    form = RouteForm(_sent(request))
    _offer(form, "to", found, "Chọn người cho ý kiến")

    def run() -> None:
        data = form.cleaned_data
        to = chosen(found, data["to"]).route(data["words"])
        documents.pass_on(code, step, to, by=request.actor, at=at)

    return ask(request, document, form, run, Asked("Chuyển người khác", "Chuyển", "Đã chuyển."))


@require_http_methods(_ASKED)
@for_officers("registry:start")
def direct(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Write a directive on the document."""
    document, at = documents.get_document_for(request.actor, code), now()
    found = places(document.agency_id, at)
    form = DirectForm(_sent(request), offered=options(found))

    def run() -> None:
        documents.direct(code, step, form.directive(found), by=request.actor, at=at)

    asked = Asked(
        "Cho ý kiến chỉ đạo",
        "Ghi ý kiến, chuyển xử lý",
        "Đã ghi ý kiến chỉ đạo.",
        template="direct",
        context={"files": documents.whole(document).files, "row_names": form.row_names},
    )
    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def purge(request: ActorRequest, code: str) -> HttpResponseBase:
    """Destroy what turned out to be a state secret."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = SecretForm(_sent(request))

    def run() -> None:
        documents.purge_secret(code, form.cleaned_data["mark"], by=request.actor, at=at)

    asked = Asked(
        "Đây là văn bản mật",
        "Xóa nội dung, không tiếp nhận",
        "Đã xóa mọi tệp của văn bản khỏi hệ thống.",
        "Mọi tệp, bản xem trước và chữ tìm kiếm của văn bản này bị xóa ngay và không khôi phục "
        f"được; nơi gửi nhận được lý do. {documents.NOT_HERE}",
        is_warning=True,
    )
    return ask(request, document, form, run, asked)


@require_POST
@for_officers("registry:start")
def mark_read(request: ActorRequest, code: str, step: int) -> HttpResponse:
    """Say that the document has been read."""
    documents.mark_read(code, step, by=request.actor, at=now())
    messages.success(request, "Đã ghi là đã đọc.")
    return redirect("registry:document", code)


@require_POST
@for_officers("registry:start")
def link(request: ActorRequest, code: str, other: str) -> HttpResponse:
    """Say that an arrival is a document the agency holds already."""
    documents.link_duplicate(code, other, by=request.actor, at=now())
    messages.success(request, "Đã ghi là văn bản trùng; không cấp số đến mới.")
    return redirect("registry:document", code)
