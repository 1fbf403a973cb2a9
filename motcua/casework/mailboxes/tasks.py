"""Recurring work of mailboxes."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.taking import read_mailboxes


@jobs.recurring("mailboxes.read", every=timedelta(minutes=1), is_whole=False)
def read(at: datetime) -> None:
    """Read what is new."""
    read_mailboxes(at=at)
