"""Change calendars: every story leaves a trace and raises the version."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import connection

from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .choices import ChangeState, DayKind
from .errors import CalendarChangeNotValid, ChangeMovedOn, NoSuchChange
from .models import CalendarChange, CalendarDay, OpeningHours, WorkCalendar
from .queries import changed_calendar_id, forget_facts, own_days, version_in_force, weeks_of
from .rules import (
    Proposal,
    SpecialDay,
    Week,
    check_day,
    check_proposal,
    check_week,
    plain_of,
    proposal_of,
    swapped,
)

EDIT = "calendar.edit"
# A calendar serves many agencies: only who holds the power everywhere may change one.
EVERYWHERE = 0

_RAISE_VERSION = """
INSERT INTO calendar_calendarversion (id, version) VALUES (1, nextval('calendar_version'))
ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version
"""
_HOLD = "SELECT pg_advisory_xact_lock(5163, 0)"


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
    _hold_calendars()
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
    _hold_calendars()
    row = CalendarDay.objects.of(calendar_id).filter(on=on).first()
    if row is None:
        raise CalendarChangeNotValid(f"Ngày {on:%d/%m/%Y} không có trong lịch.", field="on")
    said = {"on": f"{on}", "kind": row.kind, "note": row.note, "basis": row.basis}
    row.delete()
    _changed("calendar.day_removed", calendar_id, said, by=by, at=at)


@work.story
def propose_change(
    calendar_id: int, asked: Proposal, *, by: Actor, at: datetime, reason: str = ""
) -> CalendarChange:
    """Draft a change of a calendar: nothing is written into the calendar yet.

    Raises: NotAllowed, CalendarChangeNotValid.
    """
    by.require(EDIT, unit_id=EVERYWHERE)
    check_proposal(asked)
    change = CalendarChange.objects.create(
        calendar_id=calendar_id,
        content=plain_of(asked),
        reason=reason.strip(),
        proposed_at=at,
        proposed_by_name=by.name,
        changed_at=at,
        changed_by_name=by.name,
    )
    _trace("calendar.change_proposed", change, by=by, at=at)
    return change


@work.story
def amend_change(
    change_id: int,
    asked: Proposal,
    *,
    revision: int,
    by: Actor,
    at: datetime,
    reason: str | None = None,
) -> CalendarChange:
    """Change a draft, as it was looked at.

    Raises: NotAllowed, NoSuchChange, ChangeMovedOn, CalendarChangeNotValid.
    """
    change = _lock_draft(change_id, revision, by=by)
    check_proposal(asked)
    change.content = plain_of(asked)
    change.reason = change.reason if reason is None else reason.strip()
    change.revision, change.changed_at, change.changed_by_name = revision + 1, at, by.name
    change.save(update_fields=["content", "reason", "revision", "changed_at", "changed_by_name"])
    _trace("calendar.change_amended", change, by=by, at=at)
    return change


@work.story
def withdraw_change(change_id: int, *, revision: int, by: Actor, at: datetime) -> CalendarChange:
    """Give a draft up; it stays to be read.

    Raises: NotAllowed, NoSuchChange, ChangeMovedOn.
    """
    change = _lock_draft(change_id, revision, by=by)
    change.state, change.ended_at = ChangeState.WITHDRAWN, at
    change.save(update_fields=["state", "ended_at"])
    _trace("calendar.change_withdrawn", change, by=by, at=at)
    return change


@work.story
def begin_change(  # noqa: PLR0913 -- who decided what, and what was looked at, each by its name
    change_id: int,
    *,
    revision: int,
    version: int,
    decision_number: str,
    decision_on: date,
    by: Actor,
    at: datetime,
) -> CalendarChange:
    """Write a drafted change into the calendar; whoever keeps promises moves them from now on.

    `revision` and `version` name the draft and the calendars as they were looked at.

    Raises: NotAllowed, NoSuchChange, ChangeMovedOn, CalendarChangeNotValid.
    Locks: the draft, all calendars.
    """
    change = _lock_draft(change_id, revision, by=by)
    if not decision_number.strip() or decision_on > local_day(at):
        message = "Hãy ghi số quyết định và ngày quyết định, không sau hôm nay."
        field = "decision_on" if decision_number.strip() else "decision_number"
        raise CalendarChangeNotValid(message, field=field)
    _hold_calendars()
    if CalendarChange.objects.filter(state=ChangeState.APPLYING).exists():
        raise ChangeMovedOn("Một thay đổi lịch khác đang được áp dụng; xin đợi xong rồi áp dụng.")
    if version != version_in_force():
        raise ChangeMovedOn("Lịch đã thay đổi sau lần tính này; hãy tính lại rồi xem lại.")
    asked, where = proposal_of(change.content), changed_calendar_id(change)
    undone = asked.undone(own_days(where), weeks_of(change.calendar_id))
    change.before = plain_of(undone)
    change.state, change.begun_at = ChangeState.APPLYING, at
    change.decision_number, change.decision_on = decision_number.strip(), decision_on
    change.applied_by_id, change.applied_by_name = by.id, by.name
    change.applied_by_title = by.title
    change.save()
    _write(change, asked, where, by=by, at=at)
    return change


def _write(
    change: CalendarChange, asked: Proposal, where: int | None, *, by: Actor, at: datetime
) -> None:
    basis = f"{change.decision_number} ngày {change.decision_on:%d/%m/%Y}"
    days = [replace(day, basis=day.basis or basis) for day in asked.days]
    for on in asked.days_out:
        CalendarDay.objects.of(where).filter(on=on).delete()
    for first_day in asked.weeks_out:
        OpeningHours.objects.filter(calendar_id=change.calendar_id, valid_from=first_day).delete()
    set_days(days, by=by, at=at, calendar_id=where)
    for week in asked.weeks:
        set_opening_hours(change.calendar_id, week, by=by, at=at)
    _trace("calendar.change_begun", change, by=by, at=at)


@work.story
def end_change(change_id: int, *, by: Actor, at: datetime) -> None:
    """Say that all promises have followed the change."""
    change = CalendarChange.objects.select_for_update().get(pk=change_id)
    if change.state != ChangeState.APPLYING:
        return
    change.state, change.ended_at = ChangeState.APPLIED, at
    change.save(update_fields=["state", "ended_at"])
    _trace("calendar.change_applied", change, by=by, at=at)


@work.story
def go_on_with_change(change_id: int, *, by: Actor, at: datetime) -> CalendarChange:
    """Let promises that could not follow a change be tried again; the newest change alone.

    Raises: NotAllowed, NoSuchChange, ChangeMovedOn.
    """
    by.require(EDIT, unit_id=EVERYWHERE)
    _hold_calendars()
    change = CalendarChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise NoSuchChange("Không có thay đổi lịch này.")
    newest = CalendarChange.objects.exclude(begun_at=None).order_by("-begun_at", "-pk").first()
    if change.state != ChangeState.APPLIED or newest is None or newest.pk != change_id:
        message = "Chỉ thử lại được lần thay đổi lịch áp dụng gần nhất, khi đã xong."
        raise ChangeMovedOn(message)
    change.state, change.ended_at = ChangeState.APPLYING, None
    change.save(update_fields=["state", "ended_at"])
    _trace("calendar.change_gone_on", change, by=by, at=at)
    return change


def _hold_calendars() -> None:
    """Let whoever changes a calendar wait for whoever does: what is checked now is so when written.

    Locks: all calendars, before any row of them.
    """
    work.fetch(_HOLD, [])


def _lock_draft(change_id: int, revision: int, *, by: Actor) -> CalendarChange:
    """Return the draft, locked. Raises: NotAllowed, NoSuchChange, ChangeMovedOn."""
    by.require(EDIT, unit_id=EVERYWHERE)
    changes = CalendarChange.objects.select_for_update(of=("self",)).select_related("calendar")
    change = changes.filter(pk=change_id).first()
    if change is None:
        raise NoSuchChange("Không có thay đổi lịch này.")
    if change.state != ChangeState.DRAFT:
        label = ChangeState(change.state).label.lower()
        raise ChangeMovedOn(f"Thay đổi lịch này {label}; không sửa hay áp dụng được nữa.")
    if change.revision != revision:
        who = change.changed_by_name
        raise ChangeMovedOn(f"{who} vừa sửa dự thảo này; hãy xem lại trước khi làm tiếp.")
    return change


def _trace(action: str, change: CalendarChange, *, by: Actor, at: datetime) -> None:
    detail = {
        "calendar": change.calendar_id,
        "revision": change.revision,
        "decision": change.decision_number,
        "content": change.content,
    }
    audit.record(action, f"calendar_change {change.pk}", by=by, at=at, detail=detail)


@work.story
def set_opening_hours(calendar_id: int, week: Week, *, by: Actor, at: datetime) -> None:
    """Give a calendar the hours of a week from the first day of a season on.

    A week with the same first day gives way. The season must have a first day.

    Raises: NotAllowed, CalendarChangeNotValid if stretches overlap or days are out of order.
    """
    by.require(EDIT, unit_id=EVERYWHERE)
    _hold_calendars()
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
