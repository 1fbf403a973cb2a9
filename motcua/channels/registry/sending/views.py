"""Sending, recalling and following what was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import State
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import Asked, ask
from motcua.channels.registry.frame import for_officers
from motcua.lib.clock import now

from .forms import AnswerForm, ReasonForm, RecipientsForm, shown

_ASKED = ("GET", "HEAD", "POST")


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
    form = RecipientsForm(
        _sent(request),
        initial=shown(known),
        book=documents.address_book(document.agency_id),
        groups=documents.groups_of(document.agency_id),
    )

    def run() -> None:
        wanted, name = form.chosen(), form.cleaned_data["group_name"]
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
    documents.get_document_for(request.actor, code)
    documents.send(code, by=request.actor, at=now())
    messages.success(request, "Đã gửi; tình trạng từng nơi nhận hiện ở mục “Nơi nhận”.")
    return redirect("registry:document", code)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def recall(request: ActorRequest, code: str) -> HttpResponseBase:
    """Recall an issued document."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = ReasonForm(_sent(request))

    def run() -> None:
        documents.recall(code, form.cleaned_data["reason"], by=request.actor, at=at)

    asked = Asked(
        "Thu hồi văn bản",
        "Thu hồi",
        "Đã thu hồi; nơi nhận được yêu cầu trả lại.",
        "Số của văn bản không cấp lại cho văn bản khác. Nơi nhận đọc được lý do.",
        is_warning=True,
    )
    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def answer_recall(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Agree to give a document back, or say why not."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = AnswerForm(_sent(request))
    found = next((one for one in documents.whole(document).steps if one.seq == step), None)

    def run() -> None:
        data = form.cleaned_data
        agrees = data["agrees"] == "co"
        documents.answer_recall(
            code, step, agrees=agrees, reason=data["reason"], by=request.actor, at=at
        )

    words = f"Nơi gửi: {found.words}" if found else ""
    asked = Asked("Nơi gửi thu hồi, thay đổi văn bản", "Trả lời", "Đã trả lời nơi gửi.", words)
    return ask(request, document, form, run, asked)
