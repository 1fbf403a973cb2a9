"""How far a mandate reaches, and how often a code may be asked for or guessed.

Source: docs/law/acting-for-others.md
"""

from datetime import date, timedelta

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


def is_minor(birth_date: date | None, on: date) -> bool:
    """Say whether somebody is known to be under age, and so gives no mandate alone."""
    if birth_date is None:
        return False
    had = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (0 if had else 1) < FULL_AGE
