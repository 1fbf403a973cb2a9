"""Recurring work of staffing, and how access learns who sits where."""

from datetime import datetime, time, timedelta

from motcua.foundation.access import api as access
from motcua.foundation.jobs import api as jobs

from .operations.opening import look_at_desks
from .operations.seconding import warn_of_ends
from .queries.seats import posts_sat_in

access.further_seats(posts_sat_in)


@jobs.recurring("staffing.look_at_desks", every=timedelta(minutes=5))
def see_who_is_in(at: datetime) -> None:
    """When desks open, tell their heads of posts without anybody."""
    look_at_desks(at=at)


@jobs.daily("staffing.warn_of_ends", hour=time(7, 15))
def warn_of_terms(at: datetime) -> None:
    """Warn of secondments that end within thirty days."""
    warn_of_ends(at=at)
