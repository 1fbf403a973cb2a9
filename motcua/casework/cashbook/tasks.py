"""Every night the books are looked through."""

from datetime import datetime, time

from motcua.foundation.jobs import api as jobs

from .operations.checking import check_books


@jobs.daily("cashbook.check", hour=time(1, 40))
def check_every_night(at: datetime) -> None:
    """Fail, and so be shown to the operators, if the books are not in balance."""
    check_books(at=at)
