"""A message comes to its receiver."""

from datetime import datetime

from motcua.casework.exchange.choices import Axis, Status, Transport
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient
from motcua.casework.exchange.rules.clocks import limits_from
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import SYSTEM

from .noticing import queue_notice
from .telling import arrive, tell


def deliver(
    row: EnvelopeRecipient, envelope: Envelope, at: datetime, *, their_code: str | None = None
) -> None:
    """Keep that a message came to its receiver; one of ours has it with status 01 from now on.

    A sender outside is told; `their_code` is the sender's name of it, if it is at hand.
    """
    row.delivered_at, row.next_try_at = at, None
    tell(row, envelope, Axis.TRANSPORT, Transport.DELIVERED, by=SYSTEM, at=at)
    if row.agency_id is None:
        return
    facts = organisation.facts_of_agency(row.routed_code)
    limits = limits_from(at, envelope.urgency, facts)
    row.register_due_at, row.register_late_at = limits.due_at, limits.late_at
    tell(row, envelope, Axis.STATUS, Status.ARRIVED, by=SYSTEM, at=at)
    arrive(row, envelope, by=SYSTEM, at=at)
    if row.arrival_id is not None:
        queue_notice(row, envelope, Status.ARRIVED, by=SYSTEM, at=at, their_code=their_code)
