"""What was told long ago is forgotten."""

from datetime import datetime

from motcua.casework.webhooks.rules.waiting import KEPT
from motcua.lib import work

_SWEEP = """
DELETE FROM webhooks_telling WHERE id IN (
  SELECT id FROM webhooks_telling WHERE made_at < %s ORDER BY made_at LIMIT %s
) RETURNING id
"""
_AT_ONCE = 5_000


def sweep(*, at: datetime) -> int:
    """Remove messages made more than thirty days ago, told or not; return how many."""
    removed = 0
    while gone := len(work.fetch(_SWEEP, [at - KEPT, _AT_ONCE])):
        removed += gone
    return removed
