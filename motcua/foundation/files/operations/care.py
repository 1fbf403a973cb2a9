"""Look after what is kept: sweep what nobody wants, scan what could not be scanned."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction

from motcua.foundation.audit import api as audit
from motcua.foundation.files import ports
from motcua.foundation.files.choices import ScanState
from motcua.foundation.files.events import FilePurged
from motcua.foundation.files.models import StoredFile, Upload
from motcua.foundation.files.ports import ScannerAway
from motcua.foundation.files.queries import PREVIEW_SUFFIX
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor

from .keeping import lock_hash
from .uploads import part_path

logger = logging.getLogger(__name__)
BATCH = 200
# A room holds the key soon after the upload; a draft may lie for a while before it does.
UNUSED_AFTER = timedelta(days=7)
_DELETE = 'DELETE FROM "files_storedfile" WHERE "id" = %s AND "purged_at" IS NULL'


def sweep(*, at: datetime) -> int:
    """Remove expired uploads, and contents that no room took into its keeping; return how many.

    Whether a room holds a key is asked of the database itself, by trying: keys are protected.
    """
    expired = Upload.objects.select_related("stored_file").filter(expires_at__lt=at)
    old = expired.filter(stored_file__isnull=True) | expired.filter(
        expires_at__lt=at - UNUSED_AFTER
    )
    uploads = list(old.order_by("expires_at")[:BATCH])
    for upload in uploads:
        _remove(upload)
    return len(uploads)


def forget_unused(stored_ids: Iterable[int]) -> int:
    """Remove contents that nobody holds a key to any more; return how many.

    One that a finished upload still points to goes with that upload.
    """
    found = StoredFile.objects.filter(pk__in=list(stored_ids)).order_by("pk")
    gone = [stored for stored in found if _let_go(stored)]
    for stored in gone:
        transaction.on_commit(partial(_forget_bytes, stored.sha256))
    return len(gone)


def _remove(upload: Upload) -> None:
    part_path(upload).unlink(missing_ok=True)
    stored = upload.stored_file
    upload.delete()
    if stored is not None and _let_go(stored):
        # Only when the row is surely gone: a row without bytes would be a loss.
        transaction.on_commit(partial(_forget_bytes, stored.sha256))


@work.story
def _let_go(stored: StoredFile) -> bool:
    """Delete the row unless somebody holds a key to it."""
    lock_hash(stored.sha256)
    try:
        with transaction.atomic():
            work.fetch(_DELETE, [stored.pk])
            work.fetch("SET CONSTRAINTS ALL IMMEDIATE", [])
    except IntegrityError:
        return False
    return True


@work.story
def _forget_bytes(sha256: str) -> None:
    """Remove the bytes, unless the same content has come again in the meantime."""
    lock_hash(sha256)
    if StoredFile.objects.filter(sha256=sha256, purged_at=None).exists():
        return
    ports.store().delete(sha256)
    ports.store().delete(sha256 + PREVIEW_SUFFIX)


@work.story
def purge(stored_ids: Iterable[int], *, by: Actor, at: datetime) -> int:
    """Destroy contents that are state secrets, whoever holds a key to them; return how many.

    Bytes and previews go from the store once this is committed, uploads of them at once; the rows
    stay, empty, so that the same content is refused if it comes again. Holders hear `FilePurged`.
    Locks: each content, by its key.
    """
    found = StoredFile.objects.filter(pk__in=list(stored_ids), purged_at=None).order_by("pk")
    gone = list(found)
    for stored in gone:
        lock_hash(stored.sha256)
        stored.purged_at, stored.has_preview = at, False
        work.update(stored, "purged_at", "has_preview")
        Upload.objects.filter(stored_file=stored).delete()
        audit.record("files.purged", f"file:{stored.pk}", by=by, at=at)
        outbox.announce(FilePurged(aggregate_id=stored.pk, seq=1), by=by, at=at)
        transaction.on_commit(partial(_forget_bytes, stored.sha256))
    return len(gone)


def rescan(*, at: datetime, most: int = BATCH) -> int:
    """Scan what came while there was no scanner; return how many were looked at."""
    waiting = StoredFile.objects.filter(scan_state=ScanState.NOT_SCANNED, purged_at=None)
    looked_at = 0
    for stored in waiting.order_by("id")[:most]:
        try:
            with ports.store().open(stored.sha256) as content:
                virus = ports.scanner().find_virus(content)
        except ScannerAway:
            break
        if virus:
            lock_infected(stored.pk, virus, at=at)
        else:
            _note_clean(stored.pk, at=at)
        looked_at += 1
    return looked_at


@work.story
def lock_infected(stored_id: int, virus: str, *, at: datetime) -> None:
    """Let nobody open a content any more in which a virus was found after it had been taken."""
    stored = work.lock(StoredFile, id=stored_id)
    stored.scan_state, stored.scanned_at = ScanState.INFECTED, at
    work.update(stored, "scan_state", "scanned_at")
    logger.warning("virus_found", extra={"id": stored.pk, "virus": virus})
    audit.record("files.locked", f"file:{stored.pk}", by=SYSTEM, at=at, detail={"virus": virus})


@work.story
def _note_clean(stored_id: int, *, at: datetime) -> None:
    stored = work.lock(StoredFile, id=stored_id)
    stored.scan_state, stored.scanned_at = ScanState.CLEAN, at
    work.update(stored, "scan_state", "scanned_at")
