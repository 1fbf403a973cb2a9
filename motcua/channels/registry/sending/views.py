"""Sending, recalling and following what was sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import (
    Document,
    DocumentStep,
    FileIn,
    FileRole,
    State,
    StepKind,
    UpdateIn,
)
from motcua.casework.exchange.api import BusinessKind
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import Asked, ask
from motcua.channels.registry.frame import for_officers
from motcua.foundation.files.api import StoredFile
from motcua.lib.clock import local_day, now

from .forms import AnswerForm, RecallForm, RecipientsForm, UpdateForm, shown

_ASKED = ("GET", "HEAD", "POST")
_NO_FILE = (
    "Văn bản chưa có tệp nào nên nơi nhận qua mạng chỉ thấy số, trích yếu. Hãy gửi bản quét bằng "
    "“Cập nhật văn bản đã gửi”."
)


def _sent(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(_ASKED)
@for_officers("registry:start")
def recipients(request: ActorRequest, code: str) -> HttpResponseBase:
    """Choose to whom a document goes; once it is issued, places are only added."""
    document, at = documents.get_document_for(request.actor, code), now()
    actor, is_issued = request.actor, document.state == State.ISSUED
    known = documents.recipients_of(document)
    if not known and "nhu-truoc" in request.GET:
        known = documents.latest_recipients(document.agency_id, actor.id)
    asker = documents.asker_of(document) if not known else None
    book = documents.address_book(document.agency_id, local_day(at))
    form = RecipientsForm(
        _sent(request),
        initial=shown([asker] if asker else known, book),
        book=book,
        groups=documents.groups_of(document.agency_id),
    )

    def run() -> None:
        wanted, name = form.chosen(local_day(at)), form.cleaned_data["group_name"]
        if name:
            codes = [one.code for one in wanted if one.code]
            documents.keep_group(document.agency_id, name, codes, by=actor, at=at)
        act = documents.add_recipients if is_issued else documents.set_recipients
        act(code, wanted, by=actor, at=at)

    asked = Asked(
        "Nơi nhận",
        "Lưu nơi nhận",
        "Đã lưu nơi nhận.",
        "Văn bản đã phát hành: chỉ thêm nơi nhận mới, rồi bấm Gửi." if is_issued else "",
        template="recipients",
    )
    return ask(request, document, form, run, asked)


@require_POST
@for_officers("registry:start")
def send(request: ActorRequest, code: str) -> HttpResponse:
    """Send the document to everybody who has not got it."""
    document = documents.get_document_for(request.actor, code)
    documents.send(code, by=request.actor, at=now())
    messages.success(request, "Đã gửi; tình trạng từng nơi nhận hiện ở mục “Nơi nhận”.")
    whole = documents.whole(document)
    is_wired = any(one.envelope for one in whole.recipients)
    if is_wired and not any(one.gone_at is None for one in whole.files):
        messages.warning(request, _NO_FILE)
    return redirect("registry:document", code)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def recall(request: ActorRequest, code: str) -> HttpResponseBase:
    """Recall an issued document."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = RecallForm(_sent(request), sent_to=documents.recipients_of(document))

    def run() -> None:
        why = form.cleaned_data["reason"]
        documents.recall(code, why, by=request.actor, at=at, only=form.only())

    asked = Asked(
        "Thu hồi văn bản",
        "Thu hồi",
        "Đã yêu cầu nơi nhận trả lại; câu trả lời hiện ở mục “Thu hồi, cập nhật”.",
        "Số của văn bản không cấp lại cho văn bản khác. Nơi nhận đọc được lý do.",
        is_warning=True,
    )
    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def update(request: ActorRequest, code: str) -> HttpResponseBase:
    """Bring a sent document up to date at everybody who has it."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = UpdateForm(_sent(request), request.FILES if _sent(request) else None)

    def run() -> None:
        data = form.cleaned_data
        files = [
            FileIn(FileRole.ATTACHMENT, one.pk, one.name)
            for one in kept_files(data["annexes"], by=request.actor, at=at)
        ]
        wanted = UpdateIn(data["reason"], data["due_on"], files)
        documents.update_sent(code, wanted, by=request.actor, at=at)

    asked = Asked(
        "Cập nhật văn bản đã gửi",
        "Gửi bản cập nhật",
        "Đã gửi bản cập nhật; câu trả lời của nơi nhận hiện ở mục “Thu hồi, cập nhật”.",
        "Nội dung đã ký không sửa được. Sai nội dung thì soạn văn bản thay thế; sai thể thức thì "
        "soạn công văn đính chính.",
        template="update",
    )
    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def answer_recall(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Agree to what the sender asks, or say why not."""
    document, at = documents.get_document_for(request.actor, code), now()
    change = documents.asked_change(document, _step(document, step))
    title, agree = _ASKED_WORDS[change.kind]
    form = AnswerForm(_sent(request), agree=agree)

    def run() -> None:
        data = form.cleaned_data
        agrees = data["agrees"] == "co"
        documents.answer_recall(
            code, step, agrees=agrees, reason=data["reason"], by=request.actor, at=at
        )

    context = {"change": change, "step": step}
    asked = Asked(
        title, "Trả lời", "Đã trả lời nơi gửi.", template="answer_change", context=context
    )
    return ask(request, document, form, run, asked)


_ASKED_WORDS = {
    BusinessKind.RECALL: ("Nơi gửi thu hồi văn bản", "Đồng ý; thôi dùng văn bản này"),
    BusinessKind.UPDATE: ("Nơi gửi cập nhật văn bản", "Đồng ý; nhận bản cập nhật"),
    BusinessKind.REPLACE: ("Nơi gửi thay thế văn bản", "Đồng ý; dùng văn bản mới thay văn bản này"),
}


def _step(document: Document, seq: int) -> DocumentStep:
    """Raises: Http404."""
    found = next((one for one in documents.whole(document).steps if one.seq == seq), None)
    if found is None or found.kind != StepKind.RECALL:
        raise Http404("Nơi gửi không yêu cầu gì về văn bản này.")
    return found


@require_GET
@for_officers("registry:start")
def asked_file(request: ActorRequest, code: str, step: int, number: int) -> HttpResponseBase:
    """Hand out a file that came with an update, before it is agreed to."""
    document = documents.get_document_for(request.actor, code)
    sent = documents.asked_change(document, _step(document, step)).files
    if not 1 <= number <= len(sent):
        raise Http404("Bản cập nhật này không có tệp đó.")
    one = sent[number - 1]
    return file_response(StoredFile.objects.get(pk=one.file_id), one.name, inline=True)
