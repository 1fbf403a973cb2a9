"""Look whether the books are in balance, and say so where operators look.

Source: docs/law/money.md
"""

import logging
from datetime import datetime

from motcua.casework.cashbook.errors import BooksOutOfBalance
from motcua.casework.cashbook.queries.checking import out_of_balance

logger = logging.getLogger(__name__)


def check_books(*, at: datetime) -> None:
    """Raises: BooksOutOfBalance naming the first faults; each is in the log as well."""
    faults = out_of_balance()
    for fault in faults:
        extra = {"about": fault.about, "off_vnd": fault.off_vnd, "at": at.isoformat()}
        logger.error("cashbook_out_of_balance", extra=extra)
    if faults:
        raise BooksOutOfBalance("; ".join(fault.words for fault in faults[:3]))
