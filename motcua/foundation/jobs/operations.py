"""Do recurring work, one worker at a time for each job."""

import logging
from contextlib import nullcontext
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from .models import Heartbeat, RecurringJob
from .ports import WORKER, Job, registry

logger = logging.getLogger(__name__)
_LONGEST_BACK_OFF = timedelta(hours=1)


def beat(process: str, *, at: datetime) -> None:
    """Say that a process lives."""
    Heartbeat.objects.update_or_create(process=process, defaults={"at": at})


def run_due(*, at: datetime, runner: str = WORKER) -> int:
    """Do every job of this kind of process that is due and not held by another one of them.

    Returns how many were done.
    """
    rows = [RecurringJob(name=job.name, next_at=job.first_at(at)) for job in registry.values()]
    RecurringJob.objects.bulk_create(rows, ignore_conflicts=True)
    mine = [job for job in registry.values() if job.runner == runner]
    return sum(_run(job, at=at) for job in mine if _lease(job, at=at))


def hurry(name: str, *, at: datetime) -> None:
    """Have a job done as soon as whoever does it looks, not at its next time."""
    RecurringJob.objects.update_or_create(name=name, defaults={"next_at": at})


def _lease(job: Job, *, at: datetime) -> bool:
    """Take the job for ourselves; a lease left by a dead worker runs out by itself."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    due = RecurringJob.objects.filter(free, name=job.name, next_at__lte=at)
    return due.update(leased_until=at + job.lease) == 1


def _run(job: Job, *, at: datetime) -> bool:
    row = RecurringJob.objects.get(pk=job.name)
    row.leased_until = None
    try:
        with transaction.atomic() if job.is_whole else nullcontext():
            job.run(at)
    except Exception as error:  # one broken job must not stop the others
        logger.exception("job_failed", extra={"job": job.name})
        row.failures += 1
        row.latest_error = type(error).__name__
        row.next_at = at + min(job.every * 2**row.failures, _LONGEST_BACK_OFF)
    else:
        row.failures, row.latest_error = 0, ""
        row.finished_at, row.next_at = at, job.next_at(at)
    row.save()
    return row.failures == 0
