"""Recurring work on mandates."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.telling import purge_codes, warn_of_ends


@jobs.recurring("mandates.warn_of_ends", every=timedelta(hours=12))
def warn(at: datetime) -> None:
    """Tell both sides of mandates that end soon."""
    warn_of_ends(at=at)


@jobs.recurring("mandates.purge_codes", every=timedelta(days=1))
def purge(at: datetime) -> None:
    """Forget codes a day after they died."""
    purge_codes(before=at - timedelta(days=1))
