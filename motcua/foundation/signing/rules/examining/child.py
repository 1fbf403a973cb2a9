"""A program of its own: examine files, each in a child with limits on time, memory and writing.

Waits on a line for further lines; forks for each, so that what one file does ends with its child.
The child reads its order (see `wire`) and writes the report as JSON. Where a limit is reached it
dies, and whoever asked knows what that means. The program ends when the line closes, or when
nobody has asked for a while.
"""

import gc
import json
import logging
import os
import resource
import signal
import socket
import sys
from hashlib import sha256
from typing import BinaryIO

from .files import examine_file
from .report import Report
from .wire import read_order
from .words import TOO_MUCH

CPU_SECONDS = 8
WALL_SECONDS = 9
IDLE_SECONDS = 120
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


def serve(control: socket.socket) -> None:
    """Fork for each line that comes in, until none comes any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.settimeout(IDLE_SECONDS)
    while True:
        try:
            _, lines, _, _ = socket.recv_fds(control, 1, 1)
        except TimeoutError:
            return
        if not lines:
            return
        if os.fork() == 0:
            control.close()
            _live(lines[0])
        os.close(lines[0])


def _live(line: int) -> None:
    """Be the child: one examination within limits, then the end, come what may."""
    status = 1
    gc.disable()  # it ends before there is much to collect, and memory has its limit
    try:
        confine()
        with (
            socket.socket(fileno=line) as spoken,
            spoken.makefile("rb") as source,
            spoken.makefile("wb") as target,
        ):
            examine_one(source, target)
        status = 0
    finally:
        os._exit(status)


def main() -> int:
    """Serve the line whose number is given, and return how the program ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        serve(control)
    return 0


if __name__ == "__main__":
    sys.exit(main())
