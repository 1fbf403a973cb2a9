"""Questions that wait for the answer of the actor's units."""

from dataclasses import dataclass
from datetime import datetime

from motcua.lib import work
from motcua.lib.actor import Actor

from .lists import work_units

_OPEN = """
SELECT d.id, d.code, c.seq, c.unit_id, c.question, c.asked_by_name, c.asked_at, c.due_at,
       d.procedure_version_id, d.applicant_name
FROM unnest(%s::bigint[]) AS u(id)
CROSS JOIN LATERAL (
  SELECT * FROM dossiers_consultation c
  WHERE c.unit_id = u.id AND c.answered_at IS NULL ORDER BY c.due_at LIMIT %s
) c
JOIN dossiers_dossier d ON d.id = c.dossier_id
ORDER BY c.due_at, d.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One open question to a unit."""

    dossier_id: int
    code: str
    seq: int
    unit_id: int
    question: str
    asked_by_name: str
    asked_at: datetime
    due_at: datetime
    procedure_version_id: int
    applicant_name: str


def consultations_for(actor: Actor, *, limit: int = 50) -> list[AskedRow]:
    """Return the open questions to the actor's units, the most urgent first.

    Costs: one statement.
    """
    units = work_units(actor)
    rows = work.fetch(_OPEN, [units, limit, limit]) if units else []
    return [AskedRow(*row) for row in rows]
