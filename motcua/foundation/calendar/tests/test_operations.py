"""Changing calendars: what is written, traced, refused."""

from datetime import date

import pytest

from motcua.foundation.audit import api as audit
from motcua.foundation.calendar.choices import DayKind
from motcua.foundation.calendar.errors import CalendarChangeNotValid
from motcua.foundation.calendar.models import NATIONAL, OpeningHours
from motcua.foundation.calendar.operations import (
    add_calendar,
    add_holiday,
    remove_day,
    set_days,
    set_opening_hours,
    swap_days,
)
from motcua.foundation.calendar.queries import (
    facts_of,
    find_calendar,
    national_facts,
    special_days,
    weeks_of,
)
from motcua.foundation.calendar.rules import (
    Opening,
    SpecialDay,
    Week,
    is_working_day,
    office_week,
)
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import ADMINISTRATOR, AFTERNOON, MORNING, at, make_calendar

pytestmark = pytest.mark.django_db

MOMENT = at("2026-03-02 08:00")
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)
DUNG = Actor(id=9, name="Vàng A Dũng", powers={"calendar.edit": frozenset({77})})


def test_a_holiday_is_written_with_its_basis_and_leaves_a_trace() -> None:
    add_holiday(FRIDAY, "Bão số 1", by=ADMINISTRATOR, at=MOMENT, basis="12/CĐ-TTg")

    assert [(d.on, d.kind, d.note, d.basis) for d in special_days(2026) if d.on.month == 3] == [
        (FRIDAY, DayKind.OFF, "Bão số 1", "12/CĐ-TTg")
    ]
    assert [(e.action, e.actor_name, e.detail) for e in audit.trail_of("calendar national")] == [
        ("calendar.days_set", "Lò Thị Hoa", {"days": ["2026-03-06 off 12/CĐ-TTg"]})
    ]


def test_swapped_days_change_places() -> None:
    swap_days(FRIDAY, SATURDAY, by=ADMINISTRATOR, at=MOMENT, basis="9/TB")

    facts = national_facts()

    assert [is_working_day(day, facts) for day in (FRIDAY, SATURDAY)] == [False, True]


def test_a_change_is_seen_at_the_next_look_with_a_new_version() -> None:
    before = national_facts()

    add_holiday(FRIDAY, "Bão số 1", by=ADMINISTRATOR, at=MOMENT)

    after = national_facts()
    assert is_working_day(FRIDAY, before)
    assert not is_working_day(FRIDAY, after)
    assert after.version > before.version


def test_a_day_written_again_gives_way() -> None:
    add_holiday(FRIDAY, "Bão số 1", by=ADMINISTRATOR, at=MOMENT)
    half = SpecialDay(FRIDAY, DayKind.MORNING_ONLY, "Bão tan")

    set_days([half], by=ADMINISTRATOR, at=MOMENT)

    assert national_facts().hours_on(FRIDAY) == (MORNING,)


def test_a_day_removed_is_ordinary_again_and_the_trace_keeps_it() -> None:
    add_holiday(FRIDAY, "Nhầm", by=ADMINISTRATOR, at=MOMENT)

    remove_day(FRIDAY, by=ADMINISTRATOR, at=MOMENT)

    assert is_working_day(FRIDAY, national_facts())
    assert sorted(e.action for e in audit.trail_of("calendar national")) == [
        "calendar.day_removed",
        "calendar.days_set",
    ]


def test_a_day_that_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(CalendarChangeNotValid, match="06/03/2026"):
        remove_day(FRIDAY, by=ADMINISTRATOR, at=MOMENT)


def test_a_local_day_off_stays_local() -> None:
    commune = make_calendar()

    add_holiday(FRIDAY, "Hội Hoa Ban", by=ADMINISTRATOR, at=MOMENT, calendar_id=commune.pk)

    worked = [is_working_day(FRIDAY, facts_of(one)) for one in (commune.pk, None)]
    assert worked == [False, True]


def test_a_calendar_may_work_on_a_national_day_off() -> None:
    commune = make_calendar()
    holiday = date(2026, 11, 24)
    day = SpecialDay(holiday, DayKind.WORKED, "Trực", replaces=holiday)

    set_days([day], by=ADMINISTRATOR, at=MOMENT, calendar_id=commune.pk)

    assert facts_of(commune.pk).hours_on(holiday) == (MORNING, AFTERNOON)


def test_a_new_calendar_keeps_the_national_hours_until_it_has_its_own() -> None:
    calendar = add_calendar("quiet", "Lịch mới", by=ADMINISTRATOR, at=MOMENT)

    assert facts_of(calendar.pk).hours_on(FRIDAY) == (MORNING, AFTERNOON)


def test_a_season_replaces_the_week_while_it_lasts() -> None:
    commune = make_calendar()
    summer = office_week((420, 690), valid_from=date(2026, 4, 16), valid_to=date(2026, 10, 15))

    set_opening_hours(commune.pk, summer, by=ADMINISTRATOR, at=MOMENT)

    facts = facts_of(commune.pk)
    assert facts.hours_on(date(2026, 4, 15)) == (MORNING, AFTERNOON)
    assert facts.hours_on(date(2026, 4, 16)) == ((420, 690),)
    assert facts.hours_on(date(2026, 10, 16)) == (MORNING, AFTERNOON)


def test_a_week_with_the_same_first_day_gives_way() -> None:
    commune = make_calendar()
    shorter = office_week((8 * 60, 11 * 60), valid_from=date(2000, 1, 1))

    set_opening_hours(commune.pk, shorter, by=ADMINISTRATOR, at=MOMENT)

    assert weeks_of(commune.pk) == (shorter,)
    assert OpeningHours.objects.filter(calendar=commune).count() == 5


def test_a_code_is_given_once() -> None:
    with pytest.raises(CalendarChangeNotValid, match=NATIONAL):
        add_calendar(NATIONAL, "Lịch thứ hai", by=ADMINISTRATOR, at=MOMENT)


def test_power_in_one_unit_does_not_reach_a_calendar() -> None:
    with pytest.raises(NotAllowed):
        add_holiday(FRIDAY, "Nghỉ", by=DUNG, at=MOMENT)
    with pytest.raises(NotAllowed):
        remove_day(FRIDAY, by=DUNG, at=MOMENT)
    with pytest.raises(NotAllowed):
        add_calendar("mine", "Lịch riêng", by=DUNG, at=MOMENT)
    with pytest.raises(NotAllowed):
        set_opening_hours(1, office_week(MORNING), by=DUNG, at=MOMENT)

    assert find_calendar("mine") is None


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (SpecialDay(SATURDAY, DayKind.WORKED), "ngày mà nó làm thay"),
        (SpecialDay(FRIDAY, DayKind.OFF, replaces=SATURDAY), "chỉ ngày làm bù"),
    ],
)
def test_only_a_worked_day_replaces_another(day: SpecialDay, message: str) -> None:
    with pytest.raises(CalendarChangeNotValid, match=message):
        set_days([day], by=ADMINISTRATOR, at=MOMENT)


START = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("week", "field"),
    [
        (Week((Opening(0, *MORNING),)), "valid_from"),
        (Week((Opening(0, *MORNING),), START, date(2025, 12, 31)), "valid_to"),
        (Week((Opening(7, *MORNING),), START), "openings"),
        (Week((Opening(0, 720, 720),), START), "openings"),
        (Week((Opening(0, 600, 1441),), START), "openings"),
        (Week((Opening(0, 450, 720), Opening(0, 719, 1020)), START), "openings"),
    ],
)
def test_hours_that_contradict_themselves_are_refused(week: Week, field: str) -> None:
    commune = make_calendar()

    with pytest.raises(CalendarChangeNotValid) as refusal:
        set_opening_hours(commune.pk, week, by=ADMINISTRATOR, at=MOMENT)

    assert refusal.value.field == field
