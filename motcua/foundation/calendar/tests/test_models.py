"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError

from motcua.foundation.calendar.models import (
    CalendarDay,
    CalendarVersion,
    OpeningHours,
    WorkCalendar,
)

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2026, 1, 1)


def test_a_day_has_one_national_row() -> None:
    with pytest.raises(IntegrityError, match="calendar_one_row_a_day"):
        CalendarDay.objects.create(on=NEW_YEAR, kind="off")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kind": "half"}, "calendar_day_kind_is_known"),
        ({"kind": "worked"}, "calendar_only_worked_days_replace"),
        ({"replaces": NEW_YEAR}, "calendar_only_worked_days_replace"),
    ],
)
def test_a_day_is_of_a_known_kind(change: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        CalendarDay.objects.filter(on=NEW_YEAR).update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"weekday": 7}, "calendar_weekday_is_known"),
        ({"closes": 1}, "calendar_opens_before_it_closes"),
        ({"closes": 1441}, "calendar_opens_before_it_closes"),
        ({"closes": 900}, "calendar_open_once_at_a_time"),
        ({"valid_to": date(1999, 1, 1)}, "calendar_season_in_order"),
    ],
)
def test_hours_are_in_order_and_apart(change: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        OpeningHours.objects.filter(opens=450).update(**change)


def test_rows_name_themselves_for_people() -> None:
    named = [
        str(WorkCalendar.objects.get()),
        str(CalendarDay.objects.get(on=NEW_YEAR)),
        str(OpeningHours.objects.get(weekday=2, opens=450)),
        str(CalendarVersion(version=12)),
    ]

    assert named == ["Giờ hành chính chung", "01/01/2026 Tết Dương lịch", "thứ Tư 07:30", "12"]
