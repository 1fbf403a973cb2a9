"""Spreadsheets of strangers, read with suspicion: XLSX and CSV as rows of words, nothing computed.

A formula, a merged cell or a wrong alphabet is refused with the place where it stands; a file of
too many rows is refused as soon as the first row too many is seen.
"""

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from motcua.lib.errors import BadInput
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

from .tongue import said

LARGEST_FILE = 8 * 2**20
LARGEST_UNPACKED = 64 * 2**20
MOST_PARTS = 500
MOST_COLUMNS = 100
LONGEST_CELL = 4000
MOST_GAP = 1000  # rows that hold nothing, beside the rows that are allowed
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED = re.compile(rb'<mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3}[0-9]{1,7}):')
_DELIMITERS = ";,\t"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_TOO_LARGE = said("Tệp bảng tính giải nén quá lớn, không đọc.")
_BROKEN = said("Tệp bảng tính hỏng hoặc không phải .xlsx, .csv; hãy lưu lại rồi tải lên.")


Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with its number as the spreadsheet shows it; `numeric` are cells that were numbers.

    Days come as 07/01/2026, whole numbers without a point.
    """

    number: int
    cells: tuple[str, ...]
    numeric: frozenset[int] = frozenset()


def read_sheet(content: bytes, *, most_rows: int) -> list[SheetRow]:
    """Return the rows of the first sheet that are not empty, the headings first.

    Raises: BadInput saying what is wrong and where.
    """
    if len(content) > LARGEST_FILE:
        raise BadInput(
            said("Tệp quá lớn: tối đa %(size)s MB.", size=LARGEST_FILE // 2**20), field="file"
        )
    if content.startswith(_OLD_EXCEL):
        raise BadInput(
            said("Tệp .xls kiểu cũ không đọc được; hãy lưu lại dạng .xlsx."), field="file"
        )
    rows = _workbook(content) if content.startswith(_ZIP) else _lines(content)
    return list(_kept(rows, most_rows))


def values_within(sheet: Any, *, most_rows: int, most_columns: int) -> Iterator[Values]:
    """Yield the values of a read-only sheet of openpyxl row by row, whatever size it claims.

    A sheet may say that it is a million columns wide, or give a single row the number 900 million:
    openpyxl would make all of them up. Each row is as wide as the widest before it, or wider.

    Raises: BadInput for a row or column too far.
    """
    sheet.reset_dimensions()
    width = 0
    rows = sheet.iter_rows(max_col=most_columns + 1, values_only=True)
    for number, row in enumerate(rows, start=1):
        if number > most_rows:
            message = said("Bảng tính kéo dài quá %(most_rows)s dòng.", most_rows=most_rows)
            raise BadInput(message, field="file")
        if row[most_columns:] not in ((), (None,)):
            message = said("Bảng tính có quá %(most_columns)s cột.", most_columns=most_columns)
            raise BadInput(message, field="file")
        if row.count(None) < len(row):
            filled = most_columns
            while filled > width and row[filled - 1] is None:
                filled -= 1
            width = max(width, filled)
        yield row[:width]


def _kept(rows: Iterator[SheetRow], most_rows: int) -> Iterator[SheetRow]:
    """Yield the rows that hold anything; openpyxl makes up each row a sheet only speaks of."""
    count = 0
    for row in rows:
        if row.number > most_rows + MOST_GAP:
            message = said(
                "Bảng kéo dài quá dòng %(row)s; hãy xóa các dòng trống rồi tải lại.",
                row=row.number - 1,
            )
            raise BadInput(message, field="file")
        if not any(row.cells):
            continue
        count += 1
        if count > most_rows + 1:  # the headings
            raise BadInput(
                said(
                    "Bảng có quá %(most_rows)s dòng; hãy chia thành nhiều tệp.", most_rows=most_rows
                ),
                field="file",
            )
        if len(row.cells) > MOST_COLUMNS:
            raise BadInput(
                said("Bảng có quá %(most_columns)s cột.", most_columns=MOST_COLUMNS), field="file"
            )
        yield row


def _workbook(content: bytes) -> Iterator[SheetRow]:
    try:
        check_package(content)
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
        try:
            sheet: Any = book.worksheets[0]
            _check_merged(content, sheet._worksheet_path)  # noqa: SLF001 -- openpyxl says it nowhere else
            sheet.reset_dimensions()  # a sheet may claim a million columns
            for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
                yield _row(number, row)
        finally:
            book.close()
    except BadInput:
        raise
    except (*BROKEN_ZIP, InvalidFileException, SyntaxError, TypeError, AttributeError) as error:
        raise BadInput(_BROKEN, field="file") from error


def check_package(content: bytes) -> None:
    """Raises: BadInput for what unpacks too far or declares entities, or what `zipfile` raises."""
    try:
        archive = Bounded(BytesIO(content), MOST_PARTS)
    except TooManyEntries as error:
        raise BadInput(_TOO_LARGE, field="file") from error
    with archive:
        parts = archive.infolist()
        if sum(one.file_size for one in parts) > LARGEST_UNPACKED:
            raise BadInput(_TOO_LARGE, field="file")
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")):
                continue
            body = archive.read(part)
            if _ENTITIES.search(body):
                raise BadInput(
                    said("Tệp bảng tính khai báo thực thể XML, không đọc."), field="file"
                )


def _check_merged(content: bytes, part: str) -> None:
    """Raises: BadInput naming the first merged cells of a sheet."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        merged = _MERGED.search(archive.read(part))
    if merged:
        place = merged.group(1).decode()
        raise BadInput(
            said("Ô %(place)s bị gộp với ô khác; hãy bỏ gộp ô (Unmerge) rồi tải lại.", place=place),
            field="file",
        )


def _row(number: int, cells: Sequence[object]) -> SheetRow:
    words: list[str] = []
    numeric = set()
    for place, cell in enumerate(cells):
        value = getattr(cell, "value", None)
        if getattr(cell, "data_type", "") == "f":
            raise BadInput(
                said(
                    "Ô %(place)s là công thức; hãy dán thành giá trị (Paste values) rồi tải lại.",
                    place=f"{get_column_letter(place + 1)}{number}",
                ),
                field="file",
            )
        if isinstance(value, int | float) and not isinstance(value, bool):
            numeric.add(place)
        words.append(_word(value, number, place))
    while words and not words[-1]:
        words.pop()
    return SheetRow(number, tuple(words), frozenset(numeric))


def _word(value: object, number: int, place: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return str(value).replace(".", ",")  # as it is written here: with a point it is a thousand
    words = str(value).strip()
    if len(words) > LONGEST_CELL:
        where = f"{get_column_letter(place + 1)}{number}"
        raise BadInput(
            said(
                "Ô %(where)s dài quá %(longest_cell)s ký tự.",
                where=where,
                longest_cell=LONGEST_CELL,
            ),
            field="file",
        )
    return words


def _lines(content: bytes) -> Iterator[SheetRow]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        for number, row in enumerate(csv.reader(StringIO(text), delimiter=delimiter), start=1):
            yield SheetRow(
                number, tuple(_word(cell, number, place) for place, cell in enumerate(row))
            )
    except csv.Error as error:
        raise BadInput(_BROKEN, field="file") from error


def _decoded(content: bytes) -> str:
    """Raises: BadInput for an alphabet other than Unicode's."""
    coding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    try:
        text = content.decode(coding)
    except UnicodeDecodeError as error:
        message = said(
            "Tệp CSV không phải bảng mã Unicode nên chữ có dấu không đọc được; hãy lưu lại dạng"
            " “CSV UTF-8” hoặc .xlsx."
        )
        raise BadInput(message, field="file") from error
    if "\x00" in text:
        raise BadInput(_BROKEN, field="file")
    return text
