"""Note who is away; share the open work among colleagues; let what nobody began come back.

Source: docs/law/hall-staff.md, docs/adr/0093-who-is-away-gets-nothing-new.md
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from motcua.casework.dossiers.choices import Act, ScopeRole
from motcua.casework.dossiers.models import Dossier, SharedStep, WorkShare
from motcua.casework.dossiers.queries.sharing import (
    BackRow,
    Heap,
    ShareChoice,
    SharePlan,
    may_come_back,
    plan_of,
    shared_out,
    shares_of,
)
from motcua.casework.dossiers.rules.promising import Told
from motcua.casework.dossiers.rules.sharing import Person, Piece, Shared
from motcua.casework.tasks import api as tasks
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Message
from motcua.foundation.signing import api as signing
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import Absence, AbsenceIn
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated, Conflict, NotAllowed

from . import message_kinds as kinds
from .telling import tell_alike

__all__ = [
    "Absence",
    "AbsenceIn",
    "BackRow",
    "Heap",
    "Person",
    "ShareChoice",
    "SharePlan",
    "ShareResult",
    "Shared",
    "bring_back",
    "end_absence",
    "may_come_back",
    "note_absence",
    "plan_of",
    "share_begun",
    "share_work",
    "shares_of",
]
T = TypeVar("T")
logger = logging.getLogger(__name__)
BATCH = 100
MINE = "/xu-ly/viec/?ai=toi"
_LOCK = f"""
SELECT {work.columns(Dossier, "d")} FROM dossiers_dossier d
WHERE d.id = ANY(%s::bigint[]) ORDER BY d.id FOR UPDATE
"""  # noqa: S608 -- our own columns
_STILL = """
SELECT s.dossier_id, s.seq FROM dossiers_dossierstep s
JOIN unnest(%s::bigint[], %s::int[], %s::bigint[]) AS x(dossier_id, seq, holder)
  ON s.dossier_id = x.dossier_id AND s.seq = x.seq
WHERE s.closed_at IS NULL AND s.assignee_id = x.holder FOR UPDATE OF s
"""
_GIVE = """
UPDATE dossiers_dossierstep s SET assignee_id = x.to_id, assignee_name = x.name
FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::text[]) AS x(dossier_id, seq, to_id, name)
WHERE s.dossier_id = x.dossier_id AND s.seq = x.seq
"""
_SCOPE = """
INSERT INTO dossiers_dossierscope (unit_id, role, secrecy, sort_at, dossier_id)
SELECT DISTINCT -x.to_id, %s, d.secrecy, d.sort_at, d.id
FROM unnest(%s::bigint[], %s::bigint[]) AS x(dossier_id, to_id)
JOIN dossiers_dossier d ON d.id = x.dossier_id
ON CONFLICT (dossier_id, unit_id) DO NOTHING
"""
_BACK = "UPDATE dossiers_sharedstep SET back_at = %s WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class ShareResult:
    """How many steps and tasks went to colleagues, and how many stay."""

    moved: int
    stayed: int
    tasks_moved: int = 0
    tasks_stayed: int = 0


class _Going(NamedTuple):
    """One step on its way from one person to another."""

    dossier_id: int
    seq: int
    unit_id: int
    holder_id: int
    holder_name: str
    to: Person


def note_absence(
    given: AbsenceIn,
    *,
    by: Actor,
    at: datetime,
    signs: signing.AbsenceIn | None = None,
) -> Absence:
    """Write down an absence, with who signs meanwhile; share the work if it begins today.

    Raises: NotAllowed, BadInput.
    """
    absence = _noted(given, signs, by=by, at=at)
    if absence.shares_work and absence.holds_on(local_day(at)):
        _share_by_itself(absence, at=at)
    return absence


@work.story
def _noted(
    given: AbsenceIn, signs: signing.AbsenceIn | None, *, by: Actor, at: datetime
) -> Absence:
    absence = staffing.note_absence(given, by=by, at=at)
    if signs is not None:
        signing.note_absence(signs, by=by, at=at)
    return absence


@work.story
def end_absence(absence_id: int, *, by: Actor, at: datetime) -> Absence:
    """Note that somebody is back; who signed meanwhile does so no longer.

    Raises: NoSuchAbsence, NotAllowed.
    """
    absence = staffing.end_absence(absence_id, by=by, at=at)
    signed = signing.absences_since(local_day(at), officer_id=absence.officer_id, limit=BATCH)
    for one in signed:
        is_same = (one.valid_from, one.valid_to) == (absence.valid_from, absence.valid_to)
        if is_same and staffing.is_own(absence.officer_id, by=by):
            signing.end_absence(one.pk, by=by, at=at)
    return absence


def share_begun(*, at: datetime) -> int:
    """Share the work of absences that have begun, each once; return how many absences.

    Called by the worker; what was shared by hand is left as it is, what was broken off goes on. One
    that fails holds up no other; the job then counts as failed, so that administrators see it, and
    it is tried again.
    """
    count, after = 0, 0
    failed: Exception | None = None
    while begun := staffing.beginning_to_share(local_day(at), after=after, limit=BATCH):
        done = shared_out([one.pk for one in begun])
        for one in begun:
            if one.pk in done:
                continue
            try:
                _share_by_itself(one, at=at)
            except Exception as error:  # raised when the others are done
                logger.exception("sharing_failed", extra={"absence": one.pk})
                failed = error
            count += 1
        after = begun[-1].pk
    if failed is not None:
        raise failed
    return count


def _share_by_itself(absence: Absence, *, at: datetime) -> None:
    """Share by the rules of the units alone; in the name of who noted the absence."""
    by = Actor(id=absence.given_by_id, name=absence.given_by_name)
    plan = plan_of(absence.pk, _deputy_of(absence, at=at), by=SYSTEM, at=at)
    _carry_out(plan, by=by, at=at)


def _deputy_of(absence: Absence, *, at: datetime) -> ShareChoice:
    """Return who signs meanwhile, if somebody does: approvals go to him."""
    day = max(absence.valid_from, local_day(at))
    for one in signing.absences_since(day, officer_id=absence.officer_id, limit=BATCH):
        if one.holds_on(day):
            accounts = identity.accounts_of_officers([one.deputy_id])
            return ShareChoice(deputy_id=accounts.get(one.deputy_id))
    return ShareChoice()


def share_work(
    absence_id: int,
    choice: ShareChoice,
    *,
    by: Actor,
    at: datetime,
    seen: str | None = None,
) -> ShareResult:
    """Share the open work of who is away as the preview has shown it, due dates unchanged.

    `seen` is the mark of the preview; another plan by now is shown first.

    Raises: NoSuchAbsence, NotAllowed, Conflict.
    Costs: some ten statements for the plan, and twenty for each hundred steps.
    """
    plan = plan_of(absence_id, choice, by=by, at=at)
    absence = plan.absence
    is_over = absence.valid_to is not None and absence.valid_to < local_day(at)
    if absence.ended_at is not None or is_over:
        raise Conflict("Người này đã trở lại; không chia việc nữa.")
    if seen is not None and plan.digest != seen:
        raise Conflict("Việc đã thay đổi từ lúc ông/bà xem; hãy xem lại rồi chia.")
    return _carry_out(plan, by=by, at=at)


def _carry_out(plan: SharePlan, *, by: Actor, at: datetime) -> ShareResult:
    absence = plan.absence
    share = _begin(absence, by=by, at=at)
    holder = Person(absence.account_id or 0, absence.name)
    moved: list[_Going] = []
    for pieces in _in_batches(plan.going):
        going = [_going(one.piece, one.to, holder) for one in pieces if one.to is not None]
        moved += _move(going, share, _note_of(absence), by=by, at=at)
    passed = _pass_tasks(plan, by=by, at=at) if plan.deputy else 0
    _end(share, at=at)
    _tell_each(moved, kinds.SHARED, absence.name, by=by, at=at)
    return ShareResult(len(moved), len(plan.shared) - len(moved), passed, len(plan.tasks) - passed)


def _in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(rows), BATCH):
        yield rows[first : first + BATCH]


@work.story
def _begin(absence: Absence, *, by: Actor, at: datetime) -> WorkShare:
    subject = f"absence:{absence.pk}"
    audit.record("dossiers.share_work", subject, by=by, at=at)
    return WorkShare.objects.create(
        absence_id=absence.pk,
        from_id=absence.account_id or 0,
        from_name=absence.name,
        at=at,
        by_id=by.id,
        by_name=by.name,
    )


@work.story
def _end(share: WorkShare, *, at: datetime) -> None:
    share.done_at = at
    share.save(update_fields=["done_at"])


def _note_of(absence: Absence) -> str:
    return f"{absence.name} vắng đến hết ngày {absence.valid_to:%d/%m/%Y}"


def _going(piece: Piece, to: Person, holder: Person) -> _Going:
    return _Going(piece.dossier_id, piece.seq, piece.unit_id, holder.id, holder.name, to)


@work.story
def _move(
    going: Sequence[_Going],
    share: WorkShare | None,
    note: str,
    *,
    by: Actor,
    at: datetime,
) -> list[_Going]:
    """Give these steps to whom they go, each with its history; what is done by now is left out.

    Costs: some twenty statements, however many steps.
    """
    locked = _lock(sorted({one.dossier_id for one in going}))
    columns = [[one[place] for one in going] for place in (0, 1, 3)]
    still = {tuple(row) for row in work.fetch(_STILL, columns)}
    moving = [one for one in going if (one.dossier_id, one.seq) in still]
    for (unit_id, to, holder), ones in _alike(moving).items():
        for turn in _each_once(ones):
            tell_alike(
                [locked[one.dossier_id] for one in turn],
                Act.ASSIGN,
                by=replace(by, is_silent=True),
                at=at,
                note=note,
                changed=(),
                detail={"to": to.name, "from": holder},
                unit_id=unit_id,
            )
            if share is not None:
                work.add(*(_shared(one, share, locked[one.dossier_id]) for one in turn))
    if moving:
        _give(moving)
    return moving


def _lock(ids: Sequence[int]) -> dict[int, Dossier]:
    rows = [work.from_row(Dossier, row) for row in work.fetch(_LOCK, [list(ids)])]
    for dossier in rows:
        dossier.told = Told(dossier.due_at, dossier.pause_ground)
    return {dossier.pk: dossier for dossier in rows}


def _alike(going: Sequence[_Going]) -> Mapping[tuple[int, Person, str], list[_Going]]:
    found: defaultdict[tuple[int, Person, str], list[_Going]] = defaultdict(list)
    for one in going:
        found[(one.unit_id, one.to, one.holder_name)].append(one)
    return found


def _each_once(going: Sequence[_Going]) -> list[list[_Going]]:
    """Return the steps in turns, so that a dossier with two of them is moved once in each."""
    turns: list[list[_Going]] = []
    places: defaultdict[int, int] = defaultdict(int)
    for one in going:
        place = places[one.dossier_id]
        places[one.dossier_id] += 1
        if place == len(turns):
            turns.append([])
        turns[place].append(one)
    return turns


def _shared(one: _Going, share: WorkShare, dossier: Dossier) -> SharedStep:
    return SharedStep(
        share=share,
        dossier_id=one.dossier_id,
        step_seq=one.seq,
        unit_id=one.unit_id,
        to_id=one.to.id,
        to_name=one.to.name,
        version=dossier.version,
    )


def _give(moving: Sequence[_Going]) -> None:
    dossiers, seqs = [one.dossier_id for one in moving], [one.seq for one in moving]
    heirs = [one.to.id for one in moving]
    work.put(_GIVE, [dossiers, seqs, heirs, [one.to.name for one in moving]])
    work.put(_SCOPE, [str(ScopeRole.ASSIGNED), dossiers, heirs])


def _pass_tasks(plan: SharePlan, *, by: Actor, at: datetime) -> int:
    """Pass the open parts of tasks to the deputy, as far as the actor may; return how many."""
    deputy, passed = plan.deputy, 0
    for row in plan.tasks if deputy else ():
        try:
            tasks.assign_part(
                row.code,
                row.seq,
                row.desk_unit_id,
                deputy.id if deputy else None,
                by=by,
                at=at,
                note=_note_of(plan.absence),
            )
        except Anticipated:
            continue  # not this head's to give, or the deputy holds no post there: it stays
        passed += 1
    return passed


def _tell_each(
    moved: Sequence[_Going], kind: notifications.Kind, name: str, *, by: Actor, at: datetime
) -> None:
    """Tell each person once, however many steps came."""
    counts: defaultdict[int, int] = defaultdict(int)
    for one in moved:
        counts[one.to.id] += 1
    messages = [
        Message([account], kind, {"count": count, "name": name}, at, MINE)
        for account, count in counts.items()
        if account != by.id
    ]
    notifications.notify_all(messages, by=by)


def bring_back(absence_id: int, chosen: Collection[int], *, by: Actor, at: datetime) -> int:
    """Give back to who has returned what nobody began, as far as the head chose it.

    Raises: NoSuchAbsence, NotAllowed, Conflict while he is still away.
    """
    absence = staffing.get_absence_for(by, absence_id, on=local_day(at))
    away = staffing.officers_away([absence.officer_id], local_day(at))
    if absence.officer_id in away:
        raise Conflict(f"{absence.name} vẫn đang vắng; hãy ghi đã trở lại trước.")
    rows = [row for row in may_come_back(absence_id, by=by, at=at) if row.id in set(chosen)]
    if absence.account_id is None or not identity.get_account(absence.account_id).is_active:
        raise NotAllowed(f"{absence.name} không có tài khoản đang dùng để nhận lại việc.")
    home = Person(absence.account_id, absence.name)
    moved: list[_Going] = []
    for some in _in_batches(rows):
        moved += _return(some, home, by=by, at=at)
    _tell_each(moved, kinds.CAME_BACK, absence.name, by=by, at=at)
    return len(moved)


@work.story
def _return(rows: Sequence[BackRow], home: Person, *, by: Actor, at: datetime) -> list[_Going]:
    going = [
        _Going(row.dossier_id, row.step_seq, row.unit_id, row.to_id, row.to_name, home)
        for row in rows
    ]
    moved = _move(going, None, f"{home.name} đã trở lại", by=by, at=at)
    done = {(one.dossier_id, one.seq) for one in moved}
    keys = [row.id for row in rows if (row.dossier_id, row.step_seq) in done]
    work.put(_BACK, [at, keys])
    return moved
