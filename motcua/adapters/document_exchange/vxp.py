"""The national axis, spoken to as its SDK does: signed headers, edXML as a part of a form.

Shape: docs/reference/exchange.md
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hmac import digest as hmac_digest
from secrets import token_hex
from tempfile import TemporaryFile
from typing import IO, Any

from motcua.lib.clock import local, now
from motcua.lib.httpclient import Stream

from .lines import ODD, Away, Letter, Listed, Place, asked, judged, text_of
from .long_answers import taken_out

PREFIX = "XroadVnpt-"
VERSION = "3.0.201608"
SERVICE = "eDoc"
LOOKS_BACK = timedelta(days=30)
_CHUNK = 1 << 18


class Vxp:
    """Implements `AxisLine`."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def send(self, letter: Letter) -> str:
        """Hand a message over as a form with one part."""
        mark = token_hex(16)
        head = (
            f"--{mark}\r\nContent-Disposition: form-data; "
            'name="file_doc"; filename="message.edxml"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        tail = f"\r\n--{mark}--\r\n".encode()
        said = {
            "from": letter.sender,
            "to": json.dumps([letter.receiver]),
            "servicetype": SERVICE,
            "messagetype": letter.kind,
            "hash-file": sdk_hex(letter.sha256),
        }
        headers = self._headers(said, f"multipart/form-data; boundary={mark}")
        body = Stream(_form(head, letter.content, tail), len(head) + letter.size + len(tail))
        answer = asked(self.place, "POST", "sendEdoc", headers, body=body)
        return text_of(_judged(_read(answer.body)), "DocId", "docId")

    def received(self) -> Sequence[Listed]:
        """Return what lies there for us."""
        return [
            Listed(
                text_of(row, "docId"),
                text_of(row, "messageType").lower(),
                text_of(row, "from"),
                text_of(row, "to"),
                text_of(row, "status").lower(),
                text_of(row, "status_desc", "statusDesc"),
                text_of(row, "created_time", "createdTime"),
            )
            for row in self._rows("getReceivedEdocList", self._since())
        ]

    def sent(self) -> Sequence[Listed]:
        """Return what we sent, with what the receiver did."""
        return [
            Listed(
                text_of(row, "senderDocId"),
                text_of(row, "messageType").lower(),
                text_of(row, "fromCode"),
                text_of(row, "toCode"),
                text_of(row, "receiveStatus").lower(),
                text_of(row, "receiveStatusDesc"),
                text_of(row, "sentTime"),
            )
            for row in self._rows("getSentEdocList", self._since())
        ]

    def fetch(self, ref: str, into: IO[bytes]) -> None:
        """Write one message into a file."""
        with TemporaryFile() as kept:
            asked(self.place, "POST", "getEdoc", self._headers({"docId": ref}), into=kept)
            _judged(taken_out(kept, into))

    def mark(self, ref: str, state: str) -> None:
        """Tell that a message was read, or never can be."""
        headers = self._headers({"docId": ref, "status": state})
        _judged(_read(asked(self.place, "POST", "updateStatus", headers, body=b"{}").body))

    def agencies(self) -> Sequence[tuple[str, str]]:
        """Return code and name of the agencies there."""
        rows = self._rows("getAgenciesList", {})
        return [(text_of(row, "code"), text_of(row, "name")) for row in rows]

    def _rows(self, method: str, said: Mapping[str, str]) -> list[Any]:
        headers = self._headers(said)
        answer = asked(self.place, "POST", method, headers, body=b"{}")
        rows = _judged(_read(answer.body)).get("data")
        if not isinstance(rows, list):
            raise Away(ODD)
        return rows

    def _since(self) -> dict[str, str]:
        today = local(now())
        from_day = f"{today - LOOKS_BACK:%Y/%m/%d}"
        return {"servicetype": SERVICE, "fromDate": from_day, "toDate": f"{today:%Y/%m/%d}"}

    def _headers(self, said: Mapping[str, str], kind: str = "application/json") -> dict[str, str]:
        own = {"systemid": self.place.system, "timestamp": sdk_moment(now()), **said}
        return {"Content-Type": kind, **signed(own, self.place.secret)}


def signed(said: Mapping[str, str], secret: str) -> dict[str, str]:
    """Return the headers of a call: each value, their names, all of them as text, and its HMAC."""
    named = {f"{PREFIX}{name}": value for name, value in said.items()}
    text = json.dumps(named, separators=(",", ":"))
    return {
        **named,
        f"{PREFIX}sign-header-key": ";".join(said),
        f"{PREFIX}sign-header": text,
        f"{PREFIX}hash-header": hmac_digest(secret.encode(), text.encode(), "sha256").hex(),
        f"{PREFIX}version": VERSION,
    }


def sdk_hex(digest: bytes) -> str:
    """Return a fingerprint as the SDK writes it: each byte by itself, without a leading zero."""
    return "".join(f"{one:x}" for one in digest)


def sdk_moment(at: datetime) -> str:
    """Return a moment as the SDK writes it: day, hour, and thousandths where a zone would stand."""
    here = local(at)
    return f"{here:%d%m%YT%H%M%S}+{here.microsecond // 1000:04d}"


def _form(head: bytes, content: IO[bytes], tail: bytes) -> Iterator[bytes]:
    yield head
    content.seek(0)
    while chunk := content.read(_CHUNK):
        yield chunk
    yield tail


def _judged(said: Any) -> Mapping[str, Any]:
    return judged(said, "ErrorCode", "ErrorDesc")


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Away(ODD) from error
