"""A change of one calendar as a value: looked at before it is made, and taken back by another.

Source: docs/law/time-limits.md
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.foundation.calendar.choices import DayKind, Weekday
from motcua.foundation.calendar.errors import CalendarChangeNotValid

from .changes import check_day, check_week
from .facts import Opening, SpecialDay, Week

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Days and weeks to be written, and those to be taken out, of one calendar."""

    days: tuple[SpecialDay, ...] = ()
    days_out: tuple[date, ...] = ()
    weeks: tuple[Week, ...] = ()
    weeks_out: tuple[date, ...] = ()

    @property
    def first_day(self) -> date | None:
        """The first day on which anything changes; None where the change is empty."""
        seasons = (week.valid_from for week in self.weeks if week.valid_from)
        found = [*(day.on for day in self.days), *self.days_out, *seasons, *self.weeks_out]
        return min(found, default=None)

    @property
    def latest_day(self) -> date | None:
        """The last day on which anything changes; None where a week of hours has no end."""
        if self.weeks or self.weeks_out:
            return None
        return max([*(day.on for day in self.days), *self.days_out], default=None)

    def days_over(self, days: Iterable[SpecialDay]) -> dict[date, SpecialDay]:
        """Return the dated days as they would be."""
        kept = {day.on: day for day in days if day.on not in self.days_out}
        return kept | {day.on: day for day in self.days}

    def weeks_over(self, weeks: Sequence[Week]) -> tuple[Week, ...]:
        """Return the weeks of opening hours as they would be."""
        gone = {*self.weeks_out, *(week.valid_from for week in self.weeks)}
        return (*(week for week in weeks if week.valid_from not in gone), *self.weeks)

    def undone(self, days: Iterable[SpecialDay], weeks: Sequence[Week]) -> "Proposal":
        """Return what takes this change back, from the calendar's own rows before it."""
        was = {day.on: day for day in days}
        began = {week.valid_from: week for week in weeks}
        touched = [*(day.on for day in self.days), *self.days_out]
        seasons = [*(week.valid_from for week in self.weeks), *self.weeks_out]
        return Proposal(
            days=tuple(was[on] for on in touched if on in was),
            days_out=tuple(on for on in touched if on not in was),
            weeks=tuple(began[on] for on in seasons if on in began),
            weeks_out=tuple(on for on in seasons if on and on not in began),
        )


def check_proposal(asked: Proposal) -> None:
    """Raises: CalendarChangeNotValid if the change contradicts itself or says nothing."""
    if asked.first_day is None:
        message = "Thay đổi chưa nêu ngày nghỉ, ngày làm việc hay giờ làm việc nào."
        raise CalendarChangeNotValid(message, field="on")
    for day in asked.days:
        check_day(day)
    for week in asked.weeks:
        check_week(week)


def plain_of(asked: Proposal) -> dict[str, Any]:
    """Return the change as it is stored."""
    return {
        "days": [
            [f"{day.on}", str(day.kind), day.note, f"{day.replaces or ''}", day.basis]
            for day in asked.days
        ],
        "days_out": [f"{on}" for on in asked.days_out],
        "weeks": [
            {
                "from": f"{week.valid_from or ''}",
                "to": f"{week.valid_to or ''}",
                "hours": [
                    [one.weekday, one.opens, one.closes, one.desk_only] for one in week.openings
                ],
            }
            for week in asked.weeks
        ],
        "weeks_out": [f"{on}" for on in asked.weeks_out],
    }


def proposal_of(plain: Plain) -> Proposal:
    """Return the change that was stored."""
    return Proposal(
        days=tuple(
            SpecialDay(date.fromisoformat(on), DayKind(kind), note, _day(replaces), basis)
            for on, kind, note, replaces, basis in plain.get("days", ())
        ),
        days_out=tuple(map(date.fromisoformat, plain.get("days_out", ()))),
        weeks=tuple(
            Week(
                tuple(Opening(*hours) for hours in one["hours"]), _day(one["from"]), _day(one["to"])
            )
            for one in plain.get("weeks", ())
        ),
        weeks_out=tuple(map(date.fromisoformat, plain.get("weeks_out", ()))),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def proposal_in_words(asked: Proposal) -> list[str]:
    """Return the lines that say what the change does."""
    return [
        *(_day_in_words(day) for day in asked.days),
        *(f"{_long(on)}: bỏ ngày ghi riêng, theo ngày thường trong tuần" for on in asked.days_out),
        *(_week_in_words(week) for week in asked.weeks),
        *(f"Bỏ giờ làm việc riêng từ {on:%d/%m/%Y}" for on in asked.weeks_out),
    ]


def _day_in_words(day: SpecialDay) -> str:
    for_whom = f" cho {day.replaces:%d/%m/%Y}" if day.replaces else ""
    note = f" ({day.note})" if day.note else ""
    return f"{_long(day.on)}: {day.kind.label.lower()}{for_whom}{note}"


def _week_in_words(week: Week) -> str:
    until = f" đến hết {week.valid_to:%d/%m/%Y}" if week.valid_to else ""
    hours = sorted({(one.opens, one.closes) for one in week.openings})
    told = ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in hours)
    return f"Giờ làm việc từ {week.valid_from:%d/%m/%Y}{until}: {told}"


def _long(day: date) -> str:
    weekday = str(Weekday(day.weekday()).label)
    return f"{weekday[:1].upper()}{weekday[1:]} {day:%d/%m/%Y}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
