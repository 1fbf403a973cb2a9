"""Which reasons occur most, by procedure: what the instructions leave unclear."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from motcua.casework.reasons.choices import ReasonKind
from motcua.lib import work

MOST = 200
_OFTEN = f"""
SELECT u.procedure_id, u.reason_id, u.kind, count(*) AS uses,
       count(*) FILTER (WHERE u.is_changed) AS changed, count(DISTINCT u.subject) AS subjects,
       (SELECT v.title FROM reasons_reasonversion v WHERE v.reason_id = u.reason_id
        ORDER BY v.number DESC LIMIT 1) AS title,
       p.code, p.name
FROM reasons_reasonuse u JOIN procedures_procedure p ON p.id = u.procedure_id
WHERE u.used_on BETWEEN %s AND %s AND (%s::bigint[] IS NULL OR u.agency_id = ANY(%s::bigint[]))
  AND (%s = '' OR u.kind = %s) AND (%s::bigint IS NULL OR u.procedure_id = %s)
GROUP BY u.procedure_id, u.reason_id, u.kind, p.code, p.name
ORDER BY uses DESC, u.procedure_id, u.reason_id LIMIT {MOST}
"""  # noqa: S608 -- our own constant


class Often(NamedTuple):
    """How often one reason was given in one procedure; `changed` of them in other words."""

    procedure_id: int
    reason_id: int
    kind: str
    uses: int
    changed: int
    subjects: int
    title: str
    procedure_code: str
    procedure_name: str


def most_given(
    first: date,
    last: date,
    *,
    agency_ids: Collection[int] | None = None,
    kind: ReasonKind | None = None,
    procedure_id: int | None = None,
) -> list[Often]:
    """Return which reasons were given most in these days, by procedure. Costs: one statement."""
    agencies = None if agency_ids is None else sorted(agency_ids)
    word = str(kind or "")
    params = [first, last, agencies, agencies, word, word, procedure_id, procedure_id]
    return [Often._make(row) for row in work.fetch(_OFTEN, params)]
