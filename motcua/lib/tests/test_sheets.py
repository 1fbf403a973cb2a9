"""Spreadsheets of strangers: read as words, or refused with the place that is wrong."""

from datetime import date
from io import BytesIO
from time import process_time
from zipfile import ZipFile

import openpyxl
import pytest

from motcua.lib.errors import BadInput
from motcua.lib.sheets import read_sheet


def book(*rows: list[object], merged: str = "") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def test_days_and_numbers_are_read_as_people_write_them() -> None:
    content = book(["Ngày", "Năm", "Tên", "Có"], [date(2026, 1, 7), 2019.0, " Lò Thị Lan ", True])

    rows = read_sheet(content, most_rows=10)

    assert rows[1].cells == ("07/01/2026", "2019", "Lò Thị Lan", "có")
    assert (rows[1].number, rows[1].numeric) == (2, frozenset({1}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (book(["A", "B"], ["x", "=SUM(1,2)"]), "Ô B2 là công thức"),
        (book(["A", "B"], ["x", None], merged="A2:B2"), "Ô A2 bị gộp"),
        ("Tên\nLò Thị Lả\n".encode("cp1258", "replace").replace(b"?", b"\xd2"), "CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0old", ".xlsx"),
        (b"PK\x03\x04broken", "hỏng"),
        (b"a\x00b\n", "hỏng"),
        (("x" * 4001 + "\n").encode(), "Ô A1 dài quá"),
        (b"x" * (8 * 2**20 + 1), "Tệp quá lớn"),
        ((",".join("x" * 101) + "\n").encode(), "quá 100 cột"),
    ],
    ids=range(9),
)
def test_what_cannot_be_trusted_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words.replace(".", r"\.")):
        read_sheet(content, most_rows=10)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_lines_are_read_whatever_stands_between_the_cells(delimiter: str) -> None:
    text = delimiter.join(["Tên", "Số"]) + "\n\n" + delimiter.join(["Lả", "3"]) + "\n"

    rows = read_sheet(b"\xef\xbb\xbf" + text.encode(), most_rows=10)

    assert [(one.number, one.cells) for one in rows] == [(1, ("Tên", "Số")), (3, ("Lả", "3"))]


def test_two_hundred_thousand_rows_are_refused_at_the_first_too_many() -> None:
    content = ("Tên\n" + "Lả\n" * 200_000).encode()

    with pytest.raises(BadInput, match="quá 100 dòng"):
        read_sheet(content, most_rows=100)


def changed_sheet(content: bytes, *changes: tuple[bytes, bytes], part: str = "sheet1") -> bytes:
    """Return a workbook with other bytes in one of its sheets."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            body = old.read(name)
            for was, now in changes if name.endswith(f"{part}.xml") else ():
                body = body.replace(was, now)
            new.writestr(name, body)
    return target.getvalue()


@pytest.mark.parametrize(
    "changes",
    [
        [(b'ref="A1:B2"', b'ref="A1:XFD1048576"'), (b'<row r="2"', b'<row r="1048576"')],
        [(b'<dimension ref="A1:B2" />', b""), (b'<row r="2"', b'<row r="999999999"')],
        [(b"</worksheet>", b"<mergeCell " * 400_000 + b"</worksheet>")],
    ],
    ids=["claims to be huge", "has a far row", "merges without an end"],
)
def test_a_small_file_that_would_take_hours_is_refused_at_once(
    changes: list[tuple[bytes, bytes]],
) -> None:
    content = changed_sheet(book(["A", "B"], ["x", "y"]), *changes)
    began = process_time()

    with pytest.raises(BadInput):
        read_sheet(content, most_rows=10)

    assert process_time() - began < 2


def test_merged_cells_are_found_in_the_sheet_that_is_read() -> None:
    made = openpyxl.Workbook()
    first = made.create_sheet("Danh sách", 0)
    first.append(["A", "B"])
    made.worksheets[1].merge_cells("A1:C1")
    target = BytesIO()
    made.save(target)
    assert [row.cells for row in read_sheet(target.getvalue(), most_rows=10)] == [("A", "B")]

    first.merge_cells("A2:B2")
    target = BytesIO()
    made.save(target)
    with pytest.raises(BadInput, match="Ô A2 bị gộp"):
        read_sheet(target.getvalue(), most_rows=10)
