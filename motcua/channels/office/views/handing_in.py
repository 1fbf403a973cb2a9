"""Documents of officers' own: handed in with the places of their fields, followed to the end."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.document_forms import DocumentForm
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.placing import field_rows, name_of, pointed, sheet_of
from motcua.channels.office.turns import told_of_turns
from motcua.foundation.files import api as files
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentIn, Numbering, RequestState, SigningRequest
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound
from motcua.lib.text import whole_number

_LONGEST_REASON = 1000
_ROWS = 30
_TONES = {
    RequestState.DRAFT: "neutral",
    RequestState.OPEN: "info",
    RequestState.COMPLETED: "ok",
    RequestState.REFUSED: "late",
    RequestState.WITHDRAWN: "paused",
}


@require_GET
@for_officers()
def documents(request: ActorRequest) -> HttpResponse:
    """Show what one has handed in, and how much waits for one's own signature.

    Costs: two statements.
    """
    actor, before = request.actor, whole_number(request.GET.get("truoc", "")) or 0
    found = signing.handed_in_by(actor, before=before, limit=_ROWS + 1)
    context = {
        "turns": told_of_turns(actor),
        "mine": [shown(one) for one in found[:_ROWS]],
        "older": f"?truoc={found[_ROWS - 1].pk}" if len(found) > _ROWS else "",
    }
    return page(request, "documents", context, current="documents")


def shown(one: SigningRequest) -> dict[str, Any]:
    """Return a document as a row of a list."""
    is_draft = one.state == RequestState.DRAFT
    return {
        "href": reverse("office:place" if is_draft else "office:document", args=[one.code]),
        "title": one.title,
        "number": one.number_words,
        "at": one.ended_at or one.sort_at,
        "word": RequestState(one.state).label,
        "tone": _TONES[RequestState(one.state)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:documents")
def hand_in_new(request: ActorRequest) -> HttpResponseBase:
    """Ask for a document and who signs it; then show where its fields will stand."""
    actor, at = request.actor, now()
    is_sent = request.method == "POST"
    found = signing.signers_in(actor.agency_id or 0, at)
    people = [(str(one.account_id), f"{one.name} · {one.title}") for one in found]
    form = DocumentForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, signers=people
    )
    if is_sent and form.is_valid():
        try:
            with requests.slow_place():
                made = signing.draft_document(document_in(form, actor, at), by=actor, at=at)
            return redirect("office:place", made.code)
        except (NotAllowed, NotFound):
            raise
        except BadInput as error:
            form.blame(str(error), error.field)
        except Anticipated as error:
            form.blame(str(error))
    context = {"form": form, "has_people": bool(people)}
    return page(
        request, "document_new", context, current="documents", status=422 if form.errors else 200
    )


def document_in(form: DocumentForm, actor: Actor, at: datetime) -> DocumentIn:
    """Return what was typed. Raises: FileRefused, VirusFound, UploadNotFound, FileLocked."""
    data = form.cleaned_data
    content, media_type = sent_content(form, actor, at)
    numbering = Numbering(data["numbering"])
    is_printed = numbering == Numbering.PRINTED
    return DocumentIn(
        title=data["title"],
        about=data["about"],
        content=content,
        media_type=media_type,
        leaders=[int(one) for one in (data["leader"], data["second"]) if one],
        initials=[int(data["initials"])] if data["initials"] else [],
        is_sealed=data["is_sealed"],
        numbering=numbering,
        series=data["sort"],
        notation=data["notation"],
        printed_number=data["printed_number"] if is_printed else "",
        printed_on=data["printed_on"] if is_printed else None,
        is_compared=data["is_compared"],
    )


def sent_content(form: Any, actor: Actor, at: datetime) -> tuple[bytes, str]:
    """Return the file of a form and of what kind it is."""
    kept = kept_files(form.cleaned_data["file"], by=actor, at=at)
    stored = files.StoredFile.objects.get(pk=kept[0].pk)
    with files.open_file(stored) as content:
        return content.read(), stored.media_type


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:place")
def place(request: ActorRequest, code: str) -> HttpResponseBase:
    """Show a draft with its fields; take a click on the page as the place of the chosen one."""
    whole = signing.request_for(request.actor, code)
    asked = whole.request
    if asked.state != RequestState.DRAFT or asked.created_by_id != request.actor.id:
        return redirect("office:document", code)
    if request.method == "POST":
        return move(request, asked)
    placing = signing.placing_of(asked.placing)
    rows = field_rows(asked, whole.turns)

    def picture(number: int, chosen: str) -> str:
        drawn = reverse("office:page_picture", args=[code, number])
        return f"{drawn}?o={chosen}&v={asked.version}"

    context = {"asked": asked, **sheet_of(request, placing, rows, picture)}
    return page(request, "document_places", context, current="documents")


def move(request: ActorRequest, asked: SigningRequest) -> HttpResponseBase:
    """Put the chosen field where somebody clicked, or typed millimetres."""
    name, number = request.POST.get("o", ""), whole_number(request.POST.get("trang", "")) or 1
    here = f"{reverse('office:place', args=[asked.code])}?o={name}&trang={number}"
    try:
        x, y = pointed(request.POST, signing.placing_of(asked.placing), number - 1)
        with requests.slow_place():
            signing.move_field(
                asked.code, name, page=number - 1, x=x, y=y, by=request.actor, at=now()
            )
    except BadInput as error:
        messages.error(request, str(error))
        return redirect(here)
    messages.success(request, f"Đã đặt {name_of(name).lower()} ở trang {number}.")
    return redirect(f"{reverse('office:place', args=[asked.code])}?trang={number}")


@require_GET
@for_officers()
def page_picture(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Hand out a page of a draft as a picture."""
    asked = signing.request_for(request.actor, code).request
    if asked.state != RequestState.DRAFT:
        raise Http404("Văn bản đã được trình; hãy xem văn bản.")
    with requests.slow_place():
        content = signing.picture_of(asked, number - 1, request.GET.get("o", ""))
    answer = HttpResponse(content, content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@require_POST
@for_officers("office:place")
def hand_in(request: ActorRequest, code: str) -> HttpResponseBase:
    """Let a draft go to its first signer."""
    signing.request_for(request.actor, code)
    signing.hand_in(code, by=request.actor, at=now())
    messages.success(request, "Đã trình ký; người ký được báo.")
    return redirect("office:document", code)


@require_POST
@for_officers("office:document")
def take_back(request: ActorRequest, code: str) -> HttpResponseBase:
    """Take back what one handed in."""
    signing.request_for(request.actor, code)
    reason = request.POST.get("reason", "")[:_LONGEST_REASON]
    signing.take_back(code, reason, by=request.actor, at=now())
    messages.success(request, "Đã rút lại văn bản.")
    return redirect("office:documents")
