"""Recurring work: tell of certificates that end, fetch lists of revoked ones."""

from datetime import datetime, time, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.refreshing import REFRESH, refresh_revocation
from .operations.statuses import forget_answers, refresh_statuses
from .operations.warning import warn_ending


@jobs.daily("trust.warn_ending", hour=time(6, 0))
def tell_of_ends(at: datetime) -> None:
    """Tell holders, clerks and administrators 60, 30 and 7 days before, and at the end."""
    warn_ending(at=at)


@jobs.recurring(REFRESH, every=timedelta(hours=6), runner=jobs.SIGNER)
def refresh_lists(at: datetime) -> None:
    """Fetch the lists of revoked certificates, where no page and no fact waits for them.

    Then ask how the certificates stand with which people sign here.
    """
    refresh_revocation(at=at)
    refresh_statuses(at=at)
    forget_answers(at=at)
