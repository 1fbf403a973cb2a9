"""Recurring work of the trail."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs
from motcua.lib.clock import local_day

from .operations import prepare_months


@jobs.recurring("audit.prepare_months", every=timedelta(days=1))
def prepare_coming_months(at: datetime) -> None:
    """Keep a partition ready for each coming month."""
    prepare_months(local_day(at))
