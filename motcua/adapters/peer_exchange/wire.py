"""One request, one answer, over a line that is kept open: within bounds of time and size."""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from typing import Any, Protocol
from urllib.parse import urlsplit

from motcua.casework.exchange.api import CarrierAway, CounterpartInfo

from .identity import NoIdentity, line_context

MOST_ANSWER = 2_000_000
_CONNECT_SECONDS, _ANSWER_SECONDS, _SLOWEST = 5.0, 30.0, 20_000  # bytes a second
_PORT = 443
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Wire(Protocol):
    """Sends one request and returns its answer."""

    def send(self, request: Request) -> Answer:
        """Raises: CarrierAway."""

    def close(self) -> None:
        """Let go of the line."""


class HttpsWire:
    """The line to one partner, kept open from one request to the next; for one thread."""

    def __init__(self, partner: CounterpartInfo) -> None:
        self._partner = partner
        parts = urlsplit(partner.address)
        self._host, self._port = parts.hostname or "", parts.port or _PORT
        self._line: HTTPConnection | None = None

    def send(self, request: Request) -> Answer:
        """Send one request; a line that went dead while nothing was said is opened once more.

        Raises: CarrierAway.
        """
        was_open = self._line is not None
        try:
            return self._send(request)
        except _Cut as error:
            if was_open and error.is_before_answer:
                with suppress(_Cut):
                    return self._send(request)
            name = self._partner.name
            message = f"Đường truyền tới {name} đứt giữa chừng ({error})."
            raise CarrierAway(message, is_line_down=error.is_before_answer) from error

    def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _send(self, request: Request) -> Answer:
        """Raises: CarrierAway, _Cut."""
        line = self._line or self._opened()
        seconds = _ANSWER_SECONDS + (len(request.body) + MOST_ANSWER) / _SLOWEST
        stopwatch = Timer(seconds, _break_off, [line])
        stopwatch.daemon = True
        stopwatch.start()
        has_answer = False
        try:
            headers = {**request.headers, "Content-Length": str(len(request.body))}
            line.request(request.method, request.path, body=request.body, headers=headers)
            with line.getresponse() as response:
                has_answer = True
                return Answer(response.status, dict(response.getheaders()), _read(response))
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            raise _Cut(type(error).__name__, is_before_answer=not has_answer) from error
        finally:
            stopwatch.cancel()

    def _opened(self) -> HTTPConnection:
        """Raises: CarrierAway if nobody is reached, or somebody else."""
        name = self._partner.name
        try:
            context = line_context(self._partner.certificates, is_server=False)
            raw = socket.create_connection((self._host, self._port), _CONNECT_SECONDS)
        except NoIdentity as error:
            raise CarrierAway(str(error), is_line_down=True) from error
        except OSError as error:
            message = f"Không nối được tới {name} ({self._host}:{self._port})."
            raise CarrierAway(message, is_line_down=True) from error
        try:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock = context.wrap_socket(raw, server_hostname=self._host)
            sock.settimeout(_ANSWER_SECONDS)
            _check_pinned(sock, self._partner)
        except (OSError, ValueError) as error:
            raw.close()
            message = f"Chứng thư của {name} không đúng chứng thư đã khai báo, hoặc đã hết hạn."
            raise CarrierAway(message, is_line_down=True) from error
        line = HTTPConnection(self._host, self._port)
        line.sock = sock
        self._line = line
        return line


class _Cut(Exception):
    """The line broke; `is_before_answer` if nothing of an answer had come."""

    def __init__(self, why: str, *, is_before_answer: bool) -> None:
        super().__init__(why)
        self.is_before_answer = is_before_answer


def _check_pinned(sock: ssl.SSLSocket, partner: CounterpartInfo) -> None:
    """Raises: ValueError if the other end is not who was entered."""
    shown = sock.getpeercert(binary_form=True) or b""
    if sha256(shown).digest() not in {sha256(one).digest() for one in partner.certificates}:
        raise ValueError("another certificate")


def _break_off(line: Any) -> None:
    """End what goes on too long, from another thread."""
    sock = line.sock
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _read(response: HTTPResponse) -> bytes:
    taken = bytearray()
    while chunk := response.read1(_CHUNK):
        taken += chunk
        if len(taken) > MOST_ANSWER:
            raise ValueError("the answer is too large")
    return bytes(taken)
