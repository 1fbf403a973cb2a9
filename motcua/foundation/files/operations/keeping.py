"""Take a content: look into it, then keep it under its hash, once."""

import hashlib
import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from motcua.foundation.audit import api as audit
from motcua.foundation.files import ports
from motcua.foundation.files.choices import ScanState
from motcua.foundation.files.errors import FileRefused, FileTooLarge, SecretFile, VirusFound
from motcua.foundation.files.models import StoredFile, most_bytes
from motcua.foundation.files.ports import Inspection, ScannerAway, Unreadable
from motcua.foundation.files.queries import PREVIEW_SUFFIX
from motcua.foundation.files.rules import (
    NOT_HERE,
    FileKind,
    bears_signature,
    check_content,
    clean_name,
    in_megabytes,
    kind_of_name,
    mark_in_name,
    mark_in_words,
)
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.tongue import said, words_of

logger = logging.getLogger(__name__)
_CHUNK = 1 << 20
_NOTHING_SEEN = Inspection(pages=0, preview=b"")


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a content once it has passed every check."""

    sha256: str
    size: int
    media_type: str
    scan_state: ScanState
    seen: Inspection = _NOTHING_SEEN
    bears_signature: bool = False


def keep_file(
    name: str,
    content: BinaryIO,
    *,
    by: Actor,
    at: datetime,
    most: int | None = None,
    is_drawn: bool = True,
) -> StoredFile:
    """Take a file that somebody sends in one piece; `most` bytes where it is not the usual limit.

    Its first page is drawn for those who list it with a picture; elsewhere that is the dearest
    part of taking it (`is_drawn`).

    Raises: FileRefused (too large, of another kind than its name says, harmful), VirusFound,
    SecretFile if its name or first page bears the mark of a state secret.
    """
    name = clean_name(name)
    kind = kind_of_name(name)
    path = _spool(name, content, most or most_bytes())
    try:
        return keep_path(path, name, kind, by=by, at=at, is_drawn=is_drawn)
    finally:
        path.unlink(missing_ok=True)


def keep_bytes(content: bytes, media_type: str, *, by: Actor, at: datetime) -> StoredFile:
    """Keep something made here (a slip, a decision): no scan, no look inside."""
    path = incoming() / secrets.token_hex(16)
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    looked = Looked(digest, len(content), media_type, ScanState.MADE_HERE)
    try:
        return record(path, looked, by=by, at=at)
    finally:
        path.unlink(missing_ok=True)


def keep_raw(
    content: BinaryIO,
    media_type: str,
    *,
    most: int,
    by: Actor,
    at: datetime,
    is_ours: bool = False,
) -> StoredFile:
    """Keep what came from a partner byte by byte, before anybody looks into it.

    It is scanned like everything that could not be scanned at once; a room that takes files out
    of it hands them to `keep_file`. `is_ours` says that it was made here: it may be large.

    Raises: FileRefused (empty, too large).
    """
    raw = take_raw(content, media_type, most=most, is_ours=is_ours)
    try:
        return record(raw.path, raw.looked, by=by, at=at)
    finally:
        raw.drop()


@dataclass(frozen=True, slots=True)
class RawFile:
    """Bytes of a partner on their way into the store; `drop` them whatever happens."""

    path: Path
    looked: Looked

    def drop(self) -> None:
        """Remove what is still on its way."""
        self.path.unlink(missing_ok=True)


def take_raw(content: BinaryIO, media_type: str, *, most: int, is_ours: bool = False) -> RawFile:
    """Take bytes in, for `keep_raws`. Raises: FileRefused (empty, too large)."""
    path = _spool("gói tin", content, most)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    state = ScanState.MADE_HERE if is_ours else ScanState.NOT_SCANNED
    return RawFile(path, Looked(digest, path.stat().st_size, media_type, state))


@work.story
def keep_raws(raws: Sequence[RawFile], *, by: Actor, at: datetime) -> list[StoredFile | None]:
    """Keep what several messages of a partner are, as `keep_raw` does, in one story.

    One whose content was locked or purged earlier is None: it stops no other.

    Locks: the hashes, in their order.
    """
    wanted = {raw.looked.sha256: raw for raw in raws}
    for sha256 in sorted(wanted):
        lock_hash(sha256)
    known = StoredFile.objects.filter(sha256__in=list(wanted))
    found: dict[str, StoredFile | None] = {}
    for one in known:
        try:
            found[one.sha256] = _known_again(one, wanted[one.sha256].looked, at=at)
        except FileRefused:
            found[one.sha256] = None
    for sha256, raw in wanted.items():
        if sha256 not in found:
            ports.store().put(sha256, raw.path)
            row = _row(raw.looked, by=by, at=at)
            row.id = work.new_id(StoredFile)
            work.add(row)
            found[sha256] = row
    return [found[raw.looked.sha256] for raw in raws]


def keep_path(
    path: Path, name: str, kind: FileKind, *, by: Actor, at: datetime, is_drawn: bool = True
) -> StoredFile:
    """Check the file at `path` outside any lock, then keep it.

    Raises: FileRefused, VirusFound, SecretFile; the refusals of viruses and secrets are in the
    trail, without the name.
    """
    try:
        check_name(name)
        looked = look(path, name, kind, is_drawn=is_drawn)
    except (VirusFound, SecretFile) as error:
        what = "virus" if isinstance(error, VirusFound) else "secret"
        _note_refusal(f"files.{what}_refused", name, by=by, at=at)
        raise
    except FileRefused as error:
        logger.info("file_refused", extra={"kind": kind.label, "error": type(error).__name__})
        raise
    return record(path, looked, by=by, at=at)


def look(path: Path, name: str, kind: FileKind, *, is_drawn: bool = True) -> Looked:
    """Return what is known of the file, after every check.

    Raises: FileRefused, VirusFound, SecretFile.
    Costs: reads the file four times; asks the scanner; opens pictures and PDF apart.
    """
    with path.open("rb") as content:
        check_content(name, kind, content)
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        scan_state = _scan(name, content)
        is_signed = bears_signature(kind, content)
    seen = _inspect(path, name, kind, is_drawn=is_drawn)
    _check_open(name, mark_in_words(seen.words))
    size = path.stat().st_size
    return Looked(digest, size, kind.media_type, scan_state, seen, bears_signature=is_signed)


@work.story
def record(path: Path, looked: Looked, *, by: Actor, at: datetime) -> StoredFile:
    """Move the content into the store and write its row; the same content is kept once.

    Locks: the hash, until the end of the transaction.
    Raises: VirusFound, SecretFile if this content was locked or purged earlier.
    """
    lock_hash(looked.sha256)
    known = StoredFile.objects.filter(sha256=looked.sha256).first()
    if known is not None:
        return _known_again(known, looked, at=at)
    ports.store().put(looked.sha256, path)
    _put_preview(looked)
    stored = _row(looked, by=by, at=at)
    stored.save(force_insert=True)
    return stored


def _row(looked: Looked, *, by: Actor, at: datetime) -> StoredFile:
    logger.info("file_kept", extra={"sha256": looked.sha256[:12], "size": looked.size, "by": by.id})
    return StoredFile(
        sha256=looked.sha256,
        size=looked.size,
        media_type=looked.media_type,
        pages=looked.seen.pages,
        has_preview=bool(looked.seen.preview),
        bears_signature=looked.bears_signature,
        scan_state=looked.scan_state,
        scanned_at=at if looked.scan_state == ScanState.CLEAN else None,
        first_seen_at=at,
    )


def check_name(name: str) -> None:
    """Raises: SecretFile if the name of a file says that it is a state secret."""
    _check_open(name, mark_in_name(name))


def _check_open(name: str, mark: str) -> None:
    """Raises: SecretFile."""
    if mark:
        raise SecretFile(
            said(
                "Tệp “%(name)s” mang dấu “%(mark)s” nên không được nhận và không được lưu."
                " %(not_here)s"
                " Nếu đây không phải dấu độ mật, hãy báo quản trị hệ thống.",
                name=name,
                mark=mark,
                not_here=NOT_HERE,
            ),
            field="file",
        )


def lock_hash(sha256: str) -> None:
    """Let nobody else keep or remove this content until the transaction ends."""
    work.fetch("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def incoming() -> Path:
    """Return the folder for bytes on their way; on one disk with the store."""
    folder = Path(settings.FILES_DIR) / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def too_large(name: str, most: int | None = None) -> FileTooLarge:
    """Return the error that says how large a file may be."""
    return FileTooLarge(
        f"Tệp “{name}” lớn quá {in_megabytes(most or most_bytes())}. "
        "Hãy giảm độ phân giải khi quét, hoặc chia thành nhiều tệp.",
        field="file",
    )


def empty(name: str) -> FileRefused:
    """Return the error for a file without content."""
    return FileRefused(f"Tệp “{name}” không có nội dung. Hãy chọn lại tệp.", field="file")


def _spool(name: str, content: BinaryIO, most: int) -> Path:
    path = incoming() / secrets.token_hex(16)
    size = 0
    try:
        with path.open("wb") as target:
            while (chunk := content.read(_CHUNK)) and size <= most:
                size += target.write(chunk)
    except OSError:  # the disk is full, or whoever sends is gone: nothing half stays
        path.unlink(missing_ok=True)
        raise
    if 0 < size <= most:
        return path
    path.unlink()
    raise too_large(name, most) if size else empty(name)


def _scan(name: str, content: BinaryIO) -> ScanState:
    try:
        virus = ports.scanner().find_virus(content)
    except ScannerAway:
        return ScanState.NOT_SCANNED
    if virus:
        logger.warning("virus_found", extra={"virus": virus})
        raise VirusFound(
            said("Tệp “%(name)s” có vi-rút nên không được nhận. Hãy gửi tệp khác.", name=name),
            field="file",
        )
    return ScanState.CLEAN


def _inspect(path: Path, name: str, kind: FileKind, *, is_drawn: bool) -> Inspection:
    if not kind.is_inspected:
        return _NOTHING_SEEN
    try:
        return ports.inspector().inspect(path, kind.media_type, is_drawn=is_drawn)
    except Unreadable as error:
        raise FileRefused(
            said("Không mở được tệp “%(name)s”: %(error)s", name=name, error=words_of(error)),
            field="file",
        ) from error


def _known_again(known: StoredFile, looked: Looked, *, at: datetime) -> StoredFile:
    """Return the row of a content seen before; a scan or a look it lacked is noted now."""
    if known.purged_at is not None:
        message = said(
            "Tệp này đã được xác định là bí mật nhà nước nên không được nhận. %(not_here)s",
            not_here=NOT_HERE,
        )
        raise SecretFile(message, field="file")
    if known.is_locked:
        raise VirusFound(said("Tệp này có vi-rút nên không được nhận."), field="file")
    if known.scan_state == ScanState.NOT_SCANNED and looked.scan_state == ScanState.CLEAN:
        known.scan_state, known.scanned_at = ScanState.CLEAN, at
        known.save(update_fields=["scan_state", "scanned_at"])
    if looked.bears_signature and not known.bears_signature:  # made here, now sent by somebody
        known.bears_signature = True
        known.save(update_fields=["bears_signature"])
    if looked.seen.preview and not known.has_preview:  # came where nobody needed its picture
        _put_preview(looked)
        known.has_preview = True
        known.save(update_fields=["has_preview"])
    return known


def _put_preview(looked: Looked) -> None:
    if not looked.seen.preview:
        return
    path = incoming() / secrets.token_hex(16)
    path.write_bytes(looked.seen.preview)
    try:
        ports.store().put(looked.sha256 + PREVIEW_SUFFIX, path)
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


@work.story
def _note_refusal(what: str, name: str, *, by: Actor, at: datetime) -> None:
    extension = name.rpartition(".")[2]
    audit.record(what, f"account:{by.id}", by=by, at=at, detail={"ext": extension})
