"""Documents: take in, register, direct, draft, send, read."""

from datetime import date, datetime
from typing import Any

from ninja import Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.casework.documents import api as documents
from motcua.channels.api.applying import stored_file
from motcua.channels.api.door import (
    AFTER,
    LIMIT,
    NUMBER,
    Door,
    listed,
    plain_json,
    row_of,
)
from motcua.channels.api.naming import agency_of, unit_code, unit_of
from motcua.channels.api.shapes import Filed
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib import paging
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotFound

_DIRECTION: Any = params.Query(None)
_SOUGHT: Any = params.Query(..., min_length=1, max_length=200)
_MINE: Any = params.Query(False)  # noqa: FBT003 -- the default of a parameter
door = Door("documents")


class DocumentRowOut(Schema):
    """One document as a list shows it."""

    code: str
    direction: str
    state: str
    kind_name: str
    number: str
    notation: str
    issued_on: date | None
    issuer_name: str
    subject: str
    urgency: int
    due_on: date | None
    ordinal: int | None
    registered_at: datetime | None


class DocumentPage(Schema):
    """One page of documents; the cursors lead on, there is no total."""

    rows: list[DocumentRowOut]
    next: str = ""
    previous: str = ""


class DocumentStepRowOut(Schema):
    """One open step as a work list shows it."""

    code: str
    seq: int
    kind: str
    unit_code: str
    assignee_name: str
    words: str
    opened_at: datetime
    due_at: datetime


class DocumentStepPage(Schema):
    """One page of open steps, the most urgent first."""

    rows: list[DocumentStepRowOut]
    next: str = ""
    previous: str = ""


class DocumentFileOut(Schema):
    """One file of a document."""

    seq: int
    role: str
    name: str
    description: str
    at: datetime
    is_gone: bool


class DocumentMoveOut(Schema):
    """One act on a document."""

    seq: int
    at: datetime
    act: str
    was: str
    state: str
    by_name: str
    note: str


class DocumentStepOut(Schema):
    """One step of a document."""

    seq: int
    kind: str
    assignee_name: str
    words: str
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    result: str


class RecipientOut(Schema):
    """One recipient of a document."""

    seq: int
    name: str
    way: str
    code: str


class DocumentOut(Schema):
    """One document with its files, steps, recipients and history."""

    document: DocumentRowOut
    files: list[DocumentFileOut]
    steps: list[DocumentStepOut]
    moves: list[DocumentMoveOut]
    recipients: list[RecipientOut]


class DocumentFileBody(Schema):
    """A file of a document, sent as an upload before."""

    upload_token: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=200)
    role: documents.FileRole = documents.FileRole.MAIN


class EntryBody(Schema):
    """What the register says of a document."""

    subject: str = Field(min_length=1, max_length=1000)
    issuer_name: str = Field(min_length=1, max_length=300)
    kind_name: str = Field("Công văn", max_length=100)
    number: str = Field("", max_length=20)
    notation: str = Field("", max_length=60)
    issued_on: date | None = None
    issuer_code: str = Field("", max_length=35)
    signer_name: str = Field("", max_length=200)
    due_on: date | None = None


class EntryCorrectionBody(EntryBody):
    """What the register is to say, and why it changes."""

    reason: str = Field(min_length=1, max_length=1000)


class ArrivalBody(EntryBody):
    """A document that came in."""

    agency_code: str = Field(max_length=35)
    unit_code: str = Field(max_length=35)
    source: documents.Source = documents.Source.HAND
    files: list[DocumentFileBody] = Field([], max_length=30)


class RouteBody(Schema):
    """Before which unit a document is brought."""

    unit_code: str = Field(max_length=35)
    words: str = Field("", max_length=2000)


class RegisterBody(Schema):
    """Before whom a registered document goes, if it goes on at once."""

    to_unit_code: str = Field("", max_length=35)
    words: str = Field("", max_length=2000)


class WhyBody(Schema):
    """Why, or what came of it."""

    reason: str = Field(min_length=1, max_length=2000)


class DirectiveLineBody(Schema):
    """One unit named in a directive, and its part."""

    part: documents.ScopeRole
    unit_code: str = Field(max_length=35)
    words: str = Field("", max_length=2000)
    due_at: datetime | None = None


class DirectiveBody(Schema):
    """A directive on a document."""

    words: str = Field(min_length=1, max_length=4000)
    lines: list[DirectiveLineBody] = Field([], max_length=50)
    due_at: datetime | None = None


class NewDraftBody(Schema):
    """A document that is written here, as a file."""

    agency_code: str = Field(max_length=35)
    unit_code: str = Field(max_length=35)
    kind: int = Field(ge=0, le=99)
    subject: str = Field(min_length=1, max_length=1000)
    text: str = Field("", max_length=50_000)
    upload_token: str = Field("", max_length=64)
    file_name: str = Field("", max_length=200)
    answers: str = Field("", max_length=60)


@door.reads("/documents", Scope.READ_DOCUMENTS, DocumentPage, "Danh sách văn bản")
def list_documents(
    request: ActorRequest,
    direction: documents.Direction | None = _DIRECTION,
    after: str = AFTER,
    limit: int = LIMIT,
) -> Any:
    """Return the newest documents one may see, of one direction if asked."""
    page = documents.documents_for(
        request.actor, direction=direction, after=paging.decode(after), limit=limit
    )
    return listed(page, _row)


@door.reads("/documents/search", Scope.READ_DOCUMENTS, DocumentPage, "Tìm văn bản")
def search(request: ActorRequest, q: str = _SOUGHT, after: str = AFTER, limit: int = LIMIT) -> Any:
    """Return documents whose words fit, exact tones first and of those the newest."""
    page = documents.search_documents(
        request.actor,
        documents.Wanted(words=q),
        today=local_day(now()),
        after=paging.decode(after),
        limit=limit,
    )
    return listed(page, lambda found: _row(found.document))


@door.reads("/document-work", Scope.READ_DOCUMENTS, DocumentStepPage, "Việc văn bản đang chờ")
def list_work(
    request: ActorRequest, *, mine: bool = _MINE, after: str = AFTER, limit: int = LIMIT
) -> Any:
    """Return the open steps of one's units (`mine`: one's own), the most urgent first."""
    only = documents.StepFilter(mine=True) if mine else None
    page = documents.steps_for(request.actor, only=only, after=paging.decode(after), limit=limit)
    return listed(
        page, lambda row: row_of(DocumentStepRowOut, row, unit_code=unit_code(row.unit_id))
    )


@door.reads("/documents/{code}", Scope.READ_DOCUMENTS, DocumentOut, "Đọc một văn bản")
def read_document(request: ActorRequest, code: str) -> Any:
    """Return one document with its files, steps, recipients and history."""
    found = documents.whole(documents.get_document_for(request.actor, code))
    files = [row_of(DocumentFileOut, one, is_gone=one.gone_at is not None) for one in found.files]
    return plain_json(
        {
            "document": _row(found.document),
            "files": files,
            "steps": [row_of(DocumentStepOut, one) for one in found.steps],
            "moves": [row_of(DocumentMoveOut, one) for one in found.moves],
            "recipients": [row_of(RecipientOut, one) for one in found.recipients],
        }
    )


@door.reads("/documents/{code}/files/{seq}", Scope.READ_DOCUMENTS, None, "Tải tệp của văn bản")
def read_file(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Hand out one file of a document."""
    found = documents.whole(documents.get_document_for(request.actor, code))
    file = next((one for one in found.files if one.seq == seq and one.gone_at is None), None)
    if file is None:
        raise NotFound("Văn bản không có tệp này.")
    return file_response(file.file, file.name)


@door.makes("/documents", Scope.ACT_ON_DOCUMENTS, Filed, "Nhận văn bản đến")
def take_arrival(request: ActorRequest, body: ArrivalBody) -> Any:
    """Take a document in; it waits at the registry until it is registered or refused."""
    at, by = now(), request.actor
    arrival = documents.ArrivalIn(
        agency_id=agency_of(body.agency_code).id,
        unit_id=unit_of(body.unit_code).id,
        source=body.source,
        arrived_at=at,
        entry=_entry(body),
        files=_files(body.files, by, at),
    )
    return Status(201, Filed(code=documents.take_arrival(arrival, by=by, at=at).code))


@door.acts("/documents/{code}/register", Scope.ACT_ON_DOCUMENTS, Filed, "Đăng ký văn bản đến")
def register(request: ActorRequest, code: str, body: RegisterBody) -> Any:
    """Give the arrival number, and bring the document before who directs it."""
    to = None
    if body.to_unit_code:
        unit = unit_of(body.to_unit_code, "to_unit_code")
        to = documents.RouteIn(unit.id, words=body.words)
    return documents.register(code, by=request.actor, at=now(), to=to)


@door.acts("/documents/{code}/refuse", Scope.ACT_ON_DOCUMENTS, Filed, "Từ chối văn bản đến")
def refuse(request: ActorRequest, code: str, body: WhyBody) -> Any:
    """Refuse a document before it is registered: not for us, or not in order."""
    return documents.refuse_arrival(code, body.reason, by=request.actor, at=now())


@door.acts("/documents/{code}/entry", Scope.ACT_ON_DOCUMENTS, Filed, "Sửa thông tin đăng ký")
def correct(request: ActorRequest, code: str, body: EntryCorrectionBody) -> Any:
    """Correct what the register says; what stood there stays readable in the history."""
    return documents.correct_entry(code, _entry(body), body.reason, by=request.actor, at=now())


@door.acts("/documents/{code}/bring", Scope.ACT_ON_DOCUMENTS, Filed, "Trình văn bản")
def bring(request: ActorRequest, code: str, body: RouteBody) -> Any:
    """Bring a registered document before who directs it."""
    return documents.bring_before(code, _route(body), by=request.actor, at=now())


@door.acts("/documents/{code}/steps/{seq}/direct", Scope.ACT_ON_DOCUMENTS, Filed, "Cho ý kiến")
def direct(request: ActorRequest, code: str, body: DirectiveBody, seq: int = NUMBER) -> Any:
    """Write a directive: lead and help become one task, the others are told.

    Needs the power to direct, which no application is given.
    """
    lines = [
        documents.LineIn(
            one.part, unit_of(one.unit_code, "lines").id, words=one.words, due_at=one.due_at
        )
        for one in body.lines
    ]
    directive = documents.DirectiveIn(body.words, lines, body.due_at)
    return documents.direct(code, seq, directive, by=request.actor, at=now())


@door.acts("/documents/{code}/steps/{seq}/read", Scope.ACT_ON_DOCUMENTS, Filed, "Đánh dấu đã đọc")
def mark_read(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Say that what was only to be known has been read."""
    return documents.mark_read(code, seq, by=request.actor, at=now())


@door.acts("/documents/{code}/steps/{seq}/pass", Scope.ACT_ON_DOCUMENTS, Filed, "Chuyển người khác")
def pass_on(request: ActorRequest, code: str, body: RouteBody, seq: int = NUMBER) -> Any:
    """Bring the document before somebody else, who directs it in one's place."""
    return documents.pass_on(code, seq, _route(body), by=request.actor, at=now())


@door.acts("/documents/{code}/finish", Scope.ACT_ON_DOCUMENTS, Filed, "Kết thúc xử lý")
def finish(request: ActorRequest, code: str, body: WhyBody) -> Any:
    """End the handling, saying what came of it."""
    return documents.finish(code, body.reason, by=request.actor, at=now())


@door.acts("/documents/{code}/give-back", Scope.ACT_ON_DOCUMENTS, Filed, "Trả lại nơi gửi")
def give_back(request: ActorRequest, code: str, body: WhyBody) -> Any:
    """Return a registered document that was not for us; its number stays in the book."""
    return documents.give_back(code, body.reason, by=request.actor, at=now())


@door.makes("/document-drafts", Scope.ACT_ON_DOCUMENTS, Filed, "Soạn văn bản")
def begin_draft(request: ActorRequest, body: NewDraftBody) -> Any:
    """Begin to write a document: with its text, or as a file."""
    at, by = now(), request.actor
    stored = stored_file(body.upload_token, by, at, what=body.file_name)
    draft = documents.DraftIn(
        agency_id=agency_of(body.agency_code).id,
        unit_id=unit_of(body.unit_code).id,
        kind=body.kind,
        subject=body.subject,
        body=documents.DraftBody(body.text) if body.text else None,
        file_id=stored.pk if stored else None,
        file_name=body.file_name,
        answers=body.answers,
    )
    return Status(201, Filed(code=documents.begin_draft(draft, by=by, at=at).code))


@door.acts("/document-drafts/{code}/submit", Scope.ACT_ON_DOCUMENTS, Filed, "Trình dự thảo")
def submit(request: ActorRequest, code: str, body: RouteBody) -> Any:
    """Submit the draft to who approves it first."""
    return documents.submit(code, _route(body), by=request.actor, at=now())


@door.acts("/document-drafts/{code}/comment", Scope.ACT_ON_DOCUMENTS, Filed, "Góp ý dự thảo")
def comment(request: ActorRequest, code: str, body: WhyBody) -> Any:
    """Say something of the newest version; the drafter answers it."""
    return documents.comment(code, body.reason, by=request.actor, at=now())


@door.acts("/document-drafts/{code}/take-back", Scope.ACT_ON_DOCUMENTS, Filed, "Rút lại dự thảo")
def take_back(request: ActorRequest, code: str) -> Any:
    """Take a submitted draft back, before anybody signs it."""
    return documents.take_back(code, by=request.actor, at=now())


@door.acts("/document-drafts/{code}/drop", Scope.ACT_ON_DOCUMENTS, Filed, "Bỏ dự thảo")
def drop(request: ActorRequest, code: str, body: WhyBody) -> Any:
    """Give a draft up; it stays readable."""
    return documents.drop_draft(code, body.reason, by=request.actor, at=now())


@door.acts("/documents/{code}/send", Scope.ACT_ON_DOCUMENTS, Filed, "Gửi văn bản đi")
def send(request: ActorRequest, code: str) -> Any:
    """Send an issued document to everybody who has not got it."""
    return documents.send(code, by=request.actor, at=now())


def _row(one: documents.Document) -> dict[str, object]:
    return row_of(DocumentRowOut, one)


def _entry(body: EntryBody) -> documents.EntryIn:
    return documents.EntryIn(
        subject=body.subject,
        issuer_name=body.issuer_name,
        kind_name=body.kind_name,
        number=body.number,
        notation=body.notation,
        issued_on=body.issued_on,
        issuer_code=body.issuer_code,
        signer_name=body.signer_name,
        due_on=body.due_on,
    )


def _route(body: RouteBody) -> documents.RouteIn:
    return documents.RouteIn(unit_of(body.unit_code).id, words=body.words)


def _files(bodies: list[DocumentFileBody], by: Actor, at: datetime) -> list[documents.FileIn]:
    found = [(one, stored_file(one.upload_token, by, at, what=one.name)) for one in bodies]
    return [documents.FileIn(one.role, stored.pk, one.name) for one, stored in found if stored]
