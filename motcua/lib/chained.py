"""A history whose entries are bound to each other, so that none can be changed unseen."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256


def chain(previous: str, values: Mapping[str, object]) -> str:
    """Return the hash of an entry's values bound to the entry before it ("" for the first)."""
    plain = {key: _plain(value) for key, value in values.items()}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
