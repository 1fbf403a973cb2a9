"""Note that what waits for somebody was opened."""

from datetime import datetime

from motcua.lib import work
from motcua.lib.actor import Actor

_OPENED = """
UPDATE documents_documentstep SET read_at = %s
WHERE document_id = %s AND closed_at IS NULL AND read_at IS NULL
  AND (assignee_id = %s OR assignee_id IS NULL AND unit_id = ANY(%s))
"""


@work.story
def note_opened(document_id: int, *, by: Actor, at: datetime) -> None:
    """Note that the actor opened what waits for him, or for anybody in his units.

    It is no act: nothing is told, and the first moment stays. Registers show it as received.
    Costs: one statement.
    """
    work.put(_OPENED, [at, document_id, by.id, list(by.unit_ids)])
