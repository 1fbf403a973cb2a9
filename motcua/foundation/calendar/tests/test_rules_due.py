"""What a history does to a limit, beyond the fixtures of the law."""

from datetime import UTC, datetime

import pytest

from motcua.foundation.calendar.choices import LimitUnit, WaitingRule
from motcua.foundation.calendar.rules import (
    Event,
    Extension,
    Limit,
    Reappointment,
    Waiting,
    due_at,
)

from .make import at, make_facts

FACTS = make_facts()
FIVE_DAYS = Limit(5, LimitUnit.WORKING_DAY)
START = at("2026-03-02 09:00")


def due(limit: Limit, *history: Event) -> datetime:
    return due_at(limit, START, history, FACTS).due_at


def pause(asked: str, supplied: str) -> Waiting:
    return Waiting(at(f"2026-{asked}"), at(f"2026-{supplied}"))


def test_the_promise_first_made_is_kept_beside_the_one_in_force() -> None:
    result = due_at(FIVE_DAYS, START, (pause("03-04 10:00", "03-06 09:00"),), FACTS)

    assert (result.due_originally_at, result.due_at) == (
        at("2026-03-09 17:00"),
        at("2026-03-11 17:00"),
    )


def test_two_waitings_at_once_pause_a_day_once() -> None:
    both = (pause("03-03 10:00", "03-05 09:00"), pause("03-04 10:00", "03-06 09:00"))

    assert due(FIVE_DAYS, *both) == at("2026-03-12 17:00")


def test_a_pause_in_hours_adds_the_exact_working_time() -> None:
    paused = pause("03-02 11:30", "03-02 14:15")

    assert due(Limit(8, LimitUnit.WORKING_HOUR), paused) == at("2026-03-03 10:15")


def test_a_pause_of_calendar_days_counts_weekends() -> None:
    paused = pause("03-06 10:00", "03-09 10:00")

    assert due(Limit(14, LimitUnit.CALENDAR_DAY), paused) == at("2026-03-19 17:00")


def test_an_open_waiting_moves_nothing_and_says_since_when() -> None:
    open_since = at("2026-03-04 10:00")

    result = due_at(FIVE_DAYS, START, (Waiting(open_since),), FACTS)

    assert (result.due_at, result.waiting_since) == (at("2026-03-09 17:00"), open_since)


def test_an_open_waiting_that_counts_leaves_the_clock_running() -> None:
    waiting = Waiting(at("2026-03-04 10:00"), rule=WaitingRule.COUNTS)

    assert due_at(FIVE_DAYS, START, (waiting,), FACTS).waiting_since is None


def test_a_restart_forgets_the_pauses_before_it() -> None:
    restart = Waiting(at("2026-03-05 10:00"), at("2026-03-06 09:00"), WaitingRule.RESTART)

    assert due(FIVE_DAYS, pause("03-03 08:00", "03-05 08:00"), restart) == at("2026-03-13 17:00")


def test_a_restart_forgets_the_extension_of_the_count_before_it() -> None:
    granted = Extension(FIVE_DAYS, "", at("2026-03-03 09:00"))
    restart = Waiting(at("2026-03-05 10:00"), at("2026-03-06 09:00"), WaitingRule.RESTART)

    assert due(FIVE_DAYS, granted, restart) == at("2026-03-13 17:00")


def test_a_new_appointment_stands_whatever_was_counted_before() -> None:
    apology = Reappointment(at("2026-03-17 17:00"), "chờ ý kiến", at("2026-03-06 10:00"))

    assert due(FIVE_DAYS, pause("03-03 08:00", "03-04 08:00"), apology) == at("2026-03-17 17:00")


def test_a_pause_after_a_new_appointment_moves_it() -> None:
    apology = Reappointment(at("2026-03-17 17:00"), "chờ ý kiến", at("2026-03-06 10:00"))

    assert due(FIVE_DAYS, apology, pause("03-09 08:00", "03-11 08:00")) == at("2026-03-19 17:00")


def test_an_extension_of_calendar_days_begins_where_the_limit_ends() -> None:
    granted = Extension(Limit(5, LimitUnit.CALENDAR_DAY), "phức tạp", at("2026-03-06 09:00"))

    assert due(FIVE_DAYS, granted) == at("2026-03-16 17:00")


def test_the_day_of_receipt_is_the_day_in_hanoi() -> None:
    late_evening = datetime(2026, 3, 2, 16, 59, tzinfo=UTC)
    past_midnight = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)

    dues = [due_at(FIVE_DAYS, moment, (), FACTS).due_at for moment in (late_evening, past_midnight)]

    assert dues == [at("2026-03-09 17:00"), at("2026-03-10 17:00")]


def test_a_leap_day_is_the_end_of_a_month() -> None:
    result = due_at(Limit(1, LimitUnit.MONTH), at("2028-01-31 09:00"), (), FACTS)

    assert result.due_at == at("2028-02-29 17:00")


def test_months_run_over_the_end_of_the_year() -> None:
    result = due_at(Limit(14, LimitUnit.MONTH), at("2026-12-15 09:00"), (), FACTS)

    assert result.due_at == at("2028-02-15 17:00")


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        (LimitUnit.WORKING_HOUR, "2026-03-18 11:00"),
        (LimitUnit.MONTH, "2026-03-20 17:00"),
        (LimitUnit.SAME_DAY, "2026-03-18 17:00"),
    ],
)
def test_a_pause_moves_a_new_appointment_in_the_unit_of_the_limit(
    unit: LimitUnit, due: str
) -> None:
    apology = Reappointment(at("2026-03-17 09:00"), "chờ ý kiến", at("2026-03-06 10:00"))
    history = (apology, pause("03-06 15:00", "03-08 15:00"), pause("03-09 07:30", "03-10 07:30"))

    assert due_at(Limit(2, unit), START, history, FACTS).due_at == at(due)
