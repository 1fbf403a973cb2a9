"""Facts of the house become messages to other systems."""

from collections.abc import Sequence

from motcua.foundation.identity import api as identity
from motcua.foundation.outbox import api as outbox

from .operations.spreading import spread
from .operations.subscribing import end_reclaimed
from .rules.kinds import TOPICS


@outbox.projection("webhooks.spread", *TOPICS, sets_aside=True)
def write_messages(facts: Sequence[outbox.ReadFact]) -> None:
    """Write the messages of a batch of facts, with the reader's position."""
    spread(facts)


@outbox.delivery("webhooks.end_reclaimed", identity.AccountReclaimed.topic)
def strangers_are_told_no_more(fact: outbox.ReadFact) -> None:
    """End subscriptions made before who has the telephone took the account over."""
    end_reclaimed(fact.aggregate_id, at=fact.at)
