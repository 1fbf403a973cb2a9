"""Say which recurring work is late or failing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from .models import Heartbeat, RecurringJob


def troubled_jobs(at: datetime, *, patience: timedelta = timedelta(hours=1)) -> Sequence[str]:
    """Return the names of jobs that failed last time or should have run long ago."""
    rows = RecurringJob.objects.order_by("name")
    return [row.name for row in rows if row.failures or row.next_at < at - patience]


def known_processes() -> Sequence[str]:
    """Return the names of all processes that ever said that they live."""
    return list(Heartbeat.objects.order_by("process").values_list("process", flat=True))


def silent_processes(at: datetime, *, patience: timedelta = timedelta(minutes=2)) -> Sequence[str]:
    """Return processes that have not said for a while that they live."""
    late = Heartbeat.objects.filter(at__lt=at - patience)
    return list(late.order_by("process").values_list("process", flat=True))
