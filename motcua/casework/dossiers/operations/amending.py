"""The applicant has found the draft wrong: its handler corrects the form's answers, with reason.

Source: docs/law/one-stop.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import Act
from motcua.casework.dossiers.errors import StepNotOpen
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierStep
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind, StepResult
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .answering import answers_of, put_answers
from .stepping import begin, check_hand, open_step
from .telling import tell

_LOOKS_ON = frozenset(
    {StepKind.APPROVAL, StepKind.DECISION, StepKind.APPLICANT_CONFIRMS, StepKind.HAND_OVER}
)


@work.story
def correct_answers(
    code: str,
    step_seq: int | str,
    answers: Mapping[str, Any],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Put right what the form says, after the applicant has said what is wrong with the draft.

    `answers` are all answers as they are now; what each was and is stands in the trail. The new
    draft goes to the applicant again when the step is completed.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, BadInput, AnswersWrong.
    """
    dossier, step, steps = open_step(code, step_seq)
    check_hand(step, by)
    if step.kind in _LOOKS_ON or not wrong_draft(steps):
        message = f"Tờ khai của hồ sơ {code} chỉ sửa được khi người nộp đã báo bản nháp chưa đúng."
        raise StepNotOpen(message)
    if not reason.strip():
        message = "Hãy ghi lý do sửa."
        raise BadInput(message, field="reason")
    definition = procedures.definition_of(dossier.procedure_version_id)
    changed = put_answers(dossier, definition, answers_of(dossier), answers)
    if not changed:
        message = "Không có gì khác với tờ khai đang có."
        raise BadInput(message, field="reason")
    was = begin(dossier)
    tell(
        dossier,
        Act.CORRECT_ANSWERS,
        by=by,
        at=at,
        was=was,
        note=reason,
        unit_id=step.unit_id,
        detail={"step": step.code, "changed": changed},
    )
    return dossier


def wrong_draft(steps: Sequence[DossierStep]) -> DossierStep | None:
    """Return the step in which the applicant found the draft wrong, if no other was shown since."""
    asked = [step for step in steps if step.kind == StepKind.APPLICANT_CONFIRMS]
    latest = max(asked, key=lambda step: step.seq, default=None)
    return latest if latest is not None and latest.result == StepResult.RETURNED else None


def check_drafted_anew(steps: Sequence[DossierStep], drafts: Sequence[DossierOutcome]) -> None:
    """A file in which the applicant has found an error is not shown to them again.

    A draft set by the version's own text says by itself what the form says now.

    Raises: BadInput.
    """
    wrong = wrong_draft(steps)
    if wrong is None or wrong.closed_at is None:
        return
    if any(one.file_id is not None and one.drafted_at <= wrong.closed_at for one in drafts):
        message = "Người nộp đã báo tệp dự thảo chưa đúng; hãy lập dự thảo mới từ mẫu hoặc gửi tệp."
        raise BadInput(message, field="file")
