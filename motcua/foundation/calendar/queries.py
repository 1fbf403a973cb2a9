"""Calendars as facts, kept in memory by each process, and their rows for screens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from time import monotonic

from .choices import DayKind
from .errors import NoSuchCalendar
from .models import (
    NATIONAL,
    CalendarDay,
    CalendarVersion,
    OpeningHours,
    WorkCalendar,
)
from .rules import CalendarFacts, Opening, SpecialDay, Week

RECHECK_SECONDS = 2.0


@dataclass(slots=True)
class _Held:
    """What this process knows of the calendars, and until when it need not ask again."""

    version: int = -1
    fresh_until: float = 0.0
    facts: dict[int | None, CalendarFacts] = field(default_factory=dict)


_held = _Held()


def facts_of(calendar_id: int | None) -> CalendarFacts:
    """Return the facts of a calendar; None is the national one.

    Raises: NoSuchCalendar.
    Costs: nothing for two seconds, then one query; three more when calendars have changed.
    """
    moment = monotonic()
    if moment >= _held.fresh_until:
        version = _version_in_force()
        if version != _held.version:
            _held.version, _held.facts = version, {}
        _held.fresh_until = moment + RECHECK_SECONDS
    facts = _held.facts.get(calendar_id)
    if facts is None:
        facts = _held.facts[calendar_id] = _load(calendar_id, _held.version)
    return facts


def national_facts() -> CalendarFacts:
    """Return the facts of the calendar every agency follows that has none of its own."""
    return facts_of(None)


def forget_facts() -> None:
    """Ask the database again at the next look: this process has just changed a calendar."""
    _held.fresh_until = 0.0


def all_calendars() -> list[WorkCalendar]:
    """Return every calendar by name."""
    return list(WorkCalendar.objects.order_by("name", "id"))


def find_calendar(code: str) -> WorkCalendar | None:
    """Return the calendar with that code, if there is one."""
    return WorkCalendar.objects.filter(code=code).first()


def special_days(year: int, calendar_id: int | None = None) -> list[CalendarDay]:
    """Return the dated rows of one year: a calendar's own, or the national ones."""
    return list(CalendarDay.objects.of(calendar_id).in_year(year).order_by("on"))


def published_years() -> list[int]:
    """Return the years whose national days off are written, for those who must watch it."""
    days = CalendarDay.objects.of(None).filter(kind=DayKind.OFF)
    return [day.year for day in days.dates("on", "year")]


def weeks_of(calendar_id: int) -> tuple[Week, ...]:
    """Return a calendar's own weeks of opening hours, the earliest first."""
    return _weeks(OpeningHours.objects.filter(calendar_id=calendar_id))


def _version_in_force() -> int:
    return next(iter(CalendarVersion.objects.values_list("version", flat=True)), 0)


def _load(calendar_id: int | None, version: int) -> CalendarFacts:
    national = WorkCalendar.objects.get(code=NATIONAL)
    calendar = national if calendar_id is None else _calendar(calendar_id)
    weeks = weeks_of(calendar.pk) or weeks_of(national.pk)
    days = {day.on: day for day in CalendarDay.objects.of(None)}
    days |= {day.on: day for day in CalendarDay.objects.of(calendar.pk)}
    special = tuple(
        SpecialDay(day.on, DayKind(day.kind), day.note, day.replaces, day.basis)
        for day in days.values()
    )
    return CalendarFacts(weeks, special, name=calendar.name, version=version)


def _calendar(calendar_id: int) -> WorkCalendar:
    calendar = WorkCalendar.objects.filter(pk=calendar_id).first()
    if calendar is None:
        raise NoSuchCalendar("Không có lịch làm việc này.")
    return calendar


def _weeks(rows: Iterable[OpeningHours]) -> tuple[Week, ...]:
    in_order = sorted(rows, key=lambda row: (row.valid_from, row.weekday, row.opens))
    weeks = (list(group) for _, group in groupby(in_order, lambda row: row.valid_from))
    return tuple(
        Week(
            tuple(Opening(row.weekday, row.opens, row.closes, row.desk_only) for row in week),
            week[0].valid_from,
            week[0].valid_to,
        )
        for week in weeks
    )
