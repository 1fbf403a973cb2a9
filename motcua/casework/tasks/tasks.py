"""Recurring work of tasks, and what becomes of the work of somebody who leaves."""

from datetime import datetime, time

from motcua.foundation.identity import api as identity
from motcua.foundation.jobs import api as jobs

from .operations.alarming import warn_of_limits
from .operations.taking_over import take_over_parts

identity.personal_work("tasks")(take_over_parts)


@jobs.daily("tasks.warn", hour=time(7, 10))
def warn_in_time(at: datetime) -> None:
    """Warn of tasks near their limit and past it."""
    warn_of_limits(at=at)
