"""Recurring work: forget what was kept of own papers that somebody signed."""

from datetime import datetime, time

from motcua.foundation.jobs import api as jobs

from .operations.own_beginning import sweep_own_signings


@jobs.daily("signing.sweep_own", hour=time(3, 20))
def forget_old(at: datetime) -> None:
    """Forget a month after its end what led to a signature; the signed paper is its owner's."""
    sweep_own_signings(at=at)
