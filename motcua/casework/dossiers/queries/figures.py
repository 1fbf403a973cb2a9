"""Until when the figures that are kept rolled up are complete."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from motcua.foundation.outbox import api as outbox
from motcua.lib import work

CONSUMER = "indicators.dossiers"
# A result counts as electronic when it bears its code and is there as a file (decision 766, 3.3);
# that of a list signed digitally is the list's file, handed out as each applicant's extract.
HAS_ELECTRONIC = """
EXISTS (SELECT 1 FROM dossiers_dossieroutcome o WHERE o.dossier_id = {} AND o.result_code <> ''
  AND o.decided_at IS NOT NULL AND (o.file_id IS NOT NULL OR EXISTS (
    SELECT 1 FROM dossiers_collecteddossier c
    JOIN dossiers_collecteddecision l ON l.id = c.decision_id
    WHERE c.dossier_id = o.dossier_id AND l.is_digital AND l.spec_code = o.spec_code)))
"""
_ELECTRONIC = (
    f"SELECT u.id FROM unnest(%s::bigint[]) AS u(id) WHERE {HAS_ELECTRONIC.format('u.id')}"  # noqa: S608 -- our own constant
)


def with_electronic_results(dossier_ids: Sequence[int]) -> frozenset[int]:
    """Return which of the dossiers have a result that is a file. Costs: one statement, or none."""
    if not dossier_ids:
        return frozenset()
    return frozenset(pk for (pk,) in work.fetch(_ELECTRONIC, [list(dossier_ids)]))


def figures_as_of(at: datetime) -> datetime:
    """Return until when every move is counted in the figures.

    Costs: one statement.
    """
    return at - timedelta(seconds=outbox.seconds_behind(CONSUMER))
