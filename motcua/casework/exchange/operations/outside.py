"""Carry to a partner outside what is due to it: documents and status messages alike.

Source: docs/law/exchange.md
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO

from motcua.casework.exchange.choices import Axis, Delivery, MessageKind, Transport
from motcua.casework.exchange.errors import CannotWrite, CarrierAway, CarrierRefuses
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient, StatusNotice
from motcua.casework.exchange.ports import (
    Became,
    Carrier,
    CarriesMany,
    CounterpartInfo,
    Handed,
    Parcel,
)
from motcua.casework.exchange.queries.shown import whole_message
from motcua.casework.exchange.queries.waiting import notices_due, weights_of
from motcua.casework.exchange.rules.edxml.writer import write_message
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .carrying import (
    BATCH,
    CLAIM,
    MOST_ATTEMPTS,
    claim,
    due_to,
    later,
    number_in_order,
    settle,
    settle_failure,
)
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


TOGETHER = 16  # claimed at once
HEAVY = 4_000_000  # bytes of files: no more are claimed at once


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
    is_alone = not isinstance(carrier, CarriesMany)
    for loads in _loads(counterpart, clock, most, lane, 1 if is_alone else TOGETHER):
        if counterpart.delivery == Delivery.PULL:
            continue  # laid out; it comes for it
        done, down = _carry(loads, carrier, clock)
        count += done
        if down is not None:
            note_counterpart(counterpart.code, at=clock(), error=str(down))
            return Carried(count, str(down))
    if count:
        note_counterpart(counterpart.code, at=clock())
    return Carried(count)


def _carry(
    loads: Sequence[_Load], carrier: Carrier, clock: Callable[[], datetime]
) -> tuple[int, CarrierAway | None]:
    """Carry together and keep what became of each; return how many went, and what cut the line."""
    count, down = 0, None
    for became in _became([load.parcel for load in loads], carrier):
        _settle_all(loads, became, clock())
        for one in became.values():
            count += isinstance(one, Handed)
            down = one if isinstance(one, CarrierAway) and one.is_line_down else down
    return count, down


def _became(parcels: Sequence[Parcel], carrier: Carrier) -> Iterator[Became]:
    if isinstance(carrier, CarriesMany):
        yield from carrier.carry_all(parcels)
        return
    for place, parcel in enumerate(parcels):
        try:
            yield {place: carrier.carry(parcel)}
        except (CarrierAway, CarrierRefuses, OSError, CannotWrite) as error:
            yield {place: error}


@work.story
def _settle_all(loads: Sequence[_Load], became: Became, at: datetime) -> None:
    """Keep what became of some. Locks: the rows, in their order."""
    for place, one in sorted(became.items()):
        load = loads[place]
        if isinstance(one, Handed):
            load.settle(one, at)
        elif isinstance(one, CarrierAway):
            load.fail(str(one), at, is_cut=one.is_line_down)
        elif isinstance(one, CarrierRefuses):
            load.fail(str(one), at, is_final=True)
        else:  # a file of ours is away, or our own disk is full
            logger.warning("parcel_not_made", exc_info=one)
            load.fail(f"Không lập được gói tin ở hệ thống này: {one}", at)


def _loads(
    counterpart: CounterpartInfo,
    clock: Callable[[], datetime],
    most: int,
    lane: tuple[int, int],
    together: int,
) -> Iterator[list[_Load]]:
    """Yield what is due, so many claimed at a time."""
    documents = _of_lane(due_to(counterpart, at=clock(), most=most), lane)
    for ids in grouped(documents, weights_of(documents), together):
        yield [
            _Load(
                parcel_of(row, counterpart, at=clock()),
                partial(settle, row.pk),
                partial(settle_failure, row.pk),
            )
            for row in _leaving(claim(ids, counterpart, clock()), clock())
        ]
    notices = _of_lane(notices_due(counterpart.code, at=clock(), most=most), lane)
    for ids in grouped(notices, {}, together):
        yield [
            _Load(
                notice_parcel(notice, counterpart),
                partial(settle_notice, notice.pk),
                partial(_fail_notice, notice.pk),
            )
            for notice in _claim_notices(ids, counterpart, clock())
        ]


def grouped(ids: Sequence[int], weights: Mapping[int, int], together: int) -> Iterator[list[int]]:
    """Yield ids that are claimed together: so few, and so light, that a claim outlasts them."""
    group: list[int] = []
    weight = 0
    for one in ids:
        if group and (len(group) >= together or weight + weights.get(one, 0) > HEAVY):
            yield group
            group, weight = [], 0
        group.append(one)
        weight += weights.get(one, 0)
    if group:
        yield group


def _of_lane(ids: Sequence[int], lane: tuple[int, int]) -> list[int]:
    mine, lanes = lane
    return [one for one in ids if one % lanes == mine]


def _leaving(rows: Sequence[EnvelopeRecipient], at: datetime) -> list[EnvelopeRecipient]:
    """Return those that go outside; where a successor of ours receives, it has it now."""
    for row in rows:
        if row.agency_id is not None:
            settle(row.pk, Handed(is_delivered=True), at)
    return [row for row in rows if row.agency_id is None]


def parcel_of(row: EnvelopeRecipient, counterpart: CounterpartInfo, *, at: datetime) -> Parcel:
    """Return a message for one receiver, written whenever it is asked for."""
    envelope = row.envelope

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
        is_again=row.attempts > 1,
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
        is_again=notice.attempts > 1,
    )


@work.story
def _claim_notices(
    notice_ids: Sequence[int], counterpart: CounterpartInfo, at: datetime
) -> list[StatusNotice]:
    """Take status messages in hand, numbered. Locks: them, then the series of their pairs."""
    rows = StatusNotice.objects.select_for_update(of=("self",), skip_locked=True)
    due = rows.filter(pk__in=notice_ids, transport=Transport.QUEUED, next_try_at__lte=at)
    found = list(due.order_by("id"))
    number_in_order(
        "exchange.status", [(one, one.receiver_code) for one in found if one.number is None]
    )
    for row in found:
        row.counterpart = counterpart.code
        if counterpart.delivery == Delivery.PULL:
            row.next_try_at = None
        else:
            row.attempts += 1
            row.next_try_at = at + CLAIM
        work.update(row, "number", "counterpart", "attempts", "next_try_at")
    return found


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
