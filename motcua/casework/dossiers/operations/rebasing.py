"""Move running dossiers onto a new version of their procedure, by decision, each in its own story.

Source: docs/adr/0074-running-dossiers-move-by-decision.md
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic
from typing import NamedTuple

from django.db import connection

from motcua.casework.dossiers.choices import (
    Act,
    DueChangeKind,
    RebasedState,
    RebasingState,
    ScopeRole,
    Status,
)
from motcua.casework.dossiers.models import Dossier, DossierStep, RebasedDossier, Rebasing
from motcua.casework.dossiers.queries.clock import clock_rows
from motcua.casework.dossiers.queries.rebasing import (
    EVERYWHERE,
    Choice,
    get_rebasing,
    is_another_running,
    next_waiting,
    plans_of,
    running_on,
    running_rebasings,
)
from motcua.casework.dossiers.rules.failing import is_given_up, trouble_of, why_given_up
from motcua.casework.dossiers.rules.promising import Told
from motcua.casework.dossiers.rules.rebasing import Plan, steps_by_code
from motcua.casework.forms.api import with_reckoned
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, VersionState
from motcua.casework.processes.api import StepDef, StepResult
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated, BadInput, Conflict

from .answering import answers_of, put_answers
from .clock import CLOCK, add_due_change
from .stepping import close, enter_steps, facts_of
from .steps import follow_promise, open_next, step_row, steps_of
from .telling import let_see, tell

logger = logging.getLogger(__name__)
BATCH = 100
SLICE_S = 4.0  # then the worker does its other work
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(5162, %s::bigint::int)"
_CHOOSE = """
INSERT INTO dossiers_rebaseddossier (rebasing_id, dossier_id, state, why)
SELECT %s, d.id, %s, '' FROM dossiers_dossier d
WHERE d.procedure_version_id = %s AND d.closed_at IS NULL AND d.status <> %s
  AND (%s::bigint IS NULL OR d.agency_id = %s) AND (%s::text[] IS NULL OR d.code = ANY(%s))
"""


@dataclass(frozen=True, slots=True)
class RebasingIn:
    """A decision: which dossiers, by which document, why, and which steps stand in for others."""

    choice: Choice
    decision_number: str
    decision_on: date
    reason: str
    step_map: Mapping[str, str] = field(default_factory=dict)


@work.story
def begin_rebasing(code: str, given: RebasingIn, *, by: Actor, at: datetime) -> Rebasing:
    """Write down which dossiers are to be moved; the worker moves them.

    Raises: NotAllowed, NoSuchProcedure, BadInput, Conflict while another one runs.
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    procedure = procedures.get_procedure(code)
    _check(procedure.pk, given, local_day(at))
    work.fetch(_ONE_AT_A_TIME, [procedure.pk])
    if Rebasing.objects.filter(procedure=procedure, state=RebasingState.RUNNING).exists():
        raise Conflict("Đang có một lần chuyển hồ sơ của thủ tục này; hãy chờ xong.")
    choice = given.choice
    if not running_on(choice, limit=1):
        raise BadInput("Không có hồ sơ nào như vậy đang theo phiên bản cũ.", field="codes")
    rebasing = Rebasing.objects.create(
        procedure=procedure,
        version_was_id=choice.version_was_id,
        version_now_id=choice.version_now_id,
        agency_id=choice.agency_id,
        decision_number=given.decision_number.strip(),
        decision_on=given.decision_on,
        reason=given.reason.strip(),
        step_map=dict(given.step_map),
        state=RebasingState.RUNNING,
        by_id=by.id,
        by_name=by.name,
        by_title=by.title,
        begun_at=at,
    )
    codes = list(choice.codes) or None
    with connection.cursor() as cursor:
        cursor.execute(
            _CHOOSE,
            [
                rebasing.pk,
                RebasedState.WAITING,
                choice.version_was_id,
                Status.RESOLVED,
                choice.agency_id,
                choice.agency_id,
                codes,
                codes,
            ],
        )
    detail = {"decision": rebasing.decision_number, "rebasing": rebasing.pk}
    audit.record("dossiers.begin_rebasing", f"procedure:{code}", by=by, at=at, detail=detail)
    return rebasing


def _check(procedure_id: int, given: RebasingIn, today: date) -> None:
    """Raises: BadInput for versions that do not fit, or a decision that says too little."""
    was = procedures.find_version(given.choice.version_was_id)
    now = procedures.find_version(given.choice.version_now_id)
    if was is None or now is None or {was.procedure_id, now.procedure_id} != {procedure_id}:
        raise BadInput("Hãy chọn hai phiên bản của thủ tục này.", field="version_was")
    if now.state != VersionState.PUBLISHED or now.number <= was.number:
        message = "Phiên bản mới phải đã công khai và sau phiên bản cũ."
        raise BadInput(message, field="version_now")
    if not given.decision_number.strip() or not given.reason.strip():
        message = "Hãy ghi số quyết định và lý do chuyển."
        raise BadInput(message, field="decision_number")
    if given.decision_on > today:
        raise BadInput("Ngày quyết định không sau hôm nay.", field="decision_on")


def go_on_rebasing(*, at: datetime, most_s: float = SLICE_S) -> int:
    """Go on with the decisions that are being carried out, for a while; return how many dossiers.

    Called by the worker again and again. Whoever works on a dossier just then is waited for; what
    they did counts. A dossier that fails holds up no other and is tried again the next time.
    """
    end, done = monotonic() + most_s, 0
    for rebasing in running_rebasings():
        done += _go_on_with(rebasing, end, at=at)
        if monotonic() >= end:
            break
    return done


def _go_on_with(rebasing: Rebasing, end: float, *, at: datetime) -> int:
    done, latest = 0, 0
    while ids := next_waiting(rebasing.pk, BATCH, after=latest):
        for latest in ids:
            rebase_one(rebasing, latest, at=at)
            done += 1
            if monotonic() >= end:
                return done
    if not next_waiting(rebasing.pk, 1):
        _end(rebasing, at=at)
    return done


@work.story
def _end(rebasing: Rebasing, *, at: datetime) -> None:
    rebasing.state, rebasing.ended_at = RebasingState.DONE, at
    rebasing.save(update_fields=["state", "ended_at"])


def rebase_one(rebasing: Rebasing, dossier_id: int, *, at: datetime) -> RebasedState:
    """Move one dossier, or note why it stays. Costs: the same for each, however many there are."""
    try:
        return _rebase(rebasing, dossier_id, at=at)
    except Anticipated as error:
        _note(rebasing, dossier_id, RebasedState.KEPT, str(error), at=at)
        return RebasedState.KEPT
    except Exception as error:  # whatever it is, the others are moved
        logger.exception("rebasing_failed", extra={"dossier": dossier_id})
        return _note_failure(rebasing, dossier_id, error, at=at)


@work.story
def _note_failure(
    rebasing: Rebasing, dossier_id: int, error: Exception, *, at: datetime
) -> RebasedState:
    rows = RebasedDossier.objects.select_for_update()
    row = rows.get(rebasing=rebasing, dossier_id=dossier_id)
    row.tries, row.at, row.why = row.tries + 1, at, f"{trouble_of(error)}; sẽ thử lại."
    if is_given_up(row.tries):
        row.state, row.why = RebasedState.FAILED, why_given_up(error)
    row.save(update_fields=["tries", "at", "why", "state"])
    return RebasedState(row.state)


@work.story
def retry_rebasing(code: str, rebasing_id: int, *, by: Actor, at: datetime) -> Rebasing:
    """Let the worker try again what failed though nobody foresaw it.

    Raises: NotAllowed, NoSuchProcedure, Conflict while another one runs, or nothing has failed.
    """
    rebasing = get_rebasing(code, rebasing_id, by=by)
    rebasing = work.lock(Rebasing, id=rebasing.pk)
    if is_another_running(rebasing):
        raise Conflict("Đang có một lần chuyển hồ sơ khác của thủ tục này; hãy chờ xong.")
    failed = RebasedDossier.objects.filter(rebasing=rebasing, state=RebasedState.FAILED)
    if not failed.update(state=RebasedState.WAITING, tries=0, why="", at=None):
        raise Conflict("Không còn hồ sơ nào chưa chuyển được do lỗi.")
    rebasing.state, rebasing.ended_at = RebasingState.RUNNING, None
    rebasing.save(update_fields=["state", "ended_at"])
    audit.record(
        "dossiers.retry_rebasing",
        f"procedure:{code}",
        by=by,
        at=at,
        detail={"decision": rebasing.decision_number, "rebasing": rebasing.pk},
    )
    return rebasing


@work.story
def _note(
    rebasing: Rebasing, dossier_id: int, state: RebasedState, why: str, *, at: datetime
) -> None:
    rows = RebasedDossier.objects.filter(rebasing=rebasing, dossier_id=dossier_id)
    rows.update(state=state, why=why[:2000], at=at)


@work.story
def _rebase(rebasing: Rebasing, dossier_id: int, *, at: datetime) -> RebasedState:
    dossier = work.lock(Dossier, id=dossier_id)
    dossier.told = Told(dossier.due_at, dossier.pause_ground)
    if dossier.procedure_version_id != rebasing.version_was_id or not _is_running(dossier):
        why = "Hồ sơ đã xong hoặc không còn theo phiên bản cũ."
        _note(rebasing, dossier_id, RebasedState.KEPT, why, at=at)
        return RebasedState.KEPT
    plan = plans_of([dossier], rebasing.version_now_id, rebasing.step_map, at=at)[dossier_id]
    if plan.obstacles:
        _note(rebasing, dossier_id, RebasedState.KEPT, " ".join(plan.obstacles), at=at)
        return RebasedState.KEPT
    by = Actor(id=rebasing.by_id, name=rebasing.by_name, title=rebasing.by_title)
    _move(dossier, rebasing, plan, by=by, at=at)
    _note(rebasing, dossier_id, RebasedState.MOVED, "; ".join(plan.words()), at=at)
    return RebasedState.MOVED


def _is_running(dossier: Dossier) -> bool:
    return dossier.closed_at is None and dossier.status != Status.RESOLVED


def _move(dossier: Dossier, rebasing: Rebasing, plan: Plan, *, by: Actor, at: datetime) -> None:
    """Bind the dossier to the new version, with all that follows, and tell it."""
    old = procedures.definition_of(rebasing.version_was_id)
    new = procedures.definition_of(rebasing.version_now_id)
    dossier.procedure_version_id = rebasing.version_now_id
    if new.form is not None and new.form != old.form:
        kept = answers_of(dossier)
        answers = kept.answers if kept else {}
        put_answers(dossier, new, kept, with_reckoned(new.form, answers))
    _keep_promise(dossier, rebasing, plan, by=by, at=at)
    if dossier.received_at is not None:
        _follow(dossier, new, plan, by=by, at=at)
    why = f"Theo {rebasing.decision_number} ngày {rebasing.decision_on:%d/%m/%Y}: {rebasing.reason}"
    tell(
        dossier,
        Act.REBASE,
        by=by,
        at=at,
        was=Status(dossier.status),
        note=". ".join([why, *plan.words()])[:2000],
        changed=("procedure_version_id", *CLOCK),
        detail={
            "rebasing": rebasing.pk,
            "version_was": rebasing.version_was_id,
            "version_now": rebasing.version_now_id,
            "number_was": rebasing.version_was.number,
            "number_now": rebasing.version_now.number,
            "is_news": plan.is_news,
        },
    )


def _keep_promise(
    dossier: Dossier, rebasing: Rebasing, plan: Plan, *, by: Actor, at: datetime
) -> None:
    """Keep the promise, or an earlier one, by a row where the new limit would say otherwise."""
    if not plan.promise.is_fixed:
        return
    due_was, dossier.due_at = dossier.due_at, plan.promise.now
    ground = f"{rebasing.decision_number}: {rebasing.reason}"[:1000]
    change = add_due_change(dossier, DueChangeKind.REBASED, due_was, by=by, at=at, ground=ground)
    change.document_number = rebasing.decision_number[:60]


def _follow(dossier: Dossier, new: Definition, plan: Plan, *, by: Actor, at: datetime) -> None:
    """Let the open steps follow: budgets, steps in place of others, steps that open now."""
    steps = steps_of(dossier)
    mapped, there = dict(plan.steps_mapped), steps_by_code(new)
    rounds = {step.code: step.round for step in steps}
    opened = []
    for index, step in enumerate(steps):
        if step.closed_at is None and step.code in mapped:
            place = _Place(there[mapped[step.code]], index, rounds.get(mapped[step.code], 0) + 1)
            opened.append(_put_in_place(dossier, step, place, by=by, at=at))
    follow_promise(dossier, new, clock_rows(dossier).waits)
    if new.process is None:
        return
    facts = new.known(facts_of(dossier))
    ready = open_next(dossier, new.process, [*steps, *opened], facts, at=at, first=len(steps))
    if opened or ready:
        enter_steps(dossier, new, [*opened, *ready], at=at)


class _Place(NamedTuple):
    """A step that opens in place of another: its place among the parts, its round."""

    target: StepDef
    part: int
    round: int


def _put_in_place(
    dossier: Dossier, step: DossierStep, place: _Place, *, by: Actor, at: datetime
) -> DossierStep:
    """Close a step that is no more and open the one in its place, with the same officer."""
    target = place.target
    close(step, StepResult.OVERRULED, f"Chuyển sang bước “{target.name}”", by=by, at=at)
    row = step_row(dossier, target, place.part, place.round, at=at)
    if row.unit_id == step.unit_id and step.assignee_id is not None:
        row.assignee_id, row.assignee_name = step.assignee_id, step.assignee_name
    work.add(row)
    people = [(-row.assignee_id, ScopeRole.ASSIGNED)] if row.assignee_id else []
    let_see(dossier, [(row.unit_id, ScopeRole.COMPETENT), *people])
    return row
