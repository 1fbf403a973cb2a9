"""Read what is kept and what is on its way."""

from datetime import datetime
from typing import BinaryIO

from motcua.lib.actor import Actor
from motcua.lib.tongue import said

from . import ports
from .errors import FileLocked, UploadNotFound
from .models import StoredFile, Upload, most_bytes
from .rules import accepted_extensions, in_megabytes

PREVIEW_SUFFIX = ".webp"


def get_upload(token: str, *, by: Actor, at: datetime) -> Upload:
    """Return the actor's own upload, with what was kept of it if it is finished.

    Raises: UploadNotFound.
    """
    uploads = Upload.objects.select_related("stored_file")
    upload = uploads.of(by).filter(token=token, expires_at__gt=at).first()
    if upload is None:
        raise upload_not_found()
    return upload


def upload_not_found() -> UploadNotFound:
    """Return the error to raise; it does not tell an absent upload from somebody else's."""
    return UploadNotFound("Không còn tệp đang gửi này; hãy chọn lại tệp.")


def open_file(stored: StoredFile) -> BinaryIO:
    """Open the content for reading; whether the reader may is decided by who holds the key.

    Raises: FileLocked.
    """
    _check_opens(stored)
    return ports.store().open(stored.sha256)


def open_preview(stored: StoredFile) -> BinaryIO | None:
    """Open the small WebP of the first page, if there is one.

    Raises: FileLocked.
    """
    _check_opens(stored)
    if not stored.has_preview:
        return None
    return ports.store().open(stored.sha256 + PREVIEW_SUFFIX)


def _check_opens(stored: StoredFile) -> None:
    """Raises: FileLocked."""
    if stored.purged_at is not None:
        raise FileLocked(said("Nội dung tệp này đã bị xóa vì mang bí mật nhà nước."))
    if stored.is_locked:
        raise FileLocked(said("Tệp này đã bị khóa vì phát hiện có vi-rút."))


def limits_text() -> str:
    """Return the sentence shown beside every file picker, before anything is chosen."""
    kinds = ", ".join(extension.removeprefix(".").upper() for extension in accepted_extensions())
    return f"Mỗi tệp tối đa {in_megabytes(most_bytes())}; loại nhận: {kinds}."
