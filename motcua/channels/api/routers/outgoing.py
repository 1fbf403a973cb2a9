"""Documents that go out, beyond their drafts: versions, recipients, recall, urging."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.casework.documents import api as documents
from motcua.channels.api.applying import stored_file
from motcua.channels.api.door import NUMBER, Door
from motcua.channels.api.naming import agency_of
from motcua.channels.api.shapes import Filed
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib.clock import now

ACT = Scope.ACT_ON_DOCUMENTS
door = Door("outgoing")


class RevisionBody(Schema):
    """Another version of a draft: its text, or its Word file."""

    subject: str = Field("", max_length=1000)
    text: str = Field("", max_length=50_000)
    upload_token: str = Field("", max_length=64)
    file_name: str = Field("", max_length=200)
    due_on: date | None = None
    note: str = Field("", max_length=1000)


class RecipientBody(Schema):
    """To whom a document goes: an agency of the province by its code, or anybody by name."""

    name: str = Field("", max_length=300)
    way: documents.Way = documents.Way.INSIDE
    agency_code: str = Field("", max_length=35)
    code: str = Field("", max_length=35)


class RecipientsBody(Schema):
    """To whom a document goes."""

    recipients: list[RecipientBody] = Field(min_length=1, max_length=300)


class RecallBody(Schema):
    """Why a document is recalled, and from whom; from everybody if nobody is named."""

    reason: str = Field(min_length=1, max_length=1000)
    only_codes: list[str] = Field([], max_length=300)


class UpdateBody(Schema):
    """What is brought up to date at everybody who has the document."""

    reason: str = Field(min_length=1, max_length=1000)
    due_on: date


class ChaseBody(Schema):
    """Which recipients, by their numbers in the document, and what they are told."""

    places: list[int] = Field(min_length=1, max_length=300)
    words: str = Field("", max_length=1000)


class AnsweredBody(Schema):
    """Which recipients answered by a way nobody tells the system of, and with what."""

    places: list[int] = Field(min_length=1, max_length=300)
    words: str = Field(min_length=1, max_length=1000)


class RemindBody(Schema):
    """What those who should deal with a document are told."""

    words: str = Field("", max_length=1000)


class SettledBody(Schema):
    """What came of an opinion: taken, or why not."""

    is_taken: bool
    answer: str = Field("", max_length=2000)


@door.acts("/document-drafts/{code}/revise", ACT, Filed, "Sửa bản dự thảo")
def revise(request: ActorRequest, code: str, body: RevisionBody) -> Any:
    """Write another version; all before it stay readable. Without a day nobody has to answer."""
    at, by = now(), request.actor
    stored = stored_file(body.upload_token, by, at, what=body.file_name)
    return documents.revise(
        code,
        by=by,
        at=at,
        due_on=body.due_on,
        body=documents.DraftBody(body.text) if body.text else None,
        file_id=stored.pk if stored else None,
        file_name=body.file_name,
        subject=body.subject,
        note=body.note,
    )


@door.puts("/document-drafts/{code}/recipients", ACT, Filed, "Ghi nơi nhận của dự thảo")
def set_recipients(request: ActorRequest, code: str, body: RecipientsBody) -> Any:
    """Say anew to whom the document will go."""
    return documents.set_recipients(code, _recipients(body), by=request.actor, at=now())


@door.acts("/document-drafts/{code}/opinions/{seq}/settle", ACT, Filed, "Giải trình ý kiến góp ý")
def settle_opinion(request: ActorRequest, code: str, body: SettledBody, seq: int = NUMBER) -> Any:
    """Say what came of an opinion on a draft."""
    return documents.settle_opinion(
        code, seq, body.answer, is_taken=body.is_taken, by=request.actor, at=now()
    )


@door.acts("/documents/{code}/recipients", ACT, Filed, "Thêm nơi nhận văn bản đã ban hành")
def add_recipients(request: ActorRequest, code: str, body: RecipientsBody) -> Any:
    """Add places that are to get an issued document too; sending goes to them alone."""
    return documents.add_recipients(code, _recipients(body), by=request.actor, at=now())


@door.acts("/documents/{code}/recall", ACT, Filed, "Thu hồi văn bản")
def recall(request: ActorRequest, code: str, body: RecallBody) -> Any:
    """Recall an issued document: whoever has it is asked to give it back."""
    return documents.recall(code, body.reason, only=body.only_codes, by=request.actor, at=now())


@door.acts("/documents/{code}/update", ACT, Filed, "Cập nhật văn bản đã gửi")
def update_sent(request: ActorRequest, code: str, body: UpdateBody) -> Any:
    """Give a sent document another day by which to answer, at everybody who has it by wire."""
    update = documents.UpdateIn(body.reason, due_on=body.due_on)
    return documents.update_sent(code, update, by=request.actor, at=now())


@door.acts("/documents/{code}/chase", ACT, Filed, "Đôn đốc nơi nhận trả lời")
def chase(request: ActorRequest, code: str, body: ChaseBody) -> Any:
    """Remind recipients of what they have not answered."""
    return documents.chase(code, body.places, body.words, by=request.actor, at=now())


@door.acts("/documents/{code}/answered", ACT, Filed, "Ghi nơi nhận đã trả lời")
def note_answer(request: ActorRequest, code: str, body: AnsweredBody) -> Any:
    """Note that recipients answered on paper or by telephone."""
    return documents.note_answer(code, body.places, body.words, by=request.actor, at=now())


@door.acts("/documents/{code}/remind", ACT, Filed, "Nhắc nơi đang giải quyết")
def remind(request: ActorRequest, code: str, body: RemindBody) -> Any:
    """Remind who should deal with a document that came in."""
    return documents.remind(code, body.words, by=request.actor, at=now())


def _recipients(body: RecipientsBody) -> list[documents.RecipientIn]:
    return [_recipient(one) for one in body.recipients]


def _recipient(one: RecipientBody) -> documents.RecipientIn:
    if not one.agency_code:
        return documents.RecipientIn(one.name, one.way, code=one.code)
    agency = agency_of(one.agency_code, "recipients")
    return documents.RecipientIn(one.name or agency.name, one.way, agency.id, agency.code)
