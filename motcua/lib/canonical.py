"""One form of a record in bytes, so that two who hash the same record get the same hash.

Text in NFC, keys in the order of their code points, no spaces, whole numbers only, days as
`2026-11-22`, moments in UTC to the second as `2026-11-22T02:00:00Z`.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from unicodedata import is_normalized, normalize

# Made once: making one costs as much as writing a record.
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_AS_THEY_ARE = frozenset({int, bool, type(None)})


class NotCanonical(TypeError):
    """A value that has no single form: a fraction, an object, two keys that are one."""


def canonical(value: object) -> bytes:
    """Return the one form of a value made of mappings, sequences, text, numbers, days and moments.

    Raises: NotCanonical.
    """
    return _WRITER.encode(_plain(value)).encode()


def moment(at: datetime) -> str:
    """Return a moment in UTC to the second. Raises: NotCanonical where it has no zone."""
    if at.tzinfo is None:
        message = "a moment without a zone"
        raise NotCanonical(message)
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _plain(value: object) -> object:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return _gathered(value)


def _gathered(value: object) -> object:
    if isinstance(value, Mapping):
        plain = {
            _key(key): one if type(one) in _AS_THEY_ARE else _plain(one)
            for key, one in value.items()
        }
        if len(plain) != len(value):
            message = "two keys that are one"
            raise NotCanonical(message)
        return plain
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    message = f"no single form for {type(value).__name__}"
    raise NotCanonical(message)


def _key(key: object) -> str:
    if not isinstance(key, str):
        message = "a key that is no text"
        raise NotCanonical(message)
    return _text(key)


def _text(text: str) -> str:
    if text.isascii():
        return text if type(text) is str else str(text)
    return str(text) if is_normalized("NFC", text) else normalize("NFC", text)
