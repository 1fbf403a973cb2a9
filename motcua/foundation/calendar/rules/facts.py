"""What a calendar says: dated days, weeks of opening hours, and the table made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from motcua.foundation.calendar.choices import DayKind

from .table import DayTable, Interval

NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of opening hours on one day of the week.

    A `desk_only` stretch takes papers in (Saturday morning) but makes no working day.

    Units: minutes from midnight in Hà Nội.
    """

    weekday: int
    opens: int
    closes: int
    desk_only: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """The opening hours of a whole week in a season; without dates, of every other time."""

    openings: tuple[Opening, ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the season holds on `day`, its first and last day included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def hours(self, weekday: int, *, desk_only: bool) -> tuple[Interval, ...]:
        """Return the stretches of one day of the week in order, in minutes."""
        return tuple(
            sorted(
                (opening.opens, opening.closes)
                for opening in self.openings
                if opening.weekday == weekday and opening.desk_only == desk_only
            )
        )


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day unlike its weekday: a day off, a worked Saturday, a half-day.

    A worked day keeps the opening hours of the day it `replaces`; `basis` names the document.
    """

    on: date
    kind: DayKind
    note: str = ""
    replaces: date | None = None
    basis: str = ""


@dataclass(frozen=True)
class CalendarFacts:
    """One version of one calendar; where two seasons meet, the later beginning wins.

    The table of days is made once and kept with the value.
    """

    weeks: tuple[Week, ...]
    days: tuple[SpecialDay, ...] = ()
    first_year: int = 2000
    last_year: int = 2060
    name: str = ""
    version: int = 0

    @cached_property
    def special(self) -> Mapping[date, SpecialDay]:
        """The dated rows by day."""
        return {day.on: day for day in self.days}

    @cached_property
    def table(self) -> DayTable:
        """The index of working days over all years of the calendar."""
        first = date(self.first_year, 1, 1).toordinal()
        end = date(self.last_year + 1, 1, 1).toordinal()
        days = map(date.fromordinal, range(first, end))
        return DayTable.of(first, (self.hours_on(day) for day in days))

    def hours_on(self, day: date) -> tuple[Interval, ...]:
        """Return the working hours of one day in minutes; empty on a day off."""
        special = self.special.get(day)
        if special is None:
            return self._ordinary(day)
        if special.kind == DayKind.OFF:
            return ()
        if special.kind == DayKind.WORKED:
            return self._ordinary(special.replaces or day)
        morning = special.kind == DayKind.MORNING_ONLY
        return _half(self._ordinary(day), morning=morning)

    def is_ordinary(self, day: date) -> bool:
        """Tell whether the weekday of `day` is worked in that season."""
        return bool(self._ordinary(day))

    def desk_hours_on(self, day: date) -> tuple[Interval, ...]:
        """Return when the desk takes papers in: the working hours, or its own (Saturday)."""
        special = self.special.get(day)
        if special is not None and special.kind == DayKind.OFF:
            return ()
        own = self.hours_on(day)
        return own or self._desk_hours[self._week_of(day)][day.weekday()]

    def _ordinary(self, day: date) -> tuple[Interval, ...]:
        return self._work_hours[self._week_of(day)][day.weekday()]

    def _week_of(self, day: date) -> int:
        for place, week in enumerate(self._weeks):
            if week.covers(day):
                return place
        return len(self._weeks)

    @cached_property
    def _weeks(self) -> tuple[Week, ...]:
        latest_first = sorted(self.weeks, key=lambda week: week.valid_from or date.min)
        return tuple(reversed(latest_first))

    @cached_property
    def _work_hours(self) -> tuple[tuple[tuple[Interval, ...], ...], ...]:
        return self._hours_by_week(desk_only=False)

    @cached_property
    def _desk_hours(self) -> tuple[tuple[tuple[Interval, ...], ...], ...]:
        return self._hours_by_week(desk_only=True)

    def _hours_by_week(self, *, desk_only: bool) -> tuple[tuple[tuple[Interval, ...], ...], ...]:
        closed = Week(())
        return tuple(
            tuple(week.hours(weekday, desk_only=desk_only) for weekday in range(7))
            for week in (*self._weeks, closed)
        )


def _half(hours: tuple[Interval, ...], *, morning: bool) -> tuple[Interval, ...]:
    low, high = (0, NOON) if morning else (NOON, 24 * 60)
    cut = ((max(opens, low), min(closes, high)) for opens, closes in hours)
    return tuple((opens, closes) for opens, closes in cut if opens < closes)


def office_week(
    *hours: Interval, valid_from: date | None = None, valid_to: date | None = None
) -> Week:
    """Return a week of equal days, Monday to Friday."""
    openings = tuple(
        Opening(weekday, opens, closes) for weekday in range(5) for opens, closes in hours
    )
    return Week(openings, valid_from, valid_to)
