"""Several parcels in one request: the label of each, its size, its bytes, one after the other."""

import struct
from collections.abc import Iterator
from typing import IO

from .receipts import BadLabel, Label, read_label

MOST_PARCELS = 200
_HEAD = struct.Struct(">II")
_LONGEST_LABEL = 4_000
_PIECE = 1 << 16


class Part:
    """The bytes of one parcel among others: so many and no more."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source, self._left = source, size

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes of the parcel. Raises: BadLabel if it ends too early."""
        wanted = self._left if size < 0 else min(size, self._left)
        piece = self._source.read(wanted) if wanted else b""
        if wanted and not piece:
            raise BadLabel("a parcel ends too early")
        self._left -= len(piece)
        return piece

    def drain(self) -> None:
        """Pass over what nobody has read."""
        while self.read(_PIECE):
            pass


def bundled(label: Label, packed: bytes) -> bytes:
    """Return a parcel as it stands among others."""
    said = label.as_json().encode()
    return _HEAD.pack(len(said), len(packed)) + said + packed


def parts_of(source: IO[bytes]) -> Iterator[tuple[Label, Part]]:
    """Yield the parcels one by one; what is left of one is passed over before the next.

    Raises: BadLabel.
    """
    for _ in range(MOST_PARCELS):
        head = _exactly(source, _HEAD.size)
        if not head:
            return
        length, size = _HEAD.unpack(head)
        if length > _LONGEST_LABEL:
            raise BadLabel("the label is too long")
        part = Part(source, size)
        yield read_label(_exactly(source, length).decode("ascii", "replace")), part
        part.drain()
    if source.read(1):
        raise BadLabel("too many parcels")


def _exactly(source: IO[bytes], size: int) -> bytes:
    """Return so many bytes, or none at the end. Raises: BadLabel."""
    taken = b""
    while len(taken) < size and (piece := source.read(size - len(taken))):
        taken += piece
    if taken and len(taken) < size:
        raise BadLabel("the request ends too early")
    return taken
