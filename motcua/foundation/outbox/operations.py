"""Announce facts; let consumers read them: projections exactly once, deliveries until done."""

import json
import logging
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from motcua.lib import partitions, work
from motcua.lib.actor import Actor

from .choices import DeliveryState
from .events import Event
from .models import Delivery, Epoch, Fact, Position
from .ports import DeliveryTo, Projection, ReadFact, registry
from .queries import _BATCH, _LATEST, as_read, current_epoch

logger = logging.getLogger(__name__)
TABLE = "outbox_fact"
BATCH = 500
MOST_ATTEMPTS = 10
KEPT_DAYS = 90
_AHEAD = 3
_LONGEST_WAIT = timedelta(hours=1)
_HEAD = frozenset({"aggregate_id", "seq"})


def announce(event: Event, *, by: Actor, at: datetime) -> None:
    """Hand over a fact to be told to all who listen, if and only if the story commits."""
    payload = {f.name: _plain(getattr(event, f.name)) for f in fields(event) if f.name not in _HEAD}
    fact = Fact(
        topic=event.topic,
        version=event.version,
        aggregate=event.aggregate,
        aggregate_id=event.aggregate_id,
        seq=event.seq,
        at=at,
        by_id=by.id,
        is_silent=by.is_silent,
        payload=payload,
    )
    work.add(fact)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def run_projection(consumer: Projection, *, most: int = BATCH) -> int:
    """Give one consumer its next facts; return how many. Skips it if another worker has it."""
    with transaction.atomic():
        place = _claim(consumer.name)
        if place is None:
            return 0
        facts = _next_facts(place, consumer.topics, most)
        if facts:
            consumer.run(facts)
            place.save(update_fields=["epoch", "xid", "fact_id"])
        return len(facts)


def spread_deliveries(consumer: DeliveryTo, *, most: int = BATCH) -> int:
    """Write one delivery row for each new fact the consumer listens to; return how many read."""
    with transaction.atomic():
        place = _claim(consumer.name)
        if place is None:
            return 0
        facts = _next_facts(place, consumer.topics, most)
        loud = [_delivery(consumer.name, fact) for fact in facts if not fact.is_silent]
        Delivery.objects.bulk_create(loud, ignore_conflicts=True)
        if facts:
            place.save(update_fields=["epoch", "xid", "fact_id"])
        return len(facts)


def _claim(name: str) -> Position | None:
    """Return the consumer's position, locked, or None if another worker holds it."""
    Position.objects.bulk_create([Position(consumer=name)], ignore_conflicts=True)
    return Position.objects.select_for_update(skip_locked=True).filter(pk=name).first()


def _next_facts(place: Position, topics: Sequence[str], most: int) -> list[ReadFact]:
    """Return the facts after the position and move it (unsaved) behind them."""
    with connection.cursor() as cursor:
        behind = (place.epoch, str(place.xid), place.fact_id)
        cursor.execute(_BATCH, (*behind, current_epoch(), list(topics), most))
        rows: list[Any] = cursor.fetchall()
    if rows:
        place.epoch, place.xid, place.fact_id = rows[-1][:3]
    return [_read(*row[2:]) for row in rows]


def _read(*columns: Any) -> ReadFact:
    values = (*columns[:-1], json.loads(columns[-1]))
    return ReadFact(*values)


def _delivery(consumer: str, fact: ReadFact) -> Delivery:
    return Delivery(
        consumer=consumer,
        fact_id=fact.id,
        topic=fact.topic,
        version=fact.version,
        aggregate=fact.aggregate,
        aggregate_id=fact.aggregate_id,
        seq=fact.seq,
        at=fact.at,
        by_id=fact.by_id,
        payload=dict(fact.payload),
        next_try_at=fact.at,
    )


def deliver_next(*, at: datetime) -> bool:
    """Carry out one waiting delivery; answer False if none is due.

    A failure is noted and tried again later; after ten attempts the delivery is dead and visible.
    """
    with transaction.atomic():
        delivery = _next_delivery(at)
        if delivery is None:
            return False
        try:
            with transaction.atomic():
                registry.deliveries[delivery.consumer].run(as_read(delivery))
        except Exception as error:  # noqa: BLE001 -- whatever a partner does must not stop the others
            _note_failure(delivery, error, at=at)
        else:
            delivery.state = DeliveryState.DONE
        delivery.attempts += 1
        delivery.save(update_fields=["state", "attempts", "next_try_at", "latest_error"])
    return True


def _next_delivery(at: datetime) -> Delivery | None:
    known = [*registry.deliveries]
    ordered = [name for name, consumer in registry.deliveries.items() if consumer.ordered]
    waiting = Delivery.objects.raw(
        """
        SELECT d.* FROM outbox_delivery d
        WHERE d.state = 'waiting' AND d.next_try_at <= %s AND d.consumer = ANY(%s)
          AND NOT (d.consumer = ANY(%s) AND EXISTS (
            SELECT 1 FROM outbox_delivery earlier
            WHERE earlier.state = 'waiting' AND earlier.consumer = d.consumer
              AND earlier.aggregate_id = d.aggregate_id AND earlier.seq < d.seq))
        ORDER BY d.next_try_at, d.id LIMIT 1 FOR UPDATE SKIP LOCKED
        """,
        [at, known, ordered],
    )
    return next(iter(waiting), None)


def _note_failure(delivery: Delivery, error: Exception, *, at: datetime) -> None:
    logger.warning("delivery_failed", extra={"consumer": delivery.consumer, "id": delivery.pk})
    delivery.latest_error = type(error).__name__
    if delivery.attempts + 1 >= MOST_ATTEMPTS:
        delivery.state = DeliveryState.DEAD
    delivery.next_try_at = at + min(timedelta(seconds=2**delivery.attempts), _LONGEST_WAIT)


@work.story
def retry_dead(delivery_id: int, *, at: datetime) -> None:
    """Put a dead delivery back in the queue."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id, state=DeliveryState.DEAD)
    delivery.state, delivery.attempts, delivery.next_try_at = DeliveryState.WAITING, 0, at
    delivery.save(update_fields=["state", "attempts", "next_try_at"])


def catch_up(*, at: datetime) -> int:
    """Let every consumer take what is waiting, one batch each; return how many facts moved.

    A projection that fails keeps its position and is logged; the others go on.
    """
    moved = 0
    for projection in registry.projections.values():
        try:
            moved += run_projection(projection)
        except Exception:  # one broken projection must not stop the others
            logger.exception("projection_failed", extra={"consumer": projection.name})
    for consumer in registry.deliveries.values():
        moved += spread_deliveries(consumer)
    for _ in range(BATCH):
        if not deliver_next(at=at):
            break
        moved += 1
    return moved


@work.story
def begin_after_all(consumer: str) -> None:
    """Let a consumer go on after the newest fact; nobody may be writing its facts meanwhile.

    For a projection that has just been counted again from its room's own rows.

    Locks: the consumer's position.
    """
    Position.objects.bulk_create([Position(consumer=consumer)], ignore_conflicts=True)
    place = Position.objects.select_for_update().get(pk=consumer)
    latest = work.fetch(_LATEST, [list(registry.topics()[consumer])])
    if latest:
        place.epoch, place.xid, place.fact_id = latest[0]
        place.save(update_fields=["epoch", "xid", "fact_id"])


@work.story
def begin_epoch() -> int:
    """Begin a new life after a restore: transaction numbers start again, order goes on.

    Facts not yet read stay readable; new ones sort after all old ones. Returns the new epoch.
    """
    epoch, _ = Epoch.objects.select_for_update().get_or_create(pk=1)
    epoch.number += 1
    epoch.save(update_fields=["number"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN epoch SET DEFAULT {int(epoch.number)}")
    return epoch.number


@work.story
def prepare_months(day: date) -> int:
    """Create the partitions of this month and the next three; return how many were missing."""
    made = 0
    for _ in range(_AHEAD + 1):
        made += partitions.create_month(TABLE, day)
        day = partitions.next_month(day)
    return made
