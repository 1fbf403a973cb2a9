"""Which promises a change of a calendar would move, and by how much; nothing is written.

Each distinct computation is done once: dossiers of one calendar, limit and first day share it.

Source: docs/law/time-limits.md; ADR 85
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

from motcua.casework.dossiers.models import DossierWait, DueChange
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.casework.processes.api import NO_LIMIT, StepDef
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
Row = tuple[Any, ...]
_NEW: Any = object()
_NEXT_DAY = "17"


class Promise(NamedTuple):
    """What is needed of a dossier to count its time again.

    Moments are as the database writes them: most rows say what another has said, and are not read.
    """

    id: int
    clock_from: str
    due_at: str
    receiving_unit_id: int
    version_id: int
    case_code: str
    channel: str
    agency_id: int
    procedure_id: int


class OpenStep(NamedTuple):
    """What is needed of an open step to count its budget again; moments as in a promise."""

    dossier_id: int
    seq: int
    opened_at: str
    due_at: str
    promised_at: str | None
    unit_id: int
    version_id: int
    code: str
    agency_id: int
    procedure_id: int


class Became(NamedTuple):
    """What becomes of a promise; `days` it moves, earlier ones are negative."""

    kind: calendar.ShiftKind
    due_was: datetime | None
    due_now: datetime | None
    due_counted: datetime | None
    days: int = 0


@dataclass(slots=True)
class Shifted:
    """What becomes of one dossier; `steps` holds the new end of each open step that moves."""

    dossier_id: int
    agency_id: int
    procedure_id: int
    became: Became
    steps: list[tuple[int, datetime]] = field(default_factory=list)


_PROMISES = """
SELECT d.id, d.clock_from, d.due_at, d.receiving_unit_id, d.procedure_version_id, d.case_code,
       d.channel, d.agency_id, d.procedure_id
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
SELECT s.dossier_id, s.seq, s.opened_at, s.due_at, d.due_at, s.unit_id, d.procedure_version_id,
       s.code, d.agency_id, d.procedure_id
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
    counted.read_histories(asked)
    found = {one.dossier_id: one for one in _promises(counted, asked)}
    for row in work.fetch_written(_STEPS, asked):
        _with_step(found, counted, row)
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
    for row in work.fetch_written(_PROMISES + _OPEN, asked):
        became = counted.became(row)
        if became is not None:
            yield Shifted(row[0], row[7], row[8], became)


def _with_step(found: dict[int, Shifted], counted: "_Counted", row: Row) -> None:
    """Note where the end of an open step moves, of its own or with the promise."""
    known = found.get(row[0])
    end = counted.step_end(row, known.became.due_now if known else None)
    if end is None:
        return
    if known is None:
        promised = _read(row[4]) if row[4] else None
        became = Became(calendar.ShiftKind.STEPS, promised, promised, promised)
        known = found[row[0]] = Shifted(row[0], row[8], row[9], became)
    known.steps.append((row[1], end))


@lru_cache(maxsize=4096)
def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(moment: str) -> str:
    """Return what tells the day in Hà Nội of a moment written in UTC: it begins there at 17:00."""
    return moment[:11] if moment[11:13] >= _NEXT_DAY else moment[:10]


def _wait_days(wait: DossierWait) -> Row:
    """Return what of a wait limits in days care for; a new limit in hours cares for moments."""
    asked, supplied = wait.asked_at, wait.supplied_at
    terms = (wait.rule, wait.reset_amount, wait.reset_unit)
    if wait.reset_unit in _EXACT:
        return asked, supplied, *terms
    return local_day(asked), local_day(supplied) if supplied else None, *terms


def _is_exact(numbered: Numbered | None) -> bool:
    """Say whether a limit asks for the moment it began, and not for the day alone."""
    return numbered is not None and numbered[0].unit in _EXACT


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
        self._limits: dict[Row, Numbered | None] = {}
        self._steps: dict[Row, tuple[StepDef, Numbered] | None] = {}
        self._numbers: dict[calendar.Limit, int] = {}
        self._ends: dict[tuple[Any, ...], Both] = {}
        self._floors: dict[int | None, datetime] = {}
        self._exact: dict[Row, bool] = {}
        self._became: dict[Row, Became | None] = {}
        self._step_ends: dict[Row, datetime | None] = {}
        self._tree = organisation.tree()
        self._waits: dict[int, list[DossierWait]] = {}
        self._days: dict[int, Row] = {}
        self._changes: dict[int, list[DueChange]] = {}

    def read_histories(self, asked: Mapping[str, Any]) -> None:
        """Read what happened to the clocks of those dossiers to which something did."""
        for row in work.fetch(_WAITS, asked, prepare=False):
            wait = work.from_row(DossierWait, row)
            self._waits.setdefault(wait.dossier_id, []).append(wait)
        for dossier_id, waits in self._waits.items():
            self._days[dossier_id] = tuple(map(_wait_days, waits))
        for row in work.fetch(_CHANGES, asked, prepare=False):
            change = work.from_row(DueChange, row)
            self._changes.setdefault(change.dossier_id, []).append(change)

    def became(self, row: Row) -> Became | None:
        """Return what becomes of a promise; equal ones are counted once."""
        which, days = row[4:7], self._days.get(row[0], ())
        is_exact = self._exact.get(which)
        if is_exact is None:
            is_exact = self._exact[which] = _is_exact(self._limit_of(which))
        if row[0] in self._changes or (days and is_exact):
            return self._count_promise(Promise._make(row))
        key = row[1] if is_exact else _day(row[1]), row[2:], days
        found = self._became.get(key, _NEW)
        if found is _NEW:
            found = self._became[key] = self._count_promise(Promise._make(row))
        return cast("Became | None", found)

    def step_end(self, row: Row, due_now: datetime | None) -> datetime | None:
        """Return when an open step is due now, None where that does not move.

        `due_now` is what becomes of the promise, if it moves; equal steps are counted once.
        """
        which, days = row[6:8], self._days.get(row[0], ())
        is_exact = self._exact.get(which)
        if is_exact is None:
            spec = self._step(which)
            is_exact = self._exact[which] = _is_exact(spec[1] if spec else None)
        if days and is_exact:
            return self._count_step(OpenStep._make(row), due_now)
        key = row[2] if is_exact else _day(row[2]), row[3:], days, due_now
        found = self._step_ends.get(key, _NEW)
        if found is _NEW:
            found = self._step_ends[key] = self._count_step(OpenStep._make(row), due_now)
        return cast("datetime | None", found)

    def _count_promise(self, promise: Promise) -> Became | None:
        both = self._ends_of(promise)
        if both is None or both[0] == both[1]:
            return None
        where, due_was = self._calendar(promise.receiving_unit_id), _read(promise.due_at)
        floor = self._floors.get(where)
        if floor is None:
            floor = self._floors[where] = calendar.floor_of(self.at, self._both(where)[1])
        shift = calendar.shift_of(due_was, *both, floor=floor, at=self.at)
        if shift is None:
            return None
        days = (local_day(shift.due_now) - local_day(due_was)).days
        return Became(shift.kind, due_was, shift.due_now, both[1], days)

    def _ends_of(self, promise: Promise) -> Both | None:
        """Return when the limit ended and ends now; None where the law sets none."""
        numbered = self._limit_of((promise.version_id, promise.case_code, promise.channel))
        if numbered is None:
            return None
        where = self._calendar(promise.receiving_unit_id)
        waits = self._waits.get(promise.id, [])
        if waits or promise.id in self._changes:
            history = ClockRows(waits, self._changes.get(promise.id, [])).history()
            start = datetime.fromisoformat(promise.clock_from)
            return self._count(where, numbered[0], start, history)
        return self._once(where, numbered, promise.clock_from)

    def _count_step(self, step: OpenStep, due_now: datetime | None) -> datetime | None:
        before, after = self._step_ends_of(step, due_now)
        due_at = _read(step.due_at)
        if before == after or due_at != before or due_at <= self.at:
            return None
        return after

    def _step_ends_of(self, step: OpenStep, due_now: datetime | None) -> Both:
        """Return when the step was due and is now: within its budget and the promise."""
        found = self._step((step.version_id, step.code))
        before = _read(step.promised_at) if step.promised_at else NO_LIMIT
        after = due_now or before
        if found is None:
            return before, after
        spec, numbered = found
        where = self._calendar(step.unit_id)
        if spec.has_own_time:
            return self._once(where, numbered, step.opened_at)
        own = self._own_ends(step, numbered, where)
        return min(own[0], before), min(own[1], after)

    def _own_ends(self, step: OpenStep, numbered: Numbered, where: int | None) -> Both:
        if step.dossier_id not in self._waits:
            return self._once(where, numbered, step.opened_at)
        opened_at = datetime.fromisoformat(step.opened_at)
        pauses = [
            calendar.Waiting(wait.asked_at, wait.supplied_at)
            for wait in self._waits[step.dossier_id]
            if wait.rule != calendar.WaitingRule.COUNTS
        ]
        return self._count(where, numbered[0], opened_at, tuple(pauses))

    def _once(self, where: int | None, numbered: Numbered, start: str) -> Both:
        """Count what many share once: limits in days care for days alone."""
        limit, number = numbered
        key = (where, number, start if _is_exact(numbered) else _day(start))
        found = self._ends.get(key)
        if found is None:
            began_at = datetime.fromisoformat(start)
            found = self._ends[key] = self._count(where, limit, began_at, ())
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

    def _limit_of(self, which: Row) -> Numbered | None:
        """Return the limit of a version, case and channel."""
        found = self._limits.get(which, _NEW)
        if found is not _NEW:
            return cast("Numbered | None", found)
        version_id, case_code, channel = which
        limits = procedures.definition_of(version_id).case(case_code).limits
        limit = limits.get(FilingChannel(channel)) or limits.get(FilingChannel.COUNTER)
        self._limits[which] = self._numbered(limit) if limit else None
        return self._limits[which]

    def _step(self, key: Row) -> tuple[StepDef, Numbered] | None:
        """Return a step of a version, by its code, that has a budget, with that as a limit."""
        if key not in self._steps:
            version_id, code = key
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
