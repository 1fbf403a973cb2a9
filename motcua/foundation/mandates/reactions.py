"""What follows from an entry: the other side is told."""

from collections.abc import Sequence

from motcua.foundation.outbox import api as outbox

from .events import MandateEntered
from .operations.telling import tell_clients_and_agents


@outbox.delivery_of_rows("mandates.tell", MandateEntered.topic)
def both_sides_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell clients what is done for them, and agents what was allowed or taken back."""
    tell_clients_and_agents(facts)
