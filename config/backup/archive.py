"""One archive: a note of what it is, the database as compressed SQL, every stored file."""

import hashlib
import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.ledger import api as ledger
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .errors import BackupError, Damaged
from .programs import dumping, loading, server_major
from .sealing import Opener, Sealer

PART = 16 << 20
NOTE, DATABASE, FILES = "note.json", "database/", "files/"
# PostgreSQL 15 does not know this setting of 17 and later.
_UNKNOWN_TO_15 = b"SET transaction_timeout = 0;\n"
_HASH_LETTERS = 64


@dataclass(slots=True)
class Summary:
    """What went into an archive, or came out of it."""

    made_at: str = ""
    database_parts: int = 0
    files: int = 0
    size: int = 0


def write_backup(target: Path, passphrase: str, *, at: datetime) -> Summary:
    """Write database and files to `target`, which appears only when it is whole.

    The database comes first: whatever file it names exists when the files are read.

    Raises: BackupError.
    """
    summary = Summary(made_at=at.isoformat())
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with unfinished.open("xb") as sealed:
            unfinished.chmod(0o600)
            sealer = Sealer(sealed, passphrase)
            with tarfile.open(fileobj=cast("BinaryIO", sealer), mode="w|") as tar:
                _add(tar, NOTE, _note(at))
                for content in _dump_parts():
                    summary.database_parts += 1
                    _add(tar, f"{DATABASE}{summary.database_parts:06}", content)
                summary.files = _add_files(tar)
            sealer.close()
        summary.size = unfinished.stat().st_size
        unfinished.replace(target)
    except FileExistsError as error:
        raise BackupError(f"Đang có một lần sao lưu khác vào {target}.") from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return summary


def check_backup(source: Path, passphrase: str) -> Summary:
    """Read an archive to its end and prove every file in it.

    Raises: BackupError.
    """
    summary = Summary(size=source.stat().st_size)
    for name, content in _members(source, passphrase):
        if name == NOTE:
            summary.made_at = json.loads(content)["made_at"]
        elif name.startswith(DATABASE):
            summary.database_parts += 1
        else:
            _prove(name.removeprefix(FILES), content)
            summary.files += 1
    if not (summary.made_at and summary.database_parts):
        raise Damaged("Bản sao lưu không có cơ sở dữ liệu.")
    return summary


def restore(source: Path, passphrase: str, *, at: datetime) -> Summary:
    """Bring an archive back into an empty database and an empty or older folder of files.

    The archive is read through once before anything is touched. Afterwards the outbox begins a new
    epoch, because transaction numbers start again in a new cluster.

    Raises: BackupError.
    """
    if connection.introspection.table_names():
        raise BackupError("Cơ sở dữ liệu đích không trống; hãy phục hồi vào một cụm mới.")
    summary = check_backup(source, passphrase)
    with loading() as database:
        database.writelines(_sql(source, passphrase))
    for name, content in _members(source, passphrase):
        if name.startswith(FILES):
            _keep(name.removeprefix(FILES), content)
    call_command("migrate", verbosity=0, interactive=False)
    epoch = outbox.begin_epoch()
    audit.begin_epoch(epoch)
    ledger.begin_epoch(epoch)
    _leave_trace(summary, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return summary


def missing_files() -> int:
    """Return how many contents the database knows that the store has not."""
    kept = set(files.store().keys())
    known = files.StoredFile.objects.values_list("sha256", flat=True)
    return sum(sha256 not in kept for sha256 in known.iterator())


def _note(at: datetime) -> bytes:
    note = {"made_at": at.isoformat(), "postgresql": server_major()}
    return json.dumps(note).encode()


def _dump_parts() -> Iterator[bytes]:
    squeeze = zlib.compressobj(level=3)
    waiting = b""
    with dumping() as sql:
        begin = sql.read(PART).replace(_UNKNOWN_TO_15, b"")
        while begin:
            waiting += squeeze.compress(begin)
            if len(waiting) >= PART:
                yield waiting
                waiting = b""
            begin = sql.read(PART)
    yield waiting + squeeze.flush()


def _sql(source: Path, passphrase: str) -> Iterator[bytes]:
    swell = zlib.decompressobj()
    for name, content in _members(source, passphrase):
        if name.startswith(DATABASE):
            yield swell.decompress(content)
    yield swell.flush()
    if not swell.eof:
        raise Damaged("Cơ sở dữ liệu trong bản sao lưu không đầy đủ.")


def _add_files(tar: tarfile.TarFile) -> int:
    count = 0
    for key in sorted(files.store().keys()):
        with suppress(FileNotFoundError):  # swept in the meantime: nobody held it
            with files.store().open(key) as content:
                _add(tar, FILES + key, content.read())
            count += 1
    return count


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _members(source: Path, passphrase: str) -> Iterator[tuple[str, bytes]]:
    with source.open("rb") as sealed:
        opener = Opener(sealed, passphrase)
        try:
            with tarfile.open(fileobj=cast("BinaryIO", opener), mode="r|") as tar:
                for member in tar:
                    content = tar.extractfile(member)
                    yield member.name, content.read() if content else b""
        except tarfile.TarError as error:
            raise Damaged("Bản sao lưu bị hỏng.") from error
        opener.finish()


def _prove(key: str, content: bytes) -> None:
    """Compare a content with its name; previews are named after another content."""
    if len(key) == _HASH_LETTERS and hashlib.sha256(content).hexdigest() != key:
        raise Damaged(f"Tệp {key[:12]}… trong bản sao lưu không đúng nội dung.")


def _keep(key: str, content: bytes) -> None:
    folder = Path(settings.FILES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as target:
        target.write(content)
    files.store().put(key, Path(target.name))


@work.story
def _leave_trace(summary: Summary, *, at: datetime) -> None:
    detail = {"made_at": summary.made_at, "files": summary.files}
    audit.record("operation.restored", "site:", by=SYSTEM, at=at, detail=detail)
