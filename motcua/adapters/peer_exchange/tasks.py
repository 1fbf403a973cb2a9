"""Recurring work of the line."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .uploads import sweep


@jobs.recurring("peer_exchange.sweep", every=timedelta(days=1))
def sweep_parcels(_at: datetime) -> None:
    """Remove parcels that lie half way for days."""
    sweep()
