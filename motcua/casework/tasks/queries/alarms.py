"""Open parts that have come near their limit or passed it and of which nobody was warned yet."""

from datetime import datetime, timedelta
from typing import NamedTuple

from motcua.casework.tasks.choices import AlarmKind, TaskState
from motcua.foundation.calendar import api as calendar
from motcua.lib import work

_SOON_AT_MOST = timedelta(days=40)
_MOST = 20_000


class Alarm(NamedTuple):
    """One part to warn of."""

    task_id: int
    seq: int
    code: str
    title: str
    account_id: int | None
    desk_unit_id: int
    given_by_id: int
    given_at: datetime
    due_at: datetime


_NEW = f"""
SELECT t.id, p.seq, t.code, t.title, p.account_id, p.desk_unit_id, t.given_by_id, p.given_at,
  p.due_at
FROM tasks_taskpart p JOIN tasks_task t ON t.id = p.task_id
WHERE p.closed_at IS NULL AND p.due_at >= %s AND p.due_at < %s
  AND p.state NOT IN ('{TaskState.REPORTED.value}', '{TaskState.REFUSED.value}')
  AND NOT EXISTS (
    SELECT FROM tasks_taskalarm a WHERE a.task_id = p.task_id AND a.part_seq = p.seq
      AND a.kind = %s AND a.due_at = p.due_at)
ORDER BY p.due_at, t.id, p.seq LIMIT {_MOST}
"""  # noqa: S608 -- our own words
_LONG_AGO = timedelta(days=400)


def newly_late(at: datetime) -> list[Alarm]:
    """Return the parts whose limit has passed. Costs: one statement."""
    rows = work.fetch(_NEW, [at - _LONG_AGO, at, AlarmKind.LATE])
    return [Alarm._make(row) for row in rows]


def newly_soon(at: datetime) -> list[Alarm]:
    """Return the parts whose running limit is amber: a fifth of the time, or a day, is left.

    Costs: one statement.
    """
    rows = work.fetch(_NEW, [at, at + _SOON_AT_MOST, AlarmKind.SOON])
    facts = calendar.national_facts()
    found = [Alarm._make(row) for row in rows]
    return [one for one in found if calendar.is_soon(at, one.given_at, one.due_at, facts)]
