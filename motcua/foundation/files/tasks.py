"""Recurring work of files."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations import rescan, sweep


@jobs.recurring("files.sweep", every=timedelta(hours=1))
def sweep_uploads(at: datetime) -> None:
    """Remove what nobody finished or used."""
    sweep(at=at)


@jobs.recurring("files.rescan", every=timedelta(minutes=1))
def scan_the_unscanned(at: datetime) -> None:
    """Scan what came while the scanner was away."""
    rescan(at=at, most=20)
