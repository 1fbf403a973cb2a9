"""A bucket of objects named by their hash, over plain HTTP requests."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from defusedxml.ElementTree import fromstring
from django.conf import settings

from motcua.lib.clock import now

from .signing import EMPTY, Asked, Keys, query_string, signed_headers

_FOLDER = "kept/"
_IN_MEMORY = 4_000_000
_CHUNK = 1 << 16
_GOOD = (HTTPStatus.OK, HTTPStatus.NO_CONTENT)
_XML = "{http://s3.amazonaws.com/doc/2006-03-01/}"


class BucketError(OSError):
    """The object store refused or failed."""


@dataclass(frozen=True, slots=True)
class BucketStore:
    """Implements `files.Store`; addresses are of the form endpoint/bucket/kept/key."""

    endpoint: str
    bucket: str
    keys_: Keys
    timeout: float = 30

    def put(self, key: str, source: Path) -> None:
        with source.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            content.seek(0)
            self._ask("PUT", _FOLDER + key, content=content, digest=digest).close()
        source.unlink()

    def open(self, key: str) -> BinaryIO:
        with self._ask("GET", _FOLDER + key) as answer:
            target = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- the reader closes it
            while chunk := answer.read(_CHUNK):
                target.write(chunk)
        target.seek(0)
        return cast("BinaryIO", target)

    def delete(self, key: str) -> None:
        self._ask("DELETE", _FOLDER + key).close()

    def keys(self) -> Iterator[str]:
        query = {"list-type": "2", "prefix": _FOLDER}
        while query:
            with self._ask("GET", "", query=query) as answer:
                listed = fromstring(answer.read())
            for name in listed.iter(f"{_XML}Key"):
                yield str(name.text).removeprefix(_FOLDER)
            further = listed.findtext(f"{_XML}NextContinuationToken")
            query = {**query, "continuation-token": further} if further else {}

    def _ask(
        self,
        method: str,
        name: str,
        *,
        query: Mapping[str, str] | None = None,
        content: BinaryIO | None = None,
        digest: str = EMPTY,
    ) -> HTTPResponse:
        """Raises: FileNotFoundError, BucketError."""
        place = urlsplit(self.endpoint)
        asked = Asked(method, f"/{self.bucket}/{name}", query or {}, {"host": place.netloc})
        headers = signed_headers(asked, digest, self.keys_, now())
        if content is not None:
            headers["content-length"] = str(Path(content.name).stat().st_size)
        kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
        connection = kind(place.hostname or "", place.port, timeout=self.timeout)
        address = f"{asked.path}?{query_string(asked.query)}" if asked.query else asked.path
        connection.request(
            method, address, body=content, headers={**headers, "connection": "close"}
        )
        return _checked(connection.getresponse())


def _checked(answer: HTTPResponse) -> HTTPResponse:
    if answer.status in _GOOD:
        return answer
    answer.close()
    if answer.status == HTTPStatus.NOT_FOUND:
        raise FileNotFoundError("no such object")
    raise BucketError(f"the object store answered {answer.status}")


def from_settings() -> BucketStore:
    """Return the bucket named by the settings."""
    keys = Keys(settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY, settings.S3_REGION)
    return BucketStore(settings.S3_ENDPOINT, settings.S3_BUCKET, keys)
