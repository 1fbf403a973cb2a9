"""Moments as the day and second of the clock in Hà Nội, and back."""

from datetime import date, datetime

from motcua.foundation.calendar.errors import LimitNotValid
from motcua.lib.clock import HANOI

Moment = tuple[int, int]


def moment(at: datetime) -> Moment:
    """Return the ordinal of the day and the second in it; parts of a second are dropped.

    Raises: LimitNotValid if `at` names no time zone.
    """
    if at.tzinfo is None:
        raise LimitNotValid("Thời điểm phải kèm múi giờ.")
    local = at.astimezone(HANOI)
    return local.toordinal(), local.hour * 3600 + local.minute * 60 + local.second


def as_datetime(ordinal: int, second: int) -> datetime:
    """Return the moment as a datetime of Hà Nội."""
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    day = date.fromordinal(ordinal)
    return datetime(day.year, day.month, day.day, hours, minutes, seconds, tzinfo=HANOI)
