"""The applicant looks at the draft of the outcome before it is signed; silence counts by law only.

Source: docs/law/one-stop.md
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from motcua.casework.dossiers.choices import Act, Status
from motcua.casework.dossiers.errors import StepNotOpen
from motcua.casework.dossiers.models import Consultation, Dossier, DossierStep
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind, StepResult
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .finishing import asked_in
from .initialling import announce_signing
from .rights import require_applicant_or_desk
from .stepping import WENT_ON, WORKABLE, begin, close, end_wait_of_step, go_on
from .steps import steps_of
from .telling import lock_dossier, tell

P = TypeVar("P", Consultation, DossierStep)
_SILENT_KINDS = (StepKind.CONSULTATION, StepKind.APPLICANT_CONFIRMS, StepKind.TIMER)
_AT_ONCE = 500
_SILENCE = "Quá hạn không trả lời, coi như đồng ý theo quy định của thủ tục."
_IN_TIME = "Đã chờ đủ thời gian theo quy trình."


@work.story
def confirm_draft(
    code: str, *, is_right: bool, comment: str = "", by: Actor, at: datetime
) -> Dossier:
    """Say that the draft is right, or what is wrong with it; then it goes back to be corrected.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, BadInput.
    """
    dossier = lock_dossier(code)
    require_applicant_or_desk(dossier, by)
    steps = steps_of(dossier)
    step = _confirming(dossier, steps)
    if not is_right and not comment.strip():
        message = said("Hãy ghi chỗ sai trong bản nháp.")
        raise BadInput(message, field="comment")
    was = begin(dossier)
    definition = procedures.definition_of(dossier.procedure_version_id)
    close(step, StepResult.DONE if is_right else StepResult.RETURNED, comment, by=by, at=at)
    end_wait_of_step(dossier, definition, step, by=by, at=at)
    if is_right:
        work.put(_CONFIRMED, [at, dossier.pk])
    opened = go_on(dossier, definition, steps, at=at)
    announce_signing(dossier, definition, opened, by=by, at=at)
    tell(
        dossier,
        Act.CONFIRM_DRAFT,
        by=by,
        at=at,
        was=was,
        note=comment,
        changed=WENT_ON,
        detail={"is_right": is_right},
    )
    return dossier


def _confirming(dossier: Dossier, steps: list[DossierStep]) -> DossierStep:
    """Raises: StepNotOpen."""
    for step in steps:
        if step.closed_at is None and step.kind == StepKind.APPLICANT_CONFIRMS:
            return step
    message = said("Hồ sơ %(code)s không chờ xác nhận bản nháp.", code=dossier.code)
    raise StepNotOpen(message)


def close_silent(*, at: datetime) -> int:
    """Let silence be consent where the version says so, and end the steps that only wait.

    Return how many questions and steps it ended. Each has its own story; what cannot be closed now
    is tried again at the next turn, and keeps nothing behind it waiting.
    """
    questions = Consultation.objects.filter(
        silence_is_consent=True,
        answered_at__isnull=True,
        due_at__lt=at,
        dossier__status__in=WORKABLE,
    )
    answered = [_accept(code, seq, at=at) for _, seq, code in _each(questions)]
    steps = DossierStep.objects.filter(
        closed_at__isnull=True,
        kind__in=_SILENT_KINDS,
        due_at__lt=at,
        dossier__status__in=WORKABLE,
    )
    closed = [
        _close_step(code, seq, at=at)
        for _, seq, code, *step in _each(steps, "kind", "code", "dossier__procedure_version_id")
        if _ends_by_itself(*step)
    ]
    return sum(answered) + sum(closed)


def _each(rows: QuerySet[P], *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield key, code and these values of every row, a page at a time."""
    after = (0, 0)
    found = rows.order_by("pk").values_list("dossier_id", "seq", "dossier__code", *names)
    while page := list(found.filter(pk__gt=after)[:_AT_ONCE]):
        yield from page
        after = page[-1][:2]


def _ends_by_itself(kind: str, code: str, version_id: int) -> bool:
    """Say whether a step only waits, or whether silence is consent in it."""
    process = procedures.definition_of(version_id).process
    known = {one.code: one for one in process.steps} if process else {}
    return code in known and (kind == StepKind.TIMER or known[code].silence_is_consent)


@work.story
def _accept(code: str, seq: int, *, at: datetime) -> bool:
    """Answer one question by silence."""
    dossier = lock_dossier(code)
    asked = work.lock(Consultation, dossier_id=dossier.pk, seq=seq)
    if asked.answered_at is not None or dossier.status not in WORKABLE:
        return False
    asked.answered_at, asked.answered_by_name = at, SYSTEM.name
    asked.agrees, asked.answer = True, _SILENCE
    work.update(asked, "answered_at", "answered_by_name", "agrees", "answer")
    detail = {"seq": seq, "agrees": True, "silent": True}
    act, was = Act.ANSWER_CONSULTATION, Status(dossier.status)
    tell(dossier, act, by=SYSTEM, at=at, was=was, note=_SILENCE, detail=detail)
    return True


@work.story
def _close_step(code: str, seq: int, *, at: datetime) -> bool:
    """Close one step whose time is over: one that only waits, or by silence where that counts."""
    dossier = lock_dossier(code)
    steps = steps_of(dossier)
    step = next((s for s in steps if s.seq == seq and s.closed_at is None), None)
    definition = procedures.definition_of(dossier.procedure_version_id)
    if step is None or dossier.status not in WORKABLE or step.due_at >= at:
        return False
    is_timer = step.kind == StepKind.TIMER
    if not _ends_by_itself(step.kind, step.code, dossier.procedure_version_id):
        return False
    if step.kind == StepKind.CONSULTATION and not _is_answered(dossier, step):
        return False
    was = begin(dossier)
    result, note = (StepResult.DONE, _IN_TIME) if is_timer else (StepResult.SILENT, _SILENCE)
    close(step, result, note, by=SYSTEM, at=at)
    end_wait_of_step(dossier, definition, step, by=SYSTEM, at=at)
    opened = go_on(dossier, definition, steps, at=at)
    announce_signing(dossier, definition, opened, by=SYSTEM, at=at)
    detail = {"step": step.code, "silent": not is_timer}
    act, unit_id = Act.COMPLETE, step.unit_id
    tell(
        dossier,
        act,
        by=SYSTEM,
        at=at,
        was=was,
        note=note,
        unit_id=unit_id,
        changed=WENT_ON,
        detail=detail,
    )
    return True


def _is_answered(dossier: Dossier, step: DossierStep) -> bool:
    """Say whether somebody was asked and nobody is left to answer: only a question has silence."""
    asked = asked_in(dossier, step)
    return bool(asked) and all(one.answered_at is not None for one in asked)


_CONFIRMED = "UPDATE dossiers_dossieranswers SET draft_confirmed_at = %s WHERE dossier_id = %s"
