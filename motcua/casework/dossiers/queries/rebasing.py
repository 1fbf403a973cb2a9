"""Which running dossiers stand on an old version, and what a new one would change for each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from motcua.casework.dossiers.choices import RebasedState, RebasingState, Status
from motcua.casework.dossiers.models import (
    Dossier,
    DossierAnswers,
    DossierOutcome,
    DossierPaper,
    DossierStep,
    DossierWait,
    DueChange,
    RebasedDossier,
    Rebasing,
)
from motcua.casework.dossiers.rules.rebasing import Held, Plan, Promise, plan_of
from motcua.casework.fees.api import fees_due
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel, ProcedureVersion, VersionState
from motcua.casework.processes.api import StepResult
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

from .clock import ClockRows, limit_of, recompute
from .facts import facts_of_answers

EVERYWHERE = 0
MOST_LOOKED_AT = 200
_OVER = (Status.RESOLVED, Status.RETURNED, Status.REFUSED, Status.WITHDRAWN, Status.STOPPED)
P = TypeVar("P", DossierStep, DossierWait, DueChange, DossierOutcome, DossierPaper)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which dossiers: of one version onto another, of one agency or these codes only."""

    version_was_id: int
    version_now_id: int
    agency_id: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """One dossier with what the move would mean for it."""

    dossier: Dossier
    plan: Plan


def running_on(choice: Choice, *, after: int = 0, limit: int = MOST_LOOKED_AT) -> list[Dossier]:
    """Return open dossiers of the old version, by key. Costs: one query."""
    found = Dossier.objects.filter(
        procedure_version_id=choice.version_was_id, closed_at=None, pk__gt=after
    ).exclude(status__in=_OVER)
    if choice.agency_id is not None:
        found = found.filter(agency_id=choice.agency_id)
    if choice.codes:
        found = found.filter(code__in=choice.codes)
    return list(found.order_by("pk")[:limit])


def look_at(
    choice: Choice, step_map: Mapping[str, str], *, by: Actor, at: datetime, after: int = 0
) -> list[Looked]:
    """Return what the move would mean for the next dossiers; writes nothing.

    Raises: NotAllowed.
    Costs: seven queries, however many dossiers.
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    dossiers = running_on(choice, after=after)
    plans = plans_of(dossiers, choice.version_now_id, step_map, at=at)
    return [Looked(one, plans[one.pk]) for one in dossiers]


def plans_of(
    dossiers: Sequence[Dossier], version_now_id: int, step_map: Mapping[str, str], *, at: datetime
) -> dict[int, Plan]:
    """Return by key what the move means for each. Costs: six queries for all of them."""
    ids = [one.pk for one in dossiers]
    new = procedures.definition_of(version_now_id)
    steps = _of_each(DossierStep, ids)
    waits, changes = _of_each(DossierWait, ids), _of_each(DueChange, ids)
    outcomes, papers = _of_each(DossierOutcome, ids), _of_each(DossierPaper, ids)
    rows = DossierAnswers.objects.filter(dossier_id__in=ids)
    answers = dict(rows.values_list("dossier_id", "answers"))
    found = {}
    for one in dossiers:
        old = procedures.definition_of(one.procedure_version_id)
        parts = _Parts(steps.get(one.pk, []), outcomes.get(one.pk, []), papers.get(one.pk, []))
        held = _held(one, old, new, answers.get(one.pk, {}), parts)
        clock = ClockRows(waits.get(one.pk, []), changes.get(one.pk, []))
        promise = promise_after(one, old, new, clock, at=at)
        found[one.pk] = plan_of(old, new, held, promise, step_map)
    return found


@dataclass(frozen=True, slots=True)
class _Parts:
    steps: Sequence[DossierStep]
    outcomes: Sequence[DossierOutcome]
    papers: Sequence[DossierPaper]


def _of_each(kind: type[P], ids: Collection[int]) -> dict[int, list[P]]:
    rows = kind._default_manager.filter(dossier_id__in=ids).order_by("dossier_id", "seq")
    return {pk: list(own) for pk, own in groupby(rows, key=lambda row: row.dossier_id)}


def _held(
    dossier: Dossier, old: Definition, new: Definition, answers: dict[str, object], parts: _Parts
) -> Held:
    facts = facts_of_answers(dossier, answers)
    has_case = dossier.case_code in {case.code for case in new.cases}
    return Held(
        case_code=dossier.case_code,
        sub_state=dossier.sub_state,
        is_paused=dossier.paused_at is not None,
        is_received=dossier.received_at is not None,
        facts=facts,
        answers=answers,
        open_steps=tuple(step.code for step in parts.steps if step.closed_at is None),
        returned_steps=frozenset(
            step.code for step in parts.steps if step.result == StepResult.RETURNED
        ),
        papers=frozenset(paper.spec_code for paper in parts.papers),
        outcomes=tuple(one.spec_code for one in parts.outcomes),
        fee_was=_fee(old, dossier, facts),
        fee_now=_fee(new, dossier, facts) if has_case else 0,
    )


def _fee(definition: Definition, dossier: Dossier, facts: Mapping[str, object]) -> int:
    dues = fees_due(definition, dossier.case_code, FilingChannel(dossier.channel), facts)
    return sum(due.amount_vnd for due in dues)


def promise_after(
    dossier: Dossier, old: Definition, new: Definition, clock: ClockRows, *, at: datetime
) -> Promise:
    """Return the promise under the new version: never later, and never one that is past.

    `is_fixed` where the limit differs, so that it has to be kept by a row of its own.
    """
    was = dossier.due_at
    has_case = dossier.case_code in {case.code for case in new.cases}
    if was is None or not has_case or limit_of(dossier, old) == limit_of(dossier, new):
        return Promise(was, was)
    result = recompute(dossier, new, clock.history())
    is_better = result is not None and at < result.due_at < was
    return Promise(was, result.due_at if result and is_better else was, is_fixed=True)


def versions_left(procedure_id: int, *, by: Actor) -> list[tuple[ProcedureVersion, bool]]:
    """Return the versions that were ever in force, the newest first, and whether dossiers run on.

    Raises: NotAllowed.
    Costs: one query, and one for each version.
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    kept = (VersionState.PUBLISHED, VersionState.WITHDRAWN)
    found = [one for one in procedures.versions_of(procedure_id) if one.state in kept]
    return [(one, bool(running_on(Choice(one.pk, 0), limit=1))) for one in found]


def rebasings_of(procedure_id: int, *, by: Actor) -> list[Rebasing]:
    """Return the decisions about one procedure, the newest first. Raises: NotAllowed."""
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    found = Rebasing.objects.filter(procedure=procedure_id)
    return list(found.select_related("version_was", "version_now").order_by("-pk")[:50])


def get_rebasing(code: str, rebasing_id: int, *, by: Actor) -> Rebasing:
    """Return one decision about a procedure. Raises: NotAllowed, NoSuchProcedure."""
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    found = Rebasing.objects.select_related("version_was", "version_now", "procedure")
    one = found.filter(procedure__code=code, pk=rebasing_id).first()
    if one is None:
        raise procedures.NoSuchProcedure("Không tìm thấy quyết định chuyển này.")
    return one


def rebased_dossiers(
    rebasing: Rebasing, state: RebasedState | None = None, *, after: int = 0
) -> list[tuple[RebasedDossier, str]]:
    """Return what became of each dossier with its code, by key. Costs: two queries."""
    found = RebasedDossier.objects.filter(rebasing=rebasing, dossier_id__gt=after)
    if state is not None:
        found = found.filter(state=state)
    rows = list(found.order_by("dossier_id")[: MOST_LOOKED_AT + 1])
    codes = dict(
        Dossier.objects.filter(pk__in=[row.dossier_id for row in rows]).values_list("pk", "code")
    )
    return [(row, codes.get(row.dossier_id, "")) for row in rows]


def failures_in(rebasing: Rebasing) -> int:
    """Return how many dossiers failed though nobody foresaw it; at most a thousand are counted."""
    found = RebasedDossier.objects.filter(rebasing=rebasing, state=RebasedState.FAILED)
    return found[:1000].count()


def next_waiting(rebasing_id: int, limit: int, *, after: int = 0) -> list[int]:
    """Return the dossiers that are to be moved next. Costs: one query."""
    found = RebasedDossier.objects.filter(
        rebasing=rebasing_id, state=RebasedState.WAITING, dossier_id__gt=after
    )
    return list(found.order_by("dossier_id").values_list("dossier_id", flat=True)[:limit])


def running_rebasings() -> list[Rebasing]:
    """Return the decisions that are being carried out, the oldest first. Costs: one query."""
    found = Rebasing.objects.filter(state=RebasingState.RUNNING)
    return list(found.select_related("version_was", "version_now").order_by("pk"))


def is_another_running(rebasing: Rebasing) -> bool:
    """Say whether another decision about its procedure is being carried out. Costs: one query."""
    found = Rebasing.objects.filter(procedure=rebasing.procedure_id, state=RebasingState.RUNNING)
    return found.exclude(pk=rebasing.pk).exists()
