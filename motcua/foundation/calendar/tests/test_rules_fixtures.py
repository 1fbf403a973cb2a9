"""Every row of the fixtures of the law, by its own words."""

from datetime import datetime

import pytest

from motcua.foundation.calendar.choices import LimitUnit, WaitingRule
from motcua.foundation.calendar.rules import (
    Extension,
    History,
    Limit,
    Waiting,
    due_at,
    latest_apology_moment,
)

from .make import at, desk_saturday, make_facts

FACTS = make_facts()
DAY = LimitUnit.WORKING_DAY
SAME_DAY = Limit(1, LimitUnit.SAME_DAY)
SUPPLEMENT = (at("2026-03-04 10:00"), at("2026-03-06 09:00"))


def due(limit: Limit, start: str, *history: Waiting | Extension) -> datetime:
    return due_at(limit, at(start), history, FACTS).due_at


@pytest.mark.parametrize(
    ("received", "days", "closing"),
    [
        pytest.param("2026-01-01 10:00", 3, "2026-01-07", id="on-line on New Year's Day"),
        pytest.param("2026-01-02 18:30", 3, "2026-01-07", id="on a swapped day off"),
        pytest.param("2026-01-07 16:30", 3, "2026-01-10", id="over a worked Saturday in January"),
        pytest.param("2026-08-20 09:00", 2, "2026-08-22", id="over a worked Saturday in August"),
        pytest.param("2026-08-28 09:00", 5, "2026-09-09", id="over the National Day"),
        pytest.param("2026-11-23 09:00", 1, "2026-11-25", id="over the Day of Culture"),
        pytest.param("2026-02-13 09:00", 1, "2026-02-23", id="over Tết"),
    ],
)
def test_a_limit_in_working_days_ends_at_closing_time(
    received: str, days: int, closing: str
) -> None:
    assert due(Limit(days, DAY), received) == at(f"{closing} 17:00")


def test_twenty_calendar_days_ending_in_tet_end_after_it() -> None:
    limit = Limit(20, LimitUnit.CALENDAR_DAY)

    assert due(limit, "2026-01-28 09:00") == at("2026-02-23 17:00")


def test_a_month_from_the_31st_ends_on_the_last_day_or_the_next_working_day() -> None:
    facts = make_facts(weeks=(desk_saturday(),))

    result = due_at(Limit(1, LimitUnit.MONTH), at("2026-01-31 09:00"), (), facts)

    assert result.due_at == at("2026-03-02 17:00")


@pytest.mark.parametrize(
    ("waiting", "closing"),
    [
        pytest.param(Waiting(*SUPPLEMENT, WaitingRule.PAUSE), "2026-03-11", id="pause"),
        pytest.param(Waiting(*SUPPLEMENT, WaitingRule.RESTART), "2026-03-13", id="restart"),
        pytest.param(Waiting(*SUPPLEMENT, WaitingRule.COUNTS), "2026-03-09", id="counts"),
        pytest.param(
            Waiting(at("2026-03-04 08:00"), at("2026-03-04 16:00")), "2026-03-09", id="one day"
        ),
    ],
)
def test_a_supplement_moves_five_working_days_by_its_rule(waiting: Waiting, closing: str) -> None:
    assert due(Limit(5, DAY), "2026-03-02 09:00", waiting) == at(f"{closing} 17:00")


def test_a_reset_gives_its_own_days_from_the_supplement() -> None:
    waiting = Waiting(
        at("2026-03-04 09:00"), at("2026-03-10 09:00"), WaitingRule.RESET, "", Limit(18, DAY)
    )

    assert due(Limit(30, DAY), "2026-03-02 09:00", waiting) == at("2026-04-03 17:00")


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2026-03-06 15:00", Limit(8, LimitUnit.WORKING_HOUR), "2026-03-09 15:00"),
        ("2026-03-06 10:00", Limit(1, LimitUnit.HALF_DAY), "2026-03-06 15:30"),
        ("2026-03-06 15:00", Limit(1, LimitUnit.HALF_DAY), "2026-03-09 09:30"),
    ],
)
def test_hours_are_counted_exactly_in_opening_hours(
    received: str, limit: Limit, expected: str
) -> None:
    assert due(limit, received) == at(expected)


@pytest.mark.parametrize(
    ("received", "closing"),
    [
        ("2026-03-06 14:59:00", "2026-03-06"),
        ("2026-03-06 15:00:00", "2026-03-06"),
        ("2026-03-06 15:00:01", "2026-03-09"),
    ],
)
def test_the_same_day_holds_up_to_fifteen_o_clock(received: str, closing: str) -> None:
    assert due(SAME_DAY, received) == at(f"{closing} 17:00")


def test_a_conditional_extension_of_a_same_day_procedure_keeps_its_ground() -> None:
    granted = Extension(Limit(5, DAY), "cần xác minh", at("2026-03-02 10:00"))
    history: History = [granted]

    result = due_at(SAME_DAY, at("2026-03-02 09:00"), history, FACTS)

    assert (result.due_at, result.run.extensions) == (at("2026-03-09 17:00"), (granted,))


def test_an_apology_is_in_time_until_the_working_day_before() -> None:
    assert latest_apology_moment(at("2026-03-09 17:00"), FACTS) == at("2026-03-06 17:00")
