"""A program of its own: examine files, each in a child with limits on time, memory and writing.

The child reads its order (see `wire`) and writes the report as JSON.
"""

import json
import resource
import signal
import sys
from hashlib import sha256
from typing import BinaryIO

from motcua.lib.nursery import run_nursery

from .files import examine_file
from .report import Report
from .wire import read_order
from .words import TOO_MUCH

CPU_SECONDS = 8
WALL_SECONDS = 9
MEMORY = 1 << 30
OPEN_FILES = 32
DEEPEST = 2_000


def confine() -> None:
    """Give up what an examination does not need."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    sys.setrecursionlimit(DEEPEST)


def examine_one(source: BinaryIO, target: BinaryIO) -> None:
    """Examine what is ordered, and answer."""
    world, content, beside = read_order(source)
    try:
        report = examine_file(content, world, beside)
    except MemoryError:
        report = Report(sha256(content).hexdigest(), len(content), TOO_MUCH)
    target.write(json.dumps(report.whole()).encode())
    target.flush()


if __name__ == "__main__":
    sys.exit(run_nursery(confine, examine_one))
