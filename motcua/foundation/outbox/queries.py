"""Read facts behind the snapshot horizon, and say how far behind the readers are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.lib import work

from .models import Delivery, Position
from .ports import ReadFact, registry

# Ids are taken before commit and become visible out of order, so nothing is read whose
# transaction, or an older one, may still be running. Facts of an earlier epoch are all committed.
# Each topic is read by itself: what lies between its facts is not looked at.
UNREAD = """
SELECT f.* FROM unnest(%(topics)s::text[]) AS t(topic) CROSS JOIN LATERAL (
  SELECT * FROM outbox_fact f
  WHERE f.topic = t.topic AND (f.epoch, f.xid, f.id) > (%(epoch)s, %(xid)s::text::xid8, %(id)s)
    AND (f.epoch < %(now)s OR f.xid < pg_snapshot_xmin(pg_current_snapshot()))
  ORDER BY f.epoch, f.xid, f.id LIMIT %(most)s
) f
ORDER BY f.epoch, f.xid, f.id LIMIT %(most)s
"""
BATCH = f"""
SELECT epoch, xid::text::bigint, id, id, topic, version, aggregate, aggregate_id, seq, at, by_id,
       is_silent, payload::text
FROM ({UNREAD}) unread
"""  # noqa: S608 -- our own statement
_CHANGES = f"""
SELECT epoch, xid::text::bigint, id, aggregate_id, seq, at, payload::text FROM ({UNREAD}) unread
ORDER BY epoch, xid::text::bigint, id
"""  # noqa: S608 -- our own statement
_WITH_NEWS = """
SELECT c.name FROM unnest(%s::text[], %s::text[]) AS c(name, topics)
LEFT JOIN outbox_position p ON p.consumer = c.name
WHERE EXISTS (
  SELECT FROM unnest(string_to_array(c.topics, ' ')) AS t(topic) CROSS JOIN LATERAL (
    SELECT FROM outbox_fact f
    WHERE f.topic = t.topic
      AND (f.epoch, f.xid, f.id) > (coalesce(p.epoch, 0), coalesce(p.xid, 0)::text::xid8,
                                    coalesce(p.fact_id, 0))
      AND (f.epoch < %s OR f.xid < pg_snapshot_xmin(pg_current_snapshot()))
    ORDER BY f.epoch, f.xid, f.id LIMIT 1
  ) news
)
"""
LATEST = """
SELECT epoch, xid::text::bigint, id FROM outbox_fact WHERE topic = ANY(%s)
ORDER BY epoch DESC, xid DESC, id DESC LIMIT 1
"""
_LAG = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(written_at)), 0)
FROM unnest(%s::text[]) AS t(topic) CROSS JOIN LATERAL (
  SELECT written_at FROM outbox_fact f
  WHERE f.topic = t.topic AND (f.epoch, f.xid, f.id) > (%s, %s::text::xid8, %s)
  ORDER BY f.epoch, f.xid, f.id LIMIT 10000
) waiting
"""
_BEHIND = """
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(waiting.written_at)), 0)
FROM unnest(%s::text[]) AS t(topic)
LEFT JOIN outbox_position p ON p.consumer = %s
CROSS JOIN LATERAL (
  SELECT f.written_at FROM outbox_fact f
  WHERE f.topic = t.topic AND (f.epoch, f.xid, f.id)
      > (coalesce(p.epoch, 0), coalesce(p.xid, 0)::text::xid8, coalesce(p.fact_id, 0))
  ORDER BY f.epoch, f.xid, f.id LIMIT 1
) waiting
"""
_HORIZON = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)
FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database()
"""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place among all facts, for readers that keep it themselves."""

    epoch: int
    xid: int
    fact_id: int


@dataclass(frozen=True, slots=True)
class Change:
    """That an object changed, when and how, and the place after it."""

    place: Place
    aggregate_id: int
    seq: int
    at: datetime
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lag:
    """How far one consumer is behind: facts (counted up to 10,000) and seconds."""

    consumer: str
    facts: int
    seconds: float


def current_epoch() -> int:
    """Return the life of the cluster that new facts belong to."""
    rows = work.fetch("SELECT number FROM outbox_epoch WHERE id = 1", [])
    return int(rows[0][0]) if rows else 0


def place_now() -> Place:
    """Return a place behind which every fact is of a transaction that can be seen by now.

    Who reads rows after asking for it has missed no change of theirs that comes before it; what
    comes after it is read from there.

    Costs: two statements.
    """
    ((xid,),) = work.fetch("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", [])
    return Place(current_epoch(), int(xid), 0)


def changes_after(place: Place, topics: Sequence[str], *, most: int) -> list[Change]:
    """Return which objects changed after a place, in order; behind the snapshot horizon.

    Facts are kept for ninety days: an older place misses what was dropped.

    Costs: two statements.
    """
    asked = {
        "topics": list(topics),
        "epoch": place.epoch,
        "xid": str(place.xid),
        "id": place.fact_id,
        "now": current_epoch(),
        "most": most,
    }
    rows = work.fetch(_CHANGES, asked)
    return [Change(Place(*row[:3]), row[3], row[4], row[5], json.loads(row[6])) for row in rows]


def consumers_with_news() -> frozenset[str]:
    """Return the consumers for whom facts can be read; most of the time there are none.

    Costs: two statements, and nothing is written.
    """
    topics = registry.topics()
    told = [" ".join(words) for words in topics.values()]
    rows = work.fetch(_WITH_NEWS, [[*topics], told, current_epoch()])
    return frozenset(row[0] for row in rows)


def lags() -> Sequence[Lag]:
    """Return how far each registered consumer is behind.

    Costs: one query per consumer.
    """
    positions = {p.consumer: p for p in Position.objects.all()}
    found = []
    for name, topics in registry.topics().items():
        place = positions.get(name, Position(consumer=name))
        with connection.cursor() as cursor:
            cursor.execute(_LAG, (list(topics), place.epoch, str(place.xid), place.fact_id))
            facts, seconds = cursor.fetchone()
        found.append(Lag(name, facts, float(seconds)))
    return found


def seconds_behind(consumer: str) -> float:
    """Return how old the first fact is that this consumer has not read, 0 if it has read all.

    Costs: one statement.
    """
    ((seconds,),) = work.fetch(_BEHIND, [list(registry.topics()[consumer]), consumer])
    return float(seconds)


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
