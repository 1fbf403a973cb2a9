"""Read tiles, and prove with them."""

from collections.abc import Collection, Mapping

from motcua.lib import merkle, work
from motcua.lib.merkle import Key, Reader

_TILES = """
SELECT t.level, t.number, t.hashes FROM unnest(%s::int[], %s::bigint[]) AS asked(level, number)
JOIN ledger_tile t ON t.stream = %s AND t.level = asked.level AND t.number = asked.number
"""


def tiles_of(stream: str) -> Reader:
    """Return what reads tiles of a stream, all that are asked for in one statement."""

    def read(keys: Collection[Key]) -> Mapping[Key, bytes]:
        if not keys:
            return {}
        levels, numbers = [level for level, _ in keys], [number for _, number in keys]
        rows = work.fetch(_TILES, [levels, numbers, stream])
        return {(level, number): hashes for level, number, hashes in rows}

    return read


def root_of(stream: str, size: int) -> bytes:
    """Return the root of the first `size` leaves. Raises: TreeDamaged."""
    return merkle.root(size, tiles_of(stream))


def inclusion_of(stream: str, index: int, size: int) -> list[bytes]:
    """Return the path of a leaf in the tree of that size.

    Costs: one statement. Raises: TreeDamaged, ValueError.
    """
    return merkle.inclusion(index, size, tiles_of(stream))


def consistency_of(stream: str, older: int, size: int) -> list[bytes]:
    """Return what proves that the newer tree begins with the older one.

    Costs: one statement. Raises: TreeDamaged, ValueError.
    """
    return merkle.consistency(older, size, tiles_of(stream))
