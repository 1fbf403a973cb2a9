"""Ask another machine over HTTP within bounds: known hosts, so many bytes, so much time.

No proxy, no redirect, no cookie. A name that leads to an address inside one's own network is
refused unless the bounds allow it, and the address that was looked at is the one connected to.
"""

import json
import socket
import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Timer
from time import monotonic
from typing import IO, Any
from urllib.parse import SplitResult, urlsplit

MOST_BYTES = 1_000_000
CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 10.0
_CHUNK = 1 << 16
_PORTS = {"http": 80, "https": 443}
_TRANSLATED = IPv6Network("64:ff9b::/96")  # an IPv4 address in the last four bytes
# As of Python 3.11.7 these pass for public: site-local, for documents, of protocols, old 6to4.
_NOWHERE = tuple(
    map(ip_network, ("fec0::/10", "3fff::/20", "64:ff9b:1::/48", "192.0.0.0/24", "192.88.99.0/24"))
)


class AddressRefused(Exception):
    """The address is none that may be asked."""


class NoAnswer(Exception):
    """Nobody answered, not in time, or with something that is no answer."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be asked, and how much of an answer is taken.

    `hosts` are names, or name and port (“127.0.0.1:8443”) where the port is not the usual one.
    """

    hosts: frozenset[str]
    most_bytes: int = MOST_BYTES
    connect_s: float = CONNECT_SECONDS
    total_s: float = TOTAL_SECONDS
    allows_private: bool = False
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    content_type: str
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """Return the body read as JSON. Raises: NoAnswer if it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise NoAnswer("the answer is no JSON") from error


@dataclass(frozen=True, slots=True)
class Stream:
    """What is sent piece by piece, never whole in memory; `size` is told before."""

    chunks: Iterable[bytes]
    size: int


def ask(
    method: str,
    url: str,
    *,
    bounds: Bounds,
    body: bytes | Stream | None = None,
    headers: Mapping[str, str] | None = None,
    into: IO[bytes] | None = None,
) -> Answer:
    """Send one request and return the answer, whatever its status.

    The answer's bytes go `into` a file if one is given; `Answer.body` stays empty then.

    Raises: AddressRefused, NoAnswer.
    Costs: network, no longer than `bounds.total_s`.
    """
    ends_at = monotonic() + bounds.total_s
    parts = checked(url, bounds)
    target = parts._replace(scheme="", netloc="").geturl() or "/"
    try:
        connection = _Connection(parts, bounds, ends_at)
        stopwatch = Timer(bounds.total_s, connection.break_off)
        stopwatch.daemon = True
        stopwatch.start()
        try:
            _send(connection, method, target, body, dict(headers or {}))
            with connection.getresponse() as response:
                content = _read(connection, response, bounds, ends_at, into)
                kind = response.headers.get_content_type()
                return Answer(response.status, kind, content)
        finally:
            stopwatch.cancel()
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(f"{parts.hostname}: {type(error).__name__}") from error


def _send(
    connection: HTTPConnection,
    method: str,
    target: str,
    body: bytes | Stream | None,
    headers: dict[str, str],
) -> None:
    if isinstance(body, Stream):
        headers["Content-Length"] = f"{body.size}"
        connection.request(method, target, body=body.chunks, headers=headers)
    else:
        connection.request(method, target, body=body, headers=headers)


def checked(url: str, bounds: Bounds) -> SplitResult:
    """Return the parts of an address that may be asked. Raises: AddressRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("the address cannot be read") from error
    host = parts.hostname or ""
    if parts.scheme not in _PORTS or parts.username or not url.isascii() or not url.isprintable():
        raise AddressRefused("only plain http and https addresses are asked")
    named = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    if named not in bounds.hosts:
        raise AddressRefused(f"{named} is not among the hosts that may be asked")
    return parts


class _Connection(HTTPConnection):
    """A connection to an address that was looked at first, with one clock for everything."""

    def __init__(self, parts: SplitResult, bounds: Bounds, ends_at: float) -> None:
        super().__init__(parts.hostname or "", parts.port or _PORTS[parts.scheme])
        self._is_secret = parts.scheme == "https"
        self._bounds = bounds
        self._ends_at = ends_at
        self.opened: socket.socket | None = None

    def break_off(self) -> None:
        """End what goes on, from another thread: a drop now and then is no answer."""
        if self.opened is not None:
            with suppress(OSError):
                self.opened.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        """Open the connection. Raises: OSError."""
        sock = _opened(self.host, self.port, self._bounds, self._ends_at)
        self.sock = self.opened = sock
        if self._is_secret:
            context = ssl.create_default_context(cafile=self._bounds.ca_file or None)
            wrapped = context.wrap_socket(
                sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = self.opened = wrapped  # before the handshake, that it can be broken off
            wrapped.do_handshake()


def is_outside(address: str) -> bool:
    """Say whether an address leads out of one's own network, however it is dressed up.

    An IPv4 address inside an IPv6 one is judged as what it is.
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is None and found.teredo:
            inner = found.teredo[1]
        if inner is not None:
            return is_outside(str(inner))
    if any(found in one for one in _NOWHERE):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _translated(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None


def _opened(host: str, port: int, bounds: Bounds, ends_at: float) -> socket.socket:
    """Return a socket to the first address of the host that may be asked and answers."""
    latest: OSError = ConnectionRefusedError("no address of the host may be asked")
    for family, kind, proto, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not (bounds.allows_private or is_outside(str(address[0]))):
            continue
        sock = socket.socket(family, kind, proto)
        try:
            sock.settimeout(min(bounds.connect_s, _left(ends_at)))
            sock.connect(address)
            sock.settimeout(_left(ends_at))
        except OSError as error:
            sock.close()
            latest = error
        else:
            return sock
    raise latest


def _read(
    connection: _Connection,
    response: HTTPResponse,
    bounds: Bounds,
    ends_at: float,
    into: IO[bytes] | None,
) -> bytes:
    """Return the body. Raises: OSError if it is too large or comes too slowly."""
    taken, size = bytearray(), 0
    sock = connection.opened
    while True:
        left = _left(ends_at)
        if sock is not None and sock.fileno() >= 0:
            sock.settimeout(left)
        chunk = response.read1(_CHUNK)
        if not chunk:
            _left(ends_at)
            if response.length:
                raise OSError("the answer breaks off")
            return bytes(taken)
        size += len(chunk)
        if size > bounds.most_bytes:
            raise OSError("the answer is too large")
        if into is None:
            taken += chunk
        else:
            into.write(chunk)


def _left(ends_at: float) -> float:
    left = ends_at - monotonic()
    if left <= 0:
        raise TimeoutError("too slow")
    return left
