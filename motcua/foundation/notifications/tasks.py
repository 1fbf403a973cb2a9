"""Recurring work of messages."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations import sweep


@jobs.recurring("notifications.sweep", every=timedelta(days=1))
def sweep_old_messages(at: datetime) -> None:
    """Remove what is old."""
    sweep(at=at)
