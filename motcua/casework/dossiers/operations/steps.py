"""Open the steps of a dossier's process when those before them are done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import AT_DESK, ScopeRole
from motcua.casework.dossiers.models import Dossier, DossierStep, DossierWait
from motcua.casework.dossiers.queries.clock import facts_of_unit
from motcua.casework.dossiers.queries.deciding import unit_of_step
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import NO_LIMIT, Process, StepDef, StepKind, StepResult, openable
from motcua.foundation.calendar import api as calendar
from motcua.lib import work

from .choosing import choose_assignee
from .posting import post_until
from .telling import let_see, part_seq

_PASSED = frozenset({StepResult.DONE, StepResult.APPROVED, StepResult.SILENT})


def done_codes(process: Process, steps: Sequence[DossierStep]) -> set[str]:
    """Return the codes that count as done: what went back is to be done again."""
    done: set[str] = set()
    for step in sorted((s for s in steps if s.closed_at), key=lambda s: (s.closed_at, s.seq)):
        if step.result == StepResult.RETURNED:
            back_to = process.step(step.code).return_to
            done -= process.following(back_to)
        elif step.result in _PASSED:
            done.add(step.code)
    return done


def open_next(
    dossier: Dossier,
    process: Process,
    steps: Sequence[DossierStep],
    facts: Mapping[str, Any],
    *,
    at: datetime,
    first: int = 0,
) -> list[DossierStep]:
    """Hand over rows for the steps that open now, and let their units see the dossier.

    `first` is the place of the first of them among the parts of the act.
    """
    opened = {step.code for step in steps if step.closed_at is None}
    if AT_DESK in opened:
        return []  # it goes on when the desk has handed it over anew
    ready = openable(process, done_codes(process, steps), opened, facts)
    rounds = {step.code: step.round for step in sorted(steps, key=lambda s: s.seq)}
    rows = [
        step_row(dossier, step, first + index, rounds.get(step.code, 0) + 1, at=at)
        for index, step in enumerate(ready)
    ]
    if rows:
        work.add(*rows)
        units = [(row.unit_id, ScopeRole.COMPETENT) for row in rows]
        people = [(-row.assignee_id, ScopeRole.ASSIGNED) for row in rows if row.assignee_id]
        let_see(dossier, [*units, *people])
    return rows


def step_row(
    dossier: Dossier, step: StepDef, index: int, round_: int, *, at: datetime
) -> DossierStep:
    """Return the row of a step that opens now, for the unit and the officer who do it."""
    unit_id = unit_of_step(dossier, step)
    is_work = step.kind != StepKind.TIMER
    assignee = choose_assignee(dossier, unit_id, step.kind, at=at) if is_work else None
    return DossierStep(
        dossier_id=dossier.pk,
        seq=part_seq(dossier, index),
        code=step.code,
        kind=step.kind,
        round=round_,
        unit_id=unit_id,
        role=step.role,
        assignee_id=assignee.id if assignee else None,
        assignee_name=assignee.name if assignee else "",
        opened_at=at,
        due_at=_due_of(dossier, step, unit_id, at, ()),
    )


def _due_of(
    dossier: Dossier,
    step: StepDef | None,
    unit_id: int,
    opened_at: datetime,
    pauses: calendar.History,
) -> datetime:
    """Return when the step is due: within its budget, never after the dossier itself.

    A step in which the clock of the dossier stands, or that posts or only waits, has its own time,
    whatever was promised.
    """
    budget = step.budget if step else None
    if step is None or budget is None:
        return dossier.due_at or NO_LIMIT
    limit = calendar.Limit(budget.amount, calendar.LimitUnit(budget.unit))
    if step.has_own_time:
        return calendar.due_at(limit, opened_at, (), facts_of_unit(unit_id)).due_at
    own = calendar.due_at(limit, opened_at, pauses, facts_of_unit(unit_id)).due_at
    return min(own, dossier.due_at) if dossier.due_at else own


def follow_promise(
    dossier: Dossier, definition: Definition, waits: Sequence[DossierWait]
) -> list[DossierStep]:
    """Let the open steps be due as the dossier's new promise and its waits say.

    Costs: one prepared statement, and one for each step that moves.
    """
    pauses = [
        calendar.Waiting(wait.asked_at, wait.supplied_at)
        for wait in waits
        if wait.rule != calendar.WaitingRule.COUNTS
    ]
    known = {step.code: step for step in definition.process.steps} if definition.process else {}
    steps = steps_of(dossier)
    for step in steps:
        if step.closed_at is not None:
            continue
        due_at = _due_of(dossier, known.get(step.code), step.unit_id, step.opened_at, pauses)
        if due_at != step.due_at:
            step.due_at = due_at
            work.update(step, "due_at")
            if step.kind == StepKind.POSTING:
                post_until([(dossier.pk, step.seq, due_at)])
    return steps


def steps_of(dossier: Dossier) -> list[DossierStep]:
    """Return all steps of the dossier, oldest first.

    Costs: one prepared statement.
    """
    rows = work.fetch(_STEPS, [dossier.pk])
    return [work.from_row(DossierStep, row) for row in rows]


_STEPS = (
    f"SELECT {work.columns(DossierStep, 's')} FROM dossiers_dossierstep s"  # noqa: S608 -- our own columns
    " WHERE s.dossier_id = %s ORDER BY s.seq"
)
