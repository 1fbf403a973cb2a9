"""Read words and the long strings of signatures at once; the engine reads letter by letter.

Half of an examination was spent there. Whatever is out of the ordinary goes the engine's way.
"""

import re
from binascii import unhexlify
from functools import lru_cache
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic, misc

_PLAIN = re.compile(rb"<([0-9A-Fa-f]*)>")
_MOST, _A_WORD = 1 << 18, 128
hex_by_letters = generic.read_hex_string_from_stream
word_by_letters = vars(misc)["_read_until_class"]


def read_hex_string(stream: BinaryIO) -> Any:
    """Return the string that begins here, and leave the stream behind its end."""
    start = stream.tell()
    found = _PLAIN.match(stream.read(_MOST))
    if found is None:
        stream.seek(start)
        return hex_by_letters(stream)
    stream.seek(start + found.end())
    digits = found[1]
    return generic.pdf_string(unhexlify(digits + b"0" if len(digits) % 2 else digits))


def read_word(ends: bytes, stream: BinaryIO, maxchars: int | None = None) -> tuple[bytes, bool]:
    """Return what stands before one of these letters, which is read too; and whether all ended."""
    start = stream.tell()
    chunk = stream.read(_A_WORD)
    found = _one_of(ends).search(chunk)
    if found is None or (maxchars is not None and found.start() >= maxchars):
        stream.seek(start)
        said: tuple[bytes, bool] = word_by_letters(ends, stream, maxchars)
        return said
    stream.seek(start + found.end())
    return chunk[: found.start()], False


@lru_cache(maxsize=8)
def _one_of(letters: bytes) -> re.Pattern[bytes]:
    return re.compile(b"[" + re.escape(letters) + b"]")


def be_quick() -> None:
    """Let the engine read so from now on, in this process."""
    generic.read_hex_string_from_stream = read_hex_string
    vars(misc)["_read_until_class"] = read_word
