"""Builders: the national calendar of 2026 as the law fixed it, and moments in Hà Nội."""

from datetime import date, datetime, timedelta
from importlib import import_module

from django.apps import apps

from motcua.foundation.calendar.choices import DayKind
from motcua.foundation.calendar.models import WorkCalendar
from motcua.foundation.calendar.operations import add_calendar, set_opening_hours
from motcua.foundation.calendar.queries import forget_facts
from motcua.foundation.calendar.rules import (
    CalendarFacts,
    Opening,
    SpecialDay,
    Week,
    office_week,
)
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MORNING = (7 * 60 + 30, 12 * 60)
AFTERNOON = (13 * 60 + 30, 17 * 60)
OFFICE_HOURS = office_week(MORNING, AFTERNOON)


def at(text: str) -> datetime:
    """Read a moment in Hà Nội: "2026-01-07 16:30" or with seconds."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def make_facts(*extra: SpecialDay, weeks: tuple[Week, ...] = (OFFICE_HOURS,)) -> CalendarFacts:
    """Return the calendar of 2026 (with New Year 2027), and what a test adds."""
    return CalendarFacts(weeks=weeks, days=(*days_of_2026(), *extra), last_year=2030)


def desk_saturday() -> Week:
    """Return office hours with a desk that takes papers in on Saturday mornings."""
    return Week((*OFFICE_HOURS.openings, Opening(5, *MORNING, desk_only=True)))


def days_of_2026() -> tuple[SpecialDay, ...]:
    """Return the days off and the worked Saturdays of 2026."""
    return (
        off("2026-01-01", "Tết Dương lịch"),
        off("2026-01-02", "nghỉ hoán đổi"),
        worked("2026-01-10", replaces="2026-01-02"),
        *(off(day, "Tết Nguyên đán") for day in span("2026-02-16", "2026-02-20")),
        off("2026-04-26", "Giỗ Tổ Hùng Vương"),
        off("2026-04-27", "Giỗ Tổ Hùng Vương, nghỉ bù"),
        off("2026-04-30", "Ngày Chiến thắng"),
        off("2026-05-01", "Ngày Quốc tế Lao động"),
        worked("2026-08-22", replaces="2026-08-31"),
        off("2026-08-31", "nghỉ hoán đổi"),
        *(off(day, "Quốc khánh") for day in span("2026-09-01", "2026-09-02")),
        off("2026-11-24", "Ngày Văn hóa Việt Nam"),
        off("2027-01-01", "Tết Dương lịch"),
    )


def off(day: str, note: str = "") -> SpecialDay:
    return SpecialDay(date.fromisoformat(day), DayKind.OFF, note)


def worked(day: str, *, replaces: str) -> SpecialDay:
    replaced = date.fromisoformat(replaces)
    return SpecialDay(date.fromisoformat(day), DayKind.WORKED, "Làm bù", replaced)


def span(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [f"{start + timedelta(days=n)}" for n in range((end - start).days + 1)]


ADMINISTRATOR = Actor(id=1, name="Lò Thị Hoa", province_powers=frozenset({"calendar.edit"}))


def make_calendar(code: str = "commune", *, closes: int = 17 * 60) -> WorkCalendar:
    """Make a calendar whose afternoons close when the test wants."""
    moment = at("2026-01-05 08:00")
    calendar = add_calendar(code, "Giờ làm việc của xã", by=ADMINISTRATOR, at=moment)
    week = office_week(MORNING, (AFTERNOON[0], closes), valid_from=date(2000, 1, 1))
    set_opening_hours(calendar.pk, week, by=ADMINISTRATOR, at=moment)
    return calendar


def make_national_calendar() -> None:
    """Write the national calendar again where a test emptied the tables."""
    migration = import_module("motcua.foundation.calendar.migrations.0002_national_calendar")
    migration.seed(apps, None)
    forget_facts()
