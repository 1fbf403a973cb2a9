"""Recurring work: tell of certificates that end."""

from datetime import datetime, time

from motcua.foundation.jobs import api as jobs

from .operations.warning import warn_ending


@jobs.daily("trust.warn_ending", hour=time(6, 0))
def tell_of_ends(at: datetime) -> None:
    """Tell holders, clerks and administrators 60, 30 and 7 days before, and at the end."""
    warn_ending(at=at)
