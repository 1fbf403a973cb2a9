"""A tree of hashes after RFC 9162, kept in tiles of 256 hashes each.

A tile is named by (level, number): those of level 0 hold leaf hashes, those of level 1 the roots of
the full tiles of level 0, and so on; of each level only the latest tile ever grows. Nothing here
knows where tiles are kept: who asks for a root or a proof hands in a reader.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

TILE_BITS = 8
TILE = 1 << TILE_BITS
HASH = 32
EMPTY = sha256(b"").digest()

Key = tuple[int, int]
Reader = Callable[[Collection[Key]], Mapping[Key, bytes]]
Range = tuple[int, int]
Signed = tuple[int, bytes]  # size and root


class TreeDamaged(Exception):
    """A tile is missing, or holds fewer hashes than the tree needs of it."""


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\0" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours."""
    return sha256(b"\1" + left + right).digest()


def split(size: int) -> int:
    """Return the largest power of two below `size`: where a tree parts."""
    return 1 << ((size - 1).bit_length() - 1)


# --- Growing ---------------------------------------------------------------------------------


def latest_tiles(size: int) -> list[Key]:
    """Return the tiles that are begun and not full in a tree of this size."""
    keys, level = [], 0
    while size:
        if size % TILE:
            keys.append((level, size // TILE))
        level, size = level + 1, size // TILE
    return keys


def append(size: int, hashes: Sequence[bytes], begun: Mapping[Key, bytes]) -> dict[Key, bytes]:
    """Return the tiles that are new or changed when `hashes` follow the first `size` leaves.

    `begun` holds the tiles named by `latest_tiles(size)`. Raises: TreeDamaged.
    """
    changed: dict[Key, bytes] = {}
    level, start, new = 0, size, list(hashes)
    while new:
        roots: list[bytes] = []
        place = 0
        while place < len(new):
            number, held = divmod(start + place, TILE)
            kept = _first(begun, (level, number), held) if held else b""
            taken = new[place : place + TILE - held]
            changed[level, number] = whole = kept + b"".join(taken)
            place += len(taken)
            if len(whole) == TILE * HASH:
                roots.append(tile_root(whole))
        level, start, new = level + 1, start // TILE, roots
    return changed


def tile_root(hashes: bytes) -> bytes:
    """Return the root over a power of two of hashes, one behind the other."""
    row = [hashes[i : i + HASH] for i in range(0, len(hashes), HASH)]
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def _first(tiles: Mapping[Key, bytes], key: Key, count: int) -> bytes:
    """Return the first `count` hashes of a tile. Raises: TreeDamaged."""
    tile = tiles.get(key, b"")
    if len(tile) < count * HASH:
        message = f"tile {key[0]}/{key[1]} holds {len(tile) // HASH} of {count} hashes"
        raise TreeDamaged(message)
    return tile[: count * HASH]


# --- Reading ---------------------------------------------------------------------------------


def root(size: int, read: Reader) -> bytes:
    """Return the root of the first `size` leaves. Raises: TreeDamaged."""
    return _roots([(0, size)], read)[0] if size else EMPTY


def inclusion(index: int, size: int, read: Reader) -> list[bytes]:
    """Return the path that proves leaf `index` in the tree of `size` leaves.

    Costs: one call of `read`. Raises: TreeDamaged; ValueError for a leaf that is not in it.
    """
    if not 0 <= index < size:
        message = f"no leaf {index} in a tree of {size}"
        raise ValueError(message)
    return _roots(_beside(index, size), read)


def consistency(older: int, size: int, read: Reader) -> list[bytes]:
    """Return what proves that the tree of `size` leaves begins with the one of `older`.

    Costs: one call of `read`. Raises: TreeDamaged; ValueError unless 0 < older ≤ size.
    """
    if not 0 < older <= size:
        message = f"no tree of {older} in one of {size}"
        raise ValueError(message)
    return _roots(_between(older, size), read)


def _beside(index: int, size: int) -> list[Range]:
    """Return the subtrees beside the way to a leaf, from the leaf upwards."""
    found: list[Range] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + split(end - first)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def _between(older: int, size: int) -> list[Range]:
    """Return the subtrees of a consistency proof, from the place where the older tree ends."""
    found: list[Range] = []
    first, end = 0, size
    while older != end:
        middle = first + split(end - first)
        if older <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    if first:
        found.append((first, end))
    return found[::-1]


def _roots(ranges: Sequence[Range], read: Reader) -> list[bytes]:
    """Return the root of each range, reading every tile once and all together."""
    parts = [_perfect(first, end) for first, end in ranges]
    tiles = read({_place(*one)[0] for part in parts for one in part})
    return [_joined([_subtree(one, tiles) for one in part]) for part in parts]


def _perfect(first: int, end: int) -> list[Key]:
    """Return the perfect subtrees that make up a range, as (height, number), from the left."""
    found = []
    while first < end:
        height = (end - first).bit_length() - 1
        found.append((height, first >> height))
        first += 1 << height
    return found


def _place(height: int, number: int) -> tuple[Key, int, int]:
    """Return the tile that holds a perfect subtree, where in it, and over how many hashes."""
    level, inside = divmod(height, TILE_BITS)
    tile, offset = divmod(number << inside, TILE)
    return (level, tile), offset, 1 << inside


def _subtree(one: Key, tiles: Mapping[Key, bytes]) -> bytes:
    key, offset, width = _place(*one)
    held = _first(tiles, key, offset + width)
    return tile_root(held[offset * HASH :])


def _joined(roots: Sequence[bytes]) -> bytes:
    *others, found = roots
    for left in reversed(others):
        found = node_hash(left, found)
    return found


# --- Checking --------------------------------------------------------------------------------


def includes(leaf: bytes, index: int, size: int, path: Iterable[bytes], head: bytes) -> bool:
    """Say whether the path leads from the leaf hash to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, final, found = index, size - 1, leaf
    for one in path:
        if not final:
            return False
        if place & 1 or place == final:
            found = node_hash(one, found)
            while not place & 1 and place:
                place, final = place >> 1, final >> 1
        else:
            found = node_hash(found, one)
        place, final = place >> 1, final >> 1
    return not final and found == head


@dataclass(slots=True)
class _Way:
    """Where the check of a consistency proof has come to, and the two roots so far."""

    place: int
    final: int
    older: bytes
    newer: bytes

    def take(self, one: bytes) -> None:
        if self.place & 1 or self.place == self.final:
            self.older, self.newer = node_hash(one, self.older), node_hash(one, self.newer)
            while not self.place & 1 and self.place:
                self.up()
        else:
            self.newer = node_hash(self.newer, one)
        self.up()

    def up(self) -> None:
        self.place, self.final = self.place >> 1, self.final >> 1


def extends(older: Signed, newer: Signed, proof: Sequence[bytes]) -> bool:
    """Say whether the newer (size, root) begins with the older one (RFC 9162, 2.1.4.2)."""
    (size, older_root), (whole, newer_root) = older, newer
    if size == whole:
        return older_root == newer_root and not proof
    if not 0 < size < whole or not proof:
        return False
    hashes = proof if size & (size - 1) else [older_root, *proof]
    way = _Way(size - 1, whole - 1, hashes[0], hashes[0])
    while way.place & 1:
        way.up()
    for one in hashes[1:]:
        if not way.final:
            return False
        way.take(one)
    return (way.older, way.newer, way.final) == (older_root, newer_root, 0)


@dataclass(slots=True)
class Growing:
    """The root of a tree whose leaves come one after the other; keeps one hash for each height."""

    size: int = 0
    _peaks: list[bytes] = field(default_factory=list)

    def push(self, leaf: bytes) -> None:
        """Take the next leaf hash."""
        self._peaks.append(leaf)
        full = self.size
        while full & 1:
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(node_hash(left, right))
            full >>= 1
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        return _joined(self._peaks) if self._peaks else EMPTY
