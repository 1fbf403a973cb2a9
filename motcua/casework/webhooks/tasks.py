"""Recurring work of telling other systems."""

from datetime import datetime, time, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.subscribing import SEND
from .operations.sweeping import sweep
from .operations.telling import send_due


@jobs.recurring(
    SEND,
    every=timedelta(seconds=5),
    lease=timedelta(minutes=2),
    runner=jobs.OUTSIDE,
    is_whole=False,
)
def send_what_is_due(at: datetime) -> None:
    """Send the messages that wait."""
    send_due(at=at)


@jobs.daily("webhooks.sweep", hour=time(2, 40))
def forget_old_messages(at: datetime) -> None:
    """Forget what was told more than thirty days ago."""
    sweep(at=at)
