"""A province's platform in front of the axis: a token by client credentials, then REST.

Shape: docs/reference/exchange.md
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any
from urllib.parse import quote, urlencode, urlsplit

from motcua.lib.httpclient import Stream

from .lines import NOT_KNOWN, ODD, Away, Letter, Listed, Place, asked, judged, text_of
from .long_answers import taken_out

_EARLIER_S = 60.0
_USUAL_S = 600.0
_CHUNK = 3 << 16  # of three: base64 of each piece needs no filling


class Lgsp:
    """Implements `AxisLine`; holds a token as long as the platform says."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._token, self._until = "", 0.0

    def send(self, letter: Letter) -> str:
        """Hand a message over in base64."""
        query = urlencode(
            {"messageType": letter.kind, "from": letter.sender, "to": letter.receiver}
        )
        size = 4 * -(-letter.size // 3)
        body = Stream(_encoded(letter.content), size)
        said = self._ask("POST", f"vanbans?{query}", body=body)
        return text_of(said, "docId")

    def received(self) -> Sequence[Listed]:
        """Return what lies there for us."""
        return [_listed(row, "docId") for row in self._rows("vanbans")]

    def sent(self) -> Sequence[Listed]:
        """Return what we sent, with what the receiver did."""
        return [_listed(row, "senderDocId") for row in self._rows("vanbans?box=sent")]

    def fetch(self, ref: str, into: IO[bytes]) -> None:
        """Write one message into a file."""
        with TemporaryFile() as kept:
            path = f"vanbans/{quote(ref, safe='')}"
            asked(self.place, "GET", path, self._headers(), into=kept)
            _judged(taken_out(kept, into))

    def mark(self, ref: str, state: str) -> None:
        """Tell that a message was read, or never can be."""
        query = urlencode({"status": state.upper()})
        self._ask("PUT", f"vanbans/{quote(ref, safe='')}?{query}", body=b"")

    def agencies(self) -> Sequence[tuple[str, str]]:
        """Return code and name of the agencies there."""
        rows = self._rows("donvilienthongs")
        return [(text_of(row, "code"), text_of(row, "name")) for row in rows]

    def _rows(self, path: str) -> list[Any]:
        rows = self._ask("GET", path).get("data")
        if not isinstance(rows, list):
            raise Away(ODD)
        return rows

    def _ask(
        self, method: str, path: str, *, body: bytes | Stream | None = None
    ) -> Mapping[str, Any]:
        try:
            answer = asked(self.place, method, path, self._headers(), body=body)
        except Away:
            self._until = 0.0  # a token that is refused is not shown again
            raise
        return _judged(_read(answer.body))

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._bearer()}",
            "SecretDonVi": self.place.secret,
            "Content-Type": "text/plain",
            "Accept": "application/json",
        }

    def _bearer(self) -> str:
        """Return who we are to the platform, asked again before it ends."""
        if self._until <= monotonic():
            known = b64encode(f"{self.place.system}:{self.place.secret}".encode()).decode()
            said = _read(self._asked_token(known))
            if "errorCode" in said:
                _judged(said)
            token, seconds = said.get("access_token"), said.get("expires_in", _USUAL_S)
            if not isinstance(token, str) or not token or not isinstance(seconds, int | float):
                raise Away(NOT_KNOWN)
            self._token = token
            self._until = monotonic() + max(seconds - _EARLIER_S, 1.0)
        return self._token

    def _asked_token(self, known: str) -> bytes:
        parts = urlsplit(self.place.url)
        gateway = Place(
            f"{parts.scheme}://{parts.netloc}",
            self.place.system,
            self.place.secret,
            self.place.bounds,
            self.place.patience,
        )
        headers = {
            "Authorization": f"Basic {known}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = b"grant_type=client_credentials"
        return asked(gateway, "POST", "token", headers, body=body).body


def _listed(row: Any, ref: str) -> Listed:
    return Listed(
        text_of(row, ref),
        text_of(row, "messageType").lower(),
        text_of(row, "from"),
        text_of(row, "to"),
        text_of(row, "status").lower(),
        text_of(row, "statusDesc"),
        text_of(row, "createdTime"),
    )


def _encoded(content: IO[bytes]) -> Iterator[bytes]:
    content.seek(0)
    while chunk := content.read(_CHUNK):
        yield b64encode(chunk)


def _judged(said: Any) -> Mapping[str, Any]:
    return judged(said, "errorCode", "errorDesc")


def _read(content: bytes) -> Any:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Away(ODD) from error
    if not isinstance(said, dict):
        raise Away(ODD)
    return said
