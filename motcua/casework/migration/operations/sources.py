"""The old systems and what they handed over: named, kept, looked into, mapped.

Source: docs/law/migration.md
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import PurePath
from typing import IO, NamedTuple

from motcua.casework.migration.choices import Field, FileKind
from motcua.casework.migration.errors import NoSuchSource, Unreadable
from motcua.casework.migration.models import Source, SourceFile
from motcua.casework.migration.rules.headings import CHANNEL_WORDS, KNOWN, STATUS_WORDS, propose
from motcua.casework.migration.rules.mapping import Mapping, as_text, check, from_text
from motcua.casework.migration.rules.sheets import Notes, Row
from motcua.casework.migration.rules.tables import Table, heading_of
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import fold, tidy

MOST_BYTES = 2_000_000_000
_NAME = 60
_FILE_NAME = 200
_SAMPLE = 2000
_SHOWN, _SHOWN_CELL = 8, 200


class Look(NamedTuple):
    """What the beginning of a table shows: its headings, some rows, what is odd about it."""

    headings: list[str]
    rows: list[Row]
    notes: Notes


@work.story
def add_source(name: str, agency_code: str, *, by: Actor, at: datetime) -> Source:
    """Note an old system; its name is said with every dossier that comes from it.

    Raises: NotAllowed, BadInput.
    """
    by.require(Power.MIGRATE_DATA)
    named = tidy(name)
    if not 0 < len(named) <= _NAME:
        raise BadInput(f"Tên hệ thống cũ phải có, không quá {_NAME} ký tự.", field="name")
    if Source.objects.filter(name=named).exists():
        raise BadInput("Đã có hệ thống cũ mang tên này.", field="name")
    agency_id = None
    if agency_code.strip():
        agency = organisation.tree().agency_by_code(agency_code.strip())
        if agency is None or not agency.is_living:
            raise BadInput(f"Không có cơ quan nào mã {agency_code}.", field="agency")
        agency_id = agency.id
    source = Source(
        id=work.new_id(Source),
        code=new_code(),
        name=named,
        agency_id=agency_id,
        made_at=at,
        made_by_name=by.name,
    )
    work.add(source)
    audit.record("migration.source_added", f"migration:{source.code}", by=by, at=at)
    return source


def new_code() -> str:
    """Return a name of twelve letters that nobody guesses."""
    return secrets.token_hex(6)


def add_table(
    source: Source, name: str, content: IO[bytes], *, by: Actor, at: datetime
) -> SourceFile:
    """Keep a table that was handed over; where nobody has mapped it yet, propose how it is read.

    Raises: NotAllowed, Unreadable, FileRefused.
    """
    by.require(Power.MIGRATE_DATA)
    with Table(name, content) as table:
        proposed = None if source.mapping else proposed_mapping(table)
    content.seek(0)
    return _add(source, FileKind.TABLE, name, content, proposed, by=by, at=at)


def add_papers(
    source: Source, name: str, content: IO[bytes], *, by: Actor, at: datetime
) -> SourceFile:
    """Keep a ZIP of papers; what is in it is examined and scanned when a row names it.

    Raises: NotAllowed, BadInput, FileRefused.
    """
    by.require(Power.MIGRATE_DATA)
    if content.read(2) != b"PK":
        raise BadInput("Tệp đính kèm phải nén thành một tệp ZIP.", field="file")
    content.seek(0)
    return _add(source, FileKind.PAPERS, name, content, None, by=by, at=at)


def _add(  # noqa: PLR0913 -- a row of a file, every word of it by name
    source: Source,
    kind: FileKind,
    name: str,
    content: IO[bytes],
    proposed: Mapping | None,
    *,
    by: Actor,
    at: datetime,
) -> SourceFile:
    raw = files.take_raw(content, "application/octet-stream", most=MOST_BYTES, is_ours=True)  # type: ignore[arg-type]  # -- any binary file
    try:
        return _note(source, kind, name, raw, proposed, by=by, at=at)
    finally:
        raw.drop()


@work.story
def _note(  # noqa: PLR0913 -- a row of a file, every word of it by name
    source: Source,
    kind: FileKind,
    name: str,
    raw: files.RawFile,
    proposed: Mapping | None,
    *,
    by: Actor,
    at: datetime,
) -> SourceFile:
    stored = files.keep_raws([raw], by=by, at=at)[0]
    if stored is None:
        raise Unreadable("Tệp này đã bị khóa hoặc đã hủy trước đây.", field="file")
    row = SourceFile(
        id=work.new_id(SourceFile),
        source_id=source.pk,
        kind=kind,
        file_id=stored.pk,
        name=PurePath(name).name[:_FILE_NAME],
        added_at=at,
        added_by_name=by.name,
    )
    work.add(row)
    if proposed is not None:
        _propose(source, proposed)
    detail = {"kind": str(kind), "sha256": stored.sha256}
    audit.record("migration.file_added", f"migration:{source.code}", by=by, at=at, detail=detail)
    return row


def _propose(source: Source, proposed: Mapping) -> None:
    """Keep a proposal where nobody has mapped anything meanwhile."""
    locked = work.lock(Source, id=source.pk)
    if not locked.mapping:
        locked.mapping = as_text(proposed)
        work.update(locked, "mapping")


@work.story
def set_mapping(code: str, text: str, *, by: Actor, at: datetime) -> Mapping:
    """Say how the tables of a source are read. Raises: NotAllowed, NoSuchSource, BadInput."""
    by.require(Power.MIGRATE_DATA)
    mapping = from_text(text)
    try:
        source = work.lock(Source, code=code)
    except Source.DoesNotExist as error:
        raise NoSuchSource("Không tìm thấy hệ thống cũ này.") from error
    source.mapping = as_text(mapping)
    work.update(source, "mapping")
    audit.record("migration.mapped", f"migration:{source.code}", by=by, at=at)
    return mapping


@contextmanager
def opened(table: SourceFile, mapping: Mapping) -> Iterator[Table]:
    """Open a kept table as the mapping says it is written."""
    with (
        files.open_file(table.file) as content,
        Table(table.name, content, sheet=mapping.sheet, encoding=mapping.encoding) as found,
    ):
        yield found


def look_at(table: SourceFile, mapping: Mapping) -> Look:
    """Return the beginning of a table, kept in memory: a large one takes seconds to open.

    Raises: Unreadable.
    """
    return _looked(table.pk, mapping.sheet, mapping.encoding, mapping.heading)


@lru_cache(maxsize=16)
def _looked(table_id: int, sheet: str, encoding: str, heading: int) -> Look:
    table = SourceFile.objects.select_related("file").get(pk=table_id)
    with opened(table, Mapping(sheet=sheet, encoding=encoding)) as found:
        rows = list(islice(found.rows(), 60))
        head = next((row for row in rows if row.number == heading), None)
        below = [_cut(row) for row in rows if row.number > heading][:_SHOWN]
        return Look(headings_of(head) if head else [], below, found.notes)


def _cut(row: Row) -> Row:
    return Row(row.number, tuple(cell[:_SHOWN_CELL] for cell in row.cells), row.odd)


def headings_of(row: Row) -> list[str]:
    """Return the names of the columns; one that stands twice gets its number."""
    names: list[str] = []
    for place, cell in enumerate(row.cells, 1):
        name = tidy(cell)[:_FILE_NAME] or f"Cột {place}"
        names.append(name if name not in names else f"{name} ({place})")
    return names


def proposed_mapping(table: Table) -> Mapping:
    """Return how a table is probably read; people look at it and change it. Raises: Unreadable."""
    rows = list(islice(table.rows(), _SAMPLE))
    heading = heading_of(rows, KNOWN)
    head = next(row for row in rows if row.number == heading)
    names = headings_of(head)
    mapping = Mapping(
        columns=propose(names),
        sheet=table.notes.sheet,
        encoding=table.notes.encoding,
        heading=heading,
    )
    for field, words in ((Field.STATUS, STATUS_WORDS), (Field.CHANNEL, CHANNEL_WORDS)):
        if field in mapping.columns:
            place = names.index(mapping.columns[field])
            below = (row.cells for row in rows if row.number > heading)
            written = sorted({tidy(cells[place]) for cells in below if place < len(cells)})
            known = {word: str(words[fold(word)]) for word in written if fold(word) in words}
            mapping = mapping.with_values(field, known)
    check(mapping)
    return mapping
