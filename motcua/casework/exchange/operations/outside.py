"""Carry to a partner outside what is due to it: documents and status messages alike.

Source: docs/law/exchange.md
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO

from motcua.casework.exchange.choices import Axis, Delivery, MessageKind, Transport
from motcua.casework.exchange.errors import CannotWrite, CarrierAway, CarrierRefuses
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient, StatusNotice
from motcua.casework.exchange.ports import Carrier, CounterpartInfo, Handed, Parcel
from motcua.casework.exchange.queries.shown import whole_message
from motcua.casework.exchange.queries.waiting import notices_due
from motcua.casework.exchange.rules.edxml.writer import write_message
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .carrying import BATCH, CLAIM, MOST_ATTEMPTS, claim, due_to, later, settle, settle_failure
from .partners import note_counterpart
from .receipts import keep_receipt
from .telling import save, tell

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Carried:
    """How a round to a partner went: how many were carried, and what stopped it if anything."""

    count: int
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class _Load:
    """Something in hand, and how to keep what becomes of it."""

    parcel: Parcel
    settle: Callable[[Handed, datetime], None]
    fail: Callable[..., None]


def carry_to(
    counterpart: CounterpartInfo,
    carrier: Carrier,
    *,
    clock: Callable[[], datetime],
    most: int = BATCH,
    lane: tuple[int, int] = (0, 1),
) -> Carried:
    """Carry what is due to a partner; one whose line is down is left alone after the first try.

    `lane` is which of how many carries at the same time.

    Costs: network.
    """
    count = 0
    for load in _loads(counterpart, clock, most, lane):
        if counterpart.delivery == Delivery.PULL:
            continue  # laid out; it comes for it
        away = _carry_one(load, carrier, clock)
        if away is None:
            count += 1
            continue
        if away.is_line_down:
            note_counterpart(counterpart.code, at=clock(), error=str(away))
            return Carried(count, str(away))
    if count:
        note_counterpart(counterpart.code, at=clock())
    return Carried(count)


def _carry_one(load: _Load, carrier: Carrier, clock: Callable[[], datetime]) -> CarrierAway | None:
    """Carry one thing and keep what became of it; return why it did not go, if it did not."""
    try:
        load.settle(carrier.carry(load.parcel), clock())
    except CarrierAway as error:
        load.fail(str(error), clock(), is_cut=error.is_line_down)
        return error
    except CarrierRefuses as error:
        load.fail(str(error), clock(), is_final=True)
        return CarrierAway(str(error))
    except (OSError, CannotWrite) as error:  # a file of ours is away, or our own disk is full
        logger.warning("parcel_not_made", exc_info=True)
        words = f"Không lập được gói tin ở hệ thống này: {error}"
        load.fail(words, clock())
        return CarrierAway(words)
    return None


def _loads(
    counterpart: CounterpartInfo, clock: Callable[[], datetime], most: int, lane: tuple[int, int]
) -> Iterator[_Load]:
    mine, lanes = lane
    for recipient_id in due_to(counterpart, at=clock(), most=most):
        row = claim(recipient_id, counterpart, clock()) if recipient_id % lanes == mine else None
        if row is None:
            continue
        if row.agency_id is not None:  # a successor of ours receives in its place
            settle(row.pk, Handed(is_delivered=True), clock())
            continue
        yield _Load(
            parcel_of(row, counterpart, at=clock()),
            partial(settle, row.pk),
            partial(settle_failure, row.pk),
        )
    for notice_id in notices_due(counterpart.code, at=clock(), most=most):
        notice = (
            _claim_notice(notice_id, counterpart, clock()) if notice_id % lanes == mine else None
        )
        if notice is not None:
            yield _Load(
                notice_parcel(notice, counterpart),
                partial(settle_notice, notice.pk),
                partial(_fail_notice, notice.pk),
            )


def parcel_of(row: EnvelopeRecipient, counterpart: CounterpartInfo, *, at: datetime) -> Parcel:
    """Return a message for one receiver, written whenever it is asked for."""
    envelope = Envelope.objects.get(pk=row.envelope_id)

    def write(target: IO[bytes]) -> None:
        write_message(whole_message(envelope), target, at=at)

    return Parcel(
        code=envelope.code,
        number=row.number or 0,
        sender_code=row.sender_code,
        receiver_code=row.routed_code,
        counterpart=counterpart,
        write=write,
        document_ref=envelope.document_ref,
    )


def notice_parcel(notice: StatusNotice, counterpart: CounterpartInfo) -> Parcel:
    """Return a status message for its addressee."""

    def write(target: IO[bytes]) -> None:
        target.write(notice.content.encode())

    return Parcel(
        code=f"TT-{notice.pk}",
        number=notice.number or 0,
        sender_code=notice.sender_code,
        receiver_code=notice.receiver_code,
        counterpart=counterpart,
        write=write,
        kind=MessageKind.STATUS,
        document_ref=notice.document_ref,
        about=notice.about,
    )


@work.story
def _claim_notice(
    notice_id: int, counterpart: CounterpartInfo, at: datetime
) -> StatusNotice | None:
    """Take one status message in hand, numbered. Locks: it, then the series of the pair."""
    rows = StatusNotice.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(pk=notice_id, transport=Transport.QUEUED, next_try_at__lte=at).first()
    if row is None:
        return None
    if row.number is None:
        pair = f"exchange.status:{row.sender_code}>{row.receiver_code}"
        row.number = numbering.allocate_number(pair)
    row.counterpart = counterpart.code
    if counterpart.delivery == Delivery.PULL:
        row.next_try_at = None
    else:
        row.attempts += 1
        row.next_try_at = at + CLAIM
    work.update(row, "number", "counterpart", "attempts", "next_try_at")
    return row


@work.story
def settle_notice(notice_id: int, handed: Handed, at: datetime) -> None:
    """Keep that a status message left, and that it came if it has."""
    row = work.lock(StatusNotice, id=notice_id)
    row.transport = Transport.DELIVERED if handed.is_delivered else Transport.SENT
    row.sent_at = row.sent_at or at
    row.delivered_at = at if handed.is_delivered else row.delivered_at
    row.trouble, row.is_cut, row.next_try_at = "", False, None
    row.way_ref = handed.ref[:100] or row.way_ref
    if handed.receipt is not None:
        keep_receipt(handed.receipt, at=at, notice_id=row.pk)
    work.update(row, *_NOTICE, "way_ref", "sent_at", "delivered_at")


_NOTICE = ("transport", "trouble", "is_cut", "next_try_at")


@work.story
def _fail_notice(
    notice_id: int, why: str, at: datetime, *, is_cut: bool = False, is_final: bool = False
) -> None:
    row = work.lock(StatusNotice, id=notice_id)
    if row.transport != Transport.QUEUED:
        return
    row.trouble, row.is_cut = why[:500], is_cut
    row.next_try_at = later(row.attempts, at)
    if row.attempts >= MOST_ATTEMPTS or is_final:
        row.transport, row.next_try_at = Transport.FAILED, None
    work.update(row, *_NOTICE)


@work.story
def note_delivered(counterpart: str, ref: str, *, at: datetime) -> bool:
    """Keep that a way says of something it calls `ref` that it came; say whether it is known."""
    notice = StatusNotice.objects.filter(counterpart=counterpart, way_ref=ref).first()
    if notice is not None:
        settle_notice(notice.pk, Handed(is_delivered=True), at)
    rows = EnvelopeRecipient.objects.filter(counterpart=counterpart, way_ref=ref)
    found = list(rows.values_list("pk", flat=True))
    for pk in found:
        settle(pk, Handed(is_delivered=True), at)
    return bool(found) or notice is not None


@work.story
def note_failed(counterpart: str, ref: str, words: str, *, at: datetime) -> bool:
    """Keep that a way gave up something it calls `ref`; say whether it is known."""
    notice = StatusNotice.objects.filter(counterpart=counterpart, way_ref=ref).first()
    if notice is not None and notice.transport != Transport.DELIVERED:
        notice.transport, notice.next_try_at, notice.trouble = Transport.FAILED, None, words[:500]
        work.update(notice, *_NOTICE)
    rows = EnvelopeRecipient.objects.filter(counterpart=counterpart, way_ref=ref)
    found = list(rows.values_list("pk", flat=True))
    for pk in found:
        settle_failure(pk, words, at, is_final=True)
    return bool(found) or notice is not None


@work.story
def revive(counterpart: str, *, at: datetime) -> int:
    """Queue again what was given up because the line was down; return how many.

    What only waits for its next try because of that need not wait any longer.
    """
    for model in (EnvelopeRecipient, StatusNotice):
        waiting = model._default_manager.filter(counterpart=counterpart, is_cut=True)
        waiting.filter(transport=Transport.QUEUED, next_try_at__gt=at).update(next_try_at=at)
    rows = EnvelopeRecipient.objects.filter(
        counterpart=counterpart, transport=Transport.FAILED, is_cut=True
    )
    found = list(rows.order_by("id").select_for_update(of=("self",)))
    for row in found:
        envelope = Envelope.objects.get(pk=row.envelope_id)
        words = "Đường truyền đã thông, tự gửi lại."
        tell(row, envelope, Axis.TRANSPORT, Transport.QUEUED, by=SYSTEM, at=at, reason=words)
        row.attempts, row.next_try_at, row.trouble, row.is_cut = 0, at, "", False
        save(row, "attempts", "next_try_at", "trouble", "is_cut")
    notices = StatusNotice.objects.filter(
        counterpart=counterpart, transport=Transport.FAILED, is_cut=True
    )
    changed = notices.update(
        transport=Transport.QUEUED, attempts=0, next_try_at=at, trouble="", is_cut=False
    )
    return len(found) + changed
