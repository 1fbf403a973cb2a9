"""Carry what is queued: claim it, hand it to its way, keep what the way said.

A claim holds for some minutes: who dies between claim and answer leaves the message to the next
round. It may then be carried twice; its number tells the receiver.

Source: docs/law/exchange.md
"""

import logging
from datetime import datetime, timedelta
from typing import IO

from motcua.casework.exchange.choices import Axis, Status, Transport
from motcua.casework.exchange.errors import CarrierAway
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient
from motcua.casework.exchange.ports import Handed, Parcel, carrier_to
from motcua.casework.exchange.queries.routing import route_to
from motcua.casework.exchange.queries.shown import whole_message
from motcua.casework.exchange.rules.clocks import limits_from
from motcua.casework.exchange.rules.edxml.writer import write_message
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

from .telling import arrive, save, tell

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
BATCH = 200
_CLAIM = timedelta(minutes=5)
_WAITS = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 480))
_DUE = """
SELECT id FROM exchange_enveloperecipient
WHERE transport IN ('queued', 'sent') AND next_try_at <= %s ORDER BY next_try_at, id LIMIT %s
"""
NO_WAY = "Chưa có đường liên thông tới cơ quan này."


def carry_due(*, at: datetime, most: int = BATCH) -> int:
    """Carry what is due, each receiver by itself; return how many were tried."""
    due = work.fetch(_DUE, [at, most])
    return sum(_carry(row[0], at) for row in due)


def _carry(recipient_id: int, at: datetime) -> bool:
    parcel = _claim(recipient_id, at)
    if parcel is None:
        return False
    try:
        handed = _hand_over(parcel)
    except CarrierAway as error:
        _settle_failure(recipient_id, str(error), at)
        return True
    _settle(recipient_id, handed, at)
    return True


def _hand_over(parcel: Parcel) -> Handed:
    """Raises: CarrierAway."""
    carrier = carrier_to(parcel.receiver_code)
    if carrier is None:
        raise CarrierAway(NO_WAY)
    return carrier.carry(parcel)


@work.story
def _claim(recipient_id: int, at: datetime) -> Parcel | None:
    """Take one receiver's message in hand, numbered; None if there is nothing to carry now.

    Locks: the receiver's row, then the series of the pair.
    """
    row = _lock_due(recipient_id, at)
    if row is None:
        return None
    envelope = Envelope.objects.get(pk=row.envelope_id)
    if row.number is None and not _route_again(row, envelope, at):
        return None
    if row.number is None:
        pair = f"exchange.pair:{row.sender_code}>{row.routed_code}"
        row.number = numbering.allocate_number(pair)
    row.attempts += 1
    row.next_try_at = at + _CLAIM
    save(row, "number", "attempts", "next_try_at", "routed_code", "agency", "name")

    def write(target: IO[bytes]) -> None:
        write_message(whole_message(envelope), target, at=at)

    return Parcel(envelope.code, row.number, row.sender_code, row.routed_code, write)


def _lock_due(recipient_id: int, at: datetime) -> EnvelopeRecipient | None:
    rows = EnvelopeRecipient.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(
        pk=recipient_id,
        transport__in=(Transport.QUEUED, Transport.SENT),
        next_try_at__lte=at,
    ).first()


def _route_again(row: EnvelopeRecipient, envelope: Envelope, at: datetime) -> bool:
    """Look once more where it goes: the receiver may have ended since. Say whether it can go."""
    route = route_to(row.routed_code, local_day(at))
    taken = EnvelopeRecipient.objects.filter(envelope=envelope, routed_code=route.routed_code)
    if route.routed_code != row.routed_code and taken.exists():
        trouble = f"{route.name} đã là nơi nhận của gói tin này."
    else:
        trouble = route.trouble
    if trouble:
        row.trouble, row.next_try_at = trouble, None
        tell(row, envelope, Axis.TRANSPORT, Transport.UNROUTED, by=SYSTEM, at=at, reason=trouble)
        save(row, "trouble", "next_try_at")
        return False
    row.routed_code, row.agency_id = route.routed_code, route.agency_id
    row.name = route.name if route.agency_id is not None else row.name
    return True


@work.story
def _settle(recipient_id: int, handed: Handed, at: datetime) -> None:
    """Keep that a message left, and that it came if it has."""
    row = work.lock(EnvelopeRecipient, id=recipient_id)
    envelope = Envelope.objects.get(pk=row.envelope_id)
    if row.transport == Transport.QUEUED:
        row.sent_at = at
        tell(row, envelope, Axis.TRANSPORT, Transport.SENT, by=SYSTEM, at=at)
    row.trouble = ""
    if handed.is_delivered and row.transport == Transport.SENT:
        deliver(row, envelope, at)
    save(row, *_SETTLED)


_SETTLED = (
    *("trouble", "sent_at", "next_try_at", "delivered_at"),
    *("register_due_at", "register_late_at"),
)


def deliver(row: EnvelopeRecipient, envelope: Envelope, at: datetime) -> None:
    """Keep that a message came to its receiver; one of ours has it with status 01 from now on."""
    row.delivered_at, row.next_try_at = at, None
    tell(row, envelope, Axis.TRANSPORT, Transport.DELIVERED, by=SYSTEM, at=at)
    if row.agency_id is None:
        return
    facts = organisation.facts_of_agency(row.routed_code)
    limits = limits_from(at, envelope.urgency, facts)
    row.register_due_at, row.register_late_at = limits.due_at, limits.late_at
    tell(row, envelope, Axis.STATUS, Status.ARRIVED, by=SYSTEM, at=at)
    arrive(row, envelope, by=SYSTEM, at=at)


@work.story
def _settle_failure(recipient_id: int, why: str, at: datetime) -> None:
    """Try later, or give up after five times and wait for a person."""
    row = work.lock(EnvelopeRecipient, id=recipient_id)
    row.trouble = why[:500]
    row.next_try_at = at + _WAITS[min(row.attempts, MOST_ATTEMPTS) - 1]
    if row.attempts >= MOST_ATTEMPTS:
        envelope = Envelope.objects.get(pk=row.envelope_id)
        row.next_try_at = None
        tell(row, envelope, Axis.TRANSPORT, Transport.FAILED, by=SYSTEM, at=at, reason=row.trouble)
        logger.warning("envelope_failed", extra={"code": envelope.code})
    save(row, "trouble", "next_try_at")
