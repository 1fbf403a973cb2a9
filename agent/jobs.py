"""One request to sign at a time: asked by the site, answered by the person at this computer."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import compare_digest, token_urlsafe
from threading import Lock
from typing import Any

from .documents import Document
from .keys import CannotSign, Keys, PinRefused


class Over(Exception):
    """The request has been answered, or another took its place."""


@dataclass(slots=True)
class Job:
    """One request: its documents, and the answer of the person."""

    certificate: str
    documents: Sequence[Document]
    id: str = field(default_factory=lambda: token_urlsafe(24))
    form_token: str = field(default_factory=lambda: token_urlsafe(24), repr=False)
    signatures: list[dict[str, Any]] = field(default_factory=list, repr=False)
    refused: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether the person has still to answer."""
        return not self.signatures and not self.refused

    def told(self) -> dict[str, Any]:
        """Return what the site is told."""
        if self.signatures:
            return {"state": "signed", "signatures": self.signatures}
        if self.refused:
            return {"state": "refused", "error": self.refused}
        return {"state": "asked"}


class Jobs:
    """Holds the one request that is on."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._lock = Lock()
        self._job: Job | None = None

    def begin(self, certificate: str, documents: Sequence[Document]) -> Job:
        """Take a request; one that still waited is over."""
        with self._lock:
            if self._job is not None and self._job.is_open:
                self._job.refused = "Có yêu cầu ký mới thay cho yêu cầu này."
            self._job = Job(certificate, documents)
            return self._job

    def find(self, job_id: str) -> Job:
        """Return the request with this mark. Raises: Over."""
        job = self._job
        if job is None or not compare_digest(job.id.encode(), job_id.encode()):
            raise Over("Yêu cầu ký này không còn nữa.")
        return job

    def refuse(self, job: Job) -> None:
        """Note that the person will not sign."""
        with self._lock:
            if job.is_open:
                job.refused = "Ông/bà đã chọn không ký trên máy ký."

    def sign(self, job: Job, pin: str) -> None:
        """Sign all documents of a request with one PIN. Raises: PinRefused, Over."""
        with self._lock:
            if not job.is_open:
                raise Over("Yêu cầu ký này đã xong.")
            try:
                raws = self._keys.sign(
                    job.certificate, pin, [one.attributes for one in job.documents]
                )
            except PinRefused:
                raise
            except CannotSign as error:
                job.refused = str(error)
                return
            job.signatures = [
                {
                    "id": one.id,
                    "attributes": sha256(one.attributes).hexdigest(),
                    "raw": b64encode(raw).decode(),
                }
                for one, raw in zip(job.documents, raws, strict=True)
            ]
