"""Ask other units and outside bodies, in parallel, each with its deadline; visit the field.

Source: docs/law/one-stop.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from motcua.casework.dossiers.choices import Act, ScopeRole, Status
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError
from motcua.casework.dossiers.models import Consultation, Dossier, DossierStep, Visit, VisitPhoto
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotFound

from .indexing import let_find
from .rights import handling_unit
from .stepping import WORKABLE
from .steps import steps_of
from .telling import let_see, lock_dossier, part_seq, tell

MOST_PHOTOS = 20
T = TypeVar("T", Consultation, Visit)


@work.story
def consult(  # noqa: PLR0913 -- whom, what, until when
    code: str,
    *,
    question: str,
    due_at: datetime,
    by: Actor,
    at: datetime,
    unit_id: int | None = None,
    outside_body: str = "",
) -> Dossier:
    """Ask a unit, or a body outside the system, for its opinion until `due_at`.

    Silence is consent only where the step of the version says so.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput, NoSuchUnit.
    """
    dossier, steps = _at_work(code)
    asking = handling_unit(dossier, steps, by)
    _check_question(question, due_at, at)
    if (unit_id is None) == (not outside_body.strip()):
        message = "Hãy chọn một đơn vị được hỏi, hoặc ghi tên cơ quan ngoài hệ thống."
        raise BadInput(message, field="unit")
    step = next(s for s in steps if s.closed_at is None and s.unit_id == asking)
    work.add(
        Consultation(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            step_seq=step.seq,
            unit_id=unit_id,
            outside_body=outside_body,
            question=question,
            asked_at=at,
            asked_by_name=by.name,
            due_at=due_at,
            silence_is_consent=_is_silence_consent(dossier, step),
        )
    )
    whom = outside_body
    if unit_id is not None:
        whom = organisation.name_of_unit(unit_id)
        let_see(dossier, [(unit_id, ScopeRole.CONSULTED)])
        let_find(dossier, unit_id)
    detail = {"whom": whom, "due_at": due_at.isoformat()}
    _tell(dossier, Act.CONSULT, asking, by=by, at=at, note=question, detail=detail)
    return dossier


def _at_work(code: str) -> tuple[Dossier, Sequence[DossierStep]]:
    """Raises: NoSuchDossier, DossierError."""
    dossier = lock_dossier(code)
    if dossier.status not in WORKABLE:
        message = f"Hồ sơ {code} đang ở “{Status(dossier.status).label}”, không phải đang xử lý."
        raise DossierError(message)
    return dossier, steps_of(dossier)


def _check_question(question: str, due_at: datetime, at: datetime) -> None:
    """Raises: BadInput."""
    if not question.strip():
        message = "Hãy ghi nội dung cần hỏi."
        raise BadInput(message, field="question")
    if due_at <= at:
        message = "Hạn trả lời phải ở sau lúc này."
        raise BadInput(message, field="due_at")


def _is_silence_consent(dossier: Dossier, step: DossierStep) -> bool:
    process = procedures.definition_of(dossier.procedure_version_id).process
    found = [one for one in process.steps if one.code == step.code] if process else []
    return any(one.silence_is_consent for one in found)


def _tell(  # noqa: PLR0913 -- as `tell`, which it calls
    dossier: Dossier,
    act: Act,
    unit_id: int,
    *,
    by: Actor,
    at: datetime,
    note: str,
    detail: Mapping[str, object],
) -> None:
    """Tell an act of the units at work; the first one turns “received” into “processing”."""
    was = Status(dossier.status)
    if was == Status.RECEIVED:
        dossier.move_to(Status.PROCESSING)
    tell(dossier, act, by=by, at=at, was=was, note=note, unit_id=unit_id, detail=detail)


@work.story
def answer_consultation(
    code: str, seq: int, *, agrees: bool, answer: str, by: Actor, at: datetime
) -> Dossier:
    """Answer, from the unit that was asked; for an outside body whoever asked notes its answer.

    Late answers are taken too: they are seen to be late.

    Raises: NoSuchDossier, NotFound, NotAllowed, AlreadyAnswered, BadInput.
    """
    dossier = lock_dossier(code)
    asked = _locked(Consultation, dossier, seq)
    unit_id = asked.unit_id
    if unit_id is None:
        unit_id = handling_unit(dossier, steps_of(dossier), by)
    elif not by.can(Power.APPROVE_DOSSIERS, unit_id=unit_id):
        by.require(Power.HANDLE_DOSSIERS, unit_id=unit_id)
    if asked.answered_at is not None:
        message = f"Câu hỏi này đã được {asked.answered_by_name} trả lời."
        raise AlreadyAnswered(message)
    if not answer.strip():
        message = "Hãy ghi nội dung trả lời."
        raise BadInput(message, field="answer")
    asked.answered_at, asked.answered_by_name = at, by.name
    asked.agrees, asked.answer = agrees, answer
    work.update(asked, "answered_at", "answered_by_name", "agrees", "answer")
    detail = {"seq": seq, "agrees": agrees, "late": at > asked.due_at}
    act, was = Act.ANSWER_CONSULTATION, Status(dossier.status)
    tell(dossier, act, by=by, at=at, was=was, note=answer, unit_id=unit_id, detail=detail)
    return dossier


def _locked(model: type[T], dossier: Dossier, seq: int) -> T:
    """Raises: NotFound."""
    try:
        return work.lock(model, dossier_id=dossier.pk, seq=seq)
    except model.DoesNotExist as error:
        message = "Không tìm thấy mục này trong hồ sơ."
        raise NotFound(message) from error


@work.story
def plan_visit(
    code: str, planned_at: datetime, place: str, who: str = "", *, by: Actor, at: datetime
) -> Dossier:
    """Make an appointment for a visit to the field; the applicant is told.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier, steps = _at_work(code)
    unit_id = handling_unit(dossier, steps, by)
    if planned_at <= at or not place.strip():
        message = "Hãy ghi nơi kiểm tra và lịch hẹn ở sau lúc này."
        raise BadInput(message, field="place" if planned_at > at else "planned_at")
    work.add(
        Visit(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            planned_at=planned_at,
            place=place,
            who=who,
            planned_by_name=by.name,
        )
    )
    detail = {"at": planned_at.isoformat(), "who": who}
    _tell(dossier, Act.PLAN_VISIT, unit_id, by=by, at=at, note=place, detail=detail)
    return dossier


class PhotoIn(NamedTuple):
    """A picture taken on a visit, already kept."""

    file_id: int
    file_name: str


@work.story
def record_visit(
    code: str,
    seq: int,
    minutes: str,
    *,
    by: Actor,
    at: datetime,
    photos: Sequence[PhotoIn] = (),
) -> Dossier:
    """Record what was found on the visit, once, with the pictures taken there.

    Raises: NoSuchDossier, NotFound, NotAllowed, AlreadyAnswered, BadInput.
    """
    dossier, steps = _at_work(code)
    unit_id = handling_unit(dossier, steps, by)
    visit = _locked(Visit, dossier, seq)
    if visit.done_at is not None:
        message = f"{visit.done_by_name} đã ghi biên bản lần kiểm tra này."
        raise AlreadyAnswered(message)
    if not minutes.strip():
        message = "Hãy ghi kết quả kiểm tra thực địa."
        raise BadInput(message, field="minutes")
    visit.done_at, visit.done_by_name, visit.minutes = at, by.name, minutes
    work.update(visit, "done_at", "done_by_name", "minutes")
    if len(photos) > MOST_PHOTOS:
        message = f"Mỗi lần kiểm tra kèm tối đa {MOST_PHOTOS} ảnh."
        raise BadInput(message, field="photos")
    work.add(*_photos(dossier, seq, photos, by=by, at=at))
    detail = {"seq": seq, "photos": len(photos)}
    _tell(dossier, Act.RECORD_VISIT, unit_id, by=by, at=at, note=minutes[:2000], detail=detail)
    return dossier


def _photos(
    dossier: Dossier, visit_seq: int, photos: Sequence[PhotoIn], *, by: Actor, at: datetime
) -> list[VisitPhoto]:
    return [
        VisitPhoto(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, index),
            visit_seq=visit_seq,
            file_id=photo.file_id,
            file_name=photo.file_name,
            added_at=at,
            added_by_name=by.name,
        )
        for index, photo in enumerate(photos)
    ]
