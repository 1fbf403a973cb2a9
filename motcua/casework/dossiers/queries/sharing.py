"""Who would get what of an absent officer's open work, and what may come back to him."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.models import AssignmentRule, WorkShare
from motcua.casework.dossiers.rules.sharing import (
    BY_HAND,
    Person,
    Piece,
    RuleFacts,
    Shared,
    Team,
    digest_of,
    power_needed,
    share_out,
)
from motcua.casework.tasks import api as tasks
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.staffing import api as staffing
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.errors import NotAllowed

MOST = 2000
_HANDLERS = (PostRole.HANDLER, PostRole.UNIT_HEAD)
_PIECES = f"""
SELECT s.dossier_id, s.seq, d.code, s.unit_id, s.kind, s.due_at, d.submitter_address, s.code,
       d.procedure_version_id
FROM dossiers_dossierstep s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.assignee_id = %s AND s.closed_at IS NULL AND (%s::bigint[] IS NULL OR s.unit_id = ANY(%s))
ORDER BY s.due_at, s.dossier_id LIMIT {MOST}
"""  # noqa: S608 -- our own constant
_LOADS = (
    "SELECT assignee_id, count(*) FROM dossiers_dossierstep"
    " WHERE closed_at IS NULL AND assignee_id = ANY(%s) GROUP BY assignee_id"
)
_BACK = f"""
SELECT s.id, s.dossier_id, s.step_seq, d.code, s.unit_id, t.due_at, s.to_id, s.to_name, t.code,
       d.procedure_version_id
FROM dossiers_sharedstep s
JOIN dossiers_workshare w ON w.id = s.share_id
JOIN dossiers_dossierstep t ON t.dossier_id = s.dossier_id AND t.seq = s.step_seq
JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE w.absence_id = %s AND s.back_at IS NULL AND t.closed_at IS NULL AND t.assignee_id = s.to_id
  AND (%s::bigint[] IS NULL OR s.unit_id = ANY(%s))
  AND NOT EXISTS (
    SELECT 1 FROM dossiers_dossiermove m
    WHERE m.dossier_id = s.dossier_id AND m.seq > s.version AND m.by_id = s.to_id
  )
ORDER BY t.due_at, s.id LIMIT {MOST}
"""  # noqa: S608 -- our own constant


@dataclass(frozen=True, slots=True)
class ShareChoice:
    """What the head chose: only these get work (none: all who are there), who does the rest."""

    only: frozenset[int] = frozenset()
    deputy_id: int | None = None


class Heap(NamedTuple):
    """What one person would get."""

    person: Person
    pieces: int
    soonest_at: datetime


@dataclass(frozen=True, slots=True)
class SharePlan:
    """Who would get what; `digest` says by a mark what exactly was seen."""

    absence: staffing.Absence
    shared: Sequence[Shared]
    members: Sequence[Person]
    tasks: Sequence[tasks.WorkRow]
    deputy: Person | None
    digest: str = ""
    heaps: Sequence[Heap] = field(default_factory=tuple)

    @property
    def going(self) -> list[Shared]:
        """Return what goes to somebody."""
        return [one for one in self.shared if one.to is not None]

    @property
    def staying(self) -> list[Shared]:
        """Return what stays, with why."""
        return [one for one in self.shared if one.to is None]


class BackRow(NamedTuple):
    """One shared step that nobody began: it may come back."""

    id: int
    dossier_id: int
    step_seq: int
    code: str
    unit_id: int
    due_at: datetime
    to_id: int
    to_name: str
    step_code: str
    version_id: int


def plan_of(absence_id: int, choice: ShareChoice, *, by: Actor, at: datetime) -> SharePlan:
    """Return who would get what of the open work of an absent officer.

    Raises: NoSuchAbsence, NotAllowed.
    Costs: some ten statements, however many steps.
    """
    absence = staffing.get_absence_for(by, absence_id, on=local_day(at))
    units = units_shared_by(absence, by)
    rows = work.fetch(_PIECES, [absence.account_id or 0, units, units])
    pieces = [Piece._make(row) for row in rows]
    members, teams, loads = _teams(pieces, absence, choice, at=at)
    deputy = _deputy(choice.deputy_id, members, at=at)
    if deputy is not None:
        teams = _with_deputy(teams, pieces, deputy, at=at)
    shared = share_out(pieces, teams, loads, deputy)
    mine = tasks.WorkFilter(account_id=absence.account_id or 0)
    given = () if units is None else tasks.open_tasks_for(by, only=mine).rows
    return SharePlan(absence, shared, members, given, deputy, digest_of(shared), _heaps_of(shared))


def units_shared_by(absence: staffing.Absence, by: Actor) -> list[int] | None:
    """Return in which units the actor shares the work of who is away; None means all of it.

    Raises: NotAllowed. The absent shares the own work only as the rules of the unit say.
    """
    if staffing.is_own(absence.officer_id, by=by) or by.kind == ActorKind.SYSTEM:
        return None
    if not by.can(Power.ASSIGN_DOSSIERS):
        raise NotAllowed("Chỉ trưởng đơn vị chia việc của người khác.")
    if Power.ASSIGN_DOSSIERS in by.province_powers:
        return None
    return sorted(by.powers[Power.ASSIGN_DOSSIERS])


def _teams(
    pieces: Sequence[Piece], absence: staffing.Absence, choice: ShareChoice, *, at: datetime
) -> tuple[list[Person], dict[int, Team], dict[int, int]]:
    units = sorted({piece.unit_id for piece in pieces})
    away = staffing.accounts_away(local_day(at)) | {absence.account_id or 0}
    by_unit: defaultdict[int, list[Person]] = defaultdict(list)
    seats = [
        seat
        for seat in organisation.seats_of_units(units, local_day(at), roles=_HANDLERS)
        if seat.officer_id is not None
    ]
    accounts = identity.accounts_of_officers({seat.officer_id or 0 for seat in seats})
    for seat in seats:
        account = accounts.get(seat.officer_id or 0)
        if account is not None and account not in away:
            by_unit[seat.unit_id].append(Person(account, seat.officer_name))
    rules: defaultdict[int, list[RuleFacts]] = defaultdict(list)
    for rule in AssignmentRule.objects.filter(unit_id__in=units).order_by("unit_id", "position"):
        here = {one.id for one in by_unit[rule.unit_id]}  # a rule may outlive its officer's post
        if rule.account_id not in here or rule.is_away or not _chosen(rule.account_id, choice):
            continue
        person = Person(rule.account_id, rule.name)
        rules[rule.unit_id].append(RuleFacts(rule.way, person, rule.area, rule.latest_at))
    teams = {
        unit: Team([one for one in by_unit[unit] if _chosen(one.id, choice)], tuple(rules[unit]))
        for unit in units
    }
    members = {one.id: one for people in by_unit.values() for one in people}
    members |= {one.person.id: one.person for facts in rules.values() for one in facts}
    loads = dict(work.fetch(_LOADS, [list(members)]))
    return sorted(members.values(), key=lambda one: one.name), teams, loads


def _chosen(account_id: int, choice: ShareChoice) -> bool:
    return not choice.only or account_id in choice.only


def _deputy(account_id: int | None, members: Sequence[Person], *, at: datetime) -> Person | None:
    if account_id is None:
        return None
    found = next((one for one in members if one.id == account_id), None)
    if found is not None or account_id in staffing.accounts_away(local_day(at)):
        return found
    account = identity.get_account(account_id)
    is_fit = account.is_officer and account.is_active
    return Person(account_id, account.full_name) if is_fit else None


def _with_deputy(
    teams: Mapping[int, Team], pieces: Sequence[Piece], deputy: Person, *, at: datetime
) -> dict[int, Team]:
    """Note in each unit which kinds of steps the deputy may do there."""
    able = access.actor_now(deputy.id, at=at).actor
    wanted = {(piece.unit_id, piece.kind) for piece in pieces if piece.kind in BY_HAND}
    may = {(unit, kind) for unit, kind in wanted if able.can(power_needed(kind), unit_id=unit)}
    return {
        unit: Team(team.members, team.rules, frozenset(k for u, k in may if u == unit))
        for unit, team in teams.items()
    }


def _heaps_of(shared: Sequence[Shared]) -> list[Heap]:
    found: dict[int, Heap] = {}
    for one in shared:
        if one.to is None:
            continue
        heap = found.get(one.to.id, Heap(one.to, 0, one.piece.due_at))
        soonest = min(heap.soonest_at, one.piece.due_at)
        found[one.to.id] = Heap(one.to, heap.pieces + 1, soonest)
    return sorted(found.values(), key=lambda heap: (-heap.pieces, heap.person.name))


def shared_out(absence_ids: Collection[int]) -> frozenset[int]:
    """Return those of the absences whose work was shared to its end. Costs: one query."""
    found = WorkShare.objects.filter(absence_id__in=absence_ids, done_at__isnull=False)
    return frozenset(found.values_list("absence_id", flat=True))


def shares_of(absence_ids: Collection[int]) -> dict[int, WorkShare]:
    """Return the latest sharing of each of these absences. Costs: one query."""
    found = WorkShare.objects.filter(absence_id__in=absence_ids).order_by("pk")
    return {one.absence_id: one for one in found}


def may_come_back(absence_id: int, *, by: Actor, at: datetime) -> list[BackRow]:
    """Return the shared steps that nobody began, the nearest limit first.

    Raises: NoSuchAbsence, NotAllowed. Costs: two statements.
    """
    absence = staffing.get_absence_for(by, absence_id, on=local_day(at))
    if not by.can(Power.ASSIGN_DOSSIERS):
        raise NotAllowed("Chỉ trưởng đơn vị chọn việc nào về lại.")
    units = units_shared_by(absence, by)
    units = sorted(by.powers.get(Power.ASSIGN_DOSSIERS, ())) if units is None else units
    if Power.ASSIGN_DOSSIERS in by.province_powers:
        return [BackRow._make(row) for row in work.fetch(_BACK, [absence_id, None, None])]
    return [BackRow._make(row) for row in work.fetch(_BACK, [absence_id, units, units])]
