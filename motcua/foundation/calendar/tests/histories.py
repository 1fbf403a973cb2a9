"""Random calendars and histories, from any source of chance (a seed, or hypothesis)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from motcua.foundation.calendar.choices import DayKind, LimitUnit, WaitingRule
from motcua.foundation.calendar.rules import (
    CalendarFacts,
    Event,
    Extension,
    Limit,
    Opening,
    Reappointment,
    SpecialDay,
    Waiting,
    Week,
    office_week,
)

from .make import AFTERNOON, MORNING, OFFICE_HOURS, at, days_of_2026, desk_saturday

FIRST = at("2026-01-01")
MOST = {
    LimitUnit.WORKING_DAY: 30,
    LimitUnit.CALENDAR_DAY: 60,
    LimitUnit.MONTH: 6,
    LimitUnit.WORKING_HOUR: 24,
    LimitUnit.HALF_DAY: 6,
    LimitUnit.SAME_DAY: 1,
}
EXTENDS = [unit for unit in LimitUnit if unit != LimitUnit.SAME_DAY]


@dataclass(frozen=True)
class Case:
    """One promise: a calendar, a limit, a start and what happened since."""

    facts: CalendarFacts
    limit: Limit
    start: datetime
    history: tuple[Event, ...]


def calendars(random: Random) -> list[CalendarFacts]:
    """Return calendars of every shape: ordinary, seasonal, odd hours, many special days."""
    summer = office_week(
        (7 * 60, 11 * 60 + 30),
        (13 * 60, 16 * 60 + 30),
        valid_from=date(2026, 4, 16),
        valid_to=date(2026, 10, 15),
    )
    long_summer_day = Week((Opening(2, 6 * 60, 20 * 60),), date(2026, 7, 1), date(2026, 7, 31))
    straight = Week(tuple(Opening(day, 8 * 60, 16 * 60 + 15) for day in (0, 1, 3, 5)))
    shapes = (
        (OFFICE_HOURS,),
        (desk_saturday(), summer),
        (summer, OFFICE_HOURS, long_summer_day),
        (straight,),
        (Week((*straight.openings, Opening(6, *MORNING), Opening(6, *AFTERNOON))), summer),
    )
    return [
        CalendarFacts(weeks, (*days_of_2026(), *odd_days(random)), 2024, 2030) for weeks in shapes
    ]


def odd_days(random: Random) -> list[SpecialDay]:
    """Return forty special days on dates that have no row yet."""
    taken = {day.on for day in days_of_2026()}
    free = [day for n in range(700) if (day := date(2026, 1, 1) + timedelta(days=n)) not in taken]
    return [
        SpecialDay(day, random.choice(list(DayKind)), "", random.choice(free))
        for day in random.sample(free, 40)
    ]


def random_case(random: Random, facts: CalendarFacts, unit: LimitUnit) -> Case:
    """Return a promise made in 2026 in whole minutes, with none to four events in any order."""
    start = FIRST + timedelta(minutes=random.randrange(365 * 24 * 60))
    events = [random_event(random, start, unit) for _ in range(random.choice((0, 1, 1, 2, 3, 4)))]
    return Case(facts, random_limit(random, unit), start, tuple(events))


def random_limit(random: Random, unit: LimitUnit) -> Limit:
    return Limit(random.randint(1, MOST[unit]), unit)


def random_event(random: Random, start: datetime, unit: LimitUnit) -> Event:
    """Return an event around the start: mostly a waiting, at times open or reset."""
    moment = start + timedelta(minutes=random.randrange(-600, 20_000))
    kind = random.choice(("waiting", "waiting", "waiting", "extension", "reappointment"))
    if kind == "extension":
        return Extension(random_limit(random, random.choice(EXTENDS)), "cần xác minh", moment)
    if kind == "reappointment":
        later = moment + timedelta(minutes=random.randrange(20_000))
        return Reappointment(later, "chờ ý kiến", moment)
    rule = random.choice(list(WaitingRule))
    supplied = moment + timedelta(minutes=random.choice((0, 30, 600, 3_000, 15_000)))
    return Waiting(
        moment,
        random.choice((supplied, supplied, supplied, None)),
        rule,
        "chờ bổ sung",
        random_limit(random, unit) if rule == WaitingRule.RESET else None,
    )
