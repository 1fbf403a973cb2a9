"""Recurring work of procedures."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.linting import lint_shown

MOST = 1_000  # a minute of one core would be too much beside people's work


@jobs.recurring("procedures.lint", every=timedelta(minutes=10))
def judge_texts(at: datetime) -> None:
    """Judge the shown texts that changed since they were judged."""
    lint_shown(at=at, most=MOST)
