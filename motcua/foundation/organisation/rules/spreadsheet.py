"""A spreadsheet of units, posts and officers, read without trusting it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from motcua.foundation.organisation.errors import BrokenSpreadsheet
from motcua.lib.errors import BadInput
from motcua.lib.sheets import values_within
from motcua.lib.text import fold, tidy
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

MOST_BYTES = 5_000_000
MOST_UNPACKED_BYTES = 60_000_000
MOST_PARTS = 500
MOST_ROWS = 2_000  # some nine statements a row, all in one story
MOST_COLUMNS = 40
LONGEST_CELL = 500
UNITS, POSTS, OFFICERS = "Đơn vị", "Vị trí", "Cán bộ"
COLUMNS: Mapping[str, Sequence[str]] = {
    UNITS: ("Mã đơn vị", "Tên đơn vị", "Loại", "Mã cơ quan", "Từ ngày"),
    POSTS: ("Mã vị trí", "Mã đơn vị", "Chức vụ", "Vai trò", "Từ ngày"),
    OFFICERS: ("Mã cán bộ", "Họ và tên", "Vào làm ngày"),
}
_TOO_LARGE = "Tệp giải nén ra quá lớn nên không được mở."
# What zipfile, the XML parser and openpyxl are known to raise on files made to break them.
UNREADABLE = (
    *BROKEN_ZIP,
    ArithmeticError,
    AttributeError,
    InvalidFileException,
    OSError,
    SyntaxError,
    TypeError,
)
_DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its number as the spreadsheet shows it, its cells by column title."""

    sheet: str
    number: int
    cells: Mapping[str, object] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    def place(self, column: str) -> str:
        """Return where a cell is and what it is called, such as “ô B7 (Tên đơn vị)”."""
        letter = self.letters.get(fold(column), "")
        return f"ô {letter}{self.number} ({column})" if letter else f"cột “{column}”"

    def text(self, column: str) -> str:
        """Return a cell as tidy text; a number without its decimal nought."""
        value = self.cells.get(fold(column))
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else tidy(str(value))[:LONGEST_CELL]

    def day(self, column: str) -> date | None:
        """Return a cell as a day, None if it is empty. Raises: ValueError."""
        value = self.cells.get(fold(column))
        if isinstance(value, datetime):
            return value.date()
        text = self.text(column)
        return _parsed(text) if text else None


def read_sheets(content: bytes) -> dict[str, list[Row]]:
    """Return the rows of the three sheets that are present, blank ones left out.

    Raises: BrokenSpreadsheet, which says why the file is refused.
    """
    _check_package(content)
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        names = {fold(tidy(name)): name for name in book.sheetnames}
        sheets = {
            sheet: list(_rows(sheet, _lines(sheet, book[names[fold(sheet)]])))
            for sheet in COLUMNS
            if fold(sheet) in names
        }
    except UNREADABLE as error:
        message = "Không đọc được tệp: bảng tính bị hỏng. Hãy lưu lại dạng .xlsx rồi thử lại."
        raise BrokenSpreadsheet(message, field="file") from error
    if not sheets:
        wanted = ", ".join(f"“{sheet}”" for sheet in COLUMNS)
        raise BrokenSpreadsheet(f"Tệp không có trang nào tên là {wanted}.", field="file")
    return sheets


def _lines(sheet: str, found: Any) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a sheet, whatever size it claims. Raises: BrokenSpreadsheet."""
    try:
        yield from values_within(found, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    except BadInput as error:
        message = f"Trang “{sheet}”: {error} Hãy xóa dòng, cột trống hoặc chia thành nhiều tệp."
        raise BrokenSpreadsheet(message, field="file") from error


def _check_package(content: bytes) -> None:
    """Unpack every part within bounds before anything is parsed. Raises: BrokenSpreadsheet."""
    if len(content) > MOST_BYTES:
        raise BrokenSpreadsheet("Tệp lớn quá 5 MB.", field="file")
    try:
        with Bounded(BytesIO(content), MOST_PARTS) as package:
            _check_parts(package)
    except TooManyEntries as error:
        raise BrokenSpreadsheet(_TOO_LARGE, field="file") from error
    except UNREADABLE as error:
        message = "Tệp không phải bảng tính .xlsx (không nhận .xls, .csv hoặc tệp có mật khẩu)."
        raise BrokenSpreadsheet(message, field="file") from error


def _check_parts(package: ZipFile) -> None:
    """Read all parts, which proves their check sums; none may bring macros or its own entities.

    Raises: BrokenSpreadsheet, or what `zipfile` raises on damaged parts.
    """
    parts = package.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise BrokenSpreadsheet(_TOO_LARGE, field="file")
    for part in parts:
        if part.filename.lower().endswith("vbaproject.bin"):
            message = "Tệp có macro nên không được nhận. Hãy lưu lại dạng .xlsx không có macro."
            raise BrokenSpreadsheet(message, field="file")
        if _declares_entities(part.filename, package.read(part)):
            message = "Tệp chứa nội dung không được phép trong bảng tính."
            raise BrokenSpreadsheet(message, field="file")


def _declares_entities(name: str, content: bytes) -> bool:
    """Say whether a part brings a document type; UTF-16 could hide one and counts as such."""
    is_xml = name.endswith((".xml", ".rels"))
    return is_xml and (b"<!DOCTYPE" in content or b"\x00" in content)


def _rows(sheet: str, lines: Iterator[tuple[object, ...]]) -> Iterator[Row]:
    """Raises: BrokenSpreadsheet if a needed column is missing."""
    titles = [fold(tidy(str(cell or ""))) for cell in next(lines, ())][:MOST_COLUMNS]
    letters = {title: get_column_letter(n) for n, title in enumerate(titles, start=1) if title}
    missing = [title for title in COLUMNS[sheet] if fold(title) not in titles]
    if missing:
        columns = ", ".join(f"“{title}”" for title in missing)
        message = f"Trang “{sheet}” thiếu cột {columns}; tên cột phải ở dòng 1."
        raise BrokenSpreadsheet(message, field="file")
    for number, line in enumerate(lines, start=2):
        cells = dict(zip(titles, line, strict=False))
        if any(tidy(str(value)) for value in cells.values() if value is not None):
            yield Row(sheet, number, cells, letters)


def _parsed(text: str) -> date:
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day, no moment
        except ValueError:
            continue
    raise ValueError(text)
