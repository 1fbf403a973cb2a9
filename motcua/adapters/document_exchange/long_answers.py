"""An answer in JSON with one very long value in base64, which never is whole in memory."""

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import IO, Any

from .lines import ODD, Broken

_CHUNK = 1 << 18
_MOST_WORDS = 1_000_000
_BEGINS = re.compile(rb'"data"\s*:\s*"')
_NO_LETTERS = b" \r\n\t"


def taken_out(kept: IO[bytes], into: IO[bytes]) -> Any:
    """Return the answer with “data” empty; what stood there goes decoded into a file.

    Raises: Broken if it is no JSON, no base64, or breaks off.
    """
    kept.seek(0)
    before = kept.read(_MOST_WORDS)
    found = _BEGINS.search(before)
    if found is None:
        return _json(before + kept.read(1))
    rest = _decode(before[found.end() :], kept, into)
    return _json(before[: found.end()] + rest + kept.read(_MOST_WORDS))


def _decode(piece: bytes, kept: IO[bytes], into: IO[bytes]) -> bytes:
    """Decode until the closing quote; return it with what follows in the same piece."""
    left = b""
    while piece:
        value, quote, after = piece.partition(b'"')
        left = _write(left + value, into, is_end=bool(quote))
        if quote:
            return quote + after
        piece = kept.read(_CHUNK)
    raise Broken(ODD)


def _write(encoded: bytes, into: IO[bytes], *, is_end: bool) -> bytes:
    """Write what can be decoded; return what waits for more."""
    tail = b"\\" if encoded.endswith(b"\\") and not is_end else b""
    whole = encoded[: len(encoded) - len(tail)].replace(b"\\/", b"/")
    whole = whole.replace(b"\\n", b"").replace(b"\\r", b"").translate(None, _NO_LETTERS)
    cut = len(whole) if is_end else len(whole) - len(whole) % 4
    try:
        into.write(b64decode(whole[:cut], validate=True))
    except (NotBase64, ValueError) as error:
        raise Broken(ODD) from error
    return whole[cut:] + tail


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Broken(ODD) from error
