"""The rows that are sealed, in the order in which the sealer takes them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from motcua.foundation.audit import api as audit
from motcua.foundation.ledger.choices import StreamName
from motcua.foundation.ledger.models import Stream
from motcua.foundation.ledger.rules.leaves import leaf_bytes
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.merkle import leaf_hash

Place = audit.Place
_TABLES = {StreamName.TRAIL: "audit_entry", StreamName.LOOKS: "audit_access"}
_LEAVES = """
SELECT epoch, xid::text::bigint, id, kind, subject, public, commitment FROM ledger_leaf
WHERE (epoch, xid, id) > (%s, %s::text::xid8, %s) AND {until}
ORDER BY epoch, xid, id LIMIT %s
"""
_TO_SEAL = _LEAVES.format(until="(epoch < %s OR xid < pg_snapshot_xmin(pg_current_snapshot()))")
_BETWEEN = _LEAVES.format(until="(epoch, xid, id) <= (%s, %s::text::xid8, %s)")


class SealRow(NamedTuple):
    """One row as the sealer sees it; `public` only of the public stream."""

    place: Place
    hash: bytes
    words: str
    public: bytes = b""


def rows_to_seal(stream: str, after: Place, *, most: int) -> list[SealRow]:
    """Return the next rows that no running transaction can still come before.

    Costs: two statements.
    """
    epoch = outbox.current_epoch()
    if stream in _TABLES:
        table = _TABLES[StreamName(stream)]
        return _of_trail(audit.rows_to_seal(table, after, epoch=epoch, most=most))
    rows = work.fetch(_TO_SEAL, [after.epoch, str(after.xid), after.id, epoch, most])
    return [_of_leaf(row) for row in rows]


def rows_between(stream: str, after: Place, until: Place, *, most: int) -> list[SealRow]:
    """Return rows sealed before, in the same order."""
    if stream in _TABLES:
        return _of_trail(audit.rows_between(_TABLES[StreamName(stream)], after, until, most=most))
    begin, end = [after.epoch, str(after.xid), after.id], [until.epoch, str(until.xid), until.id]
    return [_of_leaf(row) for row in work.fetch(_BETWEEN, [*begin, *end, most])]


def place_of(stream: Stream) -> Place:
    """Return the place of the latest row that was sealed."""
    return Place(stream.epoch, stream.xid, stream.row_id)


def _of_trail(rows: Sequence[audit.WrittenRow]) -> list[SealRow]:
    return [SealRow(r.place, leaf_hash(r.content), r.words) for r in rows]


def _of_leaf(row: Sequence[Any]) -> SealRow:
    epoch, xid, key, kind, subject, public, bound = row
    hashed = leaf_hash(leaf_bytes(public, bound))
    return SealRow(Place(epoch, xid, key), hashed, f"{kind} {subject}", public)
