"""When an answer is due: one limit, one start, one history, one calendar.

The latest event that begins the count anew (a supplement under RESTART or RESET, a new
appointment) starts the run in force. The run's own limit and all its pauses are counted
together; extensions follow, each from where the limit would otherwise end.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeGuard

from motcua.foundation.calendar.choices import LimitUnit, WaitingRule

from .facts import CalendarFacts
from .limits import Event, Extension, History, Limit, Reappointment, Waiting
from .moments import Moment, as_datetime, moment
from .table import DayTable

HALF_DAY_SECONDS = 4 * 3600
HOURLY = frozenset({LimitUnit.WORKING_HOUR, LimitUnit.HALF_DAY})
NOMINAL = frozenset({LimitUnit.CALENDAR_DAY, LimitUnit.MONTH})
_ANEW = frozenset({WaitingRule.RESTART, WaitingRule.RESET})


class Run(NamedTuple):
    """The count in force: where it began, under which limit, by which event.

    `paused` is in working seconds for limits in hours, else in days of the limit's own kind.
    """

    began_at: datetime
    limit: Limit
    cause: Event | None
    pauses: tuple[Waiting, ...] = ()
    paused: int = 0
    extensions: tuple[Extension, ...] = ()


class DueResult(NamedTuple):
    """The due moment and the facts it follows from; `waiting_since` means the clock stands."""

    due_at: datetime
    due_originally_at: datetime
    start: datetime
    limit: Limit
    run: Run
    waiting_since: datetime | None
    facts: CalendarFacts


def due_at(limit: Limit, start: datetime, history: History, facts: CalendarFacts) -> DueResult:
    """Return when the answer is due.

    An open waiting moves nothing yet: the result says since when the clock stands.

    Raises: BeyondCalendar, LimitNotValid.
    Source: docs/law/time-limits.md
    """
    table = facts.table
    original = as_datetime(*limit_end(limit, moment(start), 0, table))
    if not history:
        run = Run(start, limit, None)
        return DueResult(original, original, start, limit, run, None, facts)
    run = _with_history(_run_in_force(limit, start, history), history, table)
    due = as_datetime(*_run_end(run, table))
    return DueResult(due, original, start, limit, run, _waiting_since(history), facts)


def limit_end(limit: Limit, start: Moment, paused: int, table: DayTable) -> Moment:
    """Return when a limit ends that began at `start` and stood still for `paused`."""
    unit = limit.unit
    if unit == LimitUnit.WORKING_DAY:
        last = table.after(start[0], limit.amount + paused)
    elif unit in HOURLY:
        work = table.work_before(*start) + seconds_of(limit) + paused
        return table.moment_of(work)
    elif unit == LimitUnit.SAME_DAY:
        last = table.after(_same_day(limit, start, table), paused)
    else:
        table.through(start[0])
        last = table.on_or_after(nominal_end(limit, start[0], paused))
    return last, table.closing(last)


def nominal_end(limit: Limit, start: int, paused: int) -> int:
    """Return the last day of a limit in calendar days or months, be it a day off or not."""
    if limit.unit == LimitUnit.CALENDAR_DAY:
        return start + limit.amount + paused
    day = date.fromordinal(start)
    years, month = divmod(day.month - 1 + limit.amount, 12)
    year, month = day.year + years, month + 1
    number = min(day.day, monthrange(year, month)[1])
    return date(year, month, number).toordinal() + paused


def seconds_of(limit: Limit) -> int:
    """Return how much work a limit in hours or half-days (4 hours) holds."""
    each = HALF_DAY_SECONDS if limit.unit == LimitUnit.HALF_DAY else 3600
    return limit.amount * each


def _same_day(limit: Limit, start: Moment, table: DayTable) -> int:
    day, second = start
    cut_off = limit.cut_off.hour * 3600 + limit.cut_off.minute * 60
    in_time = table.is_working(day) and second <= min(cut_off, table.closing(day))
    return day if in_time else table.after(day, 1)


def _run_in_force(limit: Limit, start: datetime, history: History) -> Run:
    run = Run(start, limit, None)
    anew = [(at, event) for event in history if (at := _begins_anew_at(event)) is not None]
    for at, event in sorted(anew, key=itemgetter(0)):
        if at < run.began_at:
            continue
        inherited = limit if isinstance(event, Waiting) else run.limit
        own = event.reset_to if isinstance(event, Waiting) else None
        run = Run(at, own or inherited, event)
    return run


def _begins_anew_at(event: Event) -> datetime | None:
    if isinstance(event, Reappointment):
        return event.at
    if isinstance(event, Waiting) and event.rule in _ANEW:
        return event.supplied_at
    return None


def _with_history(run: Run, history: History, table: DayTable) -> Run:
    pauses = tuple(event for event in history if _pauses(event, run))
    extensions = tuple(
        event
        for event in history
        if isinstance(event, Extension) and (run.cause is None or event.at >= run.began_at)
    )
    paused = _paused(run, pauses, table)
    return run._replace(pauses=pauses, paused=paused, extensions=extensions)


def _pauses(event: Event, run: Run) -> TypeGuard[Waiting]:
    return (
        isinstance(event, Waiting)
        and event.rule == WaitingRule.PAUSE
        and event.supplied_at is not None
        and event.supplied_at > run.began_at
    )


def _paused(run: Run, pauses: Sequence[Waiting], table: DayTable) -> int:
    """Sum what the run stood still; a time covered by two waitings counts once."""
    covered, total = moment(run.began_at), 0
    for pause in sorted(pauses, key=attrgetter("asked_at")):
        asked, supplied = moment(pause.asked_at), moment(pause.supplied_at or pause.asked_at)
        total += _stood_still(run.limit.unit, max(asked, covered), supplied, table)
        covered = max(covered, supplied)
    return total


def _stood_still(unit: LimitUnit, since: Moment, until: Moment, table: DayTable) -> int:
    if until <= since:
        return 0
    if unit in HOURLY:
        return table.work_before(*until) - table.work_before(*since)
    if unit in NOMINAL:
        return until[0] - since[0]
    return table.through(until[0]) - table.through(since[0])


def _run_end(run: Run, table: DayTable) -> Moment:
    end = _first_end(run, table)
    for extension in run.extensions:
        end = limit_end(extension.limit, end, 0, table)
    return end


def _first_end(run: Run, table: DayTable) -> Moment:
    if not isinstance(run.cause, Reappointment):
        return limit_end(run.limit, moment(run.began_at), run.paused, table)
    appointed = moment(run.cause.new_due_at)
    if not run.paused:
        return appointed
    if run.limit.unit in HOURLY:
        return table.moment_of(table.work_before(*appointed) + run.paused)
    if run.limit.unit in NOMINAL:
        last = table.on_or_after(appointed[0] + run.paused)
    else:
        last = table.after(appointed[0], run.paused)
    return last, table.closing(last)


def _waiting_since(history: History) -> datetime | None:
    asked = [
        event.asked_at
        for event in history
        if isinstance(event, Waiting)
        and event.supplied_at is None
        and event.rule != WaitingRule.COUNTS
    ]
    return min(asked, default=None)
