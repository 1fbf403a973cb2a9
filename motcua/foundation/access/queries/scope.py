"""Pages of subjects an actor may see, in one prepared statement each.

The statement reads each unit's newest rows by itself (LATERAL) and merges them, because this shape
has only one good plan: an `ANY` or a join is planned wrongly once the statement has become generic.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from django.db import models

from motcua.foundation.access.choices import Secrecy
from motcua.foundation.access.models import ScopeRow
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import PAGE_SIZE, Cursor, Direction, Page

Only = Mapping[str, object]
Shape = tuple[tuple[str, str], ...]
_KNOWN = f"(r.secrecy < {Secrecy.NAMED} OR r.unit_id < 0)"
_HOW = {
    Direction.NEXT: ("<", "DESC"),
    Direction.PREVIOUS: (">", "ASC"),
}


def page(
    model: type[ScopeRow],
    actor: Actor,
    *,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
    only: Only | None = None,
    within: Collection[int] | None = None,
) -> Page[int]:
    """Return the ids of the newest subjects the actor may see, and where to go on.

    `only` filters by columns of the scope table (a tuple means any of its values); for an actor
    who sees the whole province the subject's own table must have columns of the same names, and
    of what is kept closely only that is there in which the actor takes part.
    `within` narrows the page to some units, of which an actor sees his own.

    Costs: one statement.
    """
    units = _units(actor, within)
    if units is not None and not units:
        return Page(())
    way = after.direction if after else Direction.NEXT
    shape, values = _filters(only or {})
    where = [*values, *((after.sort_at, after.id) if after else ())]
    has_cursor = after is not None
    if units is None:
        sql = _province_sql(model, way, has_cursor, shape, limit + 1)
        params = [*where, list(actor.scope_ids), *where]
    else:
        sql = _units_sql(model, way, has_cursor, shape, limit + 1)
        params = [units, *where]
    return _page(work.fetch(sql, params), after, way, limit)


def may_see(model: type[ScopeRow], actor: Actor, subject_id: int) -> bool:
    """Say whether the actor may know of the subject, by the same rows its lists read.

    Costs: one statement.
    """
    return subject_id in visible_among(model, actor, [subject_id])


def visible_among(model: type[ScopeRow], actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the subjects that the actor may know of.

    Costs: one statement, none if there are no ids.
    """
    if not ids:
        return frozenset()
    if actor.sees_all:
        rows = work.fetch(_among_all_sql(model), [list(ids), list(actor.scope_ids)])
    else:
        rows = work.fetch(_among_sql(model), [list(ids), list(actor.scope_ids)])
    return frozenset(row[0] for row in rows)


def _units(actor: Actor, within: Collection[int] | None) -> list[int] | None:
    """Return the units whose rows are read, or None for the whole province without condition."""
    if within is None:
        return None if actor.sees_all else list(actor.scope_ids)
    if actor.sees_all:
        return list(within)
    return [unit for unit in actor.scope_ids if unit in within]


def _filters(only: Only) -> tuple[Shape, list[object]]:
    """Return how each column is compared, which is part of the statement, and the values."""
    shape: list[tuple[str, str]] = []
    values: list[object] = []
    for name, value in only.items():
        if value is None:
            shape.append((name, "{} IS NULL"))
        elif isinstance(value, bool):  # written out, so that an index on a condition is used
            shape.append((name, "{}" if value else "NOT {}"))
        elif isinstance(value, tuple):
            shape.append((name, "{} = ANY(%s)"))
            values.append(list(value))
        else:
            shape.append((name, "{} = %s"))
            values.append(value)
    return tuple(shape), values


def _page(
    rows: list[tuple[Any, ...]], after: Cursor | None, way: Direction, limit: int
) -> Page[int]:
    """Cut the one row too many, put the newest first, and say where it goes on."""
    is_more = len(rows) > limit
    rows = rows[:limit]
    if way is Direction.PREVIOUS:
        rows.reverse()
    if not rows:
        return Page(())
    more_older = is_more if way is Direction.NEXT else True
    more_newer = is_more if way is Direction.PREVIOUS else after is not None
    return Page(
        rows=[subject for _, subject in rows],
        next=_cursor(rows[-1], Direction.NEXT) if more_older else None,
        previous=_cursor(rows[0], Direction.PREVIOUS) if more_newer else None,
    )


def _cursor(row: tuple[datetime, int], way: Direction) -> Cursor:
    return Cursor(row[0], row[1], way)


def _column(owner: type[models.Model], name: str) -> str:
    """Return the field's column as it stands in a statement."""
    return f'r."{_field(owner, name).column}"'


def _field(owner: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return next(f for f in owner._meta.concrete_fields if name in (f.name, f.attname))


def _conditions(owner: type[models.Model], shape: Shape, cursor: str) -> str:
    parts = [how.format(_column(owner, name)) for name, how in shape]
    return "".join(f" AND {part}" for part in (*parts, cursor) if part)


@lru_cache(maxsize=512)
def _units_sql(
    model: type[ScopeRow],
    way: Direction,
    has_cursor: bool,  # noqa: FBT001 -- cached by position
    shape: Shape,
    most: int,
) -> str:
    return _each_unit_sql(model, way, has_cursor, shape, most)


def _each_unit_sql(
    model: type[ScopeRow],
    way: Direction,
    has_cursor: bool,  # noqa: FBT001 -- as the cached callers
    shape: Shape,
    most: int,
    condition: str = "",
) -> str:
    """Return the newest rows of each unit, each subject once; `condition` narrows the rows."""
    compare, order = _HOW[way]
    subject = _column(model, model.SUBJECT)
    cursor = f"(r.sort_at, {subject}) {compare} {work.PLACE}" if has_cursor else ""
    more = _conditions(model, shape, cursor) + (f" AND {condition}" if condition else "")
    return (
        f"SELECT DISTINCT s.sort_at, s.subject FROM {work.EACH_KEY} AS u(id)"  # noqa: S608 -- only names of our own tables and columns are put in
        f" CROSS JOIN LATERAL (SELECT r.sort_at, {subject} AS subject"
        f' FROM "{model._meta.db_table}" r'
        f" WHERE r.unit_id = u.id AND {_KNOWN}{more}"
        f" ORDER BY r.sort_at {order}, {subject} {order} LIMIT {most}) s"
        f" ORDER BY s.sort_at {order}, s.subject {order} LIMIT {most}"
    )


@lru_cache(maxsize=512)
def _province_sql(
    model: type[ScopeRow],
    way: Direction,
    has_cursor: bool,  # noqa: FBT001 -- cached by position
    shape: Shape,
    most: int,
) -> str:
    compare, order = _HOW[way]
    owner = _owner(model)
    key = _column(owner, owner._meta.pk.name)
    cursor = f"(r.sort_at, {key}) {compare} {work.PLACE}" if has_cursor else ""
    more = _conditions(owner, shape, cursor)
    everybodys = (
        f'SELECT r.sort_at, {key} AS subject FROM "{owner._meta.db_table}" r'  # noqa: S608 -- only names of our own tables and columns are put in
        f" WHERE r.secrecy = {Secrecy.OPEN}{more}"
        f" ORDER BY r.sort_at {order}, {key} {order} LIMIT {most}"
    )
    own = _each_unit_sql(model, way, has_cursor, shape, most, f"r.secrecy > {Secrecy.OPEN}")
    return (
        f"SELECT s.sort_at, s.subject FROM (({everybodys}) UNION ALL ({own})) s"  # noqa: S608 -- the statements above
        f" ORDER BY s.sort_at {order}, s.subject {order} LIMIT {most}"
    )


@lru_cache(maxsize=64)
def _among_sql(model: type[ScopeRow]) -> str:
    subject = _column(model, model.SUBJECT)
    return (
        f"SELECT x.id FROM {work.EACH_KEY} AS x(id)"  # noqa: S608 -- only names of our own tables and columns are put in
        f' WHERE EXISTS (SELECT 1 FROM "{model._meta.db_table}" r'
        f" WHERE {subject} = x.id AND r.unit_id = {work.ANY_KEY}"
        f" AND {_KNOWN})"
    )


@lru_cache(maxsize=64)
def _among_all_sql(model: type[ScopeRow]) -> str:
    owner = _owner(model)
    key = _column(owner, owner._meta.pk.name)
    subject = _field(model, model.SUBJECT).column
    return (
        f'SELECT {key} FROM "{owner._meta.db_table}" r'  # noqa: S608 -- only names of our own tables and columns are put in
        f" WHERE {key} = ANY(%s) AND (r.secrecy = {Secrecy.OPEN} OR EXISTS"
        f' (SELECT FROM "{model._meta.db_table}" k WHERE k."{subject}" = {key}'
        f" AND k.unit_id = ANY(%s) AND {_KNOWN.replace('r.', 'k.')}))"
    )


def _owner(model: type[ScopeRow]) -> type[models.Model]:
    """Return the subject's own model, which has `sort_at` and `secrecy` itself."""
    owner: Any = _field(model, model.SUBJECT).related_model
    return cast("type[models.Model]", owner)
