"""Facts from rows: what every installation starts with, and what looking costs."""

from datetime import date
from io import StringIO

import holidays
import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.calendar.choices import DayKind
from motcua.foundation.calendar.errors import NoSuchCalendar
from motcua.foundation.calendar.models import CalendarDay
from motcua.foundation.calendar.operations import add_holiday
from motcua.foundation.calendar.queries import (
    all_calendars,
    facts_of,
    find_calendar,
    forget_facts,
    national_facts,
    published_years,
    special_days,
    weeks_of,
)
from motcua.foundation.calendar.rules import SpecialDay, draft_days, office_week

from .make import ADMINISTRATOR, AFTERNOON, MORNING, at, days_of_2026, make_calendar

pytestmark = pytest.mark.django_db

SEEDED = (2025, 2026, 2027)


def test_every_installation_starts_with_the_common_office_hours() -> None:
    national = find_calendar("national")

    assert national is not None
    assert all_calendars() == [national]
    assert weeks_of(national.pk) == (office_week(MORNING, AFTERNOON, valid_from=date(2000, 1, 1)),)


def test_every_installation_starts_with_the_published_days_and_the_corrections() -> None:
    names = holidays.country_holidays("VN", years=SEEDED, language="vi")

    seeded = [
        SpecialDay(day.on, DayKind(day.kind), day.note, day.replaces, day.basis)
        for year in SEEDED
        for day in special_days(year)
    ]

    assert seeded == draft_days(names, SEEDED)


def test_the_seeded_days_of_2026_are_those_of_the_law() -> None:
    seeded = [(day.on, day.kind, day.replaces) for day in special_days(2026)]

    fixed = sorted(days_of_2026(), key=lambda day: day.on)
    assert seeded == [(day.on, day.kind, day.replaces) for day in fixed if day.on.year == 2026]


def test_a_year_is_added_once_and_corrections_by_people_stay() -> None:
    add_holiday(date(2028, 1, 1), "Sửa tay", by=ADMINISTRATOR, at=at("2027-12-01 08:00"))
    out = StringIO()

    call_command("calendar_seed", "2028", stdout=out)
    call_command("calendar_seed", "2028", stdout=out)

    added, again = out.getvalue().splitlines()
    assert added == f"Đã thêm {len(special_days(2028)) - 1} ngày vào lịch chung."
    assert again == "Đã thêm 0 ngày vào lịch chung."
    assert CalendarDay.objects.get(on=date(2028, 1, 1)).note == "Sửa tay"


def test_the_years_with_published_days_are_known() -> None:
    assert published_years() == [2025, 2026, 2027]


def test_facts_are_kept_and_asked_for_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = national_facts()
    with django_assert_num_queries(0):
        second = national_facts()

    assert first is second


def test_facts_unchanged_cost_one_query_when_checked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = national_facts()
    forget_facts()

    with django_assert_num_queries(1):
        second = national_facts()

    assert first is second


def test_a_calendar_is_told_from_the_national_one_by_its_name() -> None:
    commune = make_calendar()

    names = [facts_of(commune.pk).name, national_facts().name]

    assert names == ["Giờ làm việc của xã", "Giờ hành chính chung"]


def test_the_national_calendar_answers_by_its_number_too() -> None:
    national = find_calendar("national")

    assert national is not None
    assert facts_of(national.pk) == national_facts()


def test_a_calendar_that_is_not_there_has_no_facts() -> None:
    with pytest.raises(NoSuchCalendar):
        facts_of(0)
