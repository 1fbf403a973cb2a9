"""Recurring work of exchange."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.carrying import carry_due
from .operations.evidence import JOB, keep_evidence, want_evidence


@jobs.recurring("exchange.carry", every=timedelta(seconds=5))
def carry(at: datetime) -> None:
    """Carry what waits here; what goes outside is the business of the line's process."""
    carry_due(at=at)


MOST_CONTAINERS = 5  # in one go: nobody hears of anything while a transaction is open for long


@jobs.recurring("exchange.want_evidence", every=timedelta(seconds=5))
def ask_for_evidence(at: datetime) -> None:
    """Wake the signer where messages wait for their evidence."""
    want_evidence(at=at)


@jobs.recurring(JOB, every=timedelta(days=1), runner=jobs.SIGNER)
def seal_evidence(at: datetime) -> None:
    """Seal what was exchanged, container by container."""
    for _ in range(MOST_CONTAINERS):
        if not keep_evidence(at=at, is_whole=False):
            break


@jobs.recurring("exchange.evidence_left", every=timedelta(hours=1), runner=jobs.SIGNER)
def seal_what_was_left(at: datetime) -> None:
    """Seal what could not be sealed at once: there was no seal, or its key was away."""
    for _ in range(MOST_CONTAINERS):
        if not keep_evidence(at=at):
            break
