"""A process that has loaded what it takes to open files, and forks a child with limits for each.

Loading takes up to seconds and opening a file a fraction of one; so the loading is done once, by a
process that never reads a file itself. It ends by itself when nobody has asked for a while.
"""

import gc
import logging
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import BinaryIO

IDLE_SECONDS = 120
_ROOT = Path(__file__).resolve().parents[2]
_CHUNK = 1 << 16
MOST_ANSWER = 5_000_000
_TRIES = 2


class NoAnswer(Exception):
    """The child was ended before it had said all, or said too much."""


class Nursery:
    """Starts the process when it is first needed, and again when it has ended.

    `program` is the module it runs, which ends in `run_nursery`.
    """

    def __init__(self, program: str, *, most_answer: int = MOST_ANSWER) -> None:
        self._program, self._most_answer = program, most_answer
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def ask(self, order: bytes, *, seconds: float) -> bytes:
        """Return what a child of its own says to an order. Raises: NoAnswer."""
        until = monotonic() + seconds
        for _ in range(_TRIES):
            line = self._line()
            with line:
                answer = _talk(line, order, until, self._most_answer)
            if answer or self._is_alive():
                return answer
        raise NoAnswer

    def end(self) -> None:
        """End the process; the next who asks starts another."""
        with self._lock:
            if self._control is not None:
                self._control.close()
            if self._process is not None:
                self._process.wait()
            self._control = self._process = None

    def _is_alive(self) -> bool:
        with self._lock:
            return self._process is not None and self._process.poll() is None

    def _line(self) -> socket.socket:
        """Return a line to a child that waits for its order."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            try:
                self._hand_over(theirs)
            except OSError:
                self._start()
                self._hand_over(theirs)
        return ours

    def _hand_over(self, theirs: socket.socket) -> None:
        if self._control is not None:
            socket.send_fds(self._control, [b"1"], [theirs.fileno()])

    def _start(self) -> None:
        """Start the process; what it needs to know comes with each order."""
        if self._control is not None:
            self._control.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 -- our own program
                [sys.executable, "-E", "-s", "-B", "-m", self._program, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={"LC_ALL": "C.UTF-8"},
                cwd=_ROOT,
            )


def _talk(line: socket.socket, order: bytes, until: float, most: int) -> bytes:
    """Send an order and return the answer, empty if nobody spoke. Raises: NoAnswer."""
    answer = bytearray()
    try:
        line.settimeout(max(until - monotonic(), 0))
        line.sendall(order)
        line.shutdown(socket.SHUT_WR)
        while chunk := _heard(line, until):
            answer += chunk
            if len(answer) > most:
                raise NoAnswer
    except TimeoutError as error:
        raise NoAnswer from error
    except OSError:
        return b""
    return bytes(answer)


def _heard(line: socket.socket, until: float) -> bytes:
    line.settimeout(max(until - monotonic(), 0.001))
    return line.recv(_CHUNK)


# --- What the program does ---


def run_nursery(confine: Callable[[], None], answer: Callable[[BinaryIO, BinaryIO], None]) -> int:
    """Fork for each line that comes in, until none comes any more; how the program ends.

    The child gives up by `confine` what it does not need, reads its order and answers; where a
    limit is reached it dies, and whoever asked knows what that means.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as control:
        control.settimeout(IDLE_SECONDS)
        while lines := _next_lines(control):
            if os.fork() == 0:
                control.close()
                _live(lines[0], confine, answer)
            os.close(lines[0])
    return 0


def _next_lines(control: socket.socket) -> list[int]:
    try:
        _, lines, _, _ = socket.recv_fds(control, 1, 1)
    except TimeoutError:
        return []
    return lines


def _live(
    line: int, confine: Callable[[], None], answer: Callable[[BinaryIO, BinaryIO], None]
) -> None:
    """Be the child: one file within limits, then the end, come what may."""
    status = 1
    gc.disable()  # it ends before there is much to collect, and memory has its limit
    try:
        confine()
        with (
            socket.socket(fileno=line) as spoken,
            spoken.makefile("rb") as source,
            spoken.makefile("wb") as target,
        ):
            answer(source, target)
        status = 0
    finally:
        os._exit(status)
