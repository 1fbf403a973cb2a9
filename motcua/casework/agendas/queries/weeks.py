"""The week of an agency for those who work there, for the public, and on paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from motcua.casework.agendas.choices import Clash, EntryState
from motcua.casework.agendas.errors import NoSuchEntry
from motcua.casework.agendas.models import (
    AgendaEntry,
    AgendaWeek,
    EntryFile,
    EntryGuest,
    EntryMove,
)
from motcua.casework.agendas.permissions import (
    can_approve,
    can_change,
    proposing_units,
    reads_agency,
)
from motcua.casework.agendas.rules import Wanted, clashes, monday_of, place_key, span
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

R = TypeVar("R", EntryGuest, EntryFile)
_DAYS = 7
_TAKEN = (EntryState.PROPOSED, EntryState.APPROVED)


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry as a week shows it; `clashes` are words about others at the same time."""

    entry: AgendaEntry
    guests: Sequence[EntryGuest]
    files: Sequence[EntryFile]
    unit_name: str
    clashes: Sequence[str] = ()
    is_new: bool = False
    is_changed: bool = False
    can_change: bool = False

    @property
    def who(self) -> str:
        """Return who takes part: those named one by one, then the free words."""
        names = [guest.name for guest in self.guests]
        return "; ".join([*names, self.entry.who] if self.entry.who else names)


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day with its entries in order."""

    day: date
    entries: Sequence[EntryShown]


@dataclass(frozen=True, slots=True)
class WeekShown:
    """One week of an agency, with what its reader may do."""

    agency_id: int
    agency_name: str
    monday: date
    week: AgendaWeek | None
    days: Sequence[DayShown]
    waiting: int
    can_approve: bool
    can_propose: bool

    @property
    def sunday(self) -> date:
        """Return its last day."""
        return self.monday + timedelta(days=_DAYS - 1)


def week_for(actor: Actor, agency_id: int, day: date) -> WeekShown:
    """Return the week of the day: all of it for who approves, else one's own units' proposals too.

    What is approved is for everybody who works in the agency.

    Raises: NoSuchEntry for anybody else.
    Costs: four statements.
    """
    if not reads_agency(agency_id, actor):
        raise NoSuchEntry("Không có lịch công tác này, hoặc ông/bà không làm việc tại cơ quan.")
    monday = monday_of(day)
    approves = can_approve(agency_id, actor)
    own = set(proposing_units(agency_id, actor))
    found = [
        entry
        for entry in _entries(agency_id, monday)
        if approves or entry.state in _SHOWN or entry.unit_id in own
    ]
    week = AgendaWeek.objects.filter(agency_id=agency_id, monday=monday).first()
    shown = _shown(found, week, actor)
    return WeekShown(
        agency_id=agency_id,
        agency_name=organisation.tree().agency(agency_id).name,
        monday=monday,
        week=week,
        days=_days(monday, shown),
        waiting=sum(one.state == EntryState.PROPOSED for one in found),
        can_approve=approves,
        can_propose=bool(own),
    )


_SHOWN = (EntryState.APPROVED, EntryState.CANCELLED)


def public_week(agency_id: int, day: date) -> WeekShown | None:
    """Return what of a published week is public, None if the week is not.

    Costs: two statements.
    """
    monday = monday_of(day)
    week = AgendaWeek.objects.filter(agency_id=agency_id, monday=monday, is_public=True).first()
    if week is None:
        return None
    found = [e for e in _entries(agency_id, monday) if e.is_public and e.state in _SHOWN]
    shown = [EntryShown(entry, (), (), "") for entry in found]
    name = organisation.tree().agency(agency_id).name
    days = _days(monday, shown)
    return WeekShown(
        agency_id, name, monday, week, days, waiting=0, can_approve=False, can_propose=False
    )


def get_entry_for(actor: Actor, code: str) -> AgendaEntry:
    """Return an entry the actor may read. Raises: NoSuchEntry."""
    entry = AgendaEntry.objects.filter(code=code).first()
    if entry is None or not _may_read(entry, actor):
        raise NoSuchEntry("Không có lịch này, hoặc ông/bà không được biết.")
    return entry


def _may_read(entry: AgendaEntry, actor: Actor) -> bool:
    if can_change(entry, actor):
        return True
    if entry.state in _SHOWN and reads_agency(entry.agency_id, actor):
        return True
    return (
        entry.state in _SHOWN
        and EntryGuest.objects.filter(entry=entry, account_id=actor.id).exists()
    )


def entry_page(actor: Actor, code: str) -> tuple[EntryShown, list[EntryMove]]:
    """Return one entry with its parts and history. Raises: NoSuchEntry."""
    entry = get_entry_for(actor, code)
    monday = monday_of(entry.day)
    week = AgendaWeek.objects.filter(agency_id=entry.agency_id, monday=monday).first()
    around = [one for one in _entries(entry.agency_id, monday) if one.day == entry.day]
    shown = next(one for one in _shown(around, week, actor) if one.entry.pk == entry.pk)
    return shown, list(EntryMove.objects.filter(entry=entry).order_by("seq"))


def entry_file(actor: Actor, code: str, seq: int) -> EntryFile:
    """Return one paper of an entry the actor may read. Raises: NoSuchEntry."""
    entry = get_entry_for(actor, code)
    found = EntryFile.objects.filter(entry=entry, seq=seq).select_related("file").first()
    if found is None:
        raise NoSuchEntry("Không có tệp này.")
    return found


def _entries(agency_id: int, monday: date) -> list[AgendaEntry]:
    days = (monday, monday + timedelta(days=_DAYS - 1))
    found = AgendaEntry.objects.filter(agency_id=agency_id, day__range=days)
    return list(found.order_by("day", "starts", "id"))


def _days(monday: date, shown: Iterable[EntryShown]) -> list[DayShown]:
    found: dict[date, list[EntryShown]] = {}
    for one in shown:
        found.setdefault(one.entry.day, []).append(one)
    days = [monday + timedelta(days=number) for number in range(_DAYS)]
    weekend = 5
    return [
        DayShown(day, found.get(day, []))
        for number, day in enumerate(days)
        if number < weekend or day in found
    ]


def _shown(
    entries: Sequence[AgendaEntry], week: AgendaWeek | None, actor: Actor
) -> list[EntryShown]:
    tree = organisation.tree()
    guests = _grouped(EntryGuest.objects.filter(entry__in=entries).order_by("entry_id", "seq"))
    papers = EntryFile.objects.filter(entry__in=entries).select_related("file")
    files = _grouped(papers.order_by("entry_id", "seq"))
    words = clash_words(entries, guests)
    return [
        EntryShown(
            entry=entry,
            guests=guests.get(entry.pk, ()),
            files=files.get(entry.pk, ()),
            unit_name=tree.unit(entry.unit_id).name,
            clashes=words.get(entry.code, ()),
            is_new=week is not None and entry.proposed_at > week.published_at,
            is_changed=week is not None and entry.changed_at > week.published_at,
            can_change=entry.state in _TAKEN and can_change(entry, actor),
        )
        for entry in entries
    ]


def _grouped(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.entry_id, []).append(row)
    return found


def clash_words(
    entries: Iterable[AgendaEntry], guests: Mapping[int, Sequence[EntryGuest]]
) -> dict[str, list[str]]:
    """Return for each entry in words what it wants at the same time as another."""
    taken = {entry.code: entry for entry in entries if entry.state in _TAKEN}
    found: dict[str, list[str]] = {}
    for one, other, kind in clashes(_wanted(e, guests.get(e.pk, ())) for e in taken.values()):
        for code, against in ((one, taken[other]), (other, taken[one])):
            what = "cùng người" if kind == Clash.PERSON else "cùng địa điểm"
            words = f"Trùng giờ, {what}: {against.starts:%H:%M} {against.title}"
            found.setdefault(code, []).append(words)
    return found


def _wanted(entry: AgendaEntry, guests: Sequence[EntryGuest]) -> Wanted:
    people = {guest.account_id for guest in guests if guest.account_id}
    if entry.chair_account_id:
        people.add(entry.chair_account_id)
    begins, ends = span(entry.day, entry.starts, entry.ends)
    return Wanted(entry.code, begins, ends, frozenset(people), place_key(entry.place))


def feed_moment(entry: AgendaEntry) -> tuple[datetime, datetime]:
    """Return when an entry begins and ends."""
    return span(entry.day, entry.starts, entry.ends)
