"""Recurring work and signs of life."""

from .models import RecurringJob
from .operations import beat, hurry, run_due
from .ports import OUTSIDE, SIGNER, WORKER, daily, recurring
from .queries import is_job_due, job_of, known_processes, silent_processes, troubled_jobs

__all__ = [
    "OUTSIDE",
    "SIGNER",
    "WORKER",
    "RecurringJob",
    "beat",
    "daily",
    "hurry",
    "is_job_due",
    "job_of",
    "known_processes",
    "recurring",
    "run_due",
    "silent_processes",
    "troubled_jobs",
]
