"""How long is waited before something is tried again."""

from datetime import timedelta

_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
WAITS = (
    5 * _SECOND,
    _MINUTE,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    12 * _HOUR,
    12 * _HOUR,
    12 * _HOUR,
    12 * _HOUR,
)
MOST_ATTEMPTS = len(WAITS) + 1
FAILING_FOR = timedelta(days=3)
KEPT = timedelta(days=30)
BOTH_SECRETS = timedelta(days=1)
_LONGEST_REST = _HOUR


def wait_after(attempts: int) -> timedelta | None:
    """Return how long a message waits after so many vain attempts, None if it is given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def rest_after(failures: int) -> timedelta:
    """Return how long a subscriber is left alone after so many failures in a row."""
    doubled: int = 1 << min(failures - 1, 12)
    return min(5 * doubled * _SECOND, _LONGEST_REST)
