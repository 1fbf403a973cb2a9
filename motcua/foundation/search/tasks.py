"""Recurring work on what is found."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations import keep_recent


@jobs.recurring(
    "search.keep_recent",
    every=timedelta(days=1),
    runner=jobs.OUTSIDE,  # it takes a minute, where there are many
    lease=timedelta(hours=1),
    is_whole=False,  # an index that nobody waits for is built outside transactions
)
def keep(_at: datetime) -> None:
    """Keep an index of words for the newest rows, where all are many millions."""
    keep_recent()
