"""A process that has loaded the engine and forks a child with limits for each file.

Loading takes 1.6 seconds and an examination a tenth of one; so the loading is done once, by a
process that never reads a file itself. It ends by itself when nobody has asked for a while.
"""

import socket
import subprocess
import sys
from pathlib import Path
from threading import Lock
from time import monotonic

_PROGRAM = "motcua.foundation.signing.rules.examining.child"
_ROOT = Path(__file__).resolve().parents[4]
_CHUNK = 1 << 16
_MOST_ANSWER = 5_000_000
_TRIES = 2


class NoAnswer(Exception):
    """The child was ended before it had said all, or said too much."""


class Nursery:
    """Starts the process when it is first needed, and again when it has ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def ask(self, order: bytes, *, seconds: float) -> bytes:
        """Return what a child of its own says to an order. Raises: NoAnswer."""
        until = monotonic() + seconds
        for _ in range(_TRIES):
            line = self._line()
            with line:
                answer = _talk(line, order, until)
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
                [sys.executable, "-E", "-s", "-B", "-m", _PROGRAM, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={"LC_ALL": "C.UTF-8"},
                cwd=_ROOT,
            )


def _talk(line: socket.socket, order: bytes, until: float) -> bytes:
    """Send an order and return the answer, empty if nobody spoke. Raises: NoAnswer."""
    answer = bytearray()
    try:
        line.settimeout(max(until - monotonic(), 0))
        line.sendall(order)
        line.shutdown(socket.SHUT_WR)
        while chunk := _heard(line, until):
            answer += chunk
            if len(answer) > _MOST_ANSWER:
                raise NoAnswer
    except TimeoutError as error:
        raise NoAnswer from error
    except OSError:
        return b""
    return bytes(answer)


def _heard(line: socket.socket, until: float) -> bytes:
    line.settimeout(max(until - monotonic(), 0.001))
    return line.recv(_CHUNK)
