"""Where a dossier of another system stands here: its promise, what it waits for, its open step."""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import DueChangeKind, ScopeRole, Status
from motcua.casework.dossiers.models import (
    Dossier,
    DossierStep,
    DueChange,
    SupplementItem,
    SupplementRequest,
)
from motcua.casework.dossiers.queries.deciding import unit_of_step
from motcua.casework.dossiers.queries.facts import facts_of_answers
from motcua.casework.dossiers.rules.importing import Kept
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Ground
from motcua.casework.processes.api import Process, StepDef, StepKind, StepResult
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .clock import begin_wait
from .steps import open_next
from .telling import let_see, part_seq

AT_STEPS = frozenset(
    {Status.RECEIVED, Status.PROCESSING, Status.AWAITING_APPLICANT, Status.AWAITING_PAYMENT}
)
_WAITS = {Status.AWAITING_APPLICANT: Ground.SUPPLEMENT, Status.AWAITING_PAYMENT: Ground.PAYMENT}
_PASSED_FROM = 500  # parts of one act are numbered up to 999; the steps that open begin at 0
_PASSED = "Đã qua ở hệ thống cũ."


def add_clock(dossier: Dossier, kept: Kept, *, by: Actor) -> None:
    """Hand over the promise as it was given there, and what the dossier waits for."""
    if dossier.due_at is not None and dossier.received_at is not None:
        first = dossier.due_originally_at
        change = DueChange(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            kind=DueChangeKind.IMPORTED,
            at=dossier.received_at,
            due_was=first if first != dossier.due_at else None,
            due_now=dossier.due_at,
            ground=kept.source[:1000],
            by_name=by.name,
        )
        work.add(change)
    ground, asked_at = _WAITS.get(kept.status), kept.moments.asked_at
    if ground is None or asked_at is None:
        return
    definition = procedures.definition_of(kept.version_id)
    if ground == Ground.SUPPLEMENT:
        _add_request(dossier, kept, asked_at)
    if dossier.received_at is not None:
        begin_wait(dossier, ground, definition.waiting[ground], at=asked_at, note=kept.source)


def _add_request(dossier: Dossier, kept: Kept, asked_at: datetime) -> None:
    """Hand over what the old system asked for, in its own words as far as it tells them."""
    seq, is_after = part_seq(dossier), dossier.received_at is not None
    dossier.supplements = 1 if is_after else 0
    what = kept.more.get("Yêu cầu bổ sung") or f"Theo yêu cầu đã gửi từ {kept.source}"
    work.add(
        SupplementRequest(
            dossier_id=dossier.pk,
            seq=seq,
            number=kept.ref[:40],
            asked_at=asked_at,
            by_name=(kept.received_by or kept.source)[:200],
            is_after_receipt=is_after,
        ),
        SupplementItem(
            dossier_id=dossier.pk,
            seq=seq,
            request_seq=seq,
            what=what[:1000],
            reason=f"Ghi ở {kept.source}"[:1000],
        ),
    )


def add_steps(dossier: Dossier, kept: Kept, *, at: datetime) -> None:
    """Open the step where the dossier stood; those before it count as done elsewhere."""
    if kept.status not in AT_STEPS or dossier.received_at is None:
        return
    definition = procedures.definition_of(kept.version_id)
    target = step_of(definition, kept.status, kept.step_code)
    if definition.process is None:
        return
    passed = _passed(dossier, definition.process, target, at=at)
    if passed:
        work.add(*passed)
    facts = definition.known(facts_of_answers(dossier, {}))
    rows = open_next(dossier, definition.process, passed, facts, at=at)
    if kept.assignee is not None:
        _give(dossier, rows, kept.assignee)


def step_of(definition: Definition, status: Status, code: str = "") -> StepDef:
    """Return the step that is named, else the first one that fits the status.

    Raises: BadInput.
    """
    steps = definition.process.steps if definition.process else ()
    if not steps:
        raise BadInput("Thủ tục chưa có quy trình để xử lý tiếp hồ sơ.", field="procedure")
    if code:
        found = next((step for step in steps if code in (step.code, step.name)), None)
        if found is None:
            raise BadInput(f"Quy trình không có bước “{code}”.", field="step")
        return found
    if status == Status.RECEIVED:
        return steps[0]
    own = (step for step in steps if step.kind == StepKind.TASK and step.duty != "desk")
    return next(own, steps[0])


def _passed(
    dossier: Dossier, process: Process, target: StepDef, *, at: datetime
) -> list[DossierStep]:
    before = [
        step
        for step in process.steps
        if step.code != target.code and target.code in process.following(step.code)
    ]
    return [
        DossierStep(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, _PASSED_FROM + index),
            code=step.code,
            kind=step.kind,
            round=1,
            unit_id=unit_of_step(dossier, step),
            role=step.role,
            opened_at=dossier.received_at or at,
            due_at=dossier.due_at or at,
            closed_at=at,
            closed_by_id=0,
            closed_by_name="Hệ thống cũ",
            result=StepResult.DONE,
            comment=_PASSED,
        )
        for index, step in enumerate(before)
    ]


def _give(dossier: Dossier, rows: Sequence[DossierStep], assignee: tuple[int, str]) -> None:
    """Let the work be that of the officer who had it, with whom it is opened."""
    account_id, name = assignee
    for row in rows:
        if row.kind == StepKind.TASK:
            row.assignee_id, row.assignee_name = account_id, name
    let_see(dossier, [(-account_id, ScopeRole.ASSIGNED)])
