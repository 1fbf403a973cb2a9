"""A program of its own: look at one file brought back, within limits on time and memory.

Reads one line of JSON, the file handed out and the file brought back from standard input; writes
one line of JSON. Where a limit is reached the program dies.
"""

import json
import logging
import resource
import sys
from base64 import b64encode
from typing import BinaryIO

from motcua.foundation.signing.errors import NotOnlySigned

from .proof import Expected, signer_of_return

CPU_SECONDS = 8
MEMORY = 1 << 30
DEEPEST = 2_000


def confine() -> None:
    """Give up what looking at a file does not need."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(DEEPEST)


def answer(source: BinaryIO) -> dict[str, str]:
    """Return whose signature was added, or what is wrong with the file."""
    order = json.loads(source.readline())
    sent = source.read(order["sent_bytes"])
    expected = Expected(sent, order["field"], tuple(order["free"]))
    try:
        return {"certificate": b64encode(signer_of_return(source.read(), expected)).decode()}
    except NotOnlySigned as error:
        return {"refused": str(error)}


def main() -> int:
    """Look, and return how the program ends."""
    confine()
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
