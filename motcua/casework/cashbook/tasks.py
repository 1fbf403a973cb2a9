"""Every night the books are looked through; every morning desks are reminded."""

from datetime import datetime, time

from motcua.foundation.jobs import api as jobs

from .operations.checking import check_books
from .operations.reminding import remind_of_cash_days


@jobs.daily("cashbook.check", hour=time(1, 40))
def check_every_night(at: datetime) -> None:
    """Fail, and so be shown to the operators, if the books are not in balance."""
    check_books(at=at)


@jobs.daily("cashbook.remind", hour=time(7, 0))
def remind_every_morning(at: datetime) -> None:
    """Tell desks that took cash and did not close their day."""
    remind_of_cash_days(at=at)
