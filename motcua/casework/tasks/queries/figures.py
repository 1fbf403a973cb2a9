"""The monthly report: given, done in time and late, running, by agency, unit or person.

Source: docs/law/tasks.md
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from motcua.casework.processes.api import NO_LIMIT
from motcua.casework.tasks.choices import TaskState
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput

from .lists import work_units

MOST_LINES = 50_000
_MONTHS = 12


class Side(StrEnum):
    """Whose figures: of what a unit has to do, or of what it gave."""

    RECEIVED = "received"
    GIVEN = "given"


class Grouping(StrEnum):
    """By what figures are added up."""

    AGENCY = "agency"
    UNIT = "unit"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a report, both included, and until when it looks."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """Return the first moment."""
        return datetime.combine(self.first, datetime.min.time(), HANOI)

    @property
    def ends(self) -> datetime:
        """Return the first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), datetime.min.time(), HANOI)


class Figures(NamedTuple):
    """One line: who, and how many parts of each kind."""

    key: int
    name: str
    carried: int
    given: int
    on_time: int
    extended: int
    late: int
    stopped: int
    running: int
    overdue: int

    @property
    def total(self) -> int:
        """Return how many parts there were in these days."""
        return self.carried + self.given

    @property
    def done(self) -> int:
        """Return how many were done in these days."""
        return self.on_time + self.extended + self.late


class ReportLine(NamedTuple):
    """One part behind the figures."""

    code: str
    title: str
    origin: str
    role: str
    agency_id: int
    unit_id: int
    account_name: str
    given_at: datetime
    due_originally_at: datetime
    due_at: datetime
    finished_at: datetime | None
    state: str
    percent: int


def month(year: int, number: int) -> Span:
    """Return the span of a calendar month. Raises: BadInput."""
    if not 1 <= number <= _MONTHS or not 2000 <= year <= 9998:  # noqa: PLR2004 -- no calendar of ours goes further
        raise BadInput("Tháng không đúng. Xin chọn tháng từ 1 đến 12.", field="month")
    first = date(year, number, 1)
    following = date(year + number // _MONTHS, number % _MONTHS + 1, 1)
    return Span(first, following - timedelta(days=1))


# A limit that was put off after the span was, in it, still the one before.
_PARTS = """
SELECT p.*, t.code, t.title, t.origin_kind, coalesce(e.due_was, p.due_at) AS due_then
FROM tasks_taskpart p JOIN tasks_task t ON t.id = p.task_id
LEFT JOIN LATERAL (
  SELECT x.due_was FROM tasks_extensionrequest x
  WHERE x.task_id = p.task_id AND x.part_seq = p.seq AND x.state IN ('granted', 'changed')
    AND x.decided_at >= %(ends)s
  ORDER BY x.decided_at LIMIT 1
) e ON true
WHERE p.given_at < %(ends)s AND (p.closed_at IS NULL OR p.closed_at >= %(begins)s)
  AND {where}
"""
_WHERE = {
    Side.RECEIVED: "(p.desk_unit_id = ANY(%(units)s) OR p.unit_id = ANY(%(units)s)"
    " OR p.account_id = %(account)s)",
    Side.GIVEN: "(t.unit_id = ANY(%(units)s) OR t.given_by_id = %(account)s)",
}
_KEYS = {
    Grouping.AGENCY: "p.agency_id",
    Grouping.UNIT: "p.desk_unit_id",
    Grouping.PERSON: "coalesce(p.account_id, 0)",
}
_DONE = f"p.state = '{TaskState.DONE.value}' AND p.closed_at < %(ends)s"
_STILL = "(p.closed_at IS NULL OR p.closed_at >= %(ends)s)"
_HANDED_IN = f"(p.state = '{TaskState.REPORTED.value}' AND p.reported_at <= p.due_then)"
_COUNTED = f"""
SELECT {{key}}, max(p.account_name),
  count(*) FILTER (WHERE p.given_at < %(begins)s),
  count(*) FILTER (WHERE p.given_at >= %(begins)s),
  count(*) FILTER (WHERE {_DONE} AND p.finished_at <= p.due_originally_at),
  count(*) FILTER (WHERE {_DONE} AND p.finished_at > p.due_originally_at
    AND p.finished_at <= p.due_then),
  count(*) FILTER (WHERE {_DONE} AND p.finished_at > p.due_originally_at
    AND p.finished_at > p.due_then),
  count(*) FILTER (WHERE NOT {_STILL} AND p.state <> '{TaskState.DONE.value}'),
  count(*) FILTER (WHERE {_STILL} AND (p.due_then >= %(seen)s OR {_HANDED_IN})),
  count(*) FILTER (WHERE {_STILL} AND p.due_then < %(seen)s AND NOT {_HANDED_IN})
FROM ({_PARTS}) p GROUP BY 1
"""  # noqa: S608 -- our own words
_LINES = f"""
SELECT p.code, p.title, p.origin_kind, p.role, p.agency_id, p.desk_unit_id, p.account_name,
  p.given_at, p.due_originally_at, p.due_then, p.finished_at, p.state, p.percent
FROM ({_PARTS}) p ORDER BY p.due_then, p.code, p.seq LIMIT {MOST_LINES}
"""  # noqa: S608 -- our own words


def report(
    actor: Actor, span: Span, side: Side, grouping: Grouping, *, at: datetime
) -> list[Figures]:
    """Return the figures of what the actor's units had to do, or gave, in these days.

    Late is what was finished, or still is not, after the limit as it stood then; what was done
    within a limit that had been put off is counted apart. Who gives no tasks sees his own.

    Costs: one statement.
    """
    sql = _COUNTED.replace("{key}", _KEYS[grouping]).replace("{where}", _WHERE[side])
    rows = work.fetch(sql, _params(actor, span, at=at))
    lines = [Figures(row[0], _name(row[0], row[1], grouping), *row[2:]) for row in rows]
    return sorted(lines, key=lambda line: (-line.overdue, -line.late, line.name))


def report_lines(actor: Actor, span: Span, side: Side, *, at: datetime) -> list[ReportLine]:
    """Return the parts behind the figures, the nearest limit first. Costs: one statement."""
    sql = _LINES.replace("{where}", _WHERE[side])
    return [ReportLine._make(row) for row in work.fetch(sql, _params(actor, span, at=at))]


def total_of(lines: Sequence[Figures]) -> Figures:
    """Return the sum of all lines."""
    sums = (sum(column) for column in zip(*(line[2:] for line in lines), strict=True))
    nothing = (0,) * (len(Figures._fields) - 2)
    return Figures(0, "Tổng cộng", *(tuple(sums) or nothing))


def has_limit(due_at: datetime) -> bool:
    """Say whether that is a limit at all."""
    return due_at < NO_LIMIT


def _params(actor: Actor, span: Span, *, at: datetime) -> dict[str, object]:
    units = _units_of(actor)
    return {
        "begins": span.begins,
        "ends": span.ends,
        "seen": min(at, span.ends),
        "units": list(units),
        "account": actor.id,
    }


def _units_of(actor: Actor) -> Collection[int]:
    """Return the units whose figures the actor reads: those in which he assigns."""
    is_plain = not actor.sees_all and not actor.can("tasks.assign")
    return [] if is_plain else work_units(actor)


def _name(key: int, person: str, grouping: Grouping) -> str:
    tree = organisation.tree()
    if grouping is Grouping.AGENCY:
        return tree.agency(key).name
    if grouping is Grouping.UNIT:
        return tree.unit(key).name
    return person if key else "Chưa phân công cho ai"
