"""Sweeping what was counted."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations import forget_attempts


@jobs.recurring("requests.forget_attempts", every=timedelta(hours=6))
def sweep(at: datetime) -> None:
    """Forget old attempts."""
    forget_attempts(at=at)
