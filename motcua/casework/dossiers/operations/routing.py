"""Send back to the desk what came to the wrong place; do one thing to many dossiers.

Source: docs/law/one-stop.md
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.dossiers.choices import AT_DESK, Act, ScopeRole
from motcua.casework.dossiers.errors import StepNotOpen
from motcua.casework.dossiers.models import Dossier, DossierStep
from motcua.casework.processes.api import NO_LIMIT, StepKind, StepResult
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated, BadInput

from .handling import complete_step, decide
from .proposing import Proposal
from .stepping import begin, check_hand, close, open_step
from .telling import let_see, part_seq, tell
from .unsigning import end_signing

MOST_AT_ONCE = 200


@work.story
def send_back_to_desk(
    code: str, step_seq: int | str, reason: str, *, by: Actor, at: datetime
) -> Dossier:
    """Return a step to the receiving desk with the reason; the desk corrects and hands over anew.

    The clock goes on. When the desk completes its step, the one sent back opens again.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, BadInput.
    """
    dossier, step, _ = open_step(code, step_seq)
    check_hand(step, by)
    if not reason.strip():
        message = "Hãy ghi lý do trả lại bộ phận một cửa."
        raise BadInput(message, field="reason")
    if step.code == AT_DESK:
        message = "Hồ sơ đang ở bộ phận một cửa rồi."
        raise StepNotOpen(message)
    was = begin(dossier)
    end_signing(dossier, reason, by=by, at=at)
    close(step, StepResult.OVERRULED, reason, by=by, at=at)
    work.add(
        DossierStep(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            code=AT_DESK,
            kind=StepKind.HAND_OVER,
            unit_id=dossier.receiving_unit_id,
            role="desk_officer",
            opened_at=at,
            due_at=dossier.due_at or NO_LIMIT,
        )
    )
    let_see(dossier, [(dossier.receiving_unit_id, ScopeRole.DESK)])
    unit_id, detail = step.unit_id, {"step": step.code}
    tell(
        dossier,
        Act.SEND_BACK,
        by=by,
        at=at,
        was=was,
        unit_id=unit_id,
        note=reason,
        detail=detail,
    )
    return dossier


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row of a batch; `message` says why not, or is empty."""

    code: str
    is_done: bool
    message: str = ""


Rows = Sequence[tuple[str, int | str]]


def decide_many(rows: Rows, *, by: Actor, at: datetime, comment: str = "") -> list[RowResult]:
    """Sign the outcomes of these (code, step) rows, each by itself; one result per row.

    Raises: BadInput for too many rows.
    """
    return _each(rows, lambda code, step: decide(code, step, by=by, at=at, comment=comment))


def complete_many(
    rows: Rows, *, by: Actor, at: datetime, comment: str = "", proposal: Proposal | None = None
) -> list[RowResult]:
    """Finish the steps of these (code, step) rows, each by itself; one result per row.

    Raises: BadInput for too many rows.
    """
    return _each(
        rows,
        lambda code, step: complete_step(
            code, step, by=by, at=at, comment=comment, proposal=proposal
        ),
    )


def _each(rows: Rows, act: Callable[[str, int | str], Dossier]) -> list[RowResult]:
    if len(rows) > MOST_AT_ONCE:
        message = f"Mỗi lần làm nhiều nhất {MOST_AT_ONCE} hồ sơ."
        raise BadInput(message)
    return [_one(act, code, step) for code, step in rows]


def _one(act: Callable[[str, int | str], Dossier], code: str, step: int | str) -> RowResult:
    try:
        act(code, step)
    except Anticipated as error:
        return RowResult(code, is_done=False, message=str(error))
    return RowResult(code, is_done=True)
