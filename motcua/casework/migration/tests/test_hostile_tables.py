"""Tables made to take hours, to fill memory or to stop every later run are refused in words."""

import gzip
import io
import json
import zipfile
from contextlib import suppress
from time import process_time

import openpyxl
import pytest

from motcua.casework.migration.choices import RunState
from motcua.casework.migration.errors import Unreadable
from motcua.casework.migration.operations import spooling
from motcua.casework.migration.rules import sheets
from motcua.casework.migration.rules.tables import Table

from .make import (
    OPEN,
    bring,
    changed,
    lines,
    make_all,
    make_source,
)

CELL = b'<c r="A1" t="n"><v>1</v></c>'


def make_book(sheet: bytes, words: bytes = b"") -> bytes:
    """Return a workbook with a sheet of these bytes."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append([1])  # type: ignore[union-attr]  # -- a new workbook has one
    book.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            is_sheet = name.endswith("sheet1.xml")
            new.writestr(name, b"<worksheet>%s</worksheet>" % sheet if is_sheet else old.read(name))
        if words:
            new.writestr("xl/sharedStrings.xml", words)
    return made.getvalue()


def with_styles(formats: bytes) -> bytes:
    """Return a workbook with a format of these bytes."""
    out = io.BytesIO()
    styles = b'<styleSheet><numFmts><numFmt numFmtId="200" formatCode="%s"/></numFmts></styleSheet>'
    with zipfile.ZipFile(io.BytesIO(make_book(b""))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, styles % formats if name.endswith("styles.xml") else old.read(name))
    return out.getvalue()


def read(content: bytes, name: str = "a.xlsx") -> list[tuple[str, ...]]:
    with Table(name, io.BytesIO(content)) as table:
        return [row.cells for row in table.rows()]


@pytest.mark.parametrize(
    "sheet",
    [
        b'<sheetData><row r="99999999999">' + CELL + b"</row></sheetData>",
        b'<sheetData><row r="1048576">' + CELL + b"</row><row>" + CELL + b"</row></sheetData>",
    ],
)
def test_rows_beyond_the_last_there_is_are_refused(sheet: bytes) -> None:
    with pytest.raises(Unreadable, match="hỏng"):
        read(make_book(sheet))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1" t="s"><v>' + b"9" * 5000 + b"</v></c>",
        b'<c r="A1" s="' + b"9" * 5000 + b'"><v>7</v></c>',
        b'<c r="A1"><v>' + b"9" * 5000 + b"</v></c>",
    ],
)
def test_numbers_of_thousands_of_digits_break_nothing(cell: bytes) -> None:
    sheet = b'<sheetData><row r="1">' + cell + b'<c r="B1" t="str"><v>x</v></c></row></sheetData>'
    assert read(make_book(sheet))[0][1] == "x"


@pytest.mark.parametrize(
    "merges",
    [b"<mergeCell " * 400_000, b'<mergeCell ref="A1:A9999999"/>' * 20_000],
    ids=["without an end", "over everything"],
)
def test_merged_cells_without_end_take_no_hours(merges: bytes) -> None:
    began = process_time()
    with suppress(Unreadable):
        read(make_book(b"<sheetData><row>" + CELL + b"</row></sheetData>" + merges))
    assert process_time() - began < 4


def test_a_format_without_end_takes_no_hours() -> None:
    began = process_time()
    assert read(with_styles(b"[" * 2_000_000)) == []
    assert process_time() - began < 2


def test_tags_with_a_prefix_are_tags_as_programs_write_them() -> None:
    row = b'<x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData>'
    assert read(make_book(row)) == [("7",)]


def test_parts_kept_in_memory_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_SMALL", 10)
    with pytest.raises(Unreadable):
        read(make_book(b"<sheetData/>"))


def test_letters_no_database_takes_are_replaced_and_told() -> None:
    content = json.dumps([{"ma": "A\x00B", "ten": "x\ud800\x1by"}]).encode()
    with Table("a.json", io.BytesIO(content)) as table:
        [_, row] = list(table.rows())
        assert row.cells == ("A\ufffdB", "x\ufffd\ufffdy")
        assert "ký tự điều khiển" in row.odd[0]
        assert table.notes.odd_lines == 1


@pytest.mark.django_db
def test_a_row_with_such_letters_stops_no_run() -> None:
    make_all()
    run = bring(make_source(), changed(OPEN, name="Lò\x00Thị Lả"), changed(OPEN, code="H18.101-2"))
    assert run.state == RunState.DONE
    assert [verdict for _, verdict, _ in lines(run)] == ["new", "new"]


def test_objects_of_countless_names_keep_a_row_small() -> None:
    content = b"\n".join(
        json.dumps({f"n{part}_{n}": 1 for n in range(400)}).encode() for part in range(20)
    )
    assert {len(cells) for cells in read(content, "a.ndjson")} == {sheets.MOST_COLUMNS}


@pytest.mark.django_db
def test_a_table_of_too_many_rows_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "MOST_ROWS", 2)
    make_all()
    run = bring(make_source(), OPEN, changed(OPEN, code="A-2"), changed(OPEN, code="A-3"))
    assert run.state == RunState.STOPPED
    assert "quá 2 dòng" in run.trouble
    assert lines(run) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_title_above_the_headings_does_not_hide_what_stands_between_cells(delimiter: str) -> None:
    rows = ["DANH SÁCH HỒ SƠ", "Mã,Tên,Ngày,Xã".replace(",", delimiter)]
    rows += [f"A-{n},Lò,05/01/2024,Xã".replace(",", delimiter) for n in range(3)]
    assert read("\n".join(rows).encode(), "a.csv")[1] == ("Mã", "Tên", "Ngày", "Xã")


def test_a_packed_table_is_for_the_command_and_says_so() -> None:
    with pytest.raises(Unreadable, match="giải nén"):
        read(gzip.compress(b"a,b,c\n"), "a.csv.gz")
