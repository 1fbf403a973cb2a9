"""Files on their way from the reception screen into a dossier.

A file is kept the moment it arrives; the page then carries a signed mark for it, so that a wrong
date in another field never costs a second scan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from django.core import signing
from django.http import QueryDict

from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.files import api as files

_SALT = "motcua.counter.attachment"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One kept file, its name, and the mark that stands for it on the page."""

    file_id: int
    name: str

    @property
    def mark(self) -> str:
        """Return the signed word by which the page remembers the file."""
        return signing.dumps([self.file_id, self.name], salt=_SALT)


def attachments_of(
    request: ActorRequest, typed: QueryDict, name: str, *, at: datetime, prefix: str = ""
) -> Iterator[Attachment]:
    """Yield what was attached under a name: before, in parts, or with this very form.

    `prefix` stands before the name on the page, where it shows several checklists.

    Raises: FileRefused, VirusFound, UploadNotFound.
    """
    by = request.actor
    for mark in typed.getlist(f"{name}_kept"):
        try:
            file_id, file_name = signing.loads(mark, salt=_SALT)
        except signing.BadSignature:
            continue
        yield Attachment(file_id, file_name)
    for token in typed.getlist(f"{name}_token"):
        upload = files.get_upload(token, by=by, at=at)
        yield Attachment(files.finish_upload(token, by=by, at=at).pk, upload.name)
    for sent in request.FILES.getlist(prefix + name):
        stored = files.keep_file(sent.name or "tep", cast("BinaryIO", sent), by=by, at=at)
        yield Attachment(stored.pk, files.clean_name(sent.name or "tep"))
