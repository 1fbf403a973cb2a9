"""Work lists: what lies with somebody or in a unit, and what was given and is followed up.

Each list is one hand-written prepared statement that reads unit by unit, or person by person
(LATERAL), the nearest limit first; pages go on by keyset.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from motcua.casework.tasks.choices import TaskState
from motcua.casework.tasks.models import Task, TaskScope
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import PAGE_SIZE, Cursor, Direction, Page, paged


class WorkRow(NamedTuple):
    """One open part as a work list shows it."""

    task_id: int
    seq: int
    code: str
    title: str
    role: str
    unit_id: int
    desk_unit_id: int
    account_id: int | None
    account_name: str
    state: str
    percent: int
    given_at: datetime
    due_at: datetime
    due_originally_at: datetime
    asks_extension: bool
    agency_id: int
    giver_unit_id: int
    given_by_name: str
    origin_kind: str


class GivenRow(NamedTuple):
    """One task somebody gave, with how its parts stand."""

    task_id: int
    code: str
    title: str
    state: str
    given_at: datetime
    given_by_name: str
    due_at: datetime
    due_originally_at: datetime
    origin_kind: str
    leads: int
    done: int
    late: int
    waiting: int
    asking: int
    refused: int
    lead_name: str
    lead_unit_id: int | None


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What a work list is narrowed to; `mine` reads the actor's own parts, not his units'."""

    mine: bool = False
    unit_ids: tuple[int, ...] = ()
    late_before: datetime | None = None
    unassigned: bool = False
    account_id: int | None = None
    together: bool | None = None
    states: tuple[str, ...] = ()


_CLEAR = "(t.secrecy = 0 OR EXISTS (SELECT 1 FROM tasks_taskscope k WHERE k.task_id = t.id"
_KNOWN = f"{_CLEAR} AND k.unit_id = {work.ANY_KEY} AND (t.secrecy = 1 OR k.unit_id < 0)))"
_FILTERS = {
    "late_before": "p.due_at < %s",
    "unassigned": "p.account_id IS NULL",
    "account": "p.account_id = %s",
    "lead": "p.role = 'lead'",
    "together": "p.role = 'together'",
    "states": "p.state = ANY(%s)",
}
_WORK_COLUMNS = """
t.id, p.seq, t.code, t.title, p.role, p.unit_id, p.desk_unit_id, p.account_id, p.account_name,
p.state, p.percent, p.given_at, p.due_at, p.due_originally_at, p.asks_extension, t.agency_id,
t.unit_id, t.given_by_name, t.origin_kind
"""


def open_tasks_for(
    actor: Actor,
    *,
    only: WorkFilter | None = None,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> Page[WorkRow]:
    """Return the open parts of the actor's units (or his own), the nearest limit first.

    Costs: one statement.
    """
    wanted = only or WorkFilter()
    owners = [actor.id] if wanted.mine else work_units(actor, wanted.unit_ids)
    if not owners:
        return Page(())
    names, values = _values(wanted)
    sql = _work_sql(_way(after), after is not None, wanted.mine, names, limit + 1)
    place = (after.sort_at, after.id) if after else ()
    rows = work.fetch(sql, [owners, *place, *values, list(actor.scope_ids)])
    return paged([WorkRow._make(row) for row in rows], after, limit, _place_of_part)


def given_tasks_for(
    actor: Actor,
    *,
    at: datetime,
    mine: bool = True,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> Page[GivenRow]:
    """Return the open tasks the actor gave, or his units did, the nearest limit first.

    Costs: one statement.
    """
    owners = [actor.id] if mine else work_units(actor)
    if not owners:
        return Page(())
    sql = _given_sql(_way(after), after is not None, mine, limit + 1)
    place = (after.sort_at, after.id) if after else ()
    rows = work.fetch(sql, [owners, *place, list(actor.scope_ids), at])
    return paged([GivenRow._make(row) for row in rows], after, limit, _place_of_task)


def tasks_for(actor: Actor, *, after: Cursor | None = None, limit: int = PAGE_SIZE) -> Page[Task]:
    """Return every task the actor may see, ended ones too, the newest first.

    Costs: two statements.
    """
    ids = access.page(TaskScope, actor, after=after, limit=limit)
    rows = work.fetch(_BY_IDS, [list(ids.rows)]) if ids.rows else []
    found = {task.pk: task for task in (work.from_row(Task, row) for row in rows)}
    kept = [found[one] for one in ids.rows if one in found]
    return Page(kept, next=ids.next, previous=ids.previous)


_BY_IDS = f"SELECT {work.columns(Task, 't')} FROM tasks_task t WHERE t.id = ANY(%s)"  # noqa: S608 -- our own columns


def work_units(actor: Actor, narrowed: Collection[int] = ()) -> list[int]:
    """Return the units whose tasks the actor sees: those of his posts and all below them.

    Whoever gives and assigns tasks sees those of every unit in which he may; others their own.
    """
    tree = organisation.tree()
    if actor.sees_all:
        units = {unit.id for agency in tree.agencies() for unit in tree.units_of(agency.id)}
    else:
        held = actor.powers.get(Power.ASSIGN_TASKS, frozenset())
        units = {*actor.unit_ids, *held}
    return sorted(units.intersection(narrowed) if narrowed else units)


def _values(wanted: WorkFilter) -> tuple[tuple[str, ...], list[object]]:
    names: list[str] = []
    values: list[object] = []
    for name, value in (
        ("late_before", wanted.late_before),
        ("account", wanted.account_id),
        ("states", list(wanted.states) or None),
    ):
        if value is not None:
            names.append(name)
            values.append(value)
    if wanted.unassigned:
        names.append("unassigned")
    if wanted.together is not None:
        names.append("together" if wanted.together else "lead")
    return tuple(names), values


def _way(after: Cursor | None) -> Direction:
    return after.direction if after else Direction.NEXT


@lru_cache(maxsize=256)
def _work_sql(
    way: Direction,
    has_cursor: bool,  # noqa: FBT001 -- cached by position
    mine: bool,  # noqa: FBT001 -- cached by position
    filters: tuple[str, ...],
    most: int,
) -> str:
    compare, order = (">", "ASC") if way is Direction.NEXT else ("<", "DESC")
    owner = "account_id" if mine else "desk_unit_id"
    cursor = f" AND (p.due_at, p.task_id) {compare} {work.PLACE}" if has_cursor else ""
    more = "".join(f" AND {_FILTERS[name]}" for name in filters)
    return f"""
SELECT {_WORK_COLUMNS}
FROM {work.EACH_KEY} AS u(id)
CROSS JOIN LATERAL (
  SELECT p.* FROM tasks_taskpart p JOIN tasks_task t ON t.id = p.task_id
  WHERE p.{owner} = u.id AND p.closed_at IS NULL{cursor}{more} AND {_KNOWN}
  ORDER BY p.due_at {order}, p.task_id {order} LIMIT {most}
) p
JOIN tasks_task t ON t.id = p.task_id
ORDER BY p.due_at {order}, p.task_id {order}, p.seq LIMIT {most}
"""  # noqa: S608 -- only names of our own columns are put in


@lru_cache(maxsize=64)
def _given_sql(way: Direction, has_cursor: bool, mine: bool, most: int) -> str:  # noqa: FBT001 -- cached by position
    compare, order = (">", "ASC") if way is Direction.NEXT else ("<", "DESC")
    owner = "given_by_id" if mine else "unit_id"
    cursor = f" AND (t.due_at, t.id) {compare} {work.PLACE}" if has_cursor else ""
    return f"""
SELECT t.id, t.code, t.title, t.state, t.given_at, t.given_by_name, t.due_at,
  t.due_originally_at, t.origin_kind, c.leads, c.done, c.late, c.waiting, c.asking, c.refused,
  c.lead_name, c.lead_unit_id
FROM (
  SELECT s.* FROM {work.EACH_KEY} AS u(id)
  CROSS JOIN LATERAL (
    SELECT t.* FROM tasks_task t
    WHERE t.{owner} = u.id AND t.closed_at IS NULL{cursor} AND {_KNOWN}
    ORDER BY t.due_at {order}, t.id {order} LIMIT {most}
  ) s
  ORDER BY s.due_at {order}, s.id {order} LIMIT {most}
) t
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE p.role = 'lead') AS leads,
    count(*) FILTER (WHERE p.role = 'lead' AND p.state = '{TaskState.DONE.value}') AS done,
    count(*) FILTER (WHERE p.closed_at IS NULL AND p.due_at < %s
      AND p.state <> '{TaskState.REPORTED.value}') AS late,
    count(*) FILTER (WHERE p.state = '{TaskState.REPORTED.value}') AS waiting,
    count(*) FILTER (WHERE p.asks_extension) AS asking,
    count(*) FILTER (WHERE p.state = '{TaskState.REFUSED.value}') AS refused,
    coalesce((array_agg(p.account_name ORDER BY p.seq) FILTER (WHERE p.role = 'lead'))[1], '')
      AS lead_name,
    (array_agg(p.unit_id ORDER BY p.seq) FILTER (WHERE p.role = 'lead'))[1] AS lead_unit_id
  FROM tasks_taskpart p WHERE p.task_id = t.id
) c
ORDER BY t.due_at {order}, t.id {order}
"""  # noqa: S608 -- only names of our own columns are put in


def _place_of_part(row: WorkRow, way: Direction) -> Cursor:
    return Cursor(row.due_at, row.task_id, way)


def _place_of_task(row: GivenRow, way: Direction) -> Cursor:
    return Cursor(row.due_at, row.task_id, way)
