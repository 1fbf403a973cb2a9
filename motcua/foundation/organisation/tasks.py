"""Recurring work of the organisation."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs
from motcua.lib.actor import SYSTEM

from .operations.standing import start_due_versions


@jobs.recurring("organisation.start_due_versions", every=timedelta(minutes=5))
def begin_the_day(at: datetime) -> None:
    """Soon after midnight, let the changes of the new day take force."""
    start_due_versions(by=SYSTEM, at=at)
