"""What was told long ago is forgotten, and who ended being told."""

from datetime import datetime

from motcua.casework.webhooks.rules.waiting import KEPT
from motcua.lib import work

_SWEEP = """
DELETE FROM webhooks_telling WHERE id IN (
  SELECT id FROM webhooks_telling WHERE made_at < %s ORDER BY made_at LIMIT %s
) RETURNING id
"""
_ENDED = """
DELETE FROM webhooks_subscription s
WHERE s.state = 'ended' AND s.changed_at < %s
  AND NOT EXISTS (SELECT FROM webhooks_telling t WHERE t.subscription_id = s.id)
RETURNING id
"""
_AT_ONCE = 5_000


def sweep(*, at: datetime) -> int:
    """Remove messages made more than thirty days ago, told or not; return how many.

    A subscription that ended as long ago goes too: what was done with it stands in the trail.
    """
    removed = 0
    while gone := len(work.fetch(_SWEEP, [at - KEPT, _AT_ONCE])):
        removed += gone
    work.fetch(_ENDED, [at - KEPT])
    return removed
