"""The province's time zone and the one place that reads the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present moment in UTC; for channels, tasks and the demo only."""
    return datetime.now(UTC)  # noqa: TID251 -- the edges read the clock through this function


def local(at: datetime) -> datetime:
    """Return the same moment on the clocks of Hà Nội."""
    return at.astimezone(HANOI)


def local_day(at: datetime) -> date:
    """Return the day on which the moment falls in Hà Nội."""
    return at.astimezone(HANOI).date()
