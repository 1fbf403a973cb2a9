"""Ask other units and outside bodies, in parallel, each with its deadline.

Source: docs/law/one-stop.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from motcua.casework.dossiers.choices import Act, ScopeRole, Status
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError
from motcua.casework.dossiers.models import Consultation, Dossier, DossierStep
from motcua.casework.dossiers.models.parts import Part
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotFound

from .arriving import check_arrived
from .indexing import let_find
from .rights import handling_unit
from .stepping import WORKABLE
from .steps import steps_of
from .telling import let_see, lock_dossier, part_seq, tell

T = TypeVar("T", bound=Part)


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
    dossier, steps = at_work(code)
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
    tell_at_work(dossier, Act.CONSULT, asking, by=by, at=at, note=question, detail=detail)
    return dossier


def at_work(code: str) -> tuple[Dossier, Sequence[DossierStep]]:
    """Return the dossier, locked and at work, with its steps.

    Raises: NoSuchDossier, DossierError, StepNotOpen while its papers are on their way.
    """
    dossier = lock_dossier(code)
    if dossier.status not in WORKABLE:
        message = f"Hồ sơ {code} đang ở “{Status(dossier.status).label}”, không phải đang xử lý."
        raise DossierError(message)
    check_arrived(dossier)
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


def tell_at_work(  # noqa: PLR0913 -- as `tell`, which it calls
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
    asked = locked_part(Consultation, dossier, seq)
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


def locked_part(model: type[T], dossier: Dossier, seq: int) -> T:
    """Return one part of a dossier, locked. Raises: NotFound."""
    try:
        return work.lock(model, dossier_id=dossier.pk, seq=seq)
    except model.DoesNotExist as error:
        message = "Không tìm thấy mục này trong hồ sơ."
        raise NotFound(message) from error
