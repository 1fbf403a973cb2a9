"""The clock on the wall of every office, which a journey can set."""

from datetime import datetime, timedelta, tzinfo

import pytest

from motcua.lib import clock
from motcua.lib.clock import HANOI

WEDNESDAY_AT_NINE = datetime(2026, 3, 11, 9, 0, tzinfo=HANOI)
REAL = clock.datetime


class WallClock:
    """Runs as fast as a real one, from the moment it was set to."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta(0)
        self.is_moved = False
        self.reset()
        patch.setattr(clock, "datetime", self)

    def now(self, zone: tzinfo) -> datetime:
        """Stand in for `datetime.now`."""
        return REAL.now(zone) + self.ahead

    def set(self, at: datetime) -> None:
        """Let it be that moment now."""
        self.ahead = at - REAL.now(HANOI)
        self.is_moved = True

    def pass_on(self, hours: float = 0, days: int = 0) -> None:
        """Let time pass."""
        self.ahead += timedelta(days=days, hours=hours)
        self.is_moved = True

    def reset(self) -> None:
        """Let it be Wednesday at nine again."""
        self.set(WEDNESDAY_AT_NINE)
        self.is_moved = False
