"""Recurring work of exchange."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.carrying import carry_due
from .operations.inside import Inside
from .ports import register

register(Inside())


@jobs.recurring("exchange.carry", every=timedelta(seconds=5))
def carry(at: datetime) -> None:
    """Carry what waits."""
    carry_due(at=at)
