"""Parcels on the wire: compressed and taken out again piece by piece, within bounds."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any

PIECE = 1 << 16
_IN_MEMORY = 1_000_000
_GZIP, _MEMORY = 31, 9


class Damaged(OSError):
    """What came is not what was sent; whoever keeps it lets go of what it has so far."""


class TooMuch(OSError):
    """What came is more than a message may be."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A parcel ready for the wire; `sha256` and `size` are those of the message in it."""

    file: IO[bytes]
    sha256: str
    size: int
    packed_sha256: str
    packed_size: int


class _Packer:
    """Takes a message and writes it compressed.

    The files inside are base64 of what is compressed already: only coding the 64 letters in six
    bits pays, five times as fast as looking for repetitions, and half a per cent over the raw file.
    """

    def __init__(self, target: Any) -> None:
        self._target = target
        self._raw, self._packed = sha256(), sha256()
        self.size = self.packed_size = 0
        self._coder = zlib.compressobj(1, zlib.DEFLATED, _GZIP, _MEMORY, zlib.Z_HUFFMAN_ONLY)

    def write(self, piece: bytes) -> int:
        self._raw.update(piece)
        self.size += len(piece)
        self._put(self._coder.compress(piece))
        return len(piece)

    def finish(self) -> Packed:
        self._put(self._coder.flush())
        self._target.seek(0)
        return Packed(
            self._target,
            self._raw.hexdigest(),
            self.size,
            self._packed.hexdigest(),
            self.packed_size,
        )

    def _put(self, piece: bytes) -> None:
        self._packed.update(piece)
        self.packed_size += len(piece)
        self._target.write(piece)


@contextmanager
def packed(write: Callable[[Any], None]) -> Iterator[Packed]:
    """Hold a message compressed, in memory while it is small."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        packer = _Packer(target)
        write(packer)
        yield packer.finish()


class Unpacking:
    """Reads a compressed parcel as the message in it.

    Raises while reading: Damaged, TooMuch.
    """

    def __init__(self, source: IO[bytes], *, sha256_hex: str, most: int) -> None:
        self._source, self._most, self._wanted = source, most, sha256_hex
        self._hash = sha256()
        self._decoder = zlib.decompressobj(_GZIP)
        self._waiting = b""
        self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes of the message."""
        wanted = size if size > 0 else PIECE
        while not self._decoder.eof:
            if not self._waiting:
                self._waiting = self._source.read(PIECE)
            if not self._waiting:
                raise Damaged("the parcel ends too early")
            piece = self._decode(wanted)
            if piece:
                return piece
        if self._hash.hexdigest() != self._wanted:
            raise Damaged("the parcel holds something else")
        return b""

    def _decode(self, wanted: int) -> bytes:
        try:
            piece = self._decoder.decompress(self._waiting, wanted)
        except zlib.error as error:
            raise Damaged("the parcel is no gzip") from error
        self._waiting = self._decoder.unconsumed_tail
        self._hash.update(piece)
        self._given += len(piece)
        if self._given > self._most:
            raise TooMuch
        return piece
