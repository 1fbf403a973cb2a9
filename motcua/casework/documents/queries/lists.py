"""Lists: what an actor may see, what waits at a registry, what waits for somebody.

Each is one hand-written prepared statement that reads unit by unit (LATERAL); pages go on by
keyset, and none counts its rows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from motcua.casework.documents.choices import Direction, State
from motcua.casework.documents.models import Document, DocumentScope
from motcua.foundation.access import api as access
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import PAGE_SIZE, Cursor, Page, paged
from motcua.lib.paging import Direction as Way

from .one import reading


def documents_for(
    actor: Actor,
    *,
    direction: Direction | None = None,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
    within: Collection[int] | None = None,
) -> Page[Document]:
    """Return the newest documents the actor may see, of one direction or of all.

    Costs: two statements.
    """
    only = {} if direction is None else {"direction": str(direction)}
    page = access.page(
        DocumentScope, reading(actor), after=after, limit=limit, only=only, within=within
    )
    found = {one.pk: one for one in Document.objects.filter(pk__in=page.rows)}
    return Page([found[pk] for pk in page.rows], page.next, page.previous)


def arrivals_at(
    unit_ids: Sequence[int], *, after: Cursor | None = None, limit: int = PAGE_SIZE
) -> Page[Document]:
    """Return what waits to be registered by the clerks of these units, the oldest first.

    Costs: two statements.
    """
    sql = _ARRIVALS.format(place=f" AND (arrived_at, id) > {work.PLACE}" if after else "")
    place = (after.sort_at, after.id) if after else ()
    ids = [row[0] for row in work.fetch(sql, [list(unit_ids), *place, limit + 1])]
    kept = Document.objects.in_bulk(ids[:limit])
    found = [kept[pk] for pk in ids[:limit]]
    last = found[-1].arrived_at if len(ids) > limit else None
    return Page(found, Cursor(last, found[-1].pk) if last else None)


_ARRIVALS = f"""
SELECT id FROM documents_document
WHERE unit_id = {work.ANY_KEY} AND state = '{State.ARRIVED}'{{place}}
ORDER BY arrived_at, id LIMIT (SELECT %s::int)
"""  # noqa: S608 -- only our own words are put in


class StepShown(NamedTuple):
    """One open step as a list shows it."""

    document_id: int
    code: str
    seq: int
    kind: str
    unit_id: int
    assignee_id: int | None
    assignee_name: str
    words: str
    opened_at: datetime
    due_at: datetime
    read_at: datetime | None
    direction: str
    document_kind: int
    kind_name: str
    number: str
    notation: str
    issued_on: date | None
    issuer_name: str
    subject: str
    urgency: int
    ordinal: int | None
    state: str


_COLUMNS = """
d.id, d.code, s.seq, s.kind, s.unit_id, s.assignee_id, s.assignee_name, s.words, s.opened_at,
s.due_at, s.read_at, d.direction, d.kind, d.kind_name, d.number, d.notation, d.issued_on,
d.issuer_name, d.subject, d.urgency, d.ordinal, d.state
"""


@dataclass(frozen=True, slots=True)
class StepFilter:
    """What a list of steps is narrowed to."""

    mine: bool = False
    kinds: tuple[str, ...] = ()
    unit_ids: tuple[int, ...] = ()


@lru_cache(maxsize=64)
def _steps_sql(*, has_cursor: bool, mine: bool, has_kinds: bool, way: Way, most: int) -> str:
    compare, order = (">", "ASC") if way is Way.NEXT else ("<", "DESC")
    owner = "assignee_id" if mine else "unit_id"
    cursor = f" AND (s.due_at, s.document_id) {compare} {work.PLACE}" if has_cursor else ""
    kinds = " AND s.kind = ANY(%s)" if has_kinds else ""
    return f"""
SELECT {_COLUMNS}
FROM (
  SELECT s.* FROM {work.EACH_KEY} AS u(id)
  CROSS JOIN LATERAL (
    SELECT s.* FROM documents_documentstep s
    WHERE s.{owner} = u.id AND s.closed_at IS NULL{cursor}{kinds}
    ORDER BY s.due_at {order}, s.document_id {order} LIMIT {most}
  ) s
  ORDER BY s.due_at {order}, s.document_id {order} LIMIT {most}
) s
JOIN documents_document d ON d.id = s.document_id
ORDER BY s.due_at {order}, s.document_id {order}
"""  # noqa: S608 -- only names of our own columns are put in


def steps_for(
    actor: Actor,
    *,
    only: StepFilter | None = None,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> Page[StepShown]:
    """Return the open steps of the actor's units, or his own, the most urgent first.

    Costs: one statement.
    """
    only = only or StepFilter()
    keys = [actor.id] if only.mine else list(only.unit_ids or actor.unit_ids)
    if not keys:
        return Page([])
    way = after.direction if after else Way.NEXT
    sql = _steps_sql(
        has_cursor=after is not None,
        mine=only.mine,
        has_kinds=bool(only.kinds),
        way=way,
        most=limit + 1,
    )
    params: list[object] = [keys]
    if after is not None:
        params += [after.sort_at, after.id]
    if only.kinds:
        params.append(list(only.kinds))
    rows = [StepShown(*row) for row in work.fetch(sql, params)]
    return paged(rows, after, limit, _place)


def _place(row: StepShown, way: Way) -> Cursor:
    return Cursor(row.due_at, row.document_id, way)
