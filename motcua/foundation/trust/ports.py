"""Whom the outside is asked: time-stamp services, and authorities about revoked certificates."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class LineDown(Exception):
    """A service gives no answer, or none that can be used; it is asked again later."""


class TrustLine(Protocol):
    """The line to services of trust: one question, one answer in bytes, within ten seconds.

    Each raises LineDown: no answer, too slow, too large, not a success.
    """

    def time_stamp(self, address: str, question: bytes) -> bytes:
        """Return what a time-stamp service (RFC 3161) answers."""

    def ocsp(self, address: str, question: bytes) -> bytes:
        """Return what an authority answers about one certificate (RFC 6960)."""

    def crl(self, address: str) -> bytes:
        """Return a list of revoked certificates (RFC 5280)."""


class NoLine:
    """Nobody can be asked: a site without the adapter, and tests that need none."""

    def time_stamp(self, address: str, question: bytes) -> bytes:  # noqa: ARG002 -- the port's shape
        """Raises: LineDown."""
        raise LineDown("Máy chủ này không nối tới dịch vụ dấu thời gian.")

    def ocsp(self, address: str, question: bytes) -> bytes:  # noqa: ARG002 -- the port's shape
        """Raises: LineDown."""
        raise LineDown("Máy chủ này không nối tới nơi cấp chứng thư.")

    def crl(self, address: str) -> bytes:  # noqa: ARG002 -- the port's shape
        """Raises: LineDown."""
        raise LineDown("Máy chủ này không nối tới nơi cấp chứng thư.")


lines: dict[str, Callable[[], TrustLine]] = {}


def line() -> TrustLine:
    """Return the line that was registered, else one on which nobody answers."""
    return next(iter(lines.values()), NoLine)()


class Stamp(Protocol):
    """Brings a time stamp over a hash, checked; only in the process that carries the engine."""

    def __call__(self, imprint: bytes, digest: str, *, at: datetime) -> bytes:
        """Return the token as DER. Raises: LineDown, Anticipated if what came does not fit."""


stampers: dict[str, Stamp] = {}


def stamper() -> Stamp | None:
    """Return who brings time stamps in this process, None in those that only serve pages."""
    return next(iter(stampers.values()), None)
