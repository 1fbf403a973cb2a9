"""Anticipated failures of the calendar; the message is for the person who reads it."""

from motcua.lib.errors import Anticipated


class CalendarError(Anticipated):
    """Any anticipated failure of the calendar."""


class BeyondCalendar(CalendarError):
    """A day lies outside the years the calendar knows."""


class LimitNotValid(CalendarError):
    """A time limit or an event of its history contradicts itself."""
