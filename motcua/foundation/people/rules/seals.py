"""Keeping numbers secret: encrypted to be read again, hashed to be found again."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_KEY_BYTES = 32
_HINT = 3


class KeyMissing(RuntimeError):
    """A number was encrypted with a key that this site does not have."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The site's keys: numbers are encrypted with `current`, read with any, found by `hashing`."""

    current: str
    encrypting: Mapping[str, bytes]
    hashing: bytes


@dataclass(frozen=True, slots=True)
class SealedNumber:
    """A number as it is stored."""

    cipher: bytes
    key: str
    hash: bytes
    hint: str


def keys_from(secret: str, written: str = "") -> Keys:
    """Return the keys written as `id:base64,id:base64`, the current first, or made from `secret`.

    The key for finding comes from `secret` either way: changing it means hashing all numbers anew.

    Raises: ValueError if a written key has not 32 bytes.
    """
    hashing = hashlib.blake2b(secret.encode(), person=b"people.hash", digest_size=32).digest()
    if not written:
        own = hashlib.blake2b(secret.encode(), person=b"people.seal", digest_size=32).digest()
        return Keys("own", {"own": own}, hashing)
    encrypting = dict(_key(one) for one in written.split(","))
    return Keys(next(iter(encrypting)), encrypting, hashing)


def _key(written: str) -> tuple[str, bytes]:
    key_id, _, encoded = written.strip().partition(":")
    try:
        key = urlsafe_b64decode(encoded)
    except NotBase64 as error:
        raise ValueError(f"key {key_id} is not base64") from error
    if len(key) != _KEY_BYTES:
        raise ValueError(f"key {key_id} must have {_KEY_BYTES} bytes")
    return key_id, key


def hash_number(number: str, *, kind: str, keys: Keys) -> bytes:
    """Return the keyed hash by which a number of this kind is found again."""
    return hmac.new(keys.hashing, f"{kind}:{number}".encode(), hashlib.sha256).digest()


def seal(number: str, *, kind: str, keys: Keys) -> SealedNumber:
    """Return the number encrypted, bound to its hash so that it cannot be moved to another row."""
    digest = hash_number(number, kind=kind, keys=keys)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = AESGCM(keys.encrypting[keys.current]).encrypt(nonce, number.encode(), digest)
    return SealedNumber(nonce + cipher, keys.current, digest, number[-_HINT:])


def unseal(cipher: bytes, *, key: str, digest: bytes, keys: Keys) -> str:
    """Return the number again.

    Raises: KeyMissing if the key is gone or the row was tampered with.
    """
    if key not in keys.encrypting:
        raise KeyMissing(f"no key {key!r} to read a personal number")
    nonce, body = cipher[:_NONCE_BYTES], cipher[_NONCE_BYTES:]
    try:
        return AESGCM(keys.encrypting[key]).decrypt(nonce, body, digest).decode()
    except InvalidTag as error:
        raise KeyMissing(f"key {key!r} does not fit the personal number of this row") from error
