"""Recurring work of receipts."""

from datetime import datetime, time, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.catching_up import LATELY, issue_missing
from .operations.issuing import issue_waiting
from .operations.sealing import JOB, sign_due, want_signatures


@jobs.recurring("receipts.want_signatures", every=timedelta(seconds=5))
def ask_for_seals(at: datetime) -> None:
    """Wake the signer where receipts wait for their seal."""
    want_signatures(at=at)


@jobs.recurring(JOB, every=timedelta(days=1), runner=jobs.SIGNER, is_whole=False)
def seal_receipts(at: datetime) -> None:
    """Let the seals of the collecting bodies sign what waits."""
    sign_due(at=at)


@jobs.recurring("receipts.issue_waiting", every=timedelta(minutes=10), is_whole=False)
def number_waiting(at: datetime) -> None:
    """Number what waited for a series; see that nothing paid lately is without its receipt."""
    issue_waiting(at=at)
    issue_missing(at=at, since=at - LATELY)


@jobs.daily("receipts.look_back", hour=time(3, 10))
def look_back(at: datetime) -> None:
    """See that nothing ever paid is without its receipt."""
    issue_missing(at=at)
