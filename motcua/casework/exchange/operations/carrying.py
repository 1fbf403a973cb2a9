"""Carry what is queued: claim it, hand it to its way, keep what the way said.

What goes from one agency here to another is there at once; the worker does that, and gives up what
leads nowhere. What goes outside is carried by the process of the line (`outside`). A claim holds
for some minutes: who dies between claim and answer leaves the message to the next round. It may
then be carried twice; its number tells the receiver.

Source: docs/law/exchange.md
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from motcua.casework.exchange.choices import Axis, Delivery, Transport
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient, StatusNotice
from motcua.casework.exchange.ports import CounterpartInfo, Handed
from motcua.casework.exchange.queries.partners import counterparts
from motcua.casework.exchange.queries.routing import route_to
from motcua.casework.exchange.rules.partners import closest
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

from .delivering import deliver
from .receipts import keep_receipt
from .telling import save, tell

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
BATCH = 200
CLAIM = timedelta(minutes=5)
_WAITS = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 480))
_HERE = """
SELECT id FROM exchange_enveloperecipient WHERE transport IN ('queued', 'sent', 'delivered')
AND next_try_at <= %s AND agency_id IS NOT NULL ORDER BY next_try_at, id LIMIT %s
"""
_CODES = """
SELECT DISTINCT routed_code FROM exchange_enveloperecipient
WHERE transport IN ('queued', 'sent', 'delivered') AND next_try_at <= %s AND agency_id IS NULL
"""
_OUTSIDE = """
SELECT id FROM exchange_enveloperecipient WHERE transport IN ('queued', 'sent', 'delivered')
AND next_try_at <= %s AND agency_id IS NULL AND routed_code = ANY(%s)
ORDER BY next_try_at, id LIMIT %s
"""
CARRIED = (Transport.QUEUED, Transport.SENT, Transport.DELIVERED)  # the latter if asked again
NO_WAY = "Chưa có đường liên thông tới cơ quan này."


def carry_due(*, at: datetime, most: int = BATCH) -> int:
    """Carry what goes to agencies here, and give up what leads nowhere; return how many."""
    due = [row[0] for row in work.fetch(_HERE, [at, most])]
    partners = counterparts(local_day(at))
    lost = [one for one in _due_codes(at) if closest(partners, one) is None]
    if lost:
        due += [row[0] for row in work.fetch(_OUTSIDE, [at, lost, most])]
    return sum(_carry_here(one, at) for one in due)


def due_to(counterpart: CounterpartInfo, *, at: datetime, most: int = BATCH) -> list[int]:
    """Return the receivers' rows that are due and lead through a partner."""
    partners = counterparts(local_day(at))
    codes = [one for one in _due_codes(at) if _leads(partners, one, counterpart)]
    return [row[0] for row in work.fetch(_OUTSIDE, [at, codes, most])] if codes else []


def _due_codes(at: datetime) -> list[str]:
    return [str(row[0]) for row in work.fetch(_CODES, [at])]


def _leads(partners: list[CounterpartInfo], code: str, counterpart: CounterpartInfo) -> bool:
    found = closest(partners, code)
    return found is not None and found.code == counterpart.code


def _carry_here(recipient_id: int, at: datetime) -> bool:
    rows = claim([recipient_id], None, at)
    for row in rows:
        if row.agency_id is None:
            settle_failure(row.pk, NO_WAY, at)
        else:
            settle(row.pk, Handed(is_delivered=True), at)
    return bool(rows)


@work.story
def claim(
    recipient_ids: Sequence[int], partner: CounterpartInfo | None, at: datetime
) -> list[EnvelopeRecipient]:
    """Take receivers' messages in hand, numbered; those with nothing to carry now are left out.

    What a partner comes for itself is numbered and laid out for it.

    Locks: the receivers' rows, then the series of their pairs, each in order.
    """
    rows = [row for row in _lock_due(recipient_ids, at) if _has_place(row) or _route_again(row, at)]
    number_in_order(
        "exchange.pair", [(one, one.routed_code) for one in rows if not _has_place(one)]
    )
    for row in rows:
        row.counterpart = partner.code if partner is not None else row.counterpart
        if partner is not None and partner.delivery == Delivery.PULL and row.agency_id is None:
            row.next_try_at, row.trouble = None, ""
        else:
            row.attempts += 1
            row.next_try_at = at + CLAIM
        save(row, *_CLAIMED)
    return rows


def _has_place(row: EnvelopeRecipient) -> bool:
    return row.number is not None or row.arrival_id is not None


def number_in_order(
    series: str, rows: Sequence[tuple[EnvelopeRecipient | StatusNotice, str]]
) -> None:
    """Give each row the next number from its sender to its receiver, which stands beside it."""
    pairs: dict[str, list[EnvelopeRecipient | StatusNotice]] = defaultdict(list)
    for row, receiver_code in rows:
        pairs[f"{series}:{row.sender_code}>{receiver_code}"].append(row)
    for pair in sorted(pairs):
        numbers = numbering.allocate_numbers(pair, len(pairs[pair]))
        for row, number in zip(pairs[pair], numbers, strict=True):
            row.number = number


_CLAIMED = (
    *("number", "attempts", "next_try_at", "routed_code", "agency", "name"),
    *("counterpart", "trouble"),
)


def _lock_due(recipient_ids: Sequence[int], at: datetime) -> list[EnvelopeRecipient]:
    rows = EnvelopeRecipient.objects.select_for_update(of=("self",), skip_locked=True)
    due = rows.filter(pk__in=recipient_ids, transport__in=CARRIED, next_try_at__lte=at)
    return list(due.select_related("envelope").order_by("id"))


def _route_again(row: EnvelopeRecipient, at: datetime) -> bool:
    """Look once more where it goes: the receiver may have ended since. Say whether it can go."""
    envelope = row.envelope
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
def settle(recipient_id: int, handed: Handed, at: datetime) -> None:
    """Keep that a message left, and that it came if it has; the receiver's receipt with it."""
    row = work.lock(EnvelopeRecipient, id=recipient_id)
    envelope = Envelope.objects.get(pk=row.envelope_id)
    if row.transport == Transport.FAILED:  # given up meanwhile, and there after all
        tell(row, envelope, Axis.TRANSPORT, Transport.QUEUED, by=SYSTEM, at=at)
    if row.transport == Transport.QUEUED:
        row.sent_at = row.sent_at or at
        tell(row, envelope, Axis.TRANSPORT, Transport.SENT, by=SYSTEM, at=at)
    row.trouble, row.is_cut, row.next_try_at = "", False, None
    row.way_ref = handed.ref[:100] or row.way_ref
    if handed.is_delivered and row.transport == Transport.SENT:
        deliver(row, envelope, at)
    if handed.receipt is not None:
        keep_receipt(handed.receipt, at=at, recipient_id=row.pk)
    save(row, *_SETTLED)


_SETTLED = (
    *("trouble", "is_cut", "sent_at", "next_try_at", "delivered_at", "way_ref"),
    *("register_due_at", "register_late_at"),
)


@work.story
def settle_failure(
    recipient_id: int, why: str, at: datetime, *, is_cut: bool = False, is_final: bool = False
) -> None:
    """Try later, or give up after five times and wait for a person; at once if it is final."""
    row = work.lock(EnvelopeRecipient, id=recipient_id)
    if row.transport not in CARRIED:
        return
    is_over = row.attempts >= MOST_ATTEMPTS or is_final
    row.next_try_at = None if is_over else later(row.attempts, at)
    if row.transport == Transport.DELIVERED:  # asked for again; it was there once
        save(row, "next_try_at")
        return
    row.trouble, row.is_cut = why[:500], is_cut
    if is_over:
        envelope = Envelope.objects.get(pk=row.envelope_id)
        tell(row, envelope, Axis.TRANSPORT, Transport.FAILED, by=SYSTEM, at=at, reason=row.trouble)
        logger.warning("envelope_failed", extra={"code": envelope.code})
    save(row, "trouble", "is_cut", "next_try_at")


def later(attempts: int, at: datetime) -> datetime:
    """Return when something is tried again after so many times."""
    return at + _WAITS[min(max(attempts, 1), MOST_ATTEMPTS) - 1]
