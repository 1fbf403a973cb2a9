"""Recurring work of reconciliation."""

import logging
from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.recording import record_waiting
from .queries.checking import nightly_check

logger = logging.getLogger(__name__)


@jobs.recurring("reconciliation.record", every=timedelta(minutes=1))
def record_transfers(at: datetime) -> None:
    """Record transfers that wait in statements."""
    record_waiting(at=at)


@jobs.recurring("reconciliation.check", every=timedelta(days=1))
def check_money(at: datetime) -> None:
    """Prove that orders, ledger and receipts agree; what does not is told to the operator."""
    for fault in nightly_check(at=at):
        logger.error("money_disagrees", extra={"about": fault.about, "why": fault.words})
