"""Recurring work and signs of life."""

from .operations import beat, run_due
from .ports import daily, recurring
from .queries import silent_processes, troubled_jobs

__all__ = ["beat", "daily", "recurring", "run_due", "silent_processes", "troubled_jobs"]
