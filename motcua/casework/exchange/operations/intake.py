"""Take in what comes from outside: keep it as it came, then read it.

Whoever sends is answered once the bytes are kept; reading may follow a moment later, again after a
crash. Nothing that came is dropped: what cannot be read waits for a person.

Source: docs/law/exchange.md
"""

import errno
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, cast

from django.conf import settings
from django.db import IntegrityError

from motcua.casework.exchange.choices import ArrivalState, MessageKind
from motcua.casework.exchange.errors import TooLarge
from motcua.casework.exchange.models import EnvelopeArrival
from motcua.casework.exchange.queries.intake import findings_from, known_arrivals
from motcua.casework.exchange.rules.edxml.findings import finding, has_errors
from motcua.casework.exchange.rules.edxml.parsing import MOST_BYTES
from motcua.casework.exchange.rules.line import Line, TakenIn
from motcua.foundation.files import api as files
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .reading import read_one

logger = logging.getLogger(__name__)
BATCH = 100
_MIME = "application/xml"
_TO_READ = """
SELECT id FROM exchange_envelopearrival WHERE state = 'kept' ORDER BY id LIMIT %s
"""


def take_in(stream: IO[bytes], line: Line, *, at: datetime) -> TakenIn:
    """Keep a message that came, and read it. Bad content is told, never raised.

    Raises: TooLarge; OSError if the disk is full or the sender breaks off.
    """
    taken = keep_in(stream, line, at=at)
    row = EnvelopeArrival.objects.get(pk=taken.arrival_id)
    if row.state == ArrivalState.KEPT:
        return replace(_read(row.pk, at), is_new=taken.is_new)
    return taken


def keep_in(stream: IO[bytes], line: Line, *, at: datetime) -> TakenIn:
    """Keep a message that came, byte by byte, once; it is read later.

    Raises: TooLarge; OSError if the disk is full or the sender breaks off.
    """
    known = known_arrivals([line])[0]
    if known is not None and line.sha256 in ("", known.sha256):
        return taken_of(known, is_new=False)
    with taking(stream, line) as came:
        return keep_all([came], at=at)[0]


@dataclass(frozen=True, slots=True)
class Came:
    """A message whose bytes are here and not yet kept: how it came; no bytes if it was empty."""

    line: Line
    raw: files.RawFile | None

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes."""
        return self.raw.looked.sha256 if self.raw is not None else sha256().hexdigest()


@contextmanager
def taking(stream: IO[bytes], line: Line) -> Iterator[Came]:
    """Hold a message that comes, until it is kept.

    Raises: TooLarge; OSError if the disk is full or the sender breaks off.
    """
    check_space()
    try:
        raw = files.take_raw(cast("BinaryIO", stream), _MIME, most=MOST_BYTES)
    except files.FileTooLarge as error:
        raise TooLarge(str(error)) from error
    except files.FileRefused:
        raw = None
    try:
        yield Came(line, raw)
    finally:
        if raw is not None:
            raw.drop()


def keep_all(came: Sequence[Came], *, at: datetime) -> list[TakenIn]:
    """Keep messages that came together, each once; they are read later.

    Raises: OSError if the disk is full.
    """
    raws = [one.raw for one in came if one.raw is not None]
    kept = files.keep_raws(raws, by=SYSTEM, at=at)
    stored = {one.sha256: one for one in kept if one is not None}
    try:
        return _keep_all(came, stored, at=at)
    except IntegrityError:  # the same came at the same time on another line
        return [_keep_all([one], stored, at=at)[0] for one in came]


@work.story
def _keep_all(
    came: Sequence[Came], stored: Mapping[str, files.StoredFile], *, at: datetime
) -> list[TakenIn]:
    taken = []
    for one, known in zip(came, known_arrivals([one.line for one in came]), strict=True):
        held = stored.get(one.sha256)
        if known is None:
            row = _arrival(held, one.line, at)
            work.add(row)
            taken.append(taken_of(row, is_new=True))
        elif known.sha256 == one.sha256:
            taken.append(taken_of(known, is_new=False))
        else:
            taken.append(_keep_other(held, one.line, known, at=at))
    return taken


def check_space() -> None:
    """Raises: OSError if what stays free on the disk would fall below its limit."""
    folder = Path(settings.FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < settings.EXCHANGE_FREE_BYTES:
        raise OSError(errno.ENOSPC, "the disk is full")


def _arrival(stored: files.StoredFile | None, line: Line, at: datetime) -> EnvelopeArrival:
    return EnvelopeArrival(
        id=work.new_id(EnvelopeArrival),
        kind=line.kind or "",
        counterpart=line.counterpart,
        sender_code=line.sender_code[:35],
        receiver_code=line.receiver_code[:35],
        number=line.number,
        ref=line.ref[:100],
        their_code=line.their_code[:60],
        about=line.about[:60],
        file_id=stored.pk if stored is not None else None,
        sha256=stored.sha256 if stored is not None else sha256().hexdigest(),
        size=stored.size if stored is not None else 0,
        state=ArrivalState.KEPT,
        taken_at=at,
    )


def _keep_other(
    stored: files.StoredFile | None, line: Line, known: EnvelopeArrival, *, at: datetime
) -> TakenIn:
    """Keep what came under a number that another message has; a person must look at it."""
    row = _arrival(stored, replace(line, number=None, ref=""), at)
    earlier = EnvelopeArrival.objects.filter(
        counterpart=row.counterpart, sha256=row.sha256, state=ArrivalState.TROUBLE
    )
    if (before := earlier.first()) is not None:
        return taken_of(before, is_new=False)
    found = finding("number-taken", 0, "", found=line.number or line.ref)
    row.state, row.words, row.findings = ArrivalState.TROUBLE, found.words, [found.plain()]
    work.add(row)
    logger.warning("arrival_number_taken", extra={"id": row.pk, "known": known.pk})
    return taken_of(row, is_new=True)


def taken_of(row: EnvelopeArrival, *, is_new: bool) -> TakenIn:
    """Return what is known of something that came."""
    found = findings_from(row.findings)
    return TakenIn(
        arrival_id=row.pk,
        code=row.envelope.code if row.envelope is not None else "",
        kind=MessageKind(row.kind) if row.kind else None,
        is_new=is_new,
        is_valid=row.state in (ArrivalState.READ, ArrivalState.KNOWN) and not has_errors(found),
        findings=found,
    )


def read_arrivals(*, at: datetime, most: int = BATCH) -> int:
    """Read what was kept and not read yet, the oldest first; return how much.

    One that breaks the reading stops no other: it waits for a person.
    """
    waiting = [int(row[0]) for row in work.fetch(_TO_READ, [most])]
    for arrival_id in waiting:
        _read(arrival_id, at)
    return len(waiting)


def _read(arrival_id: int, at: datetime) -> TakenIn:
    try:
        read_one(arrival_id, at=at)
    except OSError:
        raise  # the disk is full: it stays as it is and is read later
    except Exception as error:  # what nobody foresaw must not hold up what comes after it
        logger.exception("arrival_not_read", extra={"id": arrival_id})
        _give_up(arrival_id, type(error).__name__, at=at)
    row = EnvelopeArrival.objects.select_related("envelope").get(pk=arrival_id)
    return taken_of(row, is_new=True)


@work.story
def _give_up(arrival_id: int, why: str, *, at: datetime) -> None:
    row = work.lock(EnvelopeArrival, id=arrival_id)
    row.state, row.read_at = ArrivalState.TROUBLE, at
    row.words = f"Không đọc được gói tin vì lỗi của hệ thống ({why}); hãy báo quản trị."
    work.update(row, "state", "read_at", "words")
