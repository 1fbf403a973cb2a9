"""Recurring work of exchange."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.carrying import carry_due
from .operations.evidence import JOB, keep_evidence, want_evidence


@jobs.recurring("exchange.carry", every=timedelta(seconds=5))
def carry(at: datetime) -> None:
    """Carry what waits here; what goes outside is the business of the line's process."""
    carry_due(at=at)


@jobs.recurring("exchange.want_evidence", every=timedelta(minutes=5))
def ask_for_evidence(at: datetime) -> None:
    """Wake the signer where messages wait for their evidence."""
    want_evidence(at=at)


@jobs.recurring(JOB, every=timedelta(days=1), runner=jobs.SIGNER)
def seal_evidence(at: datetime) -> None:
    """Seal what was exchanged, container by container."""
    while keep_evidence(at=at):
        continue
