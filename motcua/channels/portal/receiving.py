"""Files that arrive with a request: sent in parts before it, or with the form itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from motcua.channels.kit.fields import Sent
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.files import api as files
from motcua.lib.actor import Actor

ACCEPT = ".pdf,image/*,.docx,.xlsx"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file that has arrived under a name, in either way."""

    token: str = ""
    sent: Sent | None = None

    def keep(self, *, by: Actor, at: datetime) -> tuple[files.StoredFile, str]:
        """Return the file as kept, with its name.

        Raises: FileRefused, UploadNotFound, OffsetDiffers.
        """
        if self.sent is not None:
            name = self.sent.name or ""
            return files.keep_file(name, cast("BinaryIO", self.sent.file), by=by, at=at), name
        upload = files.get_upload(self.token, by=by, at=at)
        return files.finish_upload(self.token, by=by, at=at), upload.name


def arrived_files(request: ActorRequest, name: str) -> Iterator[Arrived]:
    """Yield the files that came for one input."""
    for sent in request.FILES.getlist(name):
        yield Arrived(sent=sent)
    for token in request.POST.getlist(f"{name}_token"):
        if token:
            yield Arrived(token=token)
