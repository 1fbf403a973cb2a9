"""Working moments before and after others, by the national calendar."""

from datetime import date, datetime, time, timedelta
from random import Random

from motcua.foundation.calendar import api as calendar
from motcua.foundation.calendar.api import Limit, LimitUnit
from motcua.lib.clock import HANOI, local_day

HOUR = 60
FIRST_MINUTE, LAST_MINUTE = 7 * HOUR + 40, 16 * HOUR + 15


def after(at: datetime, minutes: int) -> datetime:
    """Return the working moment so many minutes of work later."""
    facts = calendar.national_facts()
    hours, rest = divmod(max(minutes, 1), HOUR)
    if hours:
        at = calendar.due_at(Limit(hours, LimitUnit.WORKING_HOUR), at, (), facts).due_at
    return calendar.next_working_moment(at + timedelta(minutes=rest), facts)


def minutes_to(since: datetime, until: datetime) -> int:
    """Return the minutes of work between two moments."""
    return calendar.working_minutes_between(since, until, calendar.national_facts())


def some_moment(day: date, chance: Random) -> datetime:
    """Return a moment in the working hours of that day, or of the next working day."""
    minute = chance.randint(FIRST_MINUTE, LAST_MINUTE)
    start = datetime.combine(day, time(), HANOI) + timedelta(minutes=minute)
    return calendar.next_working_moment(start, calendar.national_facts())


def closing_after(at: datetime, working_days: int) -> datetime:
    """Return the end of work so many working days after a moment."""
    facts = calendar.national_facts()
    day = calendar.add_working_days(local_day(at), working_days, facts)
    return calendar.closing_of(day, facts)


def morning_before(at: datetime, working_days: int, minute: int) -> datetime:
    """Return the moment `minute` minutes after eight, so many working days before."""
    facts = calendar.national_facts()
    day = calendar.add_working_days(local_day(at), -working_days, facts)
    return datetime.combine(day, time(8), HANOI) + timedelta(minutes=minute)
