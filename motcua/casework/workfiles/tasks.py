"""Recurring work of work files, and what becomes of the files of somebody who leaves."""

from datetime import datetime, time

from motcua.foundation.identity import api as identity
from motcua.foundation.jobs import api as jobs

from .operations.taking_over import take_over_files
from .operations.warning import warn_of_hand_over

identity.personal_work("workfiles")(take_over_files)


@jobs.daily("workfiles.warn", hour=time(7, 10))
def warn_in_time(at: datetime) -> None:
    """Remind of files that must go to the archive within thirty days."""
    warn_of_hand_over(at=at)
