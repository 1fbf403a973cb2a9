"""Files inside messages: kept out of memory, unpacked with care, looked at for what they are."""

import binascii
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from weakref import finalize

from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

PIECE = 60_000  # bytes: a multiple of three, so that pieces of base64 fit together
MOST_BYTES = 150_000_000
MOST_WORDS = "150 MB"
_IN_MEMORY = 1_000_000
_MOST_RATIO = 150
_SMALL = 2_000_000
_SAMPLE, _PAYS = 32_768, 0.97
_MOST_PARTS = 1_000
MOST_LISTED = 5_000  # parts of an office file too
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MODE = 0o600 << 16
_UNIX = 3
_ZIP = b"PK\x03\x04"
_ARCHIVES = (_ZIP, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_ARCHIVE_NAMES = (".zip", ".rar", ".7z", ".gz", ".tgz")
_OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
_OFFICE_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
Trouble = tuple[str, dict[str, object]]
Opened = AbstractContextManager[IO[bytes]]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Content:
    """Some bytes that need not be in memory, known by their hash; open one reading at a time."""

    sha256: str
    size: int
    open: Callable[[], Opened] = field(compare=False, repr=False)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes in pieces."""
        with self.open() as stream:
            while piece := stream.read(PIECE):
                yield piece

    def read(self) -> bytes:
        """Return all bytes."""
        return b"".join(self.chunks())


def content_of(content: bytes) -> Content:
    """Return bytes that are in memory anyway."""
    return Content(sha256(content).hexdigest(), len(content), lambda: BytesIO(content))


def file_content(path: Path) -> Content:
    """Return a file on disk; it must stay as it is meanwhile. Raises: OSError."""
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return Content(digest, path.stat().st_size, lambda: path.open("rb"))


class Spool:
    """Takes bytes piece by piece: in memory while they are few, then in a file without a name."""

    def __init__(self) -> None:
        self._file: Any = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- closed with its content
        self._guard = finalize(self, self._file.close)
        self._hash = sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Take the next piece."""
        self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    def finish(self) -> Content:
        """Return what was taken; the file goes with it."""
        kept = self._file
        self._guard.detach()

        @contextmanager
        def opened() -> Iterator[IO[bytes]]:
            kept.seek(0)
            yield kept

        content = Content(self._hash.hexdigest(), self.size, opened)
        finalize(content, kept.close)
        return content

    def drop(self) -> None:
        """Forget what was taken."""
        self._guard()


class Base64Reader:
    """Decodes base64 that comes in pieces of text, cut anywhere, with spaces anywhere."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._spool, self._rest, self._most = Spool(), "", most
        self._is_at_end = False
        self.is_broken = False
        self.is_too_large = False

    def feed(self, text: str) -> None:
        """Take the next piece of text; nothing more is kept once something was wrong."""
        text = self._rest + "".join(text.split())
        if self.is_broken or self.is_too_large or not text:
            return
        whole = len(text) - len(text) % 4
        self._rest = text[whole:]
        self._decode(text[:whole])
        self.is_too_large = self._spool.size > self._most

    def _decode(self, text: str) -> None:
        if not text:
            return
        if self._is_at_end:
            self.is_broken = True
            return
        self._is_at_end = text.endswith("=")
        try:
            self._spool.write(binascii.a2b_base64(text.encode(), strict_mode=True))
        except (binascii.Error, UnicodeEncodeError):
            self.is_broken = True

    def finish(self) -> Content | None:
        """Return what was decoded, or None if it was no base64 or too much."""
        self.is_broken = self.is_broken or bool(self._rest)
        if self.is_broken or self.is_too_large:
            self._spool.drop()
            return None
        return self._spool.finish()


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A file taken out of its zip, if it was in one, and what was wrong."""

    content: Content | None
    was_zipped: bool
    troubles: tuple[Trouble, ...] = ()


def unwrap(raw: Content, name: str) -> Unwrapped:
    """Return the first file of a zip, or the bytes as they are if they are none.

    A Word or Excel file sent as it is, is a zip too, and no wrapping.
    Source: docs/law/exchange.md
    """
    with raw.open() as stream:
        if stream.read(len(_ZIP)) != _ZIP:
            return Unwrapped(raw, was_zipped=False)
        stream.seek(0)
        try:
            with Bounded(stream, MOST_LISTED) as archive:
                if _is_office(name, archive):
                    return Unwrapped(raw, was_zipped=False)
                return _first_of(archive, name)
        except TooManyEntries:
            return _refused("zip-bomb", name=name)
        except (*BROKEN_ZIP, OSError):
            return _refused("zip-broken", name=name)


def _refused(rule: str, **values: object) -> Unwrapped:
    return Unwrapped(None, was_zipped=True, troubles=((rule, values),))


def _is_office(name: str, archive: zipfile.ZipFile) -> bool:
    is_named = name.lower().endswith(_OFFICE)
    return is_named and not _OFFICE_PARTS.isdisjoint(archive.namelist())


def _first_of(archive: zipfile.ZipFile, name: str) -> Unwrapped:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    trouble = _trouble_with(entries, name)
    if trouble is not None:
        return Unwrapped(None, was_zipped=True, troubles=(trouble,))
    spool = Spool()
    with archive.open(entries[0]) as stream:
        while piece := stream.read(PIECE):
            spool.write(piece)
            if spool.size > MOST_BYTES:
                spool.drop()
                return _refused("zip-bomb", name=name)
    content = spool.finish()
    if _is_nested(content, name):
        return _refused("zip-nested", name=name)
    more: tuple[Trouble, ...] = ()
    if len(entries) > 1:
        more = (("zip-more", {"name": name, "found": len(entries)}),)
    return Unwrapped(content, was_zipped=True, troubles=more)


def _trouble_with(entries: list[zipfile.ZipInfo], name: str) -> Trouble | None:
    """Return why an archive is not opened."""
    paths = [one.orig_filename for one in entries if _is_path(one.orig_filename)]
    if not entries or any(one.compress_type not in _READABLE for one in entries):
        return "zip-broken", {"name": name}
    if paths:
        return "zip-path", {"name": name, "found": paths[0]}
    if any(one.flag_bits & 1 for one in entries):
        return "zip-locked", {"name": name}
    if len(entries) > _MOST_PARTS or any(_is_swollen(one) for one in entries):
        return "zip-bomb", {"name": name}
    return None


def _is_path(name: str) -> bool:
    return any(letter in name for letter in "/\\\0") or name in ("..", ".")


def _is_swollen(entry: zipfile.ZipInfo) -> bool:
    packed, unpacked = entry.compress_size, entry.file_size
    return unpacked > MOST_BYTES or (unpacked > _SMALL and unpacked > _MOST_RATIO * packed)


def _is_nested(content: Content, name: str) -> bool:
    with content.open() as stream:
        head = stream.read(8)
        if name.lower().endswith(_ARCHIVE_NAMES) or head.startswith(_ARCHIVES[1:]):
            return head.startswith(_ARCHIVES)
        if not head.startswith(_ZIP):
            return False
        stream.seek(0)
        with Bounded(stream, MOST_LISTED) as inner:
            return _OFFICE_PARTS.isdisjoint(inner.namelist())


def wrapped(content: Content, name: str) -> Content:
    """Return the content zipped, alike every time: no clock, no user, one name."""
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED if _gets_smaller(content) else zipfile.ZIP_STORED
    entry.external_attr, entry.create_system = _MODE, _UNIX
    entry.file_size = content.size
    kept = Spool()
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as packed:
        with (
            zipfile.ZipFile(packed, "w", compresslevel=6) as archive,
            archive.open(entry, "w") as target,
        ):
            for piece in content.chunks():
                target.write(piece)
        packed.seek(0)
        while piece := packed.read(PIECE):
            kept.write(piece)
    return kept.finish()


def _gets_smaller(content: Content) -> bool:
    """Say whether zipping pays, by the first piece: scans and pictures are compressed already."""
    with content.open() as stream:
        first = stream.read(_SAMPLE)
    return len(zlib.compress(first, 1)) < len(first) * _PAYS


def as_base64(content: Content) -> Iterator[bytes]:
    """Yield the content in base64, without line breaks."""
    yield from (b64encode(piece) for piece in _thirds(content))


def _thirds(content: Content) -> Iterator[bytes]:
    """Yield pieces whose length is a multiple of three, but for the last."""
    rest = b""
    for piece in content.chunks():
        whole = rest + piece
        end = len(whole) - len(whole) % 3
        rest = whole[end:]
        yield whole[:end]
    yield rest
