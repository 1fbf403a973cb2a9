"""Recurring work of reconciliation."""

import logging
from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .errors import MoneyDisagrees
from .operations.recording import record_waiting
from .queries.checking import nightly_check

logger = logging.getLogger(__name__)


@jobs.recurring("reconciliation.record", every=timedelta(minutes=1), is_whole=False)
def record_transfers(at: datetime) -> None:
    """Record transfers that wait in statements."""
    record_waiting(at=at)


@jobs.recurring("reconciliation.check", every=timedelta(days=1))
def check_money(at: datetime) -> None:
    """Prove that orders, ledger and receipts agree; fail, and so be shown to the operators, if not.

    Raises: MoneyDisagrees naming the first faults; each is in the log as well.
    """
    faults = nightly_check(at=at)
    for fault in faults:
        logger.error("money_disagrees", extra={"about": fault.about, "why": fault.words})
    if faults:
        raise MoneyDisagrees(" ".join(fault.words for fault in faults[:3]))
