"""Messages that came to the registry's mailbox: read, taken in as documents, or refused."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document
from motcua.casework.mailboxes import api as mailboxes
from motcua.casework.mailboxes.api import MailMessage, MailState, Sender, WholeMail
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.registry.asking import tried
from motcua.channels.registry.frame import for_officers, page
from motcua.channels.registry.reading.views import registry_units
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import NotAllowed
from motcua.lib.paging import decode

from .forms import RefuseForm, TakeForm, answer_from, entry_from

_ASKED = ("GET", "HEAD", "POST")


def _agency(request: ActorRequest) -> int:
    """Return the agency whose mail the officer deals with. Raises: NotAllowed."""
    found = mailboxes.clerk_of(request.actor)
    if found is None:
        raise NotAllowed("Thư đến hộp thư văn thư do văn thư của cơ quan xử lý.")
    return found


def _sent(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_GET
@for_officers()
def mails(request: ActorRequest) -> HttpResponse:
    """Show what waits, or what was dealt with. Costs: two statements."""
    _agency(request)
    box = mailboxes.mailbox_for(request.actor)
    is_waiting = "xong" not in request.GET
    after = decode(request.GET.get("sau", ""))
    found = mailboxes.mails_for(request.actor, is_waiting=is_waiting, after=after)
    context = {
        "box": box,
        "is_waiting": is_waiting,
        "rows": [_row(one) for one in found.rows],
        "next": place(request, found.next),
    }
    return page(request, "mail/list", context, current="mails")


def _row(one: MailMessage) -> dict[str, Any]:
    return {"mail": one, "state": MailState(one.state).label, **_sender(one)}


def _sender(one: MailMessage) -> dict[str, Any]:
    sender = Sender(one.sender)
    return {"sender": sender.label, "is_verified": sender == Sender.VERIFIED}


@require_GET
@for_officers("registry:mails")
def mail(request: ActorRequest, code: str) -> HttpResponse:
    """Show one message: its words, its files, what is odd about it. Costs: two statements."""
    whole = mailboxes.get_mail_for(request.actor, code)
    is_harmful = any("vi-rút" in one.refusal for one in whole.files)
    context = {
        **_row(whole.message),
        "files": whole.files,
        "meant_for": _meant_for(request.actor, whole.message),
        "waits": whole.message.state == MailState.WAITING,
        "may_open_original": whole.message.raw is not None and not is_harmful,
    }
    return page(request, "mail/mail", context, current="mails")


def _meant_for(actor: Actor, message: MailMessage) -> str:
    """Return the name of the agency that ended to whose mailbox somebody wrote; else nothing."""
    is_own = message.agency_id == actor.agency_id
    return "" if is_own else organisation.name_of_agency(message.agency_id)


@require_http_methods(_ASKED)
@for_officers("registry:mails")
def take(request: ActorRequest, code: str) -> HttpResponseBase:
    """Make an incoming document of a message; then register it."""
    whole, at = mailboxes.get_mail_for(request.actor, code), now()
    units = registry_units(request.actor)
    if not units:
        raise NotAllowed("Chỉ văn thư của cơ quan đưa thư vào văn bản đến.")
    kept = [one for one in whole.files if one.file is not None]
    form = TakeForm(_sent(request), kept=kept, initial=entry_from(whole.message))
    taken: list[Document] = []

    def run() -> None:
        taken.append(_taken(code, form, units[0], by=request.actor, at=at))

    if request.method == "POST" and form.is_valid() and tried(form, run):
        return redirect("registry:register", taken[0].code)
    return _page(request, whole, form, "mail/take")


def _taken(code: str, form: TakeForm, unit_id: int, *, by: Actor, at: datetime) -> Document:
    return documents.take_mail(code, unit_id, form.entry(), form.chosen(), by=by, at=at)


def _page(
    request: ActorRequest, whole: WholeMail, form: TakeForm | RefuseForm, template: str
) -> HttpResponse:
    context = {
        **_row(whole.message),
        "form": form,
        "roles": [name for name in form.fields if name.startswith("role_")],
    }
    status = 422 if form.errors else 200
    return page(request, template, context, current="mails", status=status)


@require_http_methods(_ASKED)
@for_officers("registry:mails")
def refuse(request: ActorRequest, code: str) -> HttpResponseBase:
    """Refuse a message, perhaps with an answer to who wrote it."""
    whole, at = mailboxes.get_mail_for(request.actor, code), now()
    agency = organisation.name_of_agency(_agency(request))
    form = RefuseForm(_sent(request), initial={"answer": answer_from(whole.message, agency)})

    def run() -> None:
        data = form.cleaned_data
        answer = data["answer"] if data["sends"] else ""
        mailboxes.refuse_mail(code, data["reason"], answer, by=request.actor, at=at)

    if request.method == "POST" and form.is_valid() and tried(form, run):
        sent = " và gửi lời trả lời" if form.cleaned_data["sends"] else ""
        messages.success(request, f"Đã ghi không tiếp nhận{sent}; thư vẫn giữ trong danh sách.")
        return redirect("registry:mails")
    return _page(request, whole, form, "mail/refuse")


@require_GET
@for_officers("registry:mails")
def attachment(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out one file of a message."""
    whole = mailboxes.get_mail_for(request.actor, code)
    one = next((one for one in whole.files if one.seq == seq), None)
    if one is None or one.file is None:
        raise Http404("Thư này không có tệp đó, hoặc tệp không được giữ.")
    return file_response(one.file, one.name, inline=True)


@require_GET
@for_officers("registry:mails")
def original(request: ActorRequest, code: str) -> HttpResponseBase:
    """Hand out the message as it came, to be kept by who asks, never to be shown here."""
    whole = mailboxes.get_mail_for(request.actor, code)
    is_harmful = any("vi-rút" in one.refusal for one in whole.files)
    if whole.message.raw is None or is_harmful:
        raise Http404("Bản gốc của thư này không lấy ra được.")
    return file_response(whole.message.raw, f"thu-{code}.eml", inline=False)
