"""What exchange announces: codes, states and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class EnvelopeArrived(Event):
    """A message reached one receiver that lives here; `aggregate_id` is that receiver's row."""

    topic: ClassVar[str] = "exchange.envelope_arrived"
    aggregate: ClassVar[str] = "envelope_recipient"

    code: str
    agency_id: int
    sender_code: str
    business: str
    document_ref: str


@dataclass(frozen=True, slots=True)
class EnvelopeStateChanged(Event):
    """One of the three states of a receiver changed; `owner` is the sender's own key."""

    topic: ClassVar[str] = "exchange.envelope_state_changed"
    aggregate: ClassVar[str] = "envelope_recipient"

    code: str
    owner: str
    receiver_owner: str
    receiver_code: str
    transport: str
    status: str
    side: str
