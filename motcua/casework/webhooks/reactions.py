"""Facts of the house become messages to other systems."""

from collections.abc import Sequence

from motcua.foundation.outbox import api as outbox

from .operations.spreading import spread
from .rules.kinds import TOPICS


@outbox.projection("webhooks.spread", *TOPICS, sets_aside=True)
def write_messages(facts: Sequence[outbox.ReadFact]) -> None:
    """Write the messages of a batch of facts, with the reader's position."""
    spread(facts)
