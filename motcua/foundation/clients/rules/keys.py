"""The word an application proves itself by: shown once, kept as a hash."""

import secrets
from hashlib import sha256

PREFIX = "mck_"
_HINT = 4


def new_key() -> str:
    """Return a key of 256 random bits, recognisable by its beginning."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """Return what is kept of a key; it is random, so a plain hash tells nobody anything."""
    return sha256(key.encode()).hexdigest()


def hint_of(key: str) -> str:
    """Return its last letters, by which people know one key from another."""
    return key[-_HINT:]
