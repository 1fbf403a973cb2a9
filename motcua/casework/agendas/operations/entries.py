"""Propose an entry, change it, approve, decline, cancel it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.agendas.choices import Act, EntryState
from motcua.casework.agendas.errors import EntryDecided, NoSuchEntry
from motcua.casework.agendas.events import EntryMoved
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
    check_approves,
    check_proposes,
)
from motcua.casework.agendas.rules import EntryIn, Guest, checked, monday_of
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 10
_OPEN = (EntryState.PROPOSED, EntryState.APPROVED)
_FACTS = (
    "day",
    "starts",
    "ends",
    "title",
    "place",
    "chair_account_id",
    "chair_name",
    "who",
    "prepared_by",
    "car",
    "note",
    "is_public",
)


class PaperIn(NamedTuple):
    """A stored file, by its key, that goes with an entry."""

    name: str
    file_id: int


@work.story
def propose_entry(
    unit_id: int,
    facts: EntryIn,
    *,
    by: Actor,
    at: datetime,
    papers: Sequence[PaperIn] = (),
) -> AgendaEntry:
    """Propose an entry for a unit's agency; who approves the calendar has approved it at once.

    Raises: NotAllowed, BadInput.
    Source: docs/law/agendas.md
    """
    check_proposes(unit_id, by)
    agency_id = organisation.tree().unit(unit_id).agency_id
    if facts.day < local_day(at):
        raise BadInput("Không đăng ký lịch cho ngày đã qua.", field="day")
    entry = AgendaEntry(
        id=work.new_id(AgendaEntry),
        code="".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH)),
        agency_id=agency_id,
        unit_id=unit_id,
        state=EntryState.PROPOSED,
        proposed_by_id=by.id,
        proposed_by_name=by.name,
        proposed_at=at,
    )
    _take(entry, facts)
    if can_approve(agency_id, by):
        entry.state = EntryState.APPROVED
        entry.decided_by_name, entry.decided_at = by.name, at
    _tell(entry, Act.PROPOSE, by=by, at=at, is_new=True)
    work.add(*_guests(entry, facts.guests), *_papers(entry, papers))
    return entry


@work.story
def change_entry(
    code: str,
    facts: EntryIn,
    *,
    by: Actor,
    at: datetime,
    papers: Sequence[PaperIn] = (),
) -> AgendaEntry:
    """Put other facts in place; changed by somebody who does not approve, it waits anew.

    Raises: NoSuchEntry, NotAllowed, EntryDecided, BadInput.
    """
    entry = _lock(code)
    if not can_change(entry, by):
        raise NotAllowed("Chỉ người đăng ký hoặc người duyệt lịch mới sửa được.")
    if entry.state not in _OPEN:
        label = EntryState(entry.state).label
        raise EntryDecided(f"Lịch này đang ở “{label}”, không sửa được.")
    was = f"{entry.day:%d/%m/%Y} {entry.starts:%H:%M} {entry.title}"
    _take(entry, facts)
    if not can_approve(entry.agency_id, by):
        entry.state = EntryState.PROPOSED
    EntryGuest.objects.filter(entry=entry).delete()
    first = EntryFile.objects.filter(entry=entry).count()
    work.add(*_guests(entry, facts.guests), *_papers(entry, papers, first))
    _tell(entry, Act.CHANGE, by=by, at=at, note=f"Trước: {was}")
    return entry


@work.story
def approve_entry(code: str, *, by: Actor, at: datetime) -> AgendaEntry:
    """Take a proposal into the calendar. Raises: NoSuchEntry, NotAllowed, EntryDecided."""
    return _decide(code, EntryState.APPROVED, Act.APPROVE, "", by=by, at=at)


@work.story
def decline_entry(code: str, reason: str, *, by: Actor, at: datetime) -> AgendaEntry:
    """Leave a proposal out. Raises: NoSuchEntry, NotAllowed, EntryDecided, BadInput."""
    words = _needed(reason, "Xin ghi lý do không đưa vào lịch.")
    return _decide(code, EntryState.DECLINED, Act.DECLINE, words, by=by, at=at)


@work.story
def cancel_entry(code: str, reason: str, *, by: Actor, at: datetime) -> AgendaEntry:
    """Put off or call off an entry; in a published week it stays visible as such.

    Raises: NoSuchEntry, NotAllowed, EntryDecided, BadInput.
    """
    words = _needed(reason, "Xin ghi lý do hoãn, hủy.")
    entry = _lock(code)
    if not can_change(entry, by):
        raise NotAllowed("Chỉ người đăng ký hoặc người duyệt lịch mới hoãn, hủy được.")
    if entry.state not in _OPEN:
        raise EntryDecided("Lịch này không còn hiệu lực để hoãn, hủy.")
    entry.state, entry.decision = EntryState.CANCELLED, words
    entry.decided_at = entry.decided_at or at
    _tell(entry, Act.CANCEL, by=by, at=at, note=words)
    return entry


def _decide(
    code: str, state: EntryState, act: Act, words: str, *, by: Actor, at: datetime
) -> AgendaEntry:
    entry = _lock(code)
    check_approves(entry.agency_id, by)
    if entry.state != EntryState.PROPOSED:
        label = EntryState(entry.state).label
        raise EntryDecided(f"Lịch này đang ở “{label}”, không còn chờ duyệt.")
    entry.state, entry.decision = state, words
    entry.decided_by_name, entry.decided_at = by.name, at
    _tell(entry, act, by=by, at=at, note=words)
    return entry


def _needed(text: str, message: str) -> str:
    words = tidy(text)
    if not words:
        raise BadInput(message, field="words")
    return words[:500]


def _lock(code: str) -> AgendaEntry:
    try:
        return work.lock(AgendaEntry, code=code)
    except AgendaEntry.DoesNotExist as error:
        raise NoSuchEntry("Không tìm thấy lịch này.") from error


def _take(entry: AgendaEntry, facts: EntryIn) -> None:
    texts = checked(facts)
    for name, text in texts.items():
        setattr(entry, name, text)
    entry.day, entry.starts, entry.ends = facts.day, facts.starts, facts.ends
    entry.is_public = facts.is_public
    entry.chair_account_id = facts.chair_account_id
    entry.chair_name = tidy(facts.chair_name)[:200]
    if facts.chair_account_id is not None and not entry.chair_name:
        entry.chair_name = identity.get_account(facts.chair_account_id).full_name


def _guests(entry: AgendaEntry, guests: Sequence[Guest]) -> list[EntryGuest]:
    unique = dict.fromkeys((one.account_id, one.unit_id, one.name) for one in guests)
    return [
        EntryGuest(entry=entry, seq=seq, account_id=account, unit_id=unit, name=name[:200])
        for seq, (account, unit, name) in enumerate(unique, start=1)
    ]


def _papers(entry: AgendaEntry, papers: Sequence[PaperIn], first: int = 0) -> list[EntryFile]:
    return [
        EntryFile(entry=entry, seq=first + seq, name=one.name, file_id=one.file_id)
        for seq, one in enumerate(papers, start=1)
    ]


def _tell(
    entry: AgendaEntry, act: Act, *, by: Actor, at: datetime, note: str = "", is_new: bool = False
) -> None:
    entry.version += 1
    entry.changed_at = at
    if is_new:
        work.add(entry)
    else:
        decided = ("state", "decided_by_name", "decided_at", "decision")
        work.update(entry, "version", "changed_at", *decided, *_FACTS)
    move = EntryMove(
        entry=entry, seq=entry.version, at=at, act=act, by_id=by.id, by_name=by.name, note=note
    )
    work.add(move)
    audit.record(f"agendas.{act}", f"agenda:{entry.code}", by=by, at=at)
    monday = monday_of(entry.day)
    fact = EntryMoved(
        aggregate_id=entry.pk,
        seq=entry.version,
        act=str(act),
        code=entry.code,
        state=str(entry.state),
        agency_id=entry.agency_id,
        day=entry.day,
        was_published=AgendaWeek.objects.filter(agency_id=entry.agency_id, monday=monday).exists(),
    )
    outbox.announce(fact, by=by, at=at)
