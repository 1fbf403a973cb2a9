"""Anticipated failures of the calendar; the message is for the person who reads it."""

from motcua.lib.errors import Anticipated, BadInput, NotFound


class CalendarError(Anticipated):
    """Any anticipated failure of the calendar."""


class BeyondCalendar(CalendarError):
    """A day lies outside the years the calendar knows."""


class LimitNotValid(BadInput, CalendarError):
    """A time limit or an event of its history contradicts itself."""


class NoSuchCalendar(NotFound, CalendarError):
    """There is no calendar with that number."""


class CalendarChangeNotValid(BadInput, CalendarError):
    """A change of a calendar contradicts itself or what is there."""


class NoSuchChange(NotFound, CalendarError):
    """There is no change of a calendar with that number."""


class ChangeMovedOn(CalendarError):
    """Somebody changed the draft, or the calendar itself, since it was looked at."""
