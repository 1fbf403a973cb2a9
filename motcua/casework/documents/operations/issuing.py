"""A draft is signed, numbered and sealed, and so becomes a document of its agency.

Source: docs/law/documents.md
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings

from motcua.casework.documents.choices import (
    Act,
    FileRole,
    ScopeRole,
    State,
    StepKind,
    StepResult,
)
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import (
    Book,
    Document,
    DocumentStep,
    DraftVersion,
    Series,
)
from motcua.casework.documents.queries.letterheads import letterhead_of
from motcua.casework.documents.rules.arrival import FileIn
from motcua.casework.documents.rules.drafts import body_of
from motcua.casework.documents.rules.names import identifier_of, padded
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

from .attaching import add_files
from .books import DEPARTURES, next_ordinal, open_book, standard_series
from .changing import end_older
from .finding import remember
from .following import PREFIX
from .stepping import RouteIn, close_step, get_open_step, is_hand, open_step, open_steps
from .telling import let_see, lock_document, tell

_ISSUED = (
    "number",
    "notation",
    "issued_on",
    "issued_at",
    "identifier",
    "book",
    "ordinal",
    "registered_at",
    "registered_by_id",
    "registered_by_name",
    "signer_name",
    "signer_title",
)


def series_for(document: Document, day: date) -> Series:
    """Return the series that numbers the document: one for its kind, else the agency's common one.

    Source: docs/law/documents.md
    """
    found = Series.objects.filter(
        agency_id=document.agency_id,
        direction=document.direction,
        kinds__contains=[document.kind],
        valid_from__lte=day,
    ).exclude(valid_to__lt=day)
    return found.first() or standard_series(document.agency_id, DEPARTURES, day)


@work.story
def sign_draft(
    code: str, step_seq: int, *, by: Actor, at: datetime, words: str = "", hand: str = ""
) -> Document:
    """Sign the draft as it stands; then the clerk numbers and seals it.

    Raises: NoSuchDocument, NotAllowed, DocumentError, PaperIncomplete, NoCertificate, SigningError.
    """
    document = lock_document(code)
    step = _signing_step(document, step_seq, by)
    was = document.state
    document.move_to(State.SIGNING)
    document.signer_name, document.signer_title = by.name, by.title
    wanted = _wanted(document, step, by, at)
    document.signing_request = signing.request_signatures(wanted, by=by, at=at).code
    signing.begin_attempt(document.signing_request, by=by, at=at, hand=hand)
    close_step(step, StepResult.DONE, by=by, at=at, comment=words)
    registry = _registry(document, at)
    open_step(document, StepKind.ISSUE, registry, by=by, at=at)
    let_see(document, [(registry.unit_id, ScopeRole.REGISTRY)])
    changed = ("signer_name", "signer_title", "signing_request", "series_id")
    tell(document, Act.ASK_SIGNATURE, by=by, at=at, was=was, changed=changed, note=words)
    return document


def _signing_step(document: Document, step_seq: int, by: Actor) -> DocumentStep:
    step = get_open_step(document, step_seq)
    if step.kind != StepKind.SIGN:
        raise DocumentError("Dự thảo này chưa trình ký.")
    by.require(Power.SIGN_DOCUMENTS, unit_id=step.unit_id)
    if step.assignee_id is not None and not is_hand(step, by):
        raise NotAllowed(f"Dự thảo này đang trình {step.assignee_name} ký.")
    return step


def _registry(document: Document, at: datetime) -> RouteIn:
    return RouteIn(signing.registry_unit(document.agency_id, at))


def _wanted(document: Document, step: DocumentStep, by: Actor, at: datetime) -> signing.Wanted:
    token, day = signing.new_token(), local_day(at)
    series = series_for(document, day)
    document.series_id = series.pk
    open_book(series, at)
    policy = signing.policy_for(
        signing.DocumentKind.MODULE_PDF, on=day, agency_id=document.agency_id
    )
    leader = signing.TurnIn(signing.TurnRole.LEADER, step.unit_id, by.id, by.name, by.title)
    seal = signing.TurnIn(signing.TurnRole.SEAL, _registry(document, at).unit_id)
    return signing.Wanted(
        kind=signing.DocumentKind.MODULE_PDF,
        owner=f"{PREFIX}{document.code}",
        title=f"{document.kind_name}: {document.subject}"[:500],
        about=document.subject[:200],
        pdf=to_sign(document, by, day, f"{settings.SITE_ADDRESS}/giay/{token}/"),
        agency_id=document.agency_id,
        unit_id=document.unit_id,
        turns=(leader, seal),
        level=policy.level if policy else signing.Level.B_B,
        token=token,
        number_series=f"documents:{series.agency_id}.{series.code}",
        notation=document.notation,
        secrecy=document.secrecy,
    )


def to_sign(document: Document, signer: Actor, day: date, check_url: str) -> bytes:
    """Return the newest version as a PDF with places for number, day and signatures.

    Raises: PaperIncomplete, TemplateRefused, WordNotDrawn, BadInput.
    """
    version = _latest(document)
    if version.file is None:
        paper = paper_of(document, version, signer, day, check_url)
        return papers.render_document(paper, has_fields=True)
    fields = papers.word_fields(
        notation=document.notation,
        name=signer.name,
        kind=document.kind,
        profile=document.profile,
        check_url=check_url,
    )
    content = _content(version)
    if not papers.takes_fields(content, fields):
        raise BadInput(
            "Tệp Word chưa có đủ chỗ cho số, ngày, người ký; hãy dùng mẫu của loại văn bản này.",
            field="file",
        )
    return papers.render_word(content, document.subject, day, fields=fields)


def _content(version: DraftVersion) -> bytes:
    return b"".join(files.open_file(version.file)) if version.file else b""


def _latest(document: Document) -> DraftVersion:
    versions = DraftVersion.objects.filter(document=document).select_related("file")
    found = versions.order_by("-seq").first()
    if found is None:
        raise DocumentError("Văn bản này chưa có dự thảo.")
    return found


def paper_of(
    document: Document, version: DraftVersion, signer: Actor, day: date, check_url: str = ""
) -> papers.AdministrativeDocument:
    """Return a version written in the web form as a document of its kind."""
    body = body_of(version.body or {"text": ""})
    return papers.AdministrativeDocument(
        kind=papers.DocumentKind(document.kind),
        letterhead=letterhead_of(document.agency_id, day, notation=document.notation),
        body=papers.body_from(body.text),
        signers=(papers.Signer(title=signer.title, name=signer.name, capacity=body.capacity),),
        profile=papers.LayoutProfile(document.profile),
        subject=document.subject,
        authority=body.authority,
        addressees=body.addressees,
        bases=body.bases,
        recipients=body.recipients,
        urgency=papers.Urgency(document.urgency),
        drafter_mark=body.drafter_mark,
        contact=body.contact,
        attached_to=body.attached_to,
        check_url=check_url,
    )


def preview(document: Document, signer: Actor, day: date) -> bytes:
    """Return the newest version as it would look, marked as a draft.

    Raises: TemplateRefused, WordNotDrawn.
    """
    version = _latest(document)
    if version.file is not None:
        return papers.render_word(_content(version), document.subject, day)
    paper = paper_of(document, version, signer, day)
    return papers.render_document(replace(paper, is_draft=True))


@work.story
def take_issued(owner: str, *, at: datetime) -> Document | None:
    """Take the sealed document: it has number and day, stands in its book, and waits to be sent.

    What was taken before is left as it is.
    """
    code = owner.removeprefix(PREFIX)
    done = signing.completed_of(owner) if code != owner else None
    if done is None:
        return None
    document = lock_document(code)
    if document.state != State.SIGNING:
        return None
    number = int(done.number_words.partition("/")[0])
    day = done.numbered_on or local_day(done.sealed_at)
    asked = Series.objects.filter(pk=document.series_id or 0).first()
    series = asked or series_for(document, day)
    kept = Book.objects.filter(series=series, year=day.year).first()
    book = kept or open_book(series, done.sealed_at)
    _enter_number(document, book, number, day, by=done.leader, at=done.sealed_at)
    _add_main(document, done.file_id, by=done.leader, at=at)
    _issued(document, by=done.leader, at=at)
    return document


def _enter_number(
    document: Document, book: Book, number: int, day: date, *, by: Actor, at: datetime
) -> None:
    document.number, document.issued_on, document.issued_at = padded(number), day, at
    document.book, document.ordinal = book, number
    document.registered_at, document.registered_by_id = at, by.id
    document.registered_by_name = by.name
    document.identifier = identifier_of(
        document.issuer_code, day, document.number, document.notation
    )


def _add_main(document: Document, file_id: int, *, by: Actor, at: datetime) -> None:
    agency = organisation.tree().agency(document.agency_id)
    name = f"{document.number}-{document.notation}-{agency.code}.pdf".replace("/", "-")
    add_files(document, [FileIn(FileRole.MAIN, file_id, name)], by=by, at=at)


def _issued(document: Document, *, by: Actor, at: datetime) -> None:
    was = document.state
    document.move_to(State.ISSUED)
    for step in open_steps(document):
        close_step(step, StepResult.DONE, by=by, at=at)
    registry = _registry(document, at)
    open_step(document, StepKind.SEND, registry, by=by, at=at)
    day = document.issued_on.isoformat() if document.issued_on else ""
    detail = {"number": document.number, "ordinal": document.ordinal, "on": day}
    tell(document, Act.ISSUE, by=by, at=at, was=was, changed=_ISSUED, detail=detail)
    end_older(document, by=by, at=at)
    let_see(document, [(registry.unit_id, ScopeRole.REGISTRY)])
    remember(document)


@work.story
def take_refusal(owner: str, request: str, words: str, *, by: Actor, at: datetime) -> None:
    """Return the draft to its drafter when somebody refused to sign or seal it."""
    code = owner.removeprefix(PREFIX)
    if code == owner:
        return
    document = lock_document(code)
    if document.state != State.SIGNING or document.signing_request != request:
        return
    document.move_to(State.DRAFT)
    document.signing_request = ""
    for step in open_steps(document):
        close_step(step, StepResult.RETURNED, by=by, at=at, comment=words)
    to = RouteIn(document.unit_id, document.drafter_id, document.drafter_name, words[:2000])
    open_step(document, StepKind.REWORK, to, by=by, at=at)
    was = State.SIGNING
    changed = ("signing_request",)
    tell(document, Act.SEND_BACK, by=by, at=at, was=was, changed=changed, note=words)


@dataclass(frozen=True, slots=True)
class PaperIssueIn:
    """A document signed with pen and ink: who signed, as what, and the scan."""

    signer_name: str
    signer_title: str
    file_id: int | None = None


@work.story
def issue_on_paper(
    code: str, step_seq: int, paper: PaperIssueIn, *, by: Actor, at: datetime
) -> Document:
    """Number a document that was signed on paper; it takes the next number of the same series.

    Raises: NoSuchDocument, NotAllowed, DocumentError unless it waits to be signed, BadInput,
    BookClosed.
    """
    document = lock_document(code)
    step = get_open_step(document, step_seq)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=_registry(document, at).unit_id)
    if step.kind != StepKind.SIGN:
        raise DocumentError("Dự thảo này chưa trình ký.")
    if not tidy(paper.signer_name):
        raise BadInput("Hãy ghi người đã ký bản giấy.", field="signer_name")
    document.signer_name, document.signer_title = tidy(paper.signer_name), tidy(paper.signer_title)
    day = local_day(at)
    series = series_for(document, day)
    book = open_book(series, at)
    _enter_number(document, book, next_ordinal(series, book), day, by=by, at=at)
    if paper.file_id is not None:
        _add_main(document, paper.file_id, by=by, at=at)
    _issued(document, by=by, at=at)
    return document
