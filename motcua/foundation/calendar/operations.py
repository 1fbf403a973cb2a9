"""Change calendars: every story leaves a trace and raises the version."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection

from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor

from .choices import DayKind
from .errors import CalendarChangeNotValid
from .models import CalendarDay, OpeningHours, WorkCalendar
from .queries import forget_facts
from .rules import SpecialDay, Week, check_day, check_week, swapped

EDIT = "calendar.edit"
# A calendar serves many agencies: only who holds the power everywhere may change one.
EVERYWHERE = 0

_RAISE_VERSION = """
INSERT INTO calendar_calendarversion (id, version) VALUES (1, nextval('calendar_version'))
ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version
"""


@work.story
def add_calendar(code: str, name: str, *, by: Actor, at: datetime) -> WorkCalendar:
    """Add a calendar; it keeps the national hours until it is given its own.

    Raises: NotAllowed, CalendarChangeNotValid if the code is taken.
    """
    by.require(EDIT, unit_id=EVERYWHERE)
    if WorkCalendar.objects.filter(code=code).exists():
        raise CalendarChangeNotValid(f"Đã có lịch mang mã “{code}”.", field="code")
    calendar = WorkCalendar.objects.create(code=code, name=name)
    _changed("calendar.added", calendar.pk, {"code": code, "name": name}, by=by, at=at)
    return calendar


@work.story
def set_days(
    days: Sequence[SpecialDay],
    *,
    by: Actor,
    at: datetime,
    calendar_id: int | None = None,
) -> None:
    """Write dated days, in one calendar or for the whole country; a day's older row gives way.

    Raises: NotAllowed, CalendarChangeNotValid.
    """
    by.require(EDIT, unit_id=EVERYWHERE)
    for day in days:
        check_day(day)
        CalendarDay.objects.update_or_create(
            calendar_id=calendar_id,
            on=day.on,
            defaults={
                "kind": day.kind,
                "note": day.note,
                "replaces": day.replaces,
                "basis": day.basis,
            },
        )
    written = [f"{day.on} {day.kind} {day.basis}".strip() for day in days]
    _changed("calendar.days_set", calendar_id, {"days": written}, by=by, at=at)


def add_holiday(
    on: date,
    note: str,
    *,
    by: Actor,
    at: datetime,
    calendar_id: int | None = None,
    basis: str = "",
) -> None:
    """Make one day a day off.

    Raises: NotAllowed.
    """
    day = SpecialDay(on, DayKind.OFF, note, basis=basis)
    set_days([day], by=by, at=at, calendar_id=calendar_id)


def swap_days(
    off: date,
    worked: date,
    *,
    by: Actor,
    at: datetime,
    calendar_id: int | None = None,
    basis: str = "",
) -> None:
    """Make `off` a day off and let `worked` be worked for it, with its opening hours.

    Raises: NotAllowed, CalendarChangeNotValid.
    """
    set_days(swapped(off, worked, basis), by=by, at=at, calendar_id=calendar_id)


@work.story
def remove_day(on: date, *, by: Actor, at: datetime, calendar_id: int | None = None) -> None:
    """Take back a dated day that was written by mistake; the trace keeps what it said.

    Raises: NotAllowed, CalendarChangeNotValid if there is no such row.
    """
    by.require(EDIT, unit_id=EVERYWHERE)
    row = CalendarDay.objects.of(calendar_id).filter(on=on).first()
    if row is None:
        raise CalendarChangeNotValid(f"Ngày {on:%d/%m/%Y} không có trong lịch.", field="on")
    said = {"on": f"{on}", "kind": row.kind, "note": row.note, "basis": row.basis}
    row.delete()
    _changed("calendar.day_removed", calendar_id, said, by=by, at=at)


@work.story
def set_opening_hours(calendar_id: int, week: Week, *, by: Actor, at: datetime) -> None:
    """Give a calendar the hours of a week from the first day of a season on.

    A week with the same first day gives way. The season must have a first day.

    Raises: NotAllowed, CalendarChangeNotValid if stretches overlap or days are out of order.
    """
    by.require(EDIT, unit_id=EVERYWHERE)
    first_day = check_week(week)
    OpeningHours.objects.filter(calendar_id=calendar_id, valid_from=first_day).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            calendar_id=calendar_id,
            weekday=opening.weekday,
            opens=opening.opens,
            closes=opening.closes,
            desk_only=opening.desk_only,
            valid_from=first_day,
            valid_to=week.valid_to,
        )
        for opening in week.openings
    )
    said = {
        "from": f"{first_day}",
        "to": f"{week.valid_to or ''}",
        "hours": [[one.weekday, one.opens, one.closes, one.desk_only] for one in week.openings],
    }
    _changed("calendar.hours_set", calendar_id, said, by=by, at=at)


def _changed(
    action: str, calendar_id: int | None, detail: Mapping[str, object], *, by: Actor, at: datetime
) -> None:
    subject = f"calendar {calendar_id or 'national'}"
    audit.record(action, subject, by=by, at=at, detail=detail)
    with connection.cursor() as cursor:
        cursor.execute(_RAISE_VERSION)
    forget_facts()
