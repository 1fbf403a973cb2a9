"""Compare everything with everything: rows, tiles, heads, published files, and what rooms say.

Whoever changes one of them without the others is found, and the first wrong leaf is named.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest

from django.db import connection, transaction

from motcua.foundation.ledger.choices import ANCHORED, LeafKind, StreamName
from motcua.foundation.ledger.models import Head, Stream, Total
from motcua.foundation.ledger.rules.anchors import read_anchor
from motcua.foundation.ledger.rules.heads import TreeHead, is_signed, read_head
from motcua.foundation.ledger.rules.totals import Totals
from motcua.lib import merkle, work
from motcua.lib.merkle import HASH, TILE, Growing, Key

from .heads import signatures_of
from .published import published_heads
from .rows import Place, SealRow, place_of, rows_between
from .tiles import tiles_of
from .witnessing import witness_findings

AT_ONCE = 20 * TILE
_PLACED = """
SELECT row_id FROM ledger_placed WHERE stream = %s AND tree_index >= %s AND tree_index < %s
ORDER BY tree_index
"""
Roots = dict[int, tuple[bytes, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: in which stream, at which leaf if one can be named, and what."""

    stream: str
    index: int | None
    says: str


@contextmanager
def one_snapshot() -> Iterator[None]:
    """See everything as of one moment, however long the comparison takes; hold nobody up."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        work.fetch("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", [], prepare=False)
        yield


def verify(*streams: str) -> Iterator[Finding]:
    """Yield what does not fit, for the named streams or all of them; nothing if all is well.

    Costs: reads all leaves once; some ten seconds a million.
    """
    wanted = streams or tuple(StreamName.values)
    with one_snapshot():
        anchors: dict[str, Roots] = {name: {} for name in ANCHORED}
        if StreamName.PROMISES in wanted:
            yield from _public(anchors)
        for name in ANCHORED:
            if name in wanted:
                expected = _kept_heads(name) | anchors[name]
                yield from _Pass(Stream.objects.get(pk=name), expected).run()


def _public(anchors: Mapping[str, Roots]) -> Iterator[Finding]:
    stream = Stream.objects.get(pk=StreamName.PROMISES)
    expected = _kept_heads(stream.name)
    for head in published_heads():
        words = f"đầu sổ {head.size} lá đã công bố"
        if head.size > stream.size:
            yield Finding(stream.name, None, f"{words} không còn trong cơ sở dữ liệu")
        if expected.get(head.size, (head.root, ""))[0] != head.root:
            yield Finding(stream.name, None, f"{words} khác với đầu sổ đang giữ")
        expected[head.size] = (head.root, words)
    passing = _Pass(stream, expected, anchors)
    yield from passing.run()
    if passing.growing.size == stream.size and passing.totals.sums != _kept_totals():
        says = "bảng cộng theo cơ quan và tháng không phải tổng của các lá"
        yield Finding(stream.name, None, says)
    yield from _signatures()
    yield from (Finding(stream.name, *one) for one in witness_findings())


def _kept_totals() -> Counter[tuple[str, str, str]]:
    rows = Total.objects.values_list("agency_code", "month", "kind", "count")
    return Counter({(agency, month, kind): count for agency, month, kind, count in rows})


def _kept_heads(name: str) -> Roots:
    heads = Head.objects.filter(stream=name).order_by("size")
    return {head.size: (bytes(head.root), f"đầu sổ {head.size} lá") for head in heads}


def _signatures() -> Iterator[Finding]:
    for head in Head.objects.filter(stream=StreamName.PROMISES).order_by("size"):
        if read_head(head.text) != TreeHead(head.size, bytes(head.root)):
            says = f"lời được ký của đầu sổ {head.size} lá nói khác dữ liệu"
            yield Finding(head.stream, None, says)
        for one in signatures_of([head.size])[head.size]:
            if not is_signed(one.public_key, one.signature, head.text.encode()):
                says = f"chữ ký của {one.name} dưới đầu sổ {head.size} lá không đúng"
                yield Finding(head.stream, None, says)


class _Pass:
    """One walk over the rows of a stream beside its places and tiles, ended by the first wrong."""

    def __init__(
        self, stream: Stream, expected: Roots, anchors: Mapping[str, Roots] | None = None
    ) -> None:
        self.stream, self.expected, self.anchors = stream, expected, anchors or {}
        self.growing = Growing()
        self.totals = Totals()
        self.tiles: dict[Key, bytes] = {}
        self.read = tiles_of(stream.name)

    def run(self) -> Iterator[Finding]:
        """Yield what is wrong; after a wrong leaf nothing more can be said of this stream."""
        place, until = Place(), place_of(self.stream)
        while True:
            rows = rows_between(self.stream.name, place, until, most=AT_ONCE)
            wrong = self._compare(rows)
            if wrong is not None:
                yield wrong
                return
            if not rows:
                break
            place = rows[-1].place
        yield from self._end()

    def _compare(self, rows: list[SealRow]) -> Finding | None:
        first = self.growing.size
        end = first + max(len(rows), 1)
        placed = [row[0] for row in work.fetch(_PLACED, [self.stream.name, first, end])]
        held = self._held(first, end)
        for offset, (row, key) in enumerate(zip_longest(rows, placed)):
            wrong = self._wrong(first + offset, row, key, held[offset * HASH :][:HASH])
            if wrong:
                return Finding(self.stream.name, first + offset, wrong)
            self.growing.push(row.hash)
            self._note(row)
            wrong = self._wrong_root()
            if wrong:
                return Finding(self.stream.name, first + offset, wrong)
        return self._wrong_tiles(first, [row.hash for row in rows])

    def _held(self, first: int, end: int) -> bytes:
        """Return the leaf hashes as they were sealed; `first` begins a tile."""
        keys = [(0, number) for number in range(first // TILE, (end - 1) // TILE + 1)]
        tiles = self.read(keys)
        return b"".join(tiles.get(key, b"").ljust(TILE * HASH, b"\0") for key in keys)

    @staticmethod
    def _wrong(index: int, row: SealRow | None, key: int | None, held: bytes) -> str:
        if row is None:
            return f"lá {index} (dòng {key}) đã bị xóa hoặc dời chỗ"
        if key is None:
            return f"dòng {row.place.id} ({row.words}) được chèn thêm, không có trong cây"
        if row.place.id != key:
            return f"lá {index} phải là dòng {key}, lại gặp dòng {row.place.id} ({row.words})"
        if row.hash != held:
            return f"lá {index} ({row.words}) không còn như lúc niêm phong"
        return ""

    def _note(self, row: SealRow) -> None:
        """Count a public leaf, or keep what an anchor says of a private stream."""
        if not self.anchors:
            return
        if not row.words.startswith(f"{LeafKind.ANCHOR} "):
            self.totals.add(row.public)
            return
        anchor = read_anchor(row.public)
        words = f"lá niêm phong {anchor.size} dòng trong sổ công khai"
        self.anchors[anchor.stream][anchor.size] = (anchor.root, words)

    def _wrong_root(self) -> str:
        expected = self.expected.pop(self.growing.size, None)
        if expected is not None and expected[0] != self.growing.root():
            return f"gốc không khớp với {expected[1]}"
        return ""

    def _wrong_tiles(self, first: int, hashes: list[bytes]) -> Finding | None:
        """Compare the tiles above the leaves with what the leaves make of them."""
        changed = merkle.append(first, hashes, self.tiles)
        self.tiles |= changed
        above = {key: tile for key, tile in changed.items() if key[0]}
        kept = self.read(above)
        for key, tile in above.items():
            if not kept.get(key, b"").startswith(tile):
                says = f"ô {key[0]}/{key[1]} của cây không khớp với các lá bên dưới"
                return Finding(self.stream.name, None, says)
        for key in [key for key, tile in self.tiles.items() if len(tile) == TILE * HASH]:
            del self.tiles[key]
        return None

    def _end(self) -> Iterator[Finding]:
        """Say whether the walk ended where the stream says it is, with its root."""
        size, root = self.growing.size, self.growing.root()
        self.expected.pop(0, None)
        if size != self.stream.size or (size and root != bytes(self.stream.root)):
            says = f"cây có {size} lá, dòng ghi {self.stream.size} lá với gốc khác"
            yield Finding(self.stream.name, None, says)
        for beyond, (_, words) in sorted(self.expected.items()):
            if beyond > size:
                yield Finding(self.stream.name, None, f"{words} vượt quá {size} lá đang có")
