"""Opening hours: seasons, half-days, worked Saturdays."""

from datetime import date

import pytest

from motcua.foundation.calendar.choices import DayKind, LimitUnit, WaitingRule
from motcua.foundation.calendar.errors import BeyondCalendar, LimitNotValid
from motcua.foundation.calendar.rules import (
    Extension,
    Limit,
    SpecialDay,
    Waiting,
    due_at,
    handover_moment,
    office_week,
)

from .make import AFTERNOON, MORNING, OFFICE_HOURS, at, make_facts, worked

SUMMER = office_week(
    (7 * 60, 11 * 60 + 30),
    (13 * 60, 16 * 60 + 30),
    valid_from=date(2026, 4, 16),
    valid_to=date(2026, 10, 15),
)
SEASONAL = make_facts(weeks=(SUMMER, OFFICE_HOURS))
ONE_DAY = Limit(1, LimitUnit.WORKING_DAY)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-04-14 09:00", "2026-04-15 17:00"),
        ("2026-04-15 09:00", "2026-04-16 16:30"),
        ("2026-10-14 09:00", "2026-10-15 16:30"),
        ("2026-10-15 09:00", "2026-10-16 17:00"),
    ],
)
def test_a_season_holds_from_its_first_day_to_its_last(received: str, due: str) -> None:
    assert due_at(ONE_DAY, at(received), (), SEASONAL).due_at == at(due)


def test_a_worked_saturday_keeps_the_hours_of_the_day_it_replaces() -> None:
    facts = make_facts(worked("2026-10-17", replaces="2026-10-15"), weeks=(SUMMER, OFFICE_HOURS))

    assert due_at(ONE_DAY, at("2026-10-16 09:00"), (), facts).due_at == at("2026-10-17 16:30")


def test_a_saturday_that_replaces_a_day_nobody_works_is_no_working_day() -> None:
    facts = make_facts(worked("2026-03-07", replaces="2026-03-08"))

    assert due_at(ONE_DAY, at("2026-03-06 09:00"), (), facts).due_at == at("2026-03-09 17:00")


@pytest.mark.parametrize(
    ("kind", "hours"),
    [(DayKind.MORNING_ONLY, (MORNING,)), (DayKind.AFTERNOON_ONLY, (AFTERNOON,))],
)
def test_half_a_day_off_leaves_the_other_half(
    kind: DayKind, hours: tuple[tuple[int, int], ...]
) -> None:
    facts = make_facts(SpecialDay(date(2026, 3, 6), kind))

    assert facts.hours_on(date(2026, 3, 6)) == hours


def test_a_half_day_counts_as_a_working_day_and_closes_early() -> None:
    facts = make_facts(SpecialDay(date(2026, 3, 6), DayKind.MORNING_ONLY))

    assert due_at(ONE_DAY, at("2026-03-05 09:00"), (), facts).due_at == at("2026-03-06 12:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [("2026-03-06 12:00", "2026-03-06 12:00"), ("2026-03-06 12:01", "2026-03-09 17:00")],
)
def test_the_same_day_ends_when_a_half_day_closes(received: str, due: str) -> None:
    facts = make_facts(SpecialDay(date(2026, 3, 6), DayKind.MORNING_ONLY))

    result = due_at(Limit(1, LimitUnit.SAME_DAY), at(received), (), facts)

    assert result.due_at == at(due)


def test_papers_taken_after_a_half_day_closed_move_next_morning() -> None:
    facts = make_facts(SpecialDay(date(2026, 3, 6), DayKind.MORNING_ONLY))

    assert handover_moment(at("2026-03-06 12:30"), facts) == at("2026-03-09 07:30")


def test_a_day_outside_every_season_is_off() -> None:
    facts = make_facts(weeks=(SUMMER,))

    assert facts.hours_on(date(2026, 3, 6)) == ()


def test_a_moment_without_time_zone_is_refused() -> None:
    naive = at("2026-03-06 09:00").replace(tzinfo=None)

    with pytest.raises(LimitNotValid, match="múi giờ"):
        due_at(ONE_DAY, naive, (), make_facts())


@pytest.mark.parametrize("amount", [0, -1, 10_001])
def test_a_limit_of_nothing_or_of_ages_is_refused(amount: int) -> None:
    with pytest.raises(LimitNotValid, match=f"{amount} ngày làm việc"):
        Limit(amount, LimitUnit.WORKING_DAY)


def test_a_supplement_cannot_come_before_it_was_asked_for() -> None:
    with pytest.raises(LimitNotValid, match="trước thời điểm yêu cầu"):
        Waiting(at("2026-03-06 09:00"), at("2026-03-06 08:59"))


def test_a_reset_without_its_limit_is_refused() -> None:
    with pytest.raises(LimitNotValid, match="phải nêu thời hạn"):
        Waiting(at("2026-03-06 09:00"), rule=WaitingRule.RESET)


def test_an_extension_to_the_same_day_is_refused() -> None:
    with pytest.raises(LimitNotValid, match="số ngày hoặc số giờ"):
        Extension(Limit(1, LimitUnit.SAME_DAY), "", at("2026-03-06 09:00"))


def test_a_start_in_the_last_years_of_time_is_refused_and_not_a_crash() -> None:
    with pytest.raises(BeyondCalendar):
        due_at(Limit(12, LimitUnit.MONTH), at("9999-12-31 09:00"), (), make_facts())
