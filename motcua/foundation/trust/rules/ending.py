"""When people are told that a certificate comes to its end.

Source: docs/law/signatures.md
"""

from datetime import datetime, timedelta

STEPS = (60, 30, 7, 0)
WARNED = timedelta(days=STEPS[0])
_A_DAY = timedelta(days=1)


def days_left(not_after: datetime, at: datetime) -> int:
    """Return how many whole days are left; below zero it has ended."""
    return (not_after - at) // _A_DAY


def step_of(left: int) -> int | None:
    """Return the alarm that is due with so many days left: 60, 30, 7, 0 (ended); None is none."""
    if left < 0:
        return 0
    return min((step for step in STEPS if left <= step and step), default=None)


def is_due(step: int | None, told: int | None) -> bool:
    """Say whether people are to be told, who were told at `told` days before."""
    return step is not None and (told is None or step < told)
