"""Secrets of second factors: encrypted, because who has them can sign in."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2b

from cryptography.fernet import Fernet, MultiFernet


def lockbox(secrets: Sequence[str]) -> MultiFernet:
    """Return what encrypts with the first of the site's secrets and reads with any."""
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    digest = blake2b(secret.encode(), person=b"identity.secret", digest_size=32).digest()
    return urlsafe_b64encode(digest)
