"""Codes of six digits that somebody reads from a telephone; of each only a mark is kept."""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6


def new_code() -> str:
    """Return six digits nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def digest_of(code: str, salt: str) -> str:
    """Return what is kept of a code."""
    return salted_hmac(f"motcua.code:{salt}", code, algorithm="sha256").hexdigest()


def is_code(typed: str, salt: str, digest: str) -> bool:
    """Say whether this was typed, spaces aside; takes as long for a wrong code."""
    tidy = "".join(one for one in typed if one.isdecimal() and one.isascii())
    return constant_time_compare(digest_of(tidy, salt), digest)
