"""One question to a service of trust over HTTP, within bounds.

Addresses come from certificates that lead to our anchors, and from the settings: the host of the
address is the one that is asked. Addresses inside one's own network are asked in the demo, and of
services that an administrator entered.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings

from motcua.foundation.trust import api as trust
from motcua.lib import httpclient
from motcua.lib.httpclient import AddressRefused, Bounds, NoAnswer

MOST_ANSWER, MOST_LIST = 64_000, 10_000_000


class HttpLine:
    """Implements `trust.TrustLine`."""

    def __init__(self, *, allows_private: bool, entered: frozenset[str] = frozenset()) -> None:
        self.allows_private, self.entered = allows_private, entered

    def time_stamp(self, address: str, question: bytes) -> bytes:
        """Ask a time-stamp service. Raises: LineDown."""
        return self._ask(address, MOST_ANSWER, question, "application/timestamp-query")

    def ocsp(self, address: str, question: bytes) -> bytes:
        """Ask an authority about one certificate. Raises: LineDown."""
        return self._ask(address, MOST_ANSWER, question, "application/ocsp-request")

    def crl(self, address: str) -> bytes:
        """Fetch a list of revoked certificates. Raises: LineDown."""
        return self._ask(address, MOST_LIST)

    def _ask(self, address: str, most: int, question: bytes = b"", kind: str = "") -> bytes:
        host = _host_of(address)
        bounds = Bounds(
            frozenset({host}),
            most_bytes=most,
            allows_private=self.allows_private or host in self.entered,
        )
        method = "POST" if question else "GET"
        headers = {"Content-Type": kind} if kind else {}
        try:
            answer = httpclient.ask(
                method, address, bounds=bounds, body=question or None, headers=headers
            )
        except (AddressRefused, NoAnswer, ValueError) as error:
            raise trust.LineDown(f"Không hỏi được dịch vụ ({error}).") from error
        if answer.status != HTTPStatus.OK:
            raise trust.LineDown(f"Dịch vụ trả lời lỗi {answer.status}.")
        return answer.body


def _host_of(address: str) -> str:
    """Return the host of an address as it stands in a certificate. Raises: LineDown."""
    try:
        return urlsplit(address).netloc
    except ValueError as error:
        raise trust.LineDown("Địa chỉ của dịch vụ viết sai.") from error


def from_settings() -> HttpLine:
    """Return the line of this site. Costs: one query."""
    return HttpLine(allows_private=settings.SIGNING_DEMO, entered=trust.entered_hosts())
