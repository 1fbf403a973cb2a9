"""Take what acts have left behind into the trees; stop at the first thing that does not fit.

Stopped, a stream stays stopped and says so everywhere until somebody has looked; acts go on
leaving their leaves, which are sealed afterwards.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from motcua.foundation.audit import api as audit
from motcua.foundation.ledger.choices import ANCHORED, LeafKind, StreamName, StreamState
from motcua.foundation.ledger.errors import NotStopped
from motcua.foundation.ledger.models import Head, Leaf, Stream
from motcua.foundation.ledger.queries.leaves import promised_days
from motcua.foundation.ledger.queries.published import published_head
from motcua.foundation.ledger.queries.rows import SealRow, place_of, rows_to_seal
from motcua.foundation.ledger.queries.tiles import root_of, tiles_of
from motcua.foundation.ledger.rules.leaves import anchor_commitment, anchor_part
from motcua.foundation.ledger.rules.totals import Totals
from motcua.lib import merkle, work
from motcua.lib.actor import Actor
from motcua.lib.merkle import Key, TreeDamaged
from motcua.lib.text import tidy

logger = logging.getLogger(__name__)
AT_ONCE = 10_000
EVERY = timedelta(minutes=5)
MOST_BACKWARDS = timedelta(hours=1)
_CLAIM = "SELECT name FROM ledger_stream WHERE name = %s FOR UPDATE SKIP LOCKED"
_PLACE = """
INSERT INTO ledger_placed (stream, tree_index, row_epoch, row_xid, row_id)
SELECT %s, %s + n - 1, row_epoch, row_xid, row_id
FROM unnest(%s::int[], %s::bigint[], %s::bigint[]) WITH ORDINALITY
  AS x(row_epoch, row_xid, row_id, n)
"""
_PUT_TILES = """
INSERT INTO ledger_tile (stream, level, number, hashes)
SELECT %s, level, number, hashes
FROM unnest(%s::int[], %s::bigint[], %s::bytea[]) AS x(level, number, hashes)
ON CONFLICT (stream, level, number) DO UPDATE SET hashes = excluded.hashes
"""
_ADD_TOTALS = """
INSERT INTO ledger_total (agency_code, month, kind, count)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
ON CONFLICT (agency_code, month, kind) DO UPDATE SET count = ledger_total.count + excluded.count
"""


def seal(name: str, *, at: datetime, most: int = AT_ONCE) -> int:
    """Take the stream's next rows into its tree; return how many. Stops it if it does not fit.

    Locks: the stream, if nobody else is at it; else nothing happens.
    """
    with transaction.atomic():
        stream = _claim(name)
        if stream is None or stream.state == StreamState.STOPPED:
            return 0
        why = _unfit(stream, at)
        if why:
            stop(stream, why, at=at)
            return 0
        rows = rows_to_seal(name, place_of(stream), most=most)
        if rows:
            _grow(stream, rows)
        return len(rows)


def _claim(name: str) -> Stream | None:
    """Return the stream, locked, or None if another worker is at it."""
    return Stream.objects.get(pk=name) if work.fetch(_CLAIM, [name]) else None


def _unfit(stream: Stream, at: datetime) -> str:
    """Return why nothing may be added to the tree, nothing if all is well."""
    try:
        found = root_of(stream.name, stream.size)
    except TreeDamaged as damage:
        return f"Cây niêm phong bị hỏng: {damage}."
    if stream.size and found != bytes(stream.root):
        return f"Gốc của {stream.size} lá không còn như lúc niêm phong."
    latest = Head.objects.filter(stream=stream.name).order_by("-size").first()
    if latest is not None and at < latest.at - MOST_BACKWARDS:
        return "Đồng hồ chạy lùi hơn một giờ so với lần công bố trước."
    return _apart_from_published(stream)


def _apart_from_published(stream: Stream) -> str:
    """Return how the rows differ from what the world has seen, nothing if they do not."""
    head = published_head() if stream.name == StreamName.PROMISES else None
    if head is None:
        return ""
    if head.size > stream.size:
        return f"Đã công bố {head.size} lá nhưng cơ sở dữ liệu chỉ còn {stream.size}."
    if head.size and root_of(stream.name, head.size) != head.root:
        return f"Gốc của {head.size} lá đã công bố khác với cơ sở dữ liệu."
    return ""


def _grow(stream: Stream, rows: Sequence[SealRow]) -> None:
    if stream.name == StreamName.PROMISES:
        _count(rows)  # before their places are written: what is promised in them comes with them
    begun = tiles_of(stream.name)(merkle.latest_tiles(stream.size))
    changed = merkle.append(stream.size, [row.hash for row in rows], begun)
    epochs, xids, ids = zip(*(row.place for row in rows), strict=True)
    work.fetch(_PLACE, [stream.name, stream.size, [*epochs], [*xids], [*ids]])
    _put(stream.name, changed)
    stream.size += len(rows)
    tiles = {**begun, **changed}
    stream.root = merkle.root(stream.size, lambda keys: {key: tiles[key] for key in keys})
    stream.epoch, stream.xid, stream.row_id = rows[-1].place
    stream.save(update_fields=["size", "root", "epoch", "xid", "row_id"])


def _count(rows: Sequence[SealRow]) -> None:
    """Add the leaves to the totals; what was promised before them is read from their subjects.

    Costs: two statements.
    """
    decided = [row.words.split(" ")[1] for row in rows if row.words.startswith(LeafKind.DECIDED)]
    totals = Totals(promised_days(decided) if decided else {})
    for row in rows:
        totals.add(row.public)
    if totals.sums:
        agencies, months, kinds = zip(*totals.sums, strict=True)
        counts = [*totals.sums.values()]
        work.fetch(_ADD_TOTALS, [[*agencies], [*months], [*kinds], counts])


def _put(name: str, tiles: dict[Key, bytes]) -> None:
    levels, numbers = [level for level, _ in tiles], [number for _, number in tiles]
    work.fetch(_PUT_TILES, [name, levels, numbers, [*tiles.values()]])


def stop(stream: Stream, why: str, *, at: datetime) -> None:
    """Seal and publish nothing more of a locked stream, and say so to everybody who looks."""
    logger.error("ledger_stopped", extra={"stream": stream.name, "size": stream.size})
    stream.state, stream.stopped_at, stream.stopped_why = StreamState.STOPPED, at, why[:500]
    stream.save(update_fields=["state", "stopped_at", "stopped_why"])


@work.story
def resume(name: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Let a stopped stream go on after somebody has looked into it; the trail keeps the reason.

    What made it stop is looked at again before the next leaf: it cannot be talked away.
    Raises: NotStopped.
    """
    stream = Stream.objects.select_for_update().get(pk=name)
    if stream.state != StreamState.STOPPED:
        message = f"Dòng “{stream.get_name_display()}” không dừng."
        raise NotStopped(message)
    detail = {"why": stream.stopped_why, "reason": tidy(reason)}
    stream.state, stream.stopped_at, stream.stopped_why = StreamState.SEALING, None, ""
    stream.save(update_fields=["state", "stopped_at", "stopped_why"])
    audit.record("ledger.resume", f"ledger:{name}", by=by, at=at, detail=detail)


def anchor(*, at: datetime) -> int:
    """Bind the private streams to the public one, each by a leaf with its size and root.

    Also where nothing is new: the leaf then says that we are still here. Returns how many.
    """
    return sum(_anchor(name, at=at) for name in ANCHORED)


@work.story
def _anchor(name: str, *, at: datetime) -> bool:
    stream = _claim(name)
    if stream is None or stream.state == StreamState.STOPPED:
        return False
    if stream.anchored_at is not None and at - stream.anchored_at < EVERY:
        return False
    root = bytes(stream.root) or merkle.EMPTY
    public = anchor_part(name, stream.size, root, at)
    work.add(
        Leaf(
            kind=LeafKind.ANCHOR,
            subject=name,
            seq=stream.size,
            at=at,
            public=public,
            commitment=anchor_commitment(public),
        )
    )
    if stream.size > stream.anchored_size:
        before = stream.anchored_size
        work.add(Head(stream=name, size=stream.size, root=root, at=at, previous_size=before))
    stream.anchored_size, stream.anchored_at = stream.size, at
    stream.save(update_fields=["anchored_size", "anchored_at"])
    return True
