"""Runs go on in the worker, a stretch at a time, so that nothing else waits for them."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .api import JOB, go_on_with_next

_STRETCH = 20.0


@jobs.recurring(JOB, every=timedelta(seconds=5), lease=timedelta(minutes=3), is_whole=False)
def go_on(at: datetime) -> None:
    """Go on with the run whose turn it is."""
    if go_on_with_next(at=at, seconds=_STRETCH):
        jobs.hurry(JOB, at=at)
