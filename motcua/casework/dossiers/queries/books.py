"""Closed books of a desk: what stood in them when they were closed.

Source: docs/law/one-stop.md
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from motcua.casework.dossiers.choices import BookKind
from motcua.casework.dossiers.models import ClosedEntry, ClosedRegister
from motcua.foundation.papers import api as papers
from motcua.lib.clock import local_day

Entry = papers.RegisterEntry | papers.CertificationEntry
_MOMENTS = frozenset({"received_at", "due_at", "outcome_received_at", "returned_at"})
_DAYS = frozenset({"certified_on"})


def closed_registers(unit_id: int, kind: BookKind = BookKind.FOLLOW_UP) -> Sequence[ClosedRegister]:
    """Return the closed books of a unit, the newest first.

    Costs: one query.
    """
    books = ClosedRegister.objects.filter(unit_id=unit_id, kind=kind)
    return list(books.order_by("-to_day", "-id"))


def find_closed(unit_id: int, first: date, latest: date, kind: BookKind) -> ClosedRegister | None:
    """Return the closed book of exactly these days."""
    books = ClosedRegister.objects.filter(unit_id=unit_id, kind=kind)
    return books.filter(from_day=first, to_day=latest).first()


def is_whole(book: ClosedRegister) -> bool:
    """Say whether the entries kept are those the book was closed with."""
    return digest_of(_lines(book)) == book.digest


def digest_of(lines: Iterable[Mapping[str, Any]]) -> str:
    """Return the hash over all lines of a book, in order."""
    digest = sha256()
    for line in lines:
        words = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(words.encode() + b"\n")
    return digest.hexdigest()


def line_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as it is kept: moments in UTC, days and moments as ISO text."""
    return {name: _kept(value) for name, value in asdict(entry).items()}


def _kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def kept_register(book: ClosedRegister) -> Iterator[papers.RegisterEntry]:
    """Yield the entries of a closed follow-up register."""
    for line in _lines(book):
        yield papers.RegisterEntry(**_read(line))


def kept_certifications(book: ClosedRegister) -> Iterator[papers.CertificationEntry]:
    """Yield the entries of a closed book of certified copies."""
    for line in _lines(book):
        yield papers.CertificationEntry(**_read(line))


def _lines(book: ClosedRegister) -> Iterator[dict[str, Any]]:
    lines = ClosedEntry.objects.filter(book_id=book.pk).order_by("serial")
    return lines.values_list("line", flat=True).iterator()


def _read(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in line.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name in _DAYS else value


def closing_of(book: ClosedRegister | None) -> papers.BookClosing | None:
    """Return the last page of a book that was closed."""
    if book is None:
        return None
    is_given = bool(book.signer_name)
    title = book.signer_title if is_given else book.closed_by_title
    name = book.signer_name if is_given else book.closed_by_name
    return papers.BookClosing(
        closed_on=local_day(book.closed_at),
        keeper_name=book.closed_by_name,
        signer=papers.Signer(
            title=title or "Trưởng bộ phận", name=name, capacity=book.signer_capacity
        ),
        digest=book.digest,
    )
