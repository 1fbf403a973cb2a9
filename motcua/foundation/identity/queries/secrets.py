"""Encrypt and read the secrets of second factors with the site's own secret."""

from functools import lru_cache

from cryptography.fernet import MultiFernet
from django.conf import settings

from motcua.foundation.identity.rules.secrets import lockbox


@lru_cache(maxsize=1)
def _box() -> MultiFernet:
    older = [str(secret) for secret in settings.SECRET_KEY_FALLBACKS]
    return lockbox([settings.SECRET_KEY, *older])


def seal_secret(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal_secret(sealed: str) -> str:
    return _box().decrypt(sealed.encode()).decode()
