"""A program of its own: open files, each in a child with limits on time, memory and writing.

The order is one line of JSON: what is to be done, the path, the media type, how many pages, and for
how many seconds somebody waits: then the child ends, whatever it does. The answer is one byte that
says how it ended, and what was seen.
"""

import json
import resource
import signal
import sys
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from motcua.lib.nursery import run_nursery

from .look import look
from .read import read

CPU_SECONDS = 30
MEMORY = 1_500_000_000
LONGEST_ORDER = 10_000


def confine() -> None:
    """Give up what looking into a file does not need."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def open_one(source: BinaryIO, target: BinaryIO) -> None:
    """Do what is ordered, and answer."""
    order = json.loads(source.readline(LONGEST_ORDER))
    signal.setitimer(signal.ITIMER_REAL, order["seconds"])
    found = BytesIO()
    path, media_type = order["path"], order["media_type"]
    if order["what"] == "read":
        ended = read(path, media_type, order["most"], found)
    else:
        ended = look(path, media_type, found, is_drawn=order["what"] == "draw")
    target.write(bytes([ended]) + found.getvalue())
    target.flush()


if __name__ == "__main__":
    Image.init()
    sys.exit(run_nursery(confine, open_one))
