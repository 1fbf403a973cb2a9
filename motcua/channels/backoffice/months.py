"""A year of a calendar as twelve small tables."""

import calendar as weeks
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.calendar import api as calendar

NORMAL, REST, OFF, HALF, WORKED = "", "rest", "off", "half", "worked"
_MARKS = {
    calendar.DayKind.OFF: OFF,
    calendar.DayKind.WORKED: WORKED,
    calendar.DayKind.MORNING_ONLY: HALF,
    calendar.DayKind.AFTERNOON_ONLY: HALF,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month, or a blank before its first day."""

    day: int
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month, week by week from Monday."""

    name: str
    weeks: Sequence[Sequence[Cell]]


def months_of(facts: calendar.CalendarFacts, year: int) -> list[Month]:
    """Return the year as the calendar has it."""
    return [
        Month(
            f"Tháng {month}",
            [
                [_cell(facts, year, month, day) for day in week]
                for week in weeks.monthcalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _cell(facts: calendar.CalendarFacts, year: int, month: int, day: int) -> Cell:
    if day == 0:
        return Cell(0, NORMAL, "")
    on = date(year, month, day)
    special = facts.special.get(on)
    if special is not None:
        return Cell(day, _MARKS[special.kind], special.note or special.kind.label)
    return Cell(day, NORMAL if facts.hours_on(on) else REST, "")
