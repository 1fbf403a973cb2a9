"""How far a mandate reaches, and how often a code may be asked for or guessed.

Source: docs/law/acting-for-others.md
"""

import secrets
from datetime import date, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
SESSION_LIVES = timedelta(minutes=60)
FIRM_SESSION_LIVES = timedelta(hours=8)
WINDOW = timedelta(hours=1)
MOST_CODES_OF_PHONE, MOST_CODES_OF_HELPER = 3, 20
MOST_WRONG_OF_CODE, MOST_WRONG_OF_HELPER = 5, 10
MOST_HOUSEHOLDS = 100
MOST_TRIES = 60  # of logins within the window
FULL_AGE = 18
WITHOUT_TERM = timedelta(days=364)  # one year, the first and the last day counted
WARN_BEFORE = timedelta(days=14)


def new_code() -> str:
    """Return six digits nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def digest_of(code: str, salt: str) -> str:
    """Return what is kept of a code."""
    return salted_hmac(f"mandates.code:{salt}", code, algorithm="sha256").hexdigest()


def is_code(typed: str, salt: str, digest: str) -> bool:
    """Say whether this was typed, spaces aside; takes as long for a wrong code."""
    tidy = "".join(one for one in typed if one.isdecimal() and one.isascii())
    return constant_time_compare(digest_of(tidy, salt), digest)


def is_minor(birth_date: date | None, on: date) -> bool:
    """Say whether somebody is known to be under age, and so gives no mandate alone."""
    if birth_date is None:
        return False
    had = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (0 if had else 1) < FULL_AGE
