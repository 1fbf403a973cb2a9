"""What a handler does: take, complete, return, consult, wait, visit, draft."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures.api import Ground
from motcua.channels.api.applying import stored_file
from motcua.channels.api.door import NUMBER, Door
from motcua.channels.api.naming import step_of, unit_of
from motcua.channels.api.shapes import ActBody, Filed, ProposalBody
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib.clock import now

door = Door("work")


class QuestionBody(Schema):
    """A question to a unit, or to a body outside the system."""

    question: str = Field(min_length=1, max_length=4000)
    due_at: datetime
    unit_code: str = Field("", max_length=35)
    outside_body: str = Field("", max_length=300)


class AnswerBody(Schema):
    """The answer to a question."""

    agrees: bool
    answer: str = Field("", max_length=8000)


class WaitBody(Schema):
    """For what the office waits; the version says what that does to the limit."""

    ground: Ground
    note: str = Field("", max_length=1000)


class NoteBody(Schema):
    """A remark."""

    note: str = Field("", max_length=1000)


class VisitBody(Schema):
    """An appointment in the field."""

    planned_at: datetime
    place: str = Field(min_length=1, max_length=300)
    who: str = Field("", max_length=300)


class PhotoBody(Schema):
    """A picture, sent as an upload before."""

    upload_token: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=200)


class MinutesBody(Schema):
    """What was found on a visit."""

    minutes: str = Field(min_length=1, max_length=8000)
    photos: list[PhotoBody] = Field([], max_length=30)


class OutcomeBody(Schema):
    """A draft of the outcome: by the version's own text, its Word template, or a file."""

    outcome: dossiers.OutcomeKind = dossiers.OutcomeKind.GRANTED
    reason: str = Field("", max_length=2000)
    comment: str = Field("", max_length=2000)
    spec_codes: list[str] = Field([], max_length=20)
    serial: str = Field("", max_length=1000)
    entries: dict[str, Any] = {}
    upload_token: str = Field("", max_length=64)
    file_name: str = Field("", max_length=200)
    from_template: bool = False
    on_paper: bool = False


class AnswersCorrectionBody(Schema):
    """Answers put right after the applicant found the draft wrong."""

    answers: dict[str, Any]
    reason: str = Field(min_length=1, max_length=1000)


@door.acts("/dossiers/{code}/steps/{step}/take", Scope.HANDLE, Filed, "Nhận việc")
def take(request: ActorRequest, code: str, step: str) -> Any:
    """Take an open step for oneself; a step is named by its number or its code."""
    return dossiers.take_step(code, step_of(step), by=request.actor, at=now())


@door.acts("/dossiers/{code}/steps/{step}/complete", Scope.HANDLE, Filed, "Xong một bước")
def complete(request: ActorRequest, code: str, step: str, body: ProposalBody) -> Any:
    """Finish a step that is not a decision, with a proposal if one is ready."""
    proposal = dossiers.Proposal(body.outcome, body.reason) if body.outcome else None
    return dossiers.complete_step(
        code, step_of(step), by=request.actor, at=now(), comment=body.comment, proposal=proposal
    )


@door.acts("/dossiers/{code}/steps/{step}/return", Scope.HANDLE, Filed, "Trả lại bước trước")
def send_back(request: ActorRequest, code: str, step: str, body: ActBody) -> Any:
    """Send back what is to be done again."""
    return dossiers.return_step(
        code, step_of(step), comment=body.comment, by=request.actor, at=now()
    )


@door.acts("/dossiers/{code}/steps/{step}/outcome", Scope.HANDLE, Filed, "Dự thảo kết quả")
def draft_outcome(request: ActorRequest, code: str, step: str, body: OutcomeBody) -> Any:
    """Keep drafts of the outcomes and the opinion; the step stays open."""
    at, by = now(), request.actor
    stored = stored_file(body.upload_token, by, at, what=body.file_name)
    proposal = dossiers.Proposal(
        body.outcome,
        body.reason,
        file_id=stored.pk if stored else None,
        file_name=body.file_name,
        spec_codes=tuple(body.spec_codes),
        serial=body.serial,
        entries=body.entries,
        from_template=body.from_template,
        on_paper=body.on_paper,
    )
    dossiers.draft_outcome(code, step_of(step), proposal, comment=body.comment, by=by, at=at)
    return {"code": code}


@door.acts("/dossiers/{code}/steps/{step}/answers", Scope.HANDLE, Filed, "Sửa tờ khai")
def correct_answers(
    request: ActorRequest, code: str, step: str, body: AnswersCorrectionBody
) -> Any:
    """Put right what the form says, after the applicant has said what is wrong with the draft."""
    return dossiers.correct_answers(
        code, step_of(step), body.answers, body.reason, by=request.actor, at=now()
    )


@door.acts("/dossiers/{code}/consultations", Scope.HANDLE, Filed, "Xin ý kiến")
def consult(request: ActorRequest, code: str, body: QuestionBody) -> Any:
    """Ask a unit, or a body outside the system, for its opinion until a moment."""
    unit_id = unit_of(body.unit_code).id if body.unit_code else None
    return dossiers.consult(
        code,
        question=body.question,
        due_at=body.due_at,
        by=request.actor,
        at=now(),
        unit_id=unit_id,
        outside_body=body.outside_body,
    )


@door.acts("/dossiers/{code}/consultations/{seq}/answer", Scope.HANDLE, Filed, "Trả lời xin ý kiến")
def answer(request: ActorRequest, code: str, body: AnswerBody, seq: int = NUMBER) -> Any:
    """Answer, from the unit that was asked; of an outside body whoever asked notes the answer."""
    return dossiers.answer_consultation(
        code, seq, agrees=body.agrees, answer=body.answer, by=request.actor, at=now()
    )


@door.acts("/dossiers/{code}/wait", Scope.HANDLE, Filed, "Bắt đầu chờ")
def start_waiting(request: ActorRequest, code: str, body: WaitBody) -> Any:
    """Begin a time in which the office waits."""
    return dossiers.start_waiting(code, body.ground, body.note, by=request.actor, at=now())


@door.acts("/dossiers/{code}/resume", Scope.HANDLE, Filed, "Hết chờ, làm tiếp")
def end_waiting(request: ActorRequest, code: str, body: NoteBody) -> Any:
    """Go on after a wait; the promise moves as the version says."""
    return dossiers.end_waiting(code, body.note, by=request.actor, at=now())


@door.acts("/dossiers/{code}/visits", Scope.HANDLE, Filed, "Hẹn kiểm tra thực địa")
def plan_visit(request: ActorRequest, code: str, body: VisitBody) -> Any:
    """Make an appointment for a visit to the field; the applicant is told."""
    return dossiers.field.plan_visit(
        code, body.planned_at, body.place, body.who, by=request.actor, at=now()
    )


@door.acts("/dossiers/{code}/visits/{seq}/minutes", Scope.HANDLE, Filed, "Ghi biên bản thực địa")
def record_visit(request: ActorRequest, code: str, body: MinutesBody, seq: int = NUMBER) -> Any:
    """Record what was found on the visit, once, with the pictures taken there."""
    at, by = now(), request.actor
    found = [(stored_file(one.upload_token, by, at), one.name) for one in body.photos]
    photos = [dossiers.field.PhotoIn(stored.pk, name) for stored, name in found if stored]
    return dossiers.field.record_visit(code, seq, body.minutes, by=by, at=at, photos=photos)
