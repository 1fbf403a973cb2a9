"""What a leader needs to know in a paragraph, and how much work each officer has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from motcua.lib import work

_BRIEFS = f"""
SELECT d.id, d.summary, coalesce(s.closed_by_name, ''), coalesce(s.comment, ''),
       coalesce(o.kind, ''), coalesce(o.name, ''), coalesce(o.reason, '')
FROM {work.EACH_KEY} AS x(id)
JOIN dossiers_dossier d ON d.id = x.id
LEFT JOIN LATERAL (
  SELECT closed_by_name, comment FROM dossiers_dossierstep
  WHERE dossier_id = d.id AND closed_at IS NOT NULL ORDER BY (comment <> '') DESC, seq DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT kind, name, reason FROM dossiers_dossieroutcome
  WHERE dossier_id = d.id AND decided_at IS NULL ORDER BY seq DESC LIMIT 1
) o ON true
"""  # noqa: S608 -- our own words
_LOADS = """
SELECT s.unit_id, s.assignee_id, s.assignee_name, count(*), count(*) FILTER (WHERE s.due_at < %s),
       min(s.due_at)
FROM dossiers_dossierstep s
WHERE s.unit_id = ANY(%s) AND s.closed_at IS NULL
GROUP BY s.unit_id, s.assignee_id, s.assignee_name
ORDER BY s.unit_id, s.assignee_name
"""


@dataclass(frozen=True, slots=True)
class Brief:
    """The latest opinion on a dossier and the outcome proposed, if there are any."""

    dossier_id: int
    summary: str
    opinion_by: str
    opinion: str
    outcome_kind: str
    outcome_name: str
    outcome_reason: str


@dataclass(frozen=True, slots=True)
class Load:
    """The open steps one officer of a unit has; without an officer, those nobody has taken."""

    unit_id: int
    assignee_id: int | None
    assignee_name: str
    open: int
    late: int
    soonest_at: datetime


def briefs_of(dossier_ids: Collection[int]) -> dict[int, Brief]:
    """Return what a leader reads before signing, for dossiers already known to be visible.

    Costs: one statement.
    """
    rows = work.fetch(_BRIEFS, [list(dossier_ids)]) if dossier_ids else []
    return {row[0]: Brief(*row) for row in rows}


def loads_of(unit_ids: Collection[int], at: datetime) -> list[Load]:
    """Return how much open work each officer of these units has, unit by unit.

    Costs: one statement, which reads the open steps of the units.
    """
    return [Load(*row) for row in work.fetch(_LOADS, [at, list(unit_ids)])]
