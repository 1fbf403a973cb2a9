"""Which level a document has reached, and when it has to be renewed. Knows no engine.

Source: docs/law/signing.md
"""

from datetime import datetime, timedelta

from motcua.foundation.signing.choices import Level

_ORDER = (Level.B_B, Level.B_T, Level.B_LT, Level.B_LTA)
A_YEAR = timedelta(days=365)


def is_reached(wanted: Level, reached: Level) -> bool:
    """Say whether a level is at least the one wanted."""
    return _ORDER.index(reached) >= _ORDER.index(wanted)


def renew_at(ends: datetime, at: datetime) -> datetime:
    """Return when the archive stamp, whose certificate runs until `ends`, is to be renewed.

    A year before; of a certificate that runs for less than three, when a third of it is left.
    """
    return max(ends - A_YEAR, at + (ends - at) * 2 / 3)
