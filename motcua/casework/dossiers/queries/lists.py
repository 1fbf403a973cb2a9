"""Lists: what a unit has to do, what waits at a desk, what an actor may see.

Each list is one hand-written prepared statement that reads unit by unit (LATERAL), so that it
costs the same for an officer and for the whole province; pages go on by keyset.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.models import Dossier, DossierScope
from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import PAGE_SIZE, Cursor, Direction, Page, paged


class WorkRow(NamedTuple):
    """One open step as a work list shows it."""

    dossier_id: int
    code: str
    step_seq: int
    step_code: str
    step_kind: str
    unit_id: int
    assignee_id: int | None
    assignee_name: str
    step_due_at: datetime
    opened_at: datetime
    procedure_id: int
    procedure_version_id: int
    applicant_name: str
    status: str
    sub_state: str
    channel: str
    received_at: datetime | None
    due_at: datetime | None
    due_originally_at: datetime | None
    paused_at: datetime | None


_WORK_COLUMNS = """
d.id, d.code, s.seq, s.code, s.kind, s.unit_id, s.assignee_id, s.assignee_name, s.due_at,
s.opened_at, d.procedure_id, d.procedure_version_id, d.applicant_name, d.status, d.sub_state,
d.channel, d.received_at, d.due_at, d.due_originally_at, d.paused_at
"""


@lru_cache(maxsize=512)
def _work_sql(
    way: Direction,
    has_cursor: bool,  # noqa: FBT001 -- cached by position
    mine: bool,  # noqa: FBT001 -- cached by position
    filters: tuple[str, ...],
    most: int,
) -> str:
    compare, order = (">", "ASC") if way is Direction.NEXT else ("<", "DESC")
    owner = "assignee_id" if mine else "unit_id"
    cursor = f" AND (s.due_at, s.dossier_id) {compare} {work.PLACE}" if has_cursor else ""
    conditions = "".join(f" AND {_WORK_FILTERS[name]}" for name in filters)
    is_joined = any("o." in _WORK_FILTERS[name] for name in filters)
    joined = "JOIN dossiers_dossier o ON o.id = s.dossier_id" if is_joined else ""
    return f"""
SELECT {_WORK_COLUMNS}
FROM (
  SELECT s.* FROM {work.EACH_KEY} AS u(id)
  CROSS JOIN LATERAL (
    SELECT {_STEP_COLUMNS} FROM dossiers_dossierstep s {joined}
    WHERE s.{owner} = u.id AND s.closed_at IS NULL{cursor}{conditions}
    ORDER BY s.due_at {order}, s.dossier_id {order} LIMIT {most}
  ) s
  ORDER BY s.due_at {order}, s.dossier_id {order} LIMIT {most}
) s
JOIN dossiers_dossier d ON d.id = s.dossier_id
ORDER BY s.due_at {order}, s.dossier_id {order}
"""  # noqa: S608 -- only names of our own columns are put in


_STEP_COLUMNS = """
s.dossier_id, s.seq, s.code, s.kind, s.unit_id, s.assignee_id, s.assignee_name, s.due_at,
s.opened_at
"""
_WORK_FILTERS = {
    "procedure": "o.procedure_id = %s",
    "assignee": "s.assignee_id = %s",
    "unassigned": "s.assignee_id IS NULL",
    "late_before": "s.due_at < %s",
    "kind": "s.kind = ANY(%s)",
    "running": "o.paused_at IS NULL",
    "known": f"(o.secrecy = 0 OR s.unit_id = {work.ANY_KEY} OR o.agency_id = {work.ANY_KEY}"
    " OR s.assignee_id = %s)",
}


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What a work list is narrowed to."""

    mine: bool = False
    procedure_id: int | None = None
    assignee_id: int | None = None
    unassigned: bool = False
    late_before: datetime | None = None
    kinds: tuple[str, ...] = ()
    running: bool = False
    unit_ids: tuple[int, ...] = ()


def worklist_for(
    actor: Actor,
    *,
    only: WorkFilter | None = None,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> Page[WorkRow]:
    """Return the open steps of the actor's units (or his own), the most urgent first.

    Costs: one statement.
    """
    wanted = only or WorkFilter()
    owners = [actor.id] if wanted.mine else work_units(actor, wanted.unit_ids)
    if not owners:
        return Page(())
    way = after.direction if after else Direction.NEXT
    names, values = _work_values(wanted)
    if not wanted.mine and not set(owners).issubset(actor.unit_ids):
        names, values = (*names, "known"), [*values, *known_to(actor), actor.id]
    sql = _work_sql(way, after is not None, wanted.mine, names, limit + 1)
    place = (after.sort_at, after.id) if after else ()
    rows = work.fetch(sql, [owners, *place, *values])
    return paged([WorkRow._make(row) for row in rows], after, limit, _place)


def work_units(actor: Actor, narrowed: Collection[int] = ()) -> list[int]:
    """Return the units whose work the actor sees: those of his posts and all below them.

    Who sees the whole province reads the living units of every agency.
    """
    tree = organisation.tree()
    if actor.sees_all:
        units = {unit.id for agency in tree.agencies() for unit in tree.units_of(agency.id)}
    else:
        units = {below for unit_id in actor.unit_ids for below in tree.descendants(unit_id)}
    return sorted(units.intersection(narrowed) if narrowed else units)


def known_to(actor: Actor) -> tuple[list[int], list[int]]:
    """Return of which units and deciding agencies the actor sees what is kept closely, too.

    Source: docs/law/access.md
    """
    own = list(actor.unit_ids)
    agencies = organisation.tree().agencies()
    return own, [agency.id for agency in agencies if agency.root_unit_id in own]


def _work_values(wanted: WorkFilter) -> tuple[tuple[str, ...], list[object]]:
    names: list[str] = []
    values: list[object] = []
    for name, value in (
        ("procedure", wanted.procedure_id),
        ("assignee", wanted.assignee_id),
        ("late_before", wanted.late_before),
        ("kind", list(wanted.kinds) or None),
    ):
        if value is not None:
            names.append(name)
            values.append(value)
    if wanted.unassigned:
        names.append("unassigned")
    if wanted.running:
        names.append("running")
    return tuple(names), values


def _place(row: WorkRow, way: Direction) -> Cursor:
    return Cursor(row.step_due_at, row.dossier_id, way)


def dossiers_for(
    actor: Actor,
    *,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> Page[Dossier]:
    """Return the newest dossiers the actor may see.

    Costs: two statements.
    """
    ids = access.page(DossierScope, actor, after=after, limit=limit)
    return Page(in_order(ids.rows), next=ids.next, previous=ids.previous)


def in_order(ids: Sequence[int]) -> list[Dossier]:
    """Return the dossiers with these ids, in this order.

    Costs: one statement.
    """
    rows = work.fetch(_BY_IDS, [list(ids)])
    found = {dossier.pk: dossier for dossier in (work.from_row(Dossier, row) for row in rows)}
    return [found[one] for one in ids if one in found]


_BY_IDS = f"SELECT {work.columns(Dossier, 'd')} FROM dossiers_dossier d WHERE d.id = ANY(%s)"  # noqa: S608 -- our own columns


@dataclass(frozen=True, slots=True)
class Queue:
    """One list of a desk: which status, under which unit, sorted by which moment."""

    status: Status
    unit_column: str
    moment: str


WAITING = Queue(Status.SUBMITTED, "receiving_unit_id", "submitted_at")
SUPPLEMENTS = Queue(Status.AWAITING_APPLICANT, "receiving_unit_id", "submitted_at")
AWAITING_PAYMENT = Queue(Status.AWAITING_PAYMENT, "receiving_unit_id", "submitted_at")
TO_HAND_OUT = Queue(Status.RESOLVED, "return_unit_id", "resolved_at")


def queue_for(
    actor: Actor,
    queue: Queue,
    *,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
    within: Collection[int] | None = None,
) -> Page[Dossier]:
    """Return what waits at the actor's desks, or at those of them in `within`, the oldest first.

    Costs: one statement.
    """
    units = [unit for unit in work_units(actor) if within is None or unit in within]
    if not units:
        return Page(())
    way = after.direction if after else Direction.NEXT
    place = (after.sort_at, after.id) if after else ()
    sql = _queue_sql(queue, way, after is not None, limit + 1)
    rows = work.fetch(sql, [units, *known_to(actor), *place])
    found = [work.from_row(Dossier, row) for row in rows]
    is_more, found = len(found) > limit, found[:limit]
    if way is Direction.PREVIOUS:
        found.reverse()
    if not found:
        return Page(())
    forward = is_more if way is Direction.NEXT else True
    back = is_more if way is Direction.PREVIOUS else after is not None
    ends = [Cursor(getattr(found[i], queue.moment), found[i].pk) for i in (-1, 0)]
    return Page(
        rows=found,
        next=ends[0] if forward else None,
        previous=Cursor(ends[1].sort_at, ends[1].id, Direction.PREVIOUS) if back else None,
    )


@lru_cache(maxsize=512)
def _queue_sql(queue: Queue, way: Direction, has_cursor: bool, most: int) -> str:  # noqa: FBT001 -- cached by position
    compare, order = (">", "ASC") if way is Direction.NEXT else ("<", "DESC")
    cursor = f"AND (d.{queue.moment}, d.id) {compare} {work.PLACE}" if has_cursor else ""
    return f"""
SELECT {work.columns(Dossier, "d")} FROM {work.EACH_KEY} AS u(id)
CROSS JOIN LATERAL (
  SELECT * FROM dossiers_dossier d
  WHERE d.{queue.unit_column} = u.id AND d.status = '{queue.status.value}'
    AND (d.secrecy = 0 OR d.{queue.unit_column} = {work.ANY_KEY} OR d.agency_id = {work.ANY_KEY})
    {cursor}
  ORDER BY d.{queue.moment} {order}, d.id {order} LIMIT {most}
) d
ORDER BY d.{queue.moment} {order}, d.id {order} LIMIT {most}
"""  # noqa: S608 -- only names of our own columns are put in
