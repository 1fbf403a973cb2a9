"""Working time: what is worked, what comes next, what is left."""

from datetime import date

import pytest

from motcua.foundation.calendar.choices import LimitUnit
from motcua.foundation.calendar.errors import BeyondCalendar
from motcua.foundation.calendar.rules import (
    Limit,
    add_working_days,
    closing_of,
    days_left,
    due_at,
    handover_moment,
    is_desk_open,
    is_soon,
    is_working_day,
    latest_apology_moment,
    next_working_moment,
    soon_from,
    working_minutes_between,
)

from .make import at, desk_saturday, make_facts

FACTS = make_facts()
DESK = make_facts(weeks=(desk_saturday(),))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 2), False),
        (date(2026, 1, 9), True),
        (date(2026, 1, 10), True),
        (date(2026, 1, 11), False),
        (date(2026, 11, 24), False),
    ],
)
def test_a_swapped_friday_is_off_and_its_saturday_is_worked(day: date, worked: bool) -> None:  # noqa: FBT001 -- a value of the table above
    assert is_working_day(day, FACTS) == worked


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
        (date(2026, 3, 9), -1, date(2026, 3, 6)),
        (date(2026, 3, 8), -1, date(2026, 3, 6)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 1, 5), -2, date(2025, 12, 30)),
    ],
)
def test_working_days_are_added_without_the_first(start: date, days: int, end: date) -> None:
    facts = make_facts()

    assert add_working_days(start, days, facts) == end


@pytest.mark.parametrize("start", [date(1999, 12, 31), date(2031, 1, 1)])
def test_a_day_the_calendar_does_not_know_is_refused(start: date) -> None:
    with pytest.raises(BeyondCalendar, match=f"{start:%d/%m/%Y}"):
        add_working_days(start, 1, FACTS)


def test_hours_that_end_after_the_last_year_are_refused() -> None:
    limit = Limit(40, LimitUnit.WORKING_HOUR)

    with pytest.raises(BeyondCalendar):
        due_at(limit, at("2030-12-30 09:00"), (), FACTS)


def test_a_limit_that_ends_after_the_last_year_is_refused() -> None:
    with pytest.raises(BeyondCalendar):
        add_working_days(date(2030, 12, 30), 5, FACTS)


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        ("2026-03-06 06:00", "2026-03-06 07:30"),
        ("2026-03-06 11:59:59", "2026-03-06 11:59:59"),
        ("2026-03-06 12:00", "2026-03-06 13:30"),
        ("2026-03-06 17:00", "2026-03-09 07:30"),
        ("2026-03-08 23:59:59", "2026-03-09 07:30"),
    ],
)
def test_work_goes_on_at_the_next_working_moment(moment: str, following: str) -> None:
    assert next_working_moment(at(moment), FACTS) == at(following)


def test_a_day_off_closes_with_the_next_working_day() -> None:
    assert closing_of(date(2026, 3, 7), FACTS) == at("2026-03-09 17:00")


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-03-06 16:00", "2026-03-09 08:00", 90),
        ("2026-03-09 08:00", "2026-03-06 16:00", -90),
        ("2026-03-06 16:59:30", "2026-03-06 17:30", 0),
        ("2026-03-06 17:30", "2026-03-06 16:59:30", 0),
        ("2026-03-07 08:00", "2026-03-08 08:00", 0),
    ],
)
def test_only_opening_hours_count_between_two_moments(since: str, until: str, minutes: int) -> None:
    assert working_minutes_between(at(since), at(until), FACTS) == minutes


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-03-04 23:59:59", 3),
        ("2026-03-05 00:00", 2),
        ("2026-03-08 12:00", 1),
        ("2026-03-09 23:00", 0),
        ("2026-03-10 07:00", -1),
        ("2026-03-15 07:00", -4),
    ],
)
def test_days_left_are_working_days_after_today(now: str, left: int) -> None:
    assert days_left(at(now), at("2026-03-09 17:00"), FACTS) == left


@pytest.mark.parametrize(
    ("start", "due", "amber"),
    [
        pytest.param("2026-03-04 09:00", "2026-03-09 17:00", "2026-03-06 17:00", id="one day"),
        pytest.param("2026-03-02 17:00", "2026-04-13 17:00", "2026-04-03 17:00", id="a fifth"),
        pytest.param("2026-03-06 15:00", "2026-03-09 15:00", "2026-03-09 11:54", id="hours"),
        pytest.param("2026-03-05 10:00", "2026-03-06 17:00", "2026-03-05 17:00", id="short"),
    ],
)
def test_amber_begins_a_working_day_or_a_fifth_before_the_end(
    start: str, due: str, amber: str
) -> None:
    assert soon_from(at(start), at(due), FACTS) == at(amber)


@pytest.mark.parametrize(
    ("now", "soon"),
    [
        ("2026-03-06 16:59:59", False),
        ("2026-03-06 17:00", True),
        ("2026-03-09 17:00", True),
        ("2026-03-09 17:00:01", False),
    ],
)
def test_amber_ends_when_red_begins(now: str, soon: bool) -> None:  # noqa: FBT001 -- a value of the table above
    start, due = at("2026-03-04 09:00"), at("2026-03-09 17:00")

    assert is_soon(at(now), start, due, FACTS) == soon


def test_an_apology_before_a_due_day_after_tet_is_due_before_tet() -> None:
    assert latest_apology_moment(at("2026-02-23 17:00"), FACTS) == at("2026-02-13 17:00")


@pytest.mark.parametrize(
    ("accepted", "handed_over"),
    [
        ("2026-03-06 15:00:00", "2026-03-06 17:00"),
        ("2026-03-06 15:00:01", "2026-03-09 07:30"),
        ("2026-03-07 09:00", "2026-03-09 07:30"),
    ],
)
def test_papers_accepted_after_fifteen_o_clock_move_next_morning(
    accepted: str, handed_over: str
) -> None:
    assert handover_moment(at(accepted), DESK) == at(handed_over)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-06 12:30", False),
        ("2026-03-06 16:59", True),
        ("2026-03-07 08:00", True),
        ("2026-03-07 14:00", False),
        ("2026-02-20 08:00", False),
    ],
)
def test_the_desk_opens_on_saturday_morning_but_not_at_tet(moment: str, is_open: bool) -> None:  # noqa: FBT001 -- a value of the table above
    assert is_desk_open(at(moment), DESK) == is_open


def test_a_desk_open_on_saturday_makes_no_working_day() -> None:
    assert add_working_days(date(2026, 3, 6), 1, DESK) == date(2026, 3, 9)
