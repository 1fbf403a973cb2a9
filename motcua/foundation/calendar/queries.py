"""Calendars as facts, kept in memory by each process, and their rows for screens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from time import monotonic

from .choices import ChangeState, DayKind
from .errors import NoSuchCalendar, NoSuchChange
from .models import (
    NATIONAL,
    CalendarChange,
    CalendarDay,
    CalendarVersion,
    OpeningHours,
    WorkCalendar,
)
from .rules import CalendarFacts, Opening, Proposal, SpecialDay, Week

RECHECK_SECONDS = 2.0


@dataclass(slots=True)
class _Held:
    """What this process knows of the calendars, and until when it need not ask again."""

    version: int = -1
    fresh_until: float = 0.0
    facts: dict[int | None, CalendarFacts] = field(default_factory=dict)


_held = _Held()


def facts_of(calendar_id: int | None) -> CalendarFacts:
    """Return the facts of a calendar; None is the national one.

    Raises: NoSuchCalendar.
    Costs: nothing for two seconds, then one query; three more when calendars have changed.
    """
    moment = monotonic()
    if moment >= _held.fresh_until:
        version = version_in_force()
        if version != _held.version:
            _held.version, _held.facts = version, {}
        _held.fresh_until = moment + RECHECK_SECONDS
    facts = _held.facts.get(calendar_id)
    if facts is None:
        facts = _held.facts[calendar_id] = _load(calendar_id, _held.version)
    return facts


def national_facts() -> CalendarFacts:
    """Return the facts of the calendar every agency follows that has none of its own."""
    return facts_of(None)


def forget_facts() -> None:
    """Ask the database again at the next look: this process has just changed a calendar."""
    _held.fresh_until = 0.0


def all_calendars() -> list[WorkCalendar]:
    """Return every calendar by name."""
    return list(WorkCalendar.objects.order_by("name", "id"))


def find_calendar(code: str) -> WorkCalendar | None:
    """Return the calendar with that code, if there is one."""
    return WorkCalendar.objects.filter(code=code).first()


def special_days(year: int, calendar_id: int | None = None) -> list[CalendarDay]:
    """Return the dated rows of one year: a calendar's own, or the national ones."""
    return list(CalendarDay.objects.of(calendar_id).in_year(year).order_by("on"))


def published_years() -> list[int]:
    """Return the years whose national days off are written, for those who must watch it."""
    days = CalendarDay.objects.of(None).filter(kind=DayKind.OFF)
    return [day.year for day in days.dates("on", "year")]


def weeks_of(calendar_id: int) -> tuple[Week, ...]:
    """Return a calendar's own weeks of opening hours, the earliest first."""
    return _weeks(OpeningHours.objects.filter(calendar_id=calendar_id))


def version_in_force() -> int:
    """Return the number that rises with every change of any calendar.

    Costs: one query.
    """
    return next(iter(CalendarVersion.objects.values_list("version", flat=True)), 0)


def facts_with(calendar_id: int | None, asked: Proposal, changed_id: int | None) -> CalendarFacts:
    """Return a calendar as it would be with a change of the calendar `changed_id`.

    None is the national calendar. Not kept in memory.

    Costs: four queries.
    """
    return _load(calendar_id, -1, asked, changed_id)


def get_change(change_id: int) -> CalendarChange:
    """Return the change, with its calendar. Raises: NoSuchChange."""
    found = CalendarChange.objects.select_related("calendar").filter(pk=change_id).first()
    if found is None:
        raise NoSuchChange("Không có thay đổi lịch này.")
    return found


def newest_changes(calendar_id: int | None = None, *, limit: int = 20) -> list[CalendarChange]:
    """Return the newest changes, of one calendar or of all."""
    found = CalendarChange.objects.select_related("calendar").order_by("-pk")
    return list(found.filter(calendar_id=calendar_id)[:limit] if calendar_id else found[:limit])


def change_in_progress() -> CalendarChange | None:
    """Return the change that is being applied, if there is one."""
    changes = CalendarChange.objects.select_related("calendar")
    return changes.filter(state=ChangeState.APPLYING).first()


def changed_calendar_id(change: CalendarChange) -> int | None:
    """Return under which number the days of the changed calendar are kept."""
    return None if change.calendar.code == NATIONAL else change.calendar_id


def own_days(calendar_id: int | None) -> list[SpecialDay]:
    """Return all dated days written in the calendar itself."""
    return [_special(day) for day in CalendarDay.objects.of(calendar_id)]


def _load(
    calendar_id: int | None,
    version: int,
    asked: Proposal | None = None,
    changed_id: int | None = None,
) -> CalendarFacts:
    national = WorkCalendar.objects.get(code=NATIONAL)
    calendar = national if calendar_id is None else _calendar(calendar_id)
    change = asked or Proposal()
    is_national = changed_id is None or changed_id == national.pk
    common = weeks_of(national.pk)
    if is_national:
        common = change.weeks_over(common)
    weeks = () if calendar.pk == national.pk else weeks_of(calendar.pk)
    if not is_national and calendar.pk == changed_id:
        weeks = change.weeks_over(weeks)
    days = {day.on: day for day in own_days(None)}
    own = {day.on: day for day in own_days(calendar.pk)}
    if is_national:
        days = change.days_over(days.values())
    elif calendar.pk == changed_id:
        own = change.days_over(own.values())
    special = tuple((days | own).values())
    return CalendarFacts(weeks or common, special, name=calendar.name, version=version)


def _special(day: CalendarDay) -> SpecialDay:
    return SpecialDay(day.on, DayKind(day.kind), day.note, day.replaces, day.basis)


def _calendar(calendar_id: int) -> WorkCalendar:
    calendar = WorkCalendar.objects.filter(pk=calendar_id).first()
    if calendar is None:
        raise NoSuchCalendar("Không có lịch làm việc này.")
    return calendar


def _weeks(rows: Iterable[OpeningHours]) -> tuple[Week, ...]:
    in_order = sorted(rows, key=lambda row: (row.valid_from, row.weekday, row.opens))
    weeks = (list(group) for _, group in groupby(in_order, lambda row: row.valid_from))
    return tuple(
        Week(
            tuple(Opening(row.weekday, row.opens, row.closes, row.desk_only) for row in week),
            week[0].valid_from,
            week[0].valid_to,
        )
        for week in weeks
    )
