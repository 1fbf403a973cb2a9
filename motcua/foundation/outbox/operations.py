"""Announce facts; let consumers read them: projections exactly once, deliveries until done."""

import json
import logging
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction

from motcua.lib import partitions, work
from motcua.lib.actor import Actor

from . import queries
from .choices import DeliveryState
from .events import Event
from .models import Delivery, Epoch, Fact, Position
from .ports import DeliveryTo, Projection, ReadFact, registry
from .queries import as_read

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
    payload = _payload(event)
    fact = Fact(
        topic=event.topic,
        version=event.version,
        aggregate=event.aggregate,
        aggregate_id=event.aggregate_id,
        seq=event.seq,
        at=at,
        by_id=by.doer_id,
        is_silent=by.is_silent,
        payload=payload,
    )
    work.add(fact)


_EACH = """
INSERT INTO outbox_fact
  (topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload)
SELECT %s, %s, %s, x.aggregate_id, x.seq, %s, %s, %s, x.payload
FROM jsonb_to_recordset(%s::jsonb) AS x(aggregate_id bigint, seq int, payload jsonb)
"""


def announce_each(events: Sequence[Event], *, by: Actor, at: datetime) -> None:
    """Hand over many facts of one topic by one statement."""
    if not events:
        return
    one = events[0]
    rows = [
        {"aggregate_id": event.aggregate_id, "seq": event.seq, "payload": _payload(event)}
        for event in events
    ]
    head = [one.topic, one.version, one.aggregate, at, by.doer_id, by.is_silent]
    work.put(_EACH, [*head, json.dumps(rows)])


def _payload(event: Event) -> dict[str, object]:
    names = (f.name for f in fields(event) if f.name not in _HEAD)
    return {name: _plain(getattr(event, name)) for name in names}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def run_projection(consumer: Projection, *, most: int = BATCH) -> int:
    """Give one consumer its next facts; return how many. Skips it if another worker has it."""
    with transaction.atomic():
        place = _claim(consumer.name)
        if place is None:
            return 0
        rows = work.fetch(queries.BATCH, _unread(place, consumer.topics, most))
        if rows:
            _give(consumer, [_read(*row[3:]) for row in rows])
            _move(place, rows[-1])
        return len(rows)


def _give(consumer: Projection, facts: Sequence[ReadFact]) -> None:
    """Give a projection a batch; if it fails and may set facts aside, one by one.

    What the database itself refuses for now (a lock, a lost connection) is not the fact's fault.
    """
    if not consumer.sets_aside:
        consumer.run(facts)
        return
    try:
        with transaction.atomic():
            consumer.run(facts)
    except OperationalError:
        raise
    except Exception as error:
        if len(facts) == 1:
            logger.exception("fact_set_aside", extra={"consumer": consumer.name})
            _set_aside(consumer.name, facts[0], error)
            return
        middle = len(facts) // 2
        _give(consumer, facts[:middle])
        _give(consumer, facts[middle:])


def _set_aside(consumer: str, fact: ReadFact, error: Exception) -> None:
    """Keep a fact as a dead letter of a consumer: seen by administrators, to be tried again."""
    values = {name: getattr(fact, name) for name in _CARRIED}
    letter = Delivery(
        consumer=consumer,
        fact_id=fact.id,
        **values,
        state=DeliveryState.DEAD,
        attempts=1,
        next_try_at=fact.at,
        latest_error=type(error).__name__,
    )
    Delivery.objects.bulk_create([letter], ignore_conflicts=True)


_CARRIED = ("topic", "version", "aggregate", "aggregate_id", "seq", "at", "by_id", "payload")


def spread_deliveries(consumer: DeliveryTo, *, most: int = BATCH) -> int:
    """Write one delivery row for each new fact the consumer listens to; return how many read."""
    with transaction.atomic():
        place = _claim(consumer.name)
        if place is None:
            return 0
        asked = _unread(place, consumer.topics, most)
        rows = work.fetch(_SPREAD, {**asked, "consumer": consumer.name})
        if rows and rows[0][0] is not None:
            _move(place, rows[0])
        return int(rows[0][3]) if rows else 0


_SPREAD = f"""
WITH unread AS MATERIALIZED ({queries.UNREAD}), spread AS (
  INSERT INTO outbox_delivery (consumer, fact_id, topic, version, aggregate, aggregate_id, seq, at,
    by_id, payload, state, attempts, next_try_at, latest_error)
  SELECT %(consumer)s, id, topic, version, aggregate, aggregate_id, seq, at, by_id, payload,
    'waiting', 0, at, ''
  FROM unread WHERE NOT is_silent
  ON CONFLICT DO NOTHING
)
SELECT epoch, xid::text::bigint, id, count(*) OVER () FROM unread
ORDER BY epoch DESC, xid DESC, id DESC LIMIT 1
"""  # noqa: S608 -- our own statement
_CLAIM = """
SELECT epoch, xid, fact_id FROM outbox_position WHERE consumer = %s FOR UPDATE SKIP LOCKED
"""
_BEGIN = """
INSERT INTO outbox_position (consumer, epoch, xid, fact_id) VALUES (%s, 0, 0, 0)
ON CONFLICT DO NOTHING
"""
_MOVE = "UPDATE outbox_position SET epoch = %s, xid = %s, fact_id = %s WHERE consumer = %s"


def _claim(name: str) -> Position | None:
    """Return the consumer's position, locked, or None if another worker holds it."""
    rows = work.fetch(_CLAIM, [name])
    if not rows:
        work.fetch(_BEGIN, [name])
        rows = work.fetch(_CLAIM, [name])
    if not rows:
        return None
    epoch, xid, fact_id = rows[0]
    return Position(name, epoch, xid, fact_id)


def _unread(place: Position, topics: Sequence[str], most: int) -> dict[str, object]:
    return {
        "topics": list(topics),
        "epoch": place.epoch,
        "xid": str(place.xid),
        "id": place.fact_id,
        "now": queries.current_epoch(),
        "most": most,
    }


def _move(place: Position, row: Sequence[Any]) -> None:
    """Put the consumer behind the fact with this epoch, transaction and id."""
    work.fetch(_MOVE, [*row[:3], place.consumer])


def _read(*columns: Any) -> ReadFact:
    values = (*columns[:-1], json.loads(columns[-1]))
    return ReadFact(*values)


def deliver_together(consumer: DeliveryTo, *, at: datetime, most: int = BATCH) -> int:
    """Carry out the waiting deliveries of a consumer that writes rows; return how many.

    If one of them fails all is taken back, and each is done by itself.
    """
    if consumer.run_all is None:
        return 0
    with transaction.atomic():
        rows = work.fetch(_WAITING, [consumer.name, at, most])
        facts = [_read(*row[1:]) for row in rows]
        if not facts:
            return 0
        keys = [row[0] for row in rows]
        try:
            with transaction.atomic():
                consumer.run_all(facts)
        except Exception:  # whichever it is fails again by itself and is noted there
            logger.exception("deliveries_failed", extra={"consumer": consumer.name})
            for delivery in Delivery.objects.filter(pk__in=keys).order_by("pk"):
                _deliver(delivery, at=at)
        else:
            work.fetch(_ALL_DONE, [keys])
        return len(facts)


_WAITING = """
SELECT id, fact_id, topic, version, aggregate, aggregate_id, seq, at, by_id, false, payload::text
FROM outbox_delivery
WHERE state = 'waiting' AND consumer = %s AND next_try_at <= %s
ORDER BY next_try_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_ALL_DONE = """
UPDATE outbox_delivery SET state = 'done', attempts = attempts + 1 WHERE id = ANY(%s)
"""


def deliver_next(*, at: datetime) -> bool:
    """Carry out one waiting delivery; answer False if none is due.

    A failure is noted and tried again later; after ten attempts the delivery is dead and visible.
    """
    with transaction.atomic():
        delivery = _next_delivery(at)
        if delivery is None:
            return False
        _deliver(delivery, at=at)
    return True


def _deliver(delivery: Delivery, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            registry.one_by_one()[delivery.consumer](as_read(delivery))
    except Exception as error:  # noqa: BLE001 -- whatever a partner does must not stop the others
        _note_failure(delivery, error, at=at)
    else:
        delivery.state = DeliveryState.DONE
    delivery.attempts += 1
    delivery.save(update_fields=["state", "attempts", "next_try_at", "latest_error"])


def _next_delivery(at: datetime) -> Delivery | None:
    known = [*registry.one_by_one()]
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
    news = queries.consumers_with_news()
    for projection in registry.projections.values():
        if projection.name in news:
            moved += _project(projection)
    for consumer in registry.deliveries.values():
        if consumer.name in news:
            moved += spread_deliveries(consumer)
    return moved + _deliver_waiting(at)


def _project(projection: Projection) -> int:
    try:
        return run_projection(projection)
    except Exception:  # one broken projection must not stop the others
        logger.exception("projection_failed", extra={"consumer": projection.name})
        return 0


def _deliver_waiting(at: datetime) -> int:
    """Carry out deliveries of the consumers that have some; return how many."""
    moved = 0
    waiting = frozenset(row[0] for row in work.fetch(_WHO_WAITS, [at]))
    together = [one for one in registry.deliveries.values() if one.run_all is not None]
    for consumer in together:
        if consumer.name in waiting:
            moved += deliver_together(consumer, at=at)
    if not waiting.intersection(registry.one_by_one()).difference(one.name for one in together):
        return moved
    for _ in range(BATCH):
        if not deliver_next(at=at):
            break
        moved += 1
    return moved


_WHO_WAITS = """
SELECT DISTINCT consumer FROM (
  SELECT consumer FROM outbox_delivery WHERE state = 'waiting' AND next_try_at <= %s
  ORDER BY next_try_at, id LIMIT 1000
) waiting
"""


@work.story
def begin_after_all(consumer: str) -> None:
    """Let a consumer go on after the newest fact; nobody may be writing its facts meanwhile.

    For a projection that has just been counted again from its room's own rows.

    Locks: the consumer's position.
    """
    Position.objects.bulk_create([Position(consumer=consumer)], ignore_conflicts=True)
    place = Position.objects.select_for_update().get(pk=consumer)
    latest = work.fetch(queries.LATEST, [list(registry.topics()[consumer])])
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


def prepare_months(day: date) -> int:
    """Create the partitions of this month and the next three; return how many were missing.

    Each in a transaction of its own, so that no writer waits for two of them.
    """
    made = 0
    for _ in range(_AHEAD + 1):
        made += partitions.create_month(TABLE, day)
        day = partitions.next_month(day)
    return made
