"""What becomes of open tasks when a unit ends: they go to its heir."""

from datetime import datetime, time

from motcua.foundation.jobs import api as jobs

from .operations.taking_over import follow_heirs


@jobs.daily("tasks.follow_heirs", hour=time(0, 30))
def carry_over(at: datetime) -> None:
    """Carry open tasks over to the units that came after those which have ended."""
    follow_heirs(at=at)
