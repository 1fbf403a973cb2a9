"""What a piece of work costs the processor, told from the kernel's counters."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

SHARE = 20


def backend() -> int:
    """Return which process of PostgreSQL works for this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(pid,)] = cursor.fetchall()
    return int(pid)


def cpu_ms(backend_pid: int) -> float:
    """Return the processor time so far of this process and of its database backend."""
    other = int(Path(f"/proc/{backend_pid}/schedstat").read_text().split()[0])
    return (time.process_time_ns() + other) / 1_000_000


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Return p50 and p95."""
    return statistics.median(values), statistics.quantiles(values, n=SHARE)[-1]
