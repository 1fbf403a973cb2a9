"""Read facts behind the snapshot horizon, and say how far behind the readers are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from .models import Delivery, Epoch, Position
from .ports import ReadFact, registry

# Ids are taken before commit and become visible out of order, so nothing is read whose
# transaction, or an older one, may still be running. Facts of an earlier epoch are all committed.
_BATCH = """
SELECT epoch, xid::text::bigint, id, topic, version, aggregate, aggregate_id, seq, at, by_id,
       is_silent, payload::text
FROM outbox_fact
WHERE (epoch, xid, id) > (%s, %s::text::xid8, %s)
  AND (epoch < %s OR xid < pg_snapshot_xmin(pg_current_snapshot()))
  AND topic = ANY(%s)
ORDER BY epoch, xid, id
LIMIT %s
"""
_LATEST = """
SELECT epoch, xid::text::bigint, id FROM outbox_fact WHERE topic = ANY(%s)
ORDER BY epoch DESC, xid DESC, id DESC LIMIT 1
"""
_LAG = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(written_at)), 0)
FROM (SELECT written_at FROM outbox_fact
      WHERE (epoch, xid, id) > (%s, %s::text::xid8, %s) AND topic = ANY(%s)
      ORDER BY epoch, xid, id LIMIT 10000) waiting
"""
_HORIZON = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)
FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far one consumer is behind: facts (counted up to 10,000) and seconds."""

    consumer: str
    facts: int
    seconds: float


def current_epoch() -> int:
    """Return the life of the cluster that new facts belong to."""
    return Epoch.objects.values_list("number", flat=True).filter(pk=1).first() or 0


def lags() -> Sequence[Lag]:
    """Return how far each registered consumer is behind.

    Costs: one query per consumer.
    """
    positions = {p.consumer: p for p in Position.objects.all()}
    found = []
    for name, topics in registry.topics().items():
        place = positions.get(name, Position(consumer=name))
        with connection.cursor() as cursor:
            cursor.execute(_LAG, (place.epoch, str(place.xid), place.fact_id, list(topics)))
            facts, seconds = cursor.fetchone()
        found.append(Lag(name, facts, float(seconds)))
    return found


def horizon_age() -> float:
    """Return for how many seconds the oldest writing transaction holds all readers back."""
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        return float(cursor.fetchone()[0])


def dead_letters(limit: int = 100) -> Sequence[Delivery]:
    """Return deliveries given up, newest first."""
    return list(Delivery.objects.filter(state="dead").order_by("-id")[:limit])


def as_read(delivery: Delivery) -> ReadFact:
    """Return the fact a delivery carries, as its consumer sees it."""
    return ReadFact(
        id=delivery.fact_id,
        topic=delivery.topic,
        version=delivery.version,
        aggregate=delivery.aggregate,
        aggregate_id=delivery.aggregate_id,
        seq=delivery.seq,
        at=delivery.at,
        by_id=delivery.by_id,
        is_silent=False,
        payload=delivery.payload,
    )
