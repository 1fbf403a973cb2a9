"""Files that come in parts and may go on after a broken line."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from motcua.foundation.files.errors import FileRefused, OffsetDiffers, TooManyUploads
from motcua.foundation.files.models import StoredFile, Upload, most_bytes
from motcua.foundation.files.queries import get_upload, upload_not_found
from motcua.foundation.files.rules import clean_name, kind_of_name
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

from .keeping import check_name, empty, incoming, keep_path, too_large

LIFE = timedelta(days=3)
MOST_AT_ONCE = 40
MOST_PART_BYTES = 1 << 20


@work.story
def begin_upload(name: str, size: int, *, by: Actor, at: datetime) -> Upload:
    """Announce a file of `size` bytes; the answer's token names it in every part.

    Raises: FileRefused for a kind that is not taken, FileTooLarge, SecretFile, TooManyUploads.
    """
    name = clean_name(name)
    kind_of_name(name)
    check_name(name)
    if size > most_bytes():
        raise too_large(name)
    if size <= 0:
        raise empty(name)
    if Upload.objects.unfinished().of(by).filter(expires_at__gt=at).count() >= MOST_AT_ONCE:
        raise TooManyUploads(
            said(
                "Ông/bà đang gửi dở %(most_at_once)s tệp; hãy chờ gửi xong rồi gửi thêm.",
                most_at_once=MOST_AT_ONCE,
            )
        )
    return Upload.objects.create(
        token=secrets.token_urlsafe(24),
        owner_id=by.doer_id,  # on the way a file is its sender's, whoever he acts for
        application_id=by.application_id,
        name=name,
        size=size,
        begun_at=at,
        expires_at=at + LIFE,
    )


@work.story
def append_part(token: str, offset: int, content: bytes, *, by: Actor, at: datetime) -> Upload:
    """Add the bytes that follow what has come so far.

    A part sent twice is refused with the right offset, from where the sender goes on. The bytes
    are written at their place before the row says so: a crash in between changes nothing.

    Raises: UploadNotFound, OffsetDiffers, FileRefused if there are more bytes than announced.
    Locks: the upload.
    """
    upload = _own_locked(token, by=by, at=at)
    if offset != upload.offset:
        raise OffsetDiffers(upload.offset)
    if len(content) > MOST_PART_BYTES or offset + len(content) > upload.size:
        raise FileRefused(said("Phần tệp gửi lên dài hơn đã báo; hãy chọn lại tệp."), field="file")
    path = part_path(upload)
    path.touch(mode=0o600)
    with path.open("r+b") as target:
        target.seek(offset)
        target.write(content)
    upload.offset = offset + len(content)
    work.update(upload, "offset")
    return upload


def finish_upload(token: str, *, by: Actor, at: datetime) -> StoredFile:
    """Check the complete file and keep it; asked twice, answers the same.

    A refused file takes its upload with it. Not one story: the file is looked into before any
    lock is taken.

    Raises: UploadNotFound, OffsetDiffers if bytes are missing, FileRefused, VirusFound.
    """
    upload = get_upload(token, by=by, at=at)
    if upload.stored_file is not None:
        return upload.stored_file
    if not upload.is_complete:
        raise OffsetDiffers(upload.offset)
    kind = kind_of_name(upload.name)
    path = part_path(upload)
    try:
        stored = keep_path(path, upload.name, kind, by=by, at=at)
    except FileNotFoundError:
        # Somebody finished it in the meantime, or the disk lost it.
        return _kept_meanwhile(token, by=by, at=at)
    except FileRefused:
        drop_upload(token, by=by, at=at)
        raise
    _point(token, stored, by=by, at=at)
    path.unlink(missing_ok=True)
    return stored


def take_part(token: str, offset: int, content: bytes, *, by: Actor, at: datetime) -> Upload:
    """Add a part and, if it was the last one, finish.

    Raises: as `append_part` and `finish_upload`.
    """
    upload = append_part(token, offset, content, by=by, at=at)
    if upload.is_complete:
        upload.stored_file = finish_upload(token, by=by, at=at)
    return upload


@work.story
def drop_upload(token: str, *, by: Actor, at: datetime) -> None:
    """Give up an upload and its bytes; what was kept already stays.

    Raises: UploadNotFound.
    """
    upload = _own_locked(token, by=by, at=at)
    part_path(upload).unlink(missing_ok=True)
    upload.delete()


def part_path(upload: Upload) -> Path:
    """Return where the bytes of an unfinished upload lie."""
    return incoming() / f"upload-{upload.pk}"


def _own_locked(token: str, *, by: Actor, at: datetime) -> Upload:
    try:
        upload = work.lock(Upload, token=token)
    except Upload.DoesNotExist as error:
        raise upload_not_found() from error
    is_own = (upload.owner_id, upload.application_id) == (by.doer_id, by.application_id)
    if not is_own or upload.expires_at <= at:
        raise upload_not_found()
    return upload


@work.story
def _point(token: str, stored: StoredFile, *, by: Actor, at: datetime) -> None:
    upload = _own_locked(token, by=by, at=at)
    upload.stored_file = stored
    work.update(upload, "stored_file")


def _kept_meanwhile(token: str, *, by: Actor, at: datetime) -> StoredFile:
    upload = get_upload(token, by=by, at=at)
    if upload.stored_file is None:
        raise upload_not_found()
    return upload.stored_file
