"""Which promises a change of a calendar would move, and by how much; nothing is written.

Each distinct computation is done once: dossiers of one calendar, limit and first day share it.

Source: docs/law/time-limits.md; ADR 85
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from motcua.casework.dossiers.models import DossierWait, DueChange
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.casework.processes.api import NO_LIMIT, StepDef, StepKind
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.clock import HANOI, local_day

from .clock import ClockRows

_FAR = datetime(9998, 1, 1, tzinfo=UTC)
_EXACT = frozenset(
    {calendar.LimitUnit.WORKING_HOUR, calendar.LimitUnit.HALF_DAY, calendar.LimitUnit.SAME_DAY}
)
# Calendars with a change laid over them: building their tables costs more than a batch.
_others: dict[tuple[int, int | None, int, calendar.Proposal], calendar.CalendarFacts] = {}
_MOST_KEPT = 200
Both = tuple[datetime, datetime]
# A limit and the number under which its computations are kept: hashing the limit costs more.
Numbered = tuple[calendar.Limit, int]


class Promise(NamedTuple):
    """What is needed of a dossier to count its time again."""

    id: int
    due_at: datetime
    clock_from: datetime
    began_on: date
    receiving_unit_id: int
    version_id: int
    case_code: str
    channel: str
    agency_id: int
    procedure_id: int


class OpenStep(NamedTuple):
    """What is needed of an open step to count its budget again."""

    dossier_id: int
    seq: int
    code: str
    unit_id: int
    due_at: datetime
    opened_at: datetime
    opened_on: date
    promised_at: datetime | None
    version_id: int
    agency_id: int
    procedure_id: int


@dataclass(slots=True)
class Shifted:
    """What becomes of one dossier; `steps` holds the new end of each open step that moves."""

    dossier_id: int
    agency_id: int
    procedure_id: int
    kind: calendar.ShiftKind
    due_was: datetime | None
    due_now: datetime | None
    due_counted: datetime | None
    steps: list[tuple[int, datetime]] = field(default_factory=list)

    @property
    def days(self) -> int:
        """By how many days the promise moves; earlier ones are negative."""
        if self.due_was == self.due_now or self.due_was is None or self.due_now is None:
            return 0
        return _days_between(self.due_was, self.due_now)


@lru_cache(maxsize=4096)
def _days_between(was: datetime, now: datetime) -> int:
    return (local_day(now) - local_day(was)).days


_PROMISES = """
SELECT d.id, d.due_at, d.clock_from, (d.clock_from AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       d.receiving_unit_id, d.procedure_version_id, d.case_code, d.channel, d.agency_id,
       d.procedure_id
"""
_OPEN = """
FROM dossiers_dossier d
WHERE d.closed_at IS NULL AND d.resolved_at IS NULL AND d.due_at >= %(first)s
  AND d.clock_from < %(end)s
  AND (%(ids)s::bigint[] IS NULL OR d.id = ANY(%(ids)s::bigint[]))
  AND NOT EXISTS (SELECT 1 FROM dossiers_promiseshift p
    WHERE p.change_id = %(done)s AND p.dossier_id = d.id AND p.applied_at IS NOT NULL)
"""
_WAITS = f"""
SELECT {work.columns(DossierWait, "w")} FROM dossiers_dossierwait w
WHERE w.dossier_id IN (SELECT d.id {_OPEN}) ORDER BY w.dossier_id, w.seq
"""  # noqa: S608 -- our own columns
_CHANGES = f"""
SELECT {work.columns(DueChange, "c")} FROM dossiers_duechange c
WHERE c.kind IN ('extended', 'reappointed', 'held', 'imported', 'rebased')
  AND c.dossier_id IN (SELECT d.id {_OPEN}) ORDER BY c.dossier_id, c.seq
"""  # noqa: S608 -- our own columns
_STEPS = """
SELECT s.dossier_id, s.seq, s.code, s.unit_id, s.due_at, s.opened_at,
       (s.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, d.due_at, d.procedure_version_id,
       d.agency_id, d.procedure_id
FROM dossiers_dossierstep s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.closed_at IS NULL AND s.due_at >= %(first)s AND s.due_at < %(far)s
  AND s.opened_at < %(end)s AND d.closed_at IS NULL
  AND (%(ids)s::bigint[] IS NULL OR s.dossier_id = ANY(%(ids)s::bigint[]))
  AND NOT EXISTS (SELECT 1 FROM dossiers_promiseshift p
    WHERE p.change_id = %(done)s AND p.dossier_id = d.id AND p.applied_at IS NOT NULL)
"""


def shifts_of(
    change: calendar.CalendarChange, *, at: datetime, ids: Sequence[int] | None = None
) -> list[Shifted]:
    """Return what the change does to all open dossiers, or to these; those done are left out.

    A draft is laid over the calendars as they are; of a change that is written the calendars
    before it are made again.

    Costs: four statements and those of the calendars, however many dossiers.
    """
    counted = _Counted(change, at)
    asked = _asked(change, counted.touched, ids)
    found = {one.dossier_id: one for one in _promises(counted, asked)}
    for step in map(OpenStep._make, work.fetch(_STEPS, asked, prepare=False)):
        _with_step(found, counted, step)
    return list(found.values())


def _asked(
    change: calendar.CalendarChange, touched: calendar.Proposal, ids: Sequence[int] | None
) -> dict[str, Any]:
    """Return what narrows the search to dossiers whose time holds a day that changes."""
    first, latest = touched.first_day, touched.latest_day
    return {
        "first": datetime.combine(first or date.min, time(), HANOI),
        "end": datetime.combine(latest + timedelta(days=1), time(), HANOI) if latest else _FAR,
        "far": NO_LIMIT,
        "ids": list(ids) if ids is not None else None,
        "done": change.pk,
    }


def _promises(counted: "_Counted", asked: Mapping[str, Any]) -> Iterator[Shifted]:
    counted.read_histories(asked)
    for promise in map(Promise._make, work.fetch(_PROMISES + _OPEN, asked, prepare=False)):
        both = counted.ends(promise)
        if both is None or both[0] == both[1]:
            continue
        shift = counted.shift(promise, both)
        if shift is not None:
            yield Shifted(
                promise.id,
                promise.agency_id,
                promise.procedure_id,
                shift.kind,
                promise.due_at,
                shift.due_now,
                both[1],
            )


def _with_step(found: dict[int, Shifted], counted: "_Counted", step: OpenStep) -> None:
    """Note where the end of an open step moves, of its own or with the promise."""
    known = found.get(step.dossier_id)
    promised = known.due_now if known else step.promised_at
    ends = counted.step_ends(step, promised)
    if ends[0] == ends[1] or step.due_at != ends[0] or step.due_at <= counted.at:
        return
    if known is None:
        known = found[step.dossier_id] = Shifted(
            step.dossier_id,
            step.agency_id,
            step.procedure_id,
            calendar.ShiftKind.STEPS,
            step.promised_at,
            step.promised_at,
            step.promised_at,
        )
    known.steps.append((step.seq, ends[1]))


def _wait_days(wait: DossierWait) -> tuple[object, ...]:
    supplied = local_day(wait.supplied_at) if wait.supplied_at else None
    return local_day(wait.asked_at), supplied, wait.rule, wait.reset_amount, wait.reset_unit


class _Counted:
    """The calendars before and after a change, and each computation done once."""

    def __init__(self, change: calendar.CalendarChange, at: datetime) -> None:
        self.at, self._change_id = at, change.pk
        self.touched = calendar.proposal_of(change.content)
        is_written = change.state != calendar.ChangeState.DRAFT
        laid = calendar.proposal_of(change.before) if is_written else self.touched
        self._where = calendar.changed_calendar_id(change)
        self._laid, self._is_written = laid, is_written
        self._facts: dict[int | None, tuple[calendar.CalendarFacts, calendar.CalendarFacts]] = {}
        self._calendars: dict[int, int | None] = {}
        self._limits: dict[tuple[int, str, str], Numbered | None] = {}
        self._steps: dict[tuple[int, str], tuple[StepDef, Numbered] | None] = {}
        self._numbers: dict[calendar.Limit, int] = {}
        self._ends: dict[tuple[Any, ...], Both] = {}
        self._floors: dict[int | None, datetime] = {}
        self._tree = organisation.tree()
        self._waits: dict[int, list[DossierWait]] = {}
        self._changes: dict[int, list[DueChange]] = {}

    def read_histories(self, asked: Mapping[str, Any]) -> None:
        """Read what happened to the clocks of those dossiers to which something did."""
        for row in work.fetch(_WAITS, asked, prepare=False):
            wait = work.from_row(DossierWait, row)
            self._waits.setdefault(wait.dossier_id, []).append(wait)
        for row in work.fetch(_CHANGES, asked, prepare=False):
            change = work.from_row(DueChange, row)
            self._changes.setdefault(change.dossier_id, []).append(change)

    def ends(self, promise: Promise) -> Both | None:
        """Return when the limit ended and ends now; None where the law sets none."""
        which = (promise.version_id, promise.case_code, promise.channel)
        numbered = self._limits[which] if which in self._limits else self._limit(which)
        if numbered is None:
            return None
        where = self._calendar(promise.receiving_unit_id)
        waits = self._waits.get(promise.id, [])
        if promise.id in self._changes:
            history = ClockRows(waits, self._changes[promise.id]).history()
            return self._count(where, numbered[0], promise.clock_from, history)
        return self._once(where, numbered, promise.clock_from, promise.began_on, waits)

    def shift(self, promise: Promise, both: Both) -> calendar.Shift | None:
        """Return what becomes of the promise."""
        where = self._calendar(promise.receiving_unit_id)
        floor = self._floors.get(where)
        if floor is None:
            floor = calendar.floor_of(self.at, self._both(where)[1])
            self._floors[where] = floor
        return calendar.shift_of(promise.due_at, *both, floor=floor, at=self.at)

    def step_ends(self, step: OpenStep, promised: datetime | None) -> Both:
        """Return when the step was due and is now: within its budget and the promise."""
        found = self._step(step.version_id, step.code)
        before, after = step.promised_at or NO_LIMIT, promised or NO_LIMIT
        if found is None:
            return before, after
        spec, numbered = found
        where = self._calendar(step.unit_id)
        if spec.pause_ground or spec.kind == StepKind.TIMER:
            return self._once(where, numbered, step.opened_at, step.opened_on)
        own = self._own_ends(step, numbered, where)
        return min(own[0], before), min(own[1], after)

    def _own_ends(self, step: OpenStep, numbered: Numbered, where: int | None) -> Both:
        if step.dossier_id not in self._waits:
            return self._once(where, numbered, step.opened_at, step.opened_on)
        pauses = [
            calendar.Waiting(wait.asked_at, wait.supplied_at)
            for wait in self._waits[step.dossier_id]
            if wait.rule != calendar.WaitingRule.COUNTS
        ]
        return self._count(where, numbered[0], step.opened_at, tuple(pauses))

    def _once(
        self,
        where: int | None,
        numbered: Numbered,
        start: datetime,
        began_on: date,
        waits: Sequence[DossierWait] = (),
    ) -> Both:
        """Count what many share once: limits in days care for days alone."""
        limit, number = numbered
        is_exact = limit.unit in _EXACT
        if waits and is_exact:
            return self._count(where, limit, start, ClockRows(list(waits), []).history())
        days = tuple(_wait_days(wait) for wait in waits)
        key = (where, number, start if is_exact else began_on, days)
        found = self._ends.get(key)
        if found is None:
            history = ClockRows(list(waits), []).history() if waits else ()
            found = self._ends[key] = self._count(where, limit, start, history)
        return found

    def _numbered(self, limit: calendar.Limit) -> Numbered:
        return limit, self._numbers.setdefault(limit, len(self._numbers))

    def _count(
        self,
        where: int | None,
        limit: calendar.Limit,
        start: datetime,
        history: calendar.History,
    ) -> Both:
        was, now = self._both(where)
        before = calendar.due_at(limit, start, history, was).due_at
        after = calendar.due_at(limit, start, history, now).due_at
        if before == after and not history:
            return before, after
        after = calendar.on_working_day(after, now)
        return before.astimezone(UTC), after.astimezone(UTC)

    def _both(self, where: int | None) -> tuple[calendar.CalendarFacts, calendar.CalendarFacts]:
        found = self._facts.get(where)
        if found is None:
            standing = calendar.facts_of(where)
            other = self._other(where, standing.version)
            found = (other, standing) if self._is_written else (standing, other)
            self._facts[where] = found
        return found

    def _other(self, where: int | None, version: int) -> calendar.CalendarFacts:
        """Return the calendar on the other side of the change; made once for all batches."""
        key = (self._change_id, where, version, self._laid)
        if key not in _others:
            if len(_others) > _MOST_KEPT:
                _others.clear()
            _others[key] = calendar.facts_with(where, self._laid, self._where)
        return _others[key]

    def _calendar(self, unit_id: int) -> int | None:
        if unit_id not in self._calendars:
            self._calendars[unit_id] = self._tree.unit(unit_id).calendar_id
        return self._calendars[unit_id]

    def _limit(self, which: tuple[int, str, str]) -> Numbered | None:
        version_id, case_code, channel = which
        limits = procedures.definition_of(version_id).case(case_code).limits
        limit = limits.get(FilingChannel(channel)) or limits.get(FilingChannel.COUNTER)
        self._limits[which] = self._numbered(limit) if limit else None
        return self._limits[which]

    def _step(self, version_id: int, code: str) -> tuple[StepDef, Numbered] | None:
        """Return a step that has a budget, with that as a limit."""
        key = (version_id, code)
        if key not in self._steps:
            process = procedures.definition_of(version_id).process
            spec = (
                next((one for one in process.steps if one.code == code), None) if process else None
            )
            budget = spec.budget if spec else None
            if spec is None or budget is None:
                self._steps[key] = None
            else:
                limit = calendar.Limit(budget.amount, calendar.LimitUnit(budget.unit))
                self._steps[key] = spec, self._numbered(limit)
        return self._steps[key]
