"""Recurring work of documents: warnings of limits and of the clocks of exchange."""

from datetime import datetime, time, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.warning import warn_of_steps, watch_exchange


@jobs.daily("documents.warn", hour=time(7, 10))
def warn_in_time(at: datetime) -> None:
    """Warn of documents near their limit and past it."""
    warn_of_steps(at=at)


@jobs.recurring("documents.watch_exchange", every=timedelta(minutes=5))
def warn_of_clocks(at: datetime) -> None:
    """Tell clerks of messages that were not sent, or not registered, in time."""
    watch_exchange(at=at)
