"""Recurring work and signs of life."""

from .operations import beat, run_due
from .ports import SIGNER, WORKER, daily, recurring
from .queries import known_processes, silent_processes, troubled_jobs

__all__ = [
    "SIGNER",
    "WORKER",
    "beat",
    "daily",
    "known_processes",
    "recurring",
    "run_due",
    "silent_processes",
    "troubled_jobs",
]
