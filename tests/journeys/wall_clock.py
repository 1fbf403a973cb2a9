"""The clock on the wall of every office, which a journey can set."""

from datetime import datetime, timedelta, tzinfo

import pytest

from motcua.lib import clock
from motcua.lib.clock import HANOI

WEDNESDAY_AT_NINE = datetime(2026, 3, 11, 9, 0, tzinfo=HANOI)


def real_now() -> datetime:
    """Return what the machine's own clock shows."""
    return datetime.now(HANOI)  # noqa: TID251 -- what the wall clock runs by


class WallClock:
    """Runs as fast as a real one, from the moment it was set to."""

    def __init__(self, patch: pytest.MonkeyPatch, at: datetime = WEDNESDAY_AT_NINE) -> None:
        self.start = self.ahead = at - real_now()
        patch.setattr(clock, "datetime", self)

    def now(self, zone: tzinfo) -> datetime:
        """Stand in for `datetime.now`."""
        return (real_now() + self.ahead).astimezone(zone)

    def set(self, at: datetime) -> None:
        """Let it be that moment now."""
        self.ahead = at - real_now()

    def pass_on(self, time: timedelta) -> None:
        """Let time pass."""
        self.ahead += time

    def reset(self) -> None:
        """Let it be Wednesday again."""
        self.ahead = self.start
