"""Questions about working time: is it worked, what comes next, how much lies between."""

from datetime import date, datetime

from .facts import CalendarFacts
from .limits import CUT_OFF
from .moments import as_datetime, moment


def is_working_day(day: date, facts: CalendarFacts) -> bool:
    """Tell whether the offices work on `day`, be it for half of it."""
    return facts.table.is_working(day.toordinal())


def add_working_days(start: date, days: int, facts: CalendarFacts) -> date:
    """Return the date that falls `days` working days after `start`, or before it if negative.

    `start` itself is never counted. With 0 days it is `start` itself.

    Raises: BeyondCalendar.
    Source: docs/law/time-limits.md
    """
    if not days:
        return start
    table, ordinal = facts.table, start.toordinal()
    if days > 0:
        return date.fromordinal(table.after(ordinal, days))
    return date.fromordinal(table.after(ordinal - 1, days + 1))


def next_working_moment(at: datetime, facts: CalendarFacts) -> datetime:
    """Return `at` itself within working hours, else the moment work next begins."""
    day, second = moment(at)
    table = facts.table
    if table.is_working(day):
        for opens, closes in table.hours[table.through(day) - 1]:
            if second < closes:
                return as_datetime(day, max(second, opens))
    following = table.after(day, 1)
    return as_datetime(following, table.opening(following))


def closing_of(day: date, facts: CalendarFacts) -> datetime:
    """Return when the offices close on `day`, or on the next working day if it is none."""
    last = facts.table.on_or_after(day.toordinal())
    return as_datetime(last, facts.table.closing(last))


def working_minutes_between(since: datetime, until: datetime, facts: CalendarFacts) -> int:
    """Return the whole minutes of work between two moments; negative if `until` is earlier."""
    table = facts.table
    seconds = table.work_before(*moment(until)) - table.work_before(*moment(since))
    return seconds // 60 if seconds >= 0 else -(-seconds // 60)


def days_left(now: datetime, due: datetime, facts: CalendarFacts) -> int:
    """Return the working days after today up to the day of `due`.

    0 is today; negative are the working days since the due day, today included.
    """
    table = facts.table
    return table.through(moment(due)[0]) - table.through(moment(now)[0])


def soon_from(start: datetime, due: datetime, facts: CalendarFacts) -> datetime:
    """Return from when a running limit shows amber.

    It is one working day before `due`, or when a fifth of the working time is left, whichever
    comes first; a limit of one working day or less has the fifth alone.
    """
    table = facts.table
    begun, (due_day, due_second) = moment(start), moment(due)
    work_due = table.work_before(due_day, due_second)
    fifth = table.moment_of(work_due - max(0, work_due - table.work_before(*begun)) // 5)
    day_before = (table.after(due_day - 1, 0), due_second)
    return as_datetime(*(fifth if day_before <= begun else min(day_before, fifth)))


def is_soon(now: datetime, start: datetime, due: datetime, facts: CalendarFacts) -> bool:
    """Tell whether a running limit is amber: near its end, and not yet past it."""
    return soon_from(start, due, facts) <= now <= due


def latest_apology_moment(due: datetime, facts: CalendarFacts) -> datetime:
    """Return the last working moment a full day before the day of `due`.

    Source: docs/law/time-limits.md
    """
    table = facts.table
    last = table.after(moment(due)[0] - 1, 0)
    return as_datetime(last, table.closing(last))


def handover_moment(at: datetime, facts: CalendarFacts) -> datetime:
    """Return by when papers accepted at `at` are handed over to the office that decides.

    Up to 15:00 of a working day it is that day's closing; later, or on a day off, the start of
    the next working day.

    Source: docs/law/time-limits.md
    """
    day, second = moment(at)
    table = facts.table
    if table.is_working(day) and second <= min(CUT_OFF.hour * 3600, table.closing(day)):
        return as_datetime(day, table.closing(day))
    following = table.after(day, 1)
    return as_datetime(following, table.opening(following))


def is_desk_open(at: datetime, facts: CalendarFacts) -> bool:
    """Tell whether papers can be handed in at the desk, Saturday mornings included."""
    day, second = moment(at)
    hours = facts.desk_hours_on(date.fromordinal(day))
    return any(opens * 60 <= second < closes * 60 for opens, closes in hours)
