"""A receiver says which numbers never came: they are sent again.

Source: docs/law/exchange.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.exchange.choices import Axis, MessageKind, Transport
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient, StatusNotice
from motcua.casework.exchange.ports import CounterpartInfo, Handed, Parcel, SignedReceipt
from motcua.casework.exchange.queries.intake import PairCount
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .carrying import settle
from .outside import notice_parcel, parcel_of, settle_notice
from .telling import save, tell, trace

_MOST = 1_000


@work.story
def send_again(counterpart: str, pair: PairCount, numbers: Sequence[int], *, at: datetime) -> int:
    """Carry again what a partner says never came; return how many. What it has does no harm.

    Only what went through this very partner is sent again.
    """
    wanted = list(numbers)[:_MOST]
    if pair.kind == MessageKind.STATUS:
        return _notices(counterpart, pair, wanted, at)
    rows = EnvelopeRecipient.objects.filter(
        counterpart=counterpart,
        sender_code=pair.sender_code,
        routed_code=pair.receiver_code,
        number__in=wanted,
        arrival__isnull=True,
        transport__in=(Transport.SENT, Transport.DELIVERED, Transport.FAILED),
    ).exclude(transport=Transport.FAILED, is_cut=False)  # a person decides of those
    found = list(rows.order_by("id").select_for_update(of=("self",)))
    for row in found:
        envelope = Envelope.objects.get(pk=row.envelope_id)
        if row.transport == Transport.FAILED:
            tell(row, envelope, Axis.TRANSPORT, Transport.QUEUED, by=SYSTEM, at=at)
        row.attempts, row.next_try_at, row.trouble, row.is_cut = 0, at, "", False
        save(row, "attempts", "next_try_at", "trouble", "is_cut")
        trace("asked_again", envelope, by=SYSTEM, at=at, receiver=row.routed_code)
    return len(found)


def _notices(counterpart: str, pair: PairCount, numbers: list[int], at: datetime) -> int:
    rows = StatusNotice.objects.filter(
        counterpart=counterpart,
        sender_code=pair.sender_code,
        receiver_code=pair.receiver_code,
        number__in=numbers,
    ).exclude(transport=Transport.QUEUED)
    rows = rows.exclude(transport=Transport.FAILED, is_cut=False)
    return rows.update(transport=Transport.QUEUED, attempts=0, next_try_at=at)


def parcel_numbered(
    counterpart: CounterpartInfo, pair: PairCount, *, at: datetime
) -> Parcel | None:
    """Return what has this number of a pair (`latest`), for a partner that comes for it."""
    if pair.kind == MessageKind.STATUS:
        notice = _notice(counterpart.code, pair)
        return notice_parcel(notice, counterpart) if notice is not None else None
    row = _recipient(counterpart.code, pair)
    return parcel_of(row, counterpart, at=at) if row is not None else None


@work.story
def note_taken(counterpart: str, pair: PairCount, receipt: SignedReceipt, *, at: datetime) -> bool:
    """Keep that a partner that came for something has it; say whether we know of it."""
    handed = Handed(is_delivered=True, receipt=receipt)
    if pair.kind == MessageKind.STATUS:
        notice = _notice(counterpart, pair)
        if notice is not None:
            settle_notice(notice.pk, handed, at)
        return notice is not None
    row = _recipient(counterpart, pair)
    if row is not None:
        settle(row.pk, handed, at)
    return row is not None


def _notice(counterpart: str, pair: PairCount) -> StatusNotice | None:
    return StatusNotice.objects.filter(
        counterpart=counterpart,
        sender_code=pair.sender_code,
        receiver_code=pair.receiver_code,
        number=pair.latest,
    ).first()


def _recipient(counterpart: str, pair: PairCount) -> EnvelopeRecipient | None:
    rows = EnvelopeRecipient.objects.filter(
        counterpart=counterpart,
        sender_code=pair.sender_code,
        routed_code=pair.receiver_code,
        number=pair.latest,
        arrival__isnull=True,
    )
    return rows.exclude(transport__in=(Transport.CANCELLED, Transport.UNROUTED)).first()
