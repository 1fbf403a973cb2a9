"""What working on a step consists of: find it open, check whose it is, close it, go on."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.choices import Status, SubState
from motcua.casework.dossiers.errors import DossierError, NotWaiting, StepNotOpen
from motcua.casework.dossiers.models import Dossier, DossierAnswers, DossierStep
from motcua.casework.dossiers.queries.facts import facts_of_answers
from motcua.casework.dossiers.rules.sharing import power_needed
from motcua.casework.procedures.api import Definition, Ground
from motcua.casework.processes.api import StepKind, StepResult, is_finished
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor

from .arriving import check_arrived
from .clock import CLOCK, begin_wait, end_waits
from .posting import end_posting, post_opened
from .steps import done_codes, open_next, steps_of
from .telling import lock_dossier

WORKABLE = frozenset({Status.RECEIVED, Status.PROCESSING})
WENT_ON = ("resolved_at", *CLOCK)
_CLOSED = ("closed_at", "closed_by_id", "closed_by_name", "result", "comment")
_SUB_STATES = {
    StepKind.POSTING: SubState.POSTED,
    StepKind.OUTSIDE_WAIT: SubState.OUTSIDE,
    StepKind.APPLICANT_CONFIRMS: SubState.CONFIRMING,
}


class Opened(NamedTuple):
    """A locked dossier, the step asked for (still open), and all its steps."""

    dossier: Dossier
    step: DossierStep
    steps: list[DossierStep]


def open_step(code: str, step_seq: int | str) -> Opened:
    """Lock the dossier and find its open step, by number or by the code of the process."""
    dossier = lock_dossier(code)
    if dossier.status not in WORKABLE:
        message = f"Hồ sơ {code} đang ở “{Status(dossier.status).label}”, chưa xử lý tiếp được."
        raise DossierError(message)
    check_arrived(dossier)
    steps = steps_of(dossier)
    still_open = [step for step in steps if step.closed_at is None]
    step = next((one for one in still_open if step_seq in (one.seq, one.code)), None)
    if step is None:
        message = "Việc này đã có người xử lý xong; hãy tải lại hồ sơ."
        raise StepNotOpen(message)
    return Opened(dossier, step, steps)


def power_for(step: DossierStep) -> Power:
    """Return what it takes to do the step."""
    return power_needed(step.kind)


def check_hand(step: DossierStep, by: Actor) -> None:
    """Raises: NotAllowed, or StepNotOpen where the step is another officer's."""
    by.require(power_for(step), unit_id=step.unit_id)
    mine = step.assignee_id in (None, by.id)
    if not mine and not by.can(Power.ASSIGN_DOSSIERS, unit_id=step.unit_id):
        message = f"Việc này đang do {step.assignee_name} xử lý."
        raise StepNotOpen(message)


def begin(dossier: Dossier) -> Status:
    """Return the status before; the first act of a unit turns “received” into “processing”."""
    was = Status(dossier.status)
    if was == Status.RECEIVED:
        dossier.move_to(Status.PROCESSING)
    return was


def close(step: DossierStep, result: StepResult, comment: str, *, by: Actor, at: datetime) -> None:
    """Close a step; what it posted comes down with it."""
    step.closed_at, step.closed_by_id, step.closed_by_name = at, by.id, by.name
    step.result, step.comment = result, comment
    work.update(step, *_CLOSED)
    if step.kind == StepKind.POSTING:
        end_posting(step, comment, by=by, at=at)


def go_on(
    dossier: Dossier,
    definition: Definition,
    steps: Sequence[DossierStep],
    *,
    at: datetime,
    is_refused: bool = False,
) -> list[DossierStep]:
    """Open what comes next and return it; after a refusal nothing does.

    A dossier with nothing left to do and a signed outcome is resolved.
    """
    process = definition.process
    if process is None:
        return []
    facts = definition.known(facts_of(dossier)) if is_conditional(definition) else {}
    opened = [] if is_refused else open_next(dossier, process, steps, facts, at=at)
    enter_steps(dossier, definition, opened, at=at)
    still = {s.code for s in steps if s.closed_at is None} | {row.code for row in opened}
    is_over = is_refused and not still
    if not is_over and not is_finished(process, done_codes(process, steps), still, facts):
        return opened
    dossier.move_to(Status.RESOLVED)
    dossier.resolved_at = at
    return opened


def is_conditional(definition: Definition) -> bool:
    """Say whether what opens depends on the answers."""
    process = definition.process
    return process is not None and any(step.when for step in process.steps)


def facts_of(dossier: Dossier) -> dict[str, object]:
    """Return what the conditions of a version may ask of the dossier."""
    rows = DossierAnswers.objects.filter(dossier_id=dossier.pk)
    return facts_of_answers(dossier, rows.values_list("answers", flat=True).first() or {})


def enter_steps(
    dossier: Dossier, definition: Definition, opened: Sequence[DossierStep], *, at: datetime
) -> None:
    """Do what opening steps brings: where the dossier stands, waits of the law, postings."""
    process = definition.process
    is_signing = dossier.sub_state == SubState.SIGNING  # another branch of the process goes on
    dossier.sub_state = next(
        (_SUB_STATES[StepKind(row.kind)] for row in opened if row.kind in _SUB_STATES),
        SubState.NONE,
    )
    if is_signing:
        dossier.sub_state = SubState.SIGNING
    for index, row in enumerate(opened):
        ground = process.step(row.code).pause_ground if process else ""
        if ground:
            term = definition.waiting[Ground(ground)]
            begin_wait(dossier, Ground(ground), term, at=at, index=index)
    post_opened(dossier, definition, opened, at=at)


def end_wait_of_step(
    dossier: Dossier, definition: Definition, step: DossierStep, *, by: Actor, at: datetime
) -> None:
    """Let the clock go on when a step ends in which the office waited."""
    known = {one.code: one for one in definition.process.steps} if definition.process else {}
    ground = known[step.code].pause_ground if step.code in known else ""
    if not ground:
        return
    try:
        end_waits(dossier, definition, Ground(ground), by=by, at=at)
    except NotWaiting:
        return  # somebody ended it by hand
