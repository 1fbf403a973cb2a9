"""What becomes of work files when an agency or a unit ends: they go to who came after it."""

from datetime import datetime, time

from motcua.foundation.jobs import api as jobs

from .operations.inheriting import follow_heirs


@jobs.daily("workfiles.follow_heirs", hour=time(0, 40))
def carry_over(at: datetime) -> None:
    """Carry files over where there is nobody to ask."""
    follow_heirs(at=at)
