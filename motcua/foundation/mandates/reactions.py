"""What follows from an entry: the other side is told; and from whose account is whose."""

from collections.abc import Sequence

from motcua.foundation.identity import api as identity
from motcua.foundation.outbox import api as outbox

from .events import MandateEntered
from .operations.following import end_on_paper, end_reclaimed, follow_merged
from .operations.telling import tell_clients_and_agents


@outbox.delivery_of_rows("mandates.tell", MandateEntered.topic)
def both_sides_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell clients what is done for them, and agents what was allowed or taken back."""
    tell_clients_and_agents(facts)


@outbox.delivery("mandates.follow_merged", identity.AccountMerged.topic)
def consents_follow_their_giver(fact: outbox.ReadFact) -> None:
    """Let consents given at a desk count for the account the giver has now."""
    follow_merged(int(str(fact.payload["former_id"])), fact.aggregate_id, at=fact.at)


@outbox.delivery("mandates.end_on_paper", identity.PersonUnconfirmed.topic)
def paper_of_somebody_else_counts_no_more(fact: outbox.ReadFact) -> None:
    """End consents on paper once it turns out that the account is not their giver's."""
    end_on_paper(fact.aggregate_id, at=fact.at)


@outbox.delivery("mandates.end_reclaimed", identity.AccountReclaimed.topic)
def consents_of_a_stranger_count_no_more(fact: outbox.ReadFact) -> None:
    """End consents that were given before who has the telephone took the account over."""
    end_reclaimed(fact.aggregate_id, at=fact.at)
