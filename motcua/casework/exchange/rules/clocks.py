"""By when a document must be sent, and by when it must be entered where it arrived.

Source: docs/law/exchange.md
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.casework.exchange.choices import Alarm
from motcua.foundation.calendar.api import CalendarFacts, add_working_days, is_working_day
from motcua.lib.clock import HANOI, local_day

# Urgent documents go at once; what that is in minutes no text says: ours, by urgency 1 to 4.
URGENT_MINUTES = {1: 60, 2: 30, 3: 15, 4: 15}


@dataclass(frozen=True, slots=True)
class Limits:
    """The moment something is due, and the moment from which it is late."""

    due_at: datetime
    late_at: datetime


def limits_from(start: datetime, urgency: int, facts: CalendarFacts) -> Limits:
    """Return the limits of what must happen on the day of `start`, the next working day at latest.

    On a day off the next working day counts as the day itself. Urgent: within minutes, late with
    the same moment.
    """
    if urgency in URGENT_MINUTES:
        due = start + timedelta(minutes=URGENT_MINUTES[urgency])
        return Limits(due, due)
    day = local_day(start)
    if not is_working_day(day, facts):
        day = add_working_days(day, 1, facts)
    following = add_working_days(day, 1, facts)
    return Limits(_end_of(day), _end_of(following))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=HANOI)


SENDING = (Alarm.SEND_DUE, Alarm.SEND_LATE)
REGISTERING = (Alarm.REGISTER_DUE, Alarm.REGISTER_LATE)


def alarm_of(
    due_at: datetime | None, late_at: datetime | None, done_at: datetime, of: tuple[Alarm, Alarm]
) -> Alarm:
    """Return what a clock says of what was done at a moment, or is still open at it."""
    if late_at is not None and done_at > late_at:
        return of[1]
    if due_at is not None and done_at > due_at:
        return of[0]
    return Alarm.NONE
