"""Documents being written: drafts, opinions, approval, signature; each act one page."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, DraftIn, PaperIssueIn, RecipientIn, Way
from motcua.channels.kit.fields import KitForm, SelectField
from motcua.channels.kit.kept import Kept, kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import Asked, ask, tried
from motcua.channels.registry.frame import for_officers, page
from motcua.channels.registry.people import Place, chosen, leaders, options
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotAllowed

from .forms import (
    LAST,
    ApproveForm,
    BodyForm,
    DraftForm,
    PaperForm,
    ReviseForm,
    SettleForm,
    SignForm,
    ToForm,
    WordsForm,
    reminder_of,
    shown,
)

_SEE_OTHER = 302
_ASKED = ("GET", "HEAD", "POST")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _sent(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _offer(form: KitForm, found: list[Place]) -> None:
    field = form.fields["to"]
    if isinstance(field, SelectField):
        field.choices = [("", "Chọn người"), *options(found)]


def drafting_unit(actor: Actor) -> int:
    """Return the unit for which the actor writes. Raises: NotAllowed."""
    for unit_id in actor.unit_ids:
        if actor.can(Power.DRAFT_DOCUMENTS, unit_id=unit_id):
            return unit_id
    raise NotAllowed("Ông/bà không có quyền soạn văn bản ở đơn vị nào.")


def _file_of(form: BodyForm, *, by: Actor, at: datetime) -> Kept | None:
    found = kept_files(form.cleaned_data["file"], by=by, at=at)
    return found[0] if found else None


@require_http_methods(_ASKED)
@for_officers("registry:start")
def new_draft(request: ActorRequest) -> HttpResponseBase:
    """Begin a document, perhaps in answer to one that came in."""
    at, unit_id = now(), drafting_unit(request.actor)
    kind = request.GET.get("loai", "18")
    about = _about(request)
    profile = papers.profile_for(organisation.tree().agency_of(unit_id).kind)
    capacity, kept = papers.usual_words(profile)
    initial = {
        "kind": kind,
        "text": _starting(kind),
        "capacity": capacity,
        "recipients": f"Như trên\nLưu: {kept}",
        **_as_it_stood(request.actor, about),
    }
    files = request.FILES if request.method == "POST" else None
    form = DraftForm(_sent(request), files, initial=initial)
    form.fields["reason"].required = bool({"replaces", "amends"} & about.keys())
    made: list[Document] = []

    def run() -> None:
        made.append(_begin(form, unit_id, about, by=request.actor, at=at))

    if request.method == "POST" and form.is_valid() and tried(form, run):
        return redirect("registry:document", made[0].code)
    context = {"form": form, "kind": kind, **_about_shown(request.actor, about)}
    return page(request, "draft", context, current="outgoing", status=422 if form.errors else 200)


def _about(request: ActorRequest) -> dict[str, str]:
    """Return which document the new one answers, replaces or corrects, if any."""
    words = {
        "answers": "tra-loi",
        "replaces": "thay-the",
        "amends": "dinh-chinh",
        "chases": "don-doc",
    }
    return {name: request.GET[word] for name, word in words.items() if request.GET.get(word)}


def _as_it_stood(actor: Actor, about: dict[str, str]) -> dict[str, Any]:
    """Return what a replacement begins with, the words of what it replaces; or a reminder."""
    for chased in documents.titles_of(actor, [about.get("chases", "")]).values():
        return reminder_of(chased, [one.name for one in documents.unanswered(chased)])
    older = documents.titles_of(actor, [about.get("replaces", "")])
    for document in older.values():
        versions = documents.whole(document).versions
        return shown(versions[-1] if versions else None, document.subject)
    return {}


def _about_shown(actor: Actor, about: dict[str, str]) -> dict[str, object]:
    """Return what the page says of that document, and whether a reason is asked for."""
    found = documents.titles_of(actor, about.values())
    words = {
        "answers": "Trả lời",
        "replaces": "Thay thế",
        "amends": "Đính chính",
        "chases": "Đôn đốc trả lời",
    }
    shown = [(words[name], found[code]) for name, code in about.items() if code in found]
    return {"about": shown, "asks_reason": "replaces" in about or "amends" in about}


def _starting(kind: str) -> str:
    """Return what an officer begins with."""
    known = {str(int(one)) for one in papers.DocumentKind}
    return papers.starting_body(int(kind)) if kind in known else ""


def _begin(
    form: DraftForm, unit_id: int, about: dict[str, str], *, by: Actor, at: datetime
) -> Document:
    kept, data = _file_of(form, by=by, at=at), form.cleaned_data
    agency = organisation.tree().agency_of(unit_id)
    draft = DraftIn(
        agency_id=agency.id,
        unit_id=unit_id,
        kind=int(data["kind"]),
        subject=data["subject"],
        body=None if kept else form.body(),
        file_id=kept.pk if kept else None,
        file_name=kept.name if kept else "",
        urgency=papers.Urgency(int(data["urgency"])),
        profile=papers.profile_for(agency.kind),
        answers=about.get("answers", ""),
        replaces=about.get("replaces", ""),
        amends=about.get("amends", ""),
        change_reason=data["reason"],
        due_on=data["due_on"],
        recipients=_asked_again(by, about),
    )
    return documents.begin_draft(draft, by=by, at=at)


def _asked_again(actor: Actor, about: dict[str, str]) -> list[RecipientIn]:
    """Return who has not answered the document that a reminder is about."""
    chased = documents.titles_of(actor, [about.get("chases", "")]).values()
    return [
        RecipientIn(row.name, Way(row.way), row.agency_id, row.code)
        for one in chased
        for row in documents.unanswered(one)
    ]


@require_GET
@for_officers("registry:start")
def template(request: ActorRequest, kind: int) -> HttpResponse:
    """Hand out the Word template of a kind."""
    agency = organisation.tree().agency_of(drafting_unit(request.actor))
    chosen_kind = papers.DocumentKind(kind) if kind in papers.DocumentKind.values else None
    if chosen_kind is None:
        raise NotAllowed("Không có loại văn bản này.")
    head = documents.letterhead_of(agency.id, local_day(now()))
    content = papers.begun_in_word(chosen_kind, head, papers.profile_for(agency.kind))
    answer = HttpResponse(content, content_type=_WORD)
    answer["Content-Disposition"] = f'attachment; filename="mau-{kind}.docx"'
    return answer


@require_http_methods(_ASKED)
@for_officers("registry:start")
def revise(request: ActorRequest, code: str) -> HttpResponseBase:
    """Write another version."""
    document, at = documents.get_document_for(request.actor, code), now()
    versions = documents.whole(document).versions
    files = request.FILES if request.method == "POST" else None
    initial = shown(versions[-1] if versions else None, document.subject)
    initial["due_on"] = document.due_on
    form = ReviseForm(_sent(request), files, initial=initial)

    def run() -> None:
        kept, data = _file_of(form, by=request.actor, at=at), form.cleaned_data
        documents.revise(
            code,
            by=request.actor,
            at=at,
            body=None if kept else form.body(),
            file_id=kept.pk if kept else None,
            file_name=kept.name if kept else "",
            subject=data["subject"],
            note=data["note"],
            due_on=data["due_on"],
        )

    asked = Asked(
        "Sửa dự thảo", "Lưu bản mới", "Đã lưu bản mới; các bản trước vẫn xem được.", template="body"
    )
    return ask(request, document, form, run, asked)


@require_GET
@for_officers("registry:start")
def preview(request: ActorRequest, code: str) -> HttpResponse:
    """Show the newest version as it will look, marked as a draft."""
    document = documents.get_document_for(request.actor, code)
    content = documents.preview(document, request.actor, local_day(now()))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="du-thao-{code}.pdf"'
    return answer


@require_http_methods(_ASKED)
@for_officers("registry:start")
def comment(request: ActorRequest, code: str) -> HttpResponseBase:
    """Say something of the draft."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = WordsForm(_sent(request))

    def run() -> None:
        documents.comment(code, form.cleaned_data["words"], by=request.actor, at=at)

    return ask(request, document, form, run, Asked("Góp ý dự thảo", "Gửi ý kiến", "Đã góp ý."))


@require_http_methods(_ASKED)
@for_officers("registry:start")
def settle(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Answer an opinion."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = SettleForm(_sent(request))
    opinion = next((one for one in documents.whole(document).opinions if one.seq == seq), None)

    def run() -> None:
        data = form.cleaned_data
        is_taken = data["taken"] == "co"
        documents.settle_opinion(
            code, seq, data["answer"], is_taken=is_taken, by=request.actor, at=at
        )

    words = f"{opinion.by_name}: {opinion.words}" if opinion else ""
    return ask(
        request, document, form, run, Asked("Giải trình ý kiến", "Lưu", "Đã giải trình.", words)
    )


@require_http_methods(_ASKED)
@for_officers("registry:start")
def submit(request: ActorRequest, code: str) -> HttpResponseBase:
    """Submit the draft."""
    document, at = documents.get_document_for(request.actor, code), now()
    found = leaders(document.agency_id, at)
    form = ToForm(_sent(request))
    _offer(form, found)

    def run() -> None:
        data = form.cleaned_data
        to = chosen(found, data["to"]).route(data["words"])
        documents.submit(code, to, by=request.actor, at=at)

    return ask(request, document, form, run, Asked("Trình duyệt", "Trình", "Đã trình dự thảo."))


@require_http_methods(_ASKED)
@for_officers("registry:start")
def approve(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Approve the draft and bring it before the next one."""
    document, at = documents.get_document_for(request.actor, code), now()
    found = leaders(document.agency_id, at)
    form = ApproveForm(_sent(request))
    _offer(form, found)

    def run() -> None:
        data = form.cleaned_data
        to = chosen(found, data["to"]).route(data["words"])
        is_last = data["what"] == LAST
        documents.approve(
            code, step, data["words"], to=to, is_last=is_last, by=request.actor, at=at
        )

    return ask(request, document, form, run, Asked("Duyệt dự thảo", "Duyệt, chuyển", "Đã duyệt."))


@require_http_methods(_ASKED)
@for_officers("registry:start")
def send_back(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Return the draft to its drafter."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = WordsForm(_sent(request))

    def run() -> None:
        documents.send_back(code, step, form.cleaned_data["words"], by=request.actor, at=at)

    asked = Asked("Trả lại dự thảo", "Trả lại", "Đã trả lại người soạn.", is_warning=True)
    return ask(request, document, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def sign(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Sign the draft as it stands."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = SignForm(_sent(request))
    hands = [(one.key, one.label, one.hint) for one in signing.hands_for(request.actor, at)]

    def run() -> None:
        documents.sign_draft(
            code,
            step,
            by=request.actor,
            at=at,
            words=form.cleaned_data["words"],
            hand=request.POST.get("hand", ""),
        )

    asked = Asked(
        "Ký văn bản",
        "Ký",
        "Đã ký; văn thư sẽ cấp số, đóng dấu.",
        "Văn bản được khóa đúng như bản xem trước; sau khi ký chỉ số và ngày được ghi thêm.",
        template="sign",
        context={"hands": hands, "hand": request.POST.get("hand", hands[0][0] if hands else "")},
    )
    answer = ask(request, document, form, run, asked)
    if answer.status_code == _SEE_OTHER and signing.underway_of(request.actor):
        return redirect("office:hands")
    return answer


@require_http_methods(_ASKED)
@for_officers("registry:start")
def issue_on_paper(request: ActorRequest, code: str, step: int) -> HttpResponseBase:
    """Number a document signed on paper."""
    document, at = documents.get_document_for(request.actor, code), now()
    files = request.FILES if request.method == "POST" else None
    form = PaperForm(_sent(request), files)

    def run() -> None:
        data = form.cleaned_data
        kept = kept_files(data["file"], by=request.actor, at=at)
        paper = PaperIssueIn(
            data["signer_name"], data["signer_title"], kept[0].pk if kept else None
        )
        documents.issue_on_paper(code, step, paper, by=request.actor, at=at)

    asked = Asked("Phát hành bản giấy", "Cấp số", "Đã cấp số.", template="act")
    return ask(request, document, form, run, asked)


@require_POST
@for_officers("registry:start")
def take_back(request: ActorRequest, code: str) -> HttpResponse:
    """Take a submitted draft back."""
    documents.get_document_for(request.actor, code)
    documents.take_back(code, by=request.actor, at=now())
    messages.success(request, "Đã rút dự thảo về.")
    return redirect("registry:document", code)


@require_http_methods(_ASKED)
@for_officers("registry:start")
def drop(request: ActorRequest, code: str) -> HttpResponseBase:
    """Give a draft up."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = WordsForm(_sent(request))

    def run() -> None:
        documents.drop_draft(code, form.cleaned_data["words"], by=request.actor, at=at)

    return ask(
        request, document, form, run, Asked("Hủy dự thảo", "Hủy", "Đã hủy.", is_warning=True)
    )
