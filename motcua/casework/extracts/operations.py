"""Read a stream piece by piece: everything first, then what changed, with nothing missed.

A piece is bounded in rows and seconds, and no transaction spans two of its statements: whoever
reads slowly holds nothing here.
"""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .choices import Stream
from .errors import CursorTooOld
from .queries.removals import is_removal, removed_rows
from .queries.sources import SOURCES, Personal, Row, Source
from .rules.cursors import KEPT, Cursor, Key, decode

MOST_ROWS, CHUNK = 10_000, 1_000
SECONDS = 2.0
_FIRST: Key = (0, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a stream, where to go on, and whether more waits now."""

    rows: list[Row]
    cursor: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class PieceIn:
    """What is asked: which stream, from where on, how many rows, with names or without."""

    stream: Stream
    since: str = ""
    limit: int = MOST_ROWS
    with_names: bool = False


def take_piece(asked: PieceIn, *, by: Actor, at: datetime) -> Piece:
    """Return the next rows of a stream; that they were read stands in the trail.

    Raises: NotAllowed, BadInput, CursorTooOld.
    Costs: a few statements for each thousand rows looked at, two seconds at most.
    """
    source = SOURCES[asked.stream]
    by.require(source.power)
    if asked.with_names:
        by.require(Power.UNMASK_PEOPLE)
    if not 1 <= asked.limit <= MOST_ROWS:
        raise BadInput(f"Mỗi lần đọc từ 1 đến {MOST_ROWS} dòng.", field="limit")
    cursor = _begun(asked, at)
    rows: list[Row] = []
    until, has_more = monotonic() + SECONDS, True
    # Two applications of one account must not put together what each of them was given.
    reader = f"{by.id}" if by.application_id is None else f"{by.id}/{by.application_id}"
    personal = Personal(reader, asked.with_names)
    while has_more and len(rows) < asked.limit:
        most = min(CHUNK, asked.limit - len(rows))
        keys, removed, cursor, has_more = _next(source, cursor, most, at)
        rows += removed_rows(by, asked.stream, removed)  # before a new object under its code
        if keys:
            rows += source.rows(by, keys, personal)
        if monotonic() >= until:
            break
    _note(asked, len(rows), by=by, at=at)
    return Piece(rows, cursor.encode(), has_more)


def _begun(asked: PieceIn, at: datetime) -> Cursor:
    """Return where to go on. Raises: BadInput, CursorTooOld."""
    if not asked.since:
        return Cursor(asked.stream, outbox.place_now(), local_day(at), _FIRST)
    cursor = decode(asked.since, asked.stream)
    is_other_life = cursor.place.epoch != outbox.current_epoch()
    if is_other_life or local_day(at) - cursor.on > KEPT:
        why = "dữ liệu đã được khôi phục từ bản sao" if is_other_life else "quá 85 ngày"
        raise CursorTooOld(f"Con trỏ không dùng tiếp được ({why}); hãy đọc lại từ đầu.")
    return cursor


class _Next(NamedTuple):
    """The next keys to look at, what was removed, the place after, and whether more may follow."""

    keys: list[Key]
    removed: list[outbox.Change]
    cursor: Cursor
    has_more: bool


def _next(source: Source, cursor: Cursor, most: int, at: datetime) -> _Next:
    if cursor.key is not None:
        keys = source.after(cursor.key, most)
        if keys:
            return _Next(keys, [], cursor.at_key(keys[-1]), has_more=True)
        return _Next([], [], Cursor(cursor.stream, cursor.place, cursor.on), has_more=True)
    newest = outbox.place_now()
    changes = outbox.changes_after(cursor.place, source.topics, most=most)
    if not changes:
        return _Next([], [], Cursor(cursor.stream, newest, local_day(at)), has_more=False)
    removed = [one for one in changes if is_removal(one)]
    by_object = cursor.stream != Stream.MOVES
    keys = [(one.aggregate_id, 0 if by_object else one.seq) for one in changes]
    unique, latest = list(dict.fromkeys(keys)), changes[-1].place
    if len(changes) == most:
        return _Next(unique, removed, Cursor(cursor.stream, latest, cursor.on), has_more=True)
    after = Cursor(cursor.stream, max(latest, newest), local_day(at))
    return _Next(unique, removed, after, has_more=False)


@work.story
def _note(asked: PieceIn, count: int, *, by: Actor, at: datetime) -> None:
    if count:
        detail = {"rows": count, "with_names": asked.with_names}
        audit.record("extracts.read", f"extract:{asked.stream}", by=by, at=at, detail=detail)
