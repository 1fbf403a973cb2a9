"""One request at a time: signed in, retried where that is harmless, answered or refused."""

import gzip
import json
import time
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .errors import Unreachable, error_of

Query = Mapping[str, object]
Files = Mapping[str, "tuple[str, bytes]"]
_BUSY = frozenset({429, 503})
_LONGEST_WAIT_S = 60.0
# A line that broke, also in the middle of an answer.
_BROKEN = (URLError, OSError, HTTPException, EOFError, zlib.error)


class _NoRedirect(HTTPRedirectHandler):
    """A key is sent to the site it was given for, and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True)
class Call:
    """What is asked of the site."""

    method: str
    path: str
    query: Query = field(default_factory=dict)
    body: object = None
    content: bytes | None = None
    files: Files | None = None
    key: str | None = None

    @property
    def is_repeatable(self) -> bool:
        """Say whether sending it twice does no more than sending it once."""
        return self.method == "GET" or bool(self.key)


class Transport:
    """The line to one site; `word` is an application's key or the word of a session."""

    def __init__(
        self,
        site: str,
        word: str = "",
        *,
        tries: int = 4,
        timeout_s: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(site).scheme not in {"http", "https"}:
            raise ValueError("the site's address begins with https://")
        self.site, self.word = site.rstrip("/"), word
        self._tries, self._timeout_s, self._sleep = tries, timeout_s, sleep
        self._opener = build_opener(_NoRedirect)

    def send(self, call: Call) -> bytes:
        """Return the answer's bytes. Raises: ApiError, Unreachable."""
        request = self._request(call)
        for left in range(self._tries - 1, -1, -1):
            try:
                with self._opener.open(request, timeout=self._timeout_s) as answer:
                    return _unpacked(answer.read(), answer.headers.get("Content-Encoding", ""))
            except HTTPError as refused:
                body = _words_of(refused)
                is_late = refused.code in _BUSY and (refused.code != 503 or call.is_repeatable)
                if not (left and is_late):
                    raise error_of(refused.code, _read(body)) from None
                self._sleep(_wait_of(refused.headers.get("Retry-After", ""), self._tries - left))
            except _BROKEN as away:
                if not (left and call.is_repeatable):
                    raise Unreachable(f"{self.site}: {away}") from away
                self._sleep(_wait_of("", self._tries - left))
        raise Unreachable(self.site)

    def _request(self, call: Call) -> Request:
        asked = {name: value for name, value in call.query.items() if value is not None}
        tail = f"?{urlencode({k: _plain(v) for k, v in asked.items()})}" if asked else ""
        headers = {"Accept-Encoding": "gzip", "User-Agent": "motcua-client/1"}
        data: bytes | None = call.content
        if call.files is not None:
            data, headers["Content-Type"] = _multipart(call.files)
        elif call.body is not None:
            data = json.dumps(call.body).encode()
            headers["Content-Type"] = "application/json"
        elif data is not None:
            headers["Content-Type"] = "application/octet-stream"
        if self.word:
            headers["Authorization"] = f"Bearer {self.word}"
        if call.key:
            headers["Idempotency-Key"] = call.key
        if data is None and call.method != "GET":
            data = b""
        url = f"{self.site}{call.path}{tail}"
        return Request(url, data=data, headers=headers, method=call.method)  # noqa: S310 -- checked


class Group:
    """The endpoints of one subject."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def _json(self, call: Call) -> Any:
        """Return what was answered. Raises: ApiError, Unreachable if it is no answer of ours."""
        try:
            return json.loads(self._transport.send(call))
        except ValueError as error:
            raise Unreachable(f"{self._transport.site}: not JSON") from error

    def _bytes(self, call: Call) -> bytes:
        return self._transport.send(call)

    def _nothing(self, call: Call) -> None:
        self._transport.send(call)


def new_key() -> str:
    """Return a key that makes a request harmless to repeat."""
    return uuid.uuid4().hex


def escaped(value: object) -> str:
    """Return a value as a part of an address."""
    return quote(str(value), safe="")


def each(fetch: Callable[[str], Any]) -> Iterator[Any]:
    """Yield the rows of all pages, from the first on."""
    after = ""
    while True:
        page = fetch(after)
        yield from page["rows"]
        after = page["next"]
        if not after:
            return


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wait_of(word: str, tried: int) -> float:
    seconds = float(word) if word.isdecimal() else 0.5 * 2**tried
    return min(seconds, _LONGEST_WAIT_S)


def _unpacked(body: bytes, how: str) -> bytes:
    return gzip.decompress(body) if how == "gzip" else body


def _words_of(refused: HTTPError) -> bytes:
    """Return what a refusal says; nothing if the line broke meanwhile: the status is known."""
    try:
        return _unpacked(refused.read(), refused.headers.get("Content-Encoding", ""))
    except _BROKEN:
        return b""


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return {}


def _multipart(files: Files) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = bytearray()
    for name, (file_name, content) in files.items():
        tidy = file_name.replace('"', "").replace("\r", "").replace("\n", "")
        head = f'Content-Disposition: form-data; name="{name}"; filename="{tidy}"'
        parts += f"--{edge}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
        parts += content + b"\r\n"
    parts += f"--{edge}--\r\n".encode()
    return bytes(parts), f"multipart/form-data; boundary={edge}"
