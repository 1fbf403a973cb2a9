"""The listening end: TLS ends here, a partner is who its certificate says.

One thread for each line, so many lines and no more; who says nothing for a minute is let go.
"""

import logging
import socket
import ssl
import time
from collections import deque
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from socketserver import TCPServer, ThreadingMixIn
from threading import BoundedSemaphore, Lock
from typing import IO, Any, cast

from django.db import close_old_connections, connection

from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import CounterpartInfo, Way
from motcua.lib.clock import local_day, now

from .answering import Asked, Reply, reply_to
from .identity import line_context
from .uploads import MOST_PACKED

logger = logging.getLogger(__name__)
MOST_LINES = 64
IDLE_SECONDS = 60.0
_KNOWN_SECONDS = 5.0
_SLOWEST = 5_000  # bytes a second, after the first half minute
_PATIENCE_S = 30.0
READ_IN_HALF_A_SECOND = 5


class _Known:
    """The partners of today with how the line is secured for them, looked up every few seconds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0
        self._partners: list[CounterpartInfo] = []
        self._context: ssl.SSLContext | None = None

    def context(self) -> ssl.SSLContext:
        """Raises: NoIdentity."""
        with self._lock:
            if self._context is None or self._until < time.monotonic():
                self._renew()
            return cast("ssl.SSLContext", self._context)

    def partner_of(self, certificate: bytes) -> CounterpartInfo | None:
        """Return who shows this certificate."""
        shown = sha256(certificate).digest()
        for one in self._partners:
            if shown in {sha256(der).digest() for der in one.certificates}:
                return one
        return None

    def _renew(self) -> None:
        partners = exchange.counterparts(local_day(now()), Way.PEER)
        if self._context is None or partners != self._partners:
            ders = [der for one in partners for der in one.certificates]
            self._context = line_context(ders, is_server=True)
            self._partners = partners
        self._until = time.monotonic() + _KNOWN_SECONDS


class Pressure:
    """Says whether so much comes just now that other work should give way to taking it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken: deque[tuple[float, int]] = deque()

    def note(self, taken: int) -> None:
        """Keep in mind that so many parcels came."""
        if taken:
            with self._lock:
                self._taken.append((time.monotonic(), taken))

    def is_high(self) -> bool:
        """Say whether more came in the last half second than are read in it."""
        since = time.monotonic() - 0.5
        with self._lock:
            while self._taken and self._taken[0][0] < since:
                self._taken.popleft()
            return sum(count for _, count in self._taken) > READ_IN_HALF_A_SECOND


class LineServer(ThreadingMixIn, TCPServer):
    """Listens for partners."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, host: str, port: int) -> None:
        self.known = _Known()
        self.pressure = Pressure()
        self._places = BoundedSemaphore(MOST_LINES)
        super().__init__((host, port), _Handler)

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002 -- as declared
        """Take no more lines than there are places."""
        return self._places.acquire(blocking=False)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one line in its thread, and give its place and its connection back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connection.close()
            self._places.release()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Secure the line before a word is said; a stranger gets nothing."""
        request.settimeout(IDLE_SECONDS)
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        close_old_connections()
        try:
            line = self.known.context().wrap_socket(request, server_side=True)
        except (OSError, ValueError) as error:
            logger.info("exchange_stranger", extra={"error": type(error).__name__})
            return
        with line, suppress(OSError):
            _Handler(line, client_address, self)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 -- as declared
        """Write down what nobody foresaw."""
        logger.error("exchange_line_failed", exc_info=True)  # noqa: LOG014 -- called while one is handled


class _Body:
    """The body of one request: so many bytes and no more, and not too slowly."""

    def __init__(self, source: BufferedIOBase, size: int) -> None:
        self._source, self.left = source, size
        self._ends_at = time.monotonic() + _PATIENCE_S + size / _SLOWEST

    def read(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        if not wanted:
            return b""
        if time.monotonic() > self._ends_at:
            raise ConnectionError("too slow")
        piece = self._source.read(wanted)
        if not piece:
            raise ConnectionError("cut")
        self.left -= len(piece)
        return piece


class _Handler(BaseHTTPRequestHandler):
    """Reads requests off one line."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    timeout = IDLE_SECONDS
    server: LineServer

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        certificate = cast("ssl.SSLSocket", self.connection).getpeercert(binary_form=True)
        partner = self.server.known.partner_of(certificate or b"")
        size = self.headers.get("Content-Length", "0")
        if partner is None:
            self._reply(Reply(HTTPStatus.FORBIDDEN), is_over=True)
            return
        if not size.isdecimal() or int(size) > MOST_PACKED:
            self._reply(Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE), is_over=True)
            return
        body = _Body(self.rfile, int(size))
        close_old_connections()
        stream = cast("IO[bytes]", body)
        asked = Asked(partner, self.command, self.path, self.headers, stream, now())
        try:
            reply = reply_to(asked)
        except ConnectionError:
            self.close_connection = True
            return
        except Exception:  # a fault of ours is told, and tried again by the partner
            logger.exception("exchange_request_failed")
            connection.close()
            reply = Reply(HTTPStatus.INTERNAL_SERVER_ERROR)
        self.server.pressure.note(reply.taken)
        self._reply(reply, is_over=body.left > 0)

    def _reply(self, reply: Reply, *, is_over: bool) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        if is_over:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing for each request; what matters is written down where it happens."""

    def version_string(self) -> str:
        """Return nothing that tells strangers of versions."""
        return "motcua"
