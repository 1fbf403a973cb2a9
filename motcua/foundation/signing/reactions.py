"""What follows from acts of signing: people hear that it is their turn."""

from collections.abc import Sequence

from motcua.foundation.outbox import api as outbox

from .events import TurnReady, TurnRefused
from .operations.notifying import tell_refusals, tell_turns


@outbox.delivery_of_rows("signing.tell_turn", TurnReady.topic)
def who_is_next_hears(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell whoever is to initial, to sign, or to number and seal."""
    tell_turns(facts)


@outbox.delivery_of_rows("signing.tell_refusal", TurnRefused.topic)
def who_asked_hears(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell whoever asked that somebody would not sign."""
    tell_refusals(facts)
