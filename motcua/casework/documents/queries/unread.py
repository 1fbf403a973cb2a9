"""What waits for somebody and was not opened yet, and how much of it there is.

Counts end at a hundred: nobody needs to know more, and no list is read to its end.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from motcua.casework.documents.models import DocumentStep
from motcua.lib import work
from motcua.lib.actor import Actor

MOST = 100
_HAND = "(s.assignee_id = %s OR s.assignee_id IS NULL AND s.unit_id = ANY(%s))"
_UNREAD = f"""
SELECT DISTINCT s.document_id FROM documents_documentstep s
WHERE s.document_id = ANY(%s) AND s.closed_at IS NULL AND s.read_at IS NULL AND {_HAND}
"""  # noqa: S608 -- only our own words are put in
_WAITING = f"""
SELECT count(*), count(*) FILTER (WHERE read_at IS NULL), count(*) FILTER (WHERE due_at < %s)
FROM (
  (SELECT s.read_at, s.due_at FROM documents_documentstep s
   WHERE s.assignee_id = %s AND s.closed_at IS NULL ORDER BY s.due_at LIMIT {MOST})
  UNION ALL
  (SELECT o.read_at, o.due_at FROM {work.EACH_KEY} AS u(id) CROSS JOIN LATERAL (
     SELECT s.read_at, s.due_at FROM documents_documentstep s
     WHERE s.unit_id = u.id AND s.assignee_id IS NULL AND s.closed_at IS NULL
     ORDER BY s.due_at LIMIT {MOST}
   ) o)
) AS waiting
"""  # noqa: S608 -- only our own words are put in


class Waiting(NamedTuple):
    """How much waits for somebody: all, not opened yet, past its limit; each up to a hundred."""

    all: int
    unread: int
    late: int

    def words(self) -> str:
        """Return the counts in words; nothing if nothing waits."""
        if not self.all:
            return ""
        parts = [f"{_up_to(self.all)} việc chờ"]
        if self.unread:
            parts.append(f"{_up_to(self.unread)} chưa đọc")
        if self.late:
            parts.append(f"{_up_to(self.late)} quá hạn")
        return ", ".join(parts)


def _up_to(count: int) -> str:
    return f"hơn {MOST - 1}" if count >= MOST else str(count)


def unread_among(actor: Actor, document_ids: Collection[int]) -> frozenset[int]:
    """Return those of the documents that wait for the actor and that he has not opened.

    Costs: one statement, none if there are no ids.
    """
    if not document_ids:
        return frozenset()
    rows = work.fetch(_UNREAD, [list(document_ids), actor.id, list(actor.unit_ids)])
    return frozenset(row[0] for row in rows)


def waiting_for(actor: Actor, *, at: datetime) -> Waiting:
    """Return how much waits for the actor himself and, for anybody, in his units.

    Costs: one statement.
    """
    rows = work.fetch(_WAITING, [at, actor.id, list(actor.unit_ids)])
    return Waiting(*(min(count, MOST) for count in rows[0]))


def unopened_steps(actor: Actor, steps: Collection[DocumentStep]) -> list[DocumentStep]:
    """Return which of a document's open steps wait for the actor and were not opened."""
    return [
        step
        for step in steps
        if step.closed_at is None
        and step.read_at is None
        and (
            step.assignee_id == actor.id
            or (step.assignee_id is None and step.unit_id in actor.unit_ids)
        )
    ]
