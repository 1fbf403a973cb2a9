"""A file sent with an act, kept before the act is done."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, NamedTuple, cast

from motcua.foundation.files import api as files
from motcua.lib.actor import Actor

from .fields import Sent, UploadToken
from .requests import ActorRequest


class Kept(NamedTuple):
    """A stored file and the name it came with."""

    pk: int
    name: str


def kept_files(sent: Iterable[Sent | UploadToken], *, by: Actor, at: datetime) -> list[Kept]:
    """Return every file of a field, sent in parts before or with this very form.

    Raises: FileRefused, VirusFound, UploadNotFound.
    """
    return [_kept(one, by=by, at=at) for one in sent]


def _kept(sent: Sent | UploadToken, *, by: Actor, at: datetime) -> Kept:
    if isinstance(sent, UploadToken):
        upload = files.get_upload(sent, by=by, at=at)
        return Kept(files.finish_upload(sent, by=by, at=at).pk, upload.name)
    name = files.clean_name(sent.name or "tep")
    return Kept(files.keep_file(name, cast("BinaryIO", sent), by=by, at=at).pk, name)


def forget_sent(sent: Iterable[Sent | UploadToken], *, by: Actor, at: datetime) -> None:
    """Give up every file of a field that was sent in parts; nothing of them is kept."""
    for one in sent:
        if isinstance(one, UploadToken):
            stored = files.get_upload(one, by=by, at=at).stored_file
            files.drop_upload(one, by=by, at=at)
            files.forget_unused([stored.pk] if stored else [])


def kept_file(request: ActorRequest, name: str, *, at: datetime) -> Kept | None:
    """Return the file sent under this name, in parts before or with this very form.

    Raises: FileRefused, VirusFound, UploadNotFound.
    """
    token = request.POST.get(f"{name}_token", "")
    if token:
        upload = files.get_upload(token, by=request.actor, at=at)
        return Kept(files.finish_upload(token, by=request.actor, at=at).pk, upload.name)
    sent = request.FILES.get(name)
    if sent is None or sent.file is None:
        return None
    given = sent.name or "tep"
    stored = files.keep_file(given, cast("BinaryIO", sent.file), by=request.actor, at=at)
    return Kept(stored.pk, files.clean_name(given))
