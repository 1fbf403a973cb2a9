"""What follows from acts on calendars: people are told."""

from collections.abc import Sequence

from motcua.foundation.outbox import api as outbox

from .api import EntryMoved
from .operations.notifying import tell_people


@outbox.delivery_of_rows("agendas.tell", EntryMoved.topic)
def people_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell who proposed an entry, and who takes part in one that changed late."""
    tell_people(facts)
