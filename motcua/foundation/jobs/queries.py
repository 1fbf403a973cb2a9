"""Say which recurring work is late or failing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from .models import Heartbeat, RecurringJob
from .ports import registry


def is_job_due(at: datetime, *, runner: str) -> bool:
    """Say whether a job of this kind of process waits to be done. Costs: one query."""
    names = [job.name for job in registry.values() if job.runner == runner]
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    return RecurringJob.objects.filter(free, name__in=names, next_at__lte=at).exists()


def job_of(name: str) -> RecurringJob | None:
    """Return how a job went the latest time, None if nobody has looked at it yet."""
    return RecurringJob.objects.filter(pk=name).first()


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
