"""The list of files as a spreadsheet: one line a row, columns by their Vietnamese heads."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from motcua.casework.workfiles.errors import BadList
from motcua.lib.errors import BadInput
from motcua.lib.sheets import check_package
from motcua.lib.text import fold, tidy
from motcua.lib.zips import BROKEN_ZIP

from .keeping import read_retention

MOST_ROWS = 2_000
MOST_BYTES = 5_000_000
UNREADABLE = (*BROKEN_ZIP, InvalidFileException, AttributeError, OSError, SyntaxError, TypeError)
_HEADS = {
    "so va ky hieu ho so": "symbol",
    "so, ky hieu ho so": "symbol",
    "ky hieu": "symbol",
    "nhom": "heading",
    "tieu de ho so": "title",
    "tieu de": "title",
    "thoi han bao quan": "retention",
    "don vi": "unit",
    "nguoi lap ho so": "person",
    "nguoi lap": "person",
    "don vi/ nguoi lap ho so": "unit",
    "ghi chu": "note",
}
_NEEDED = {
    "symbol": "Số và ký hiệu hồ sơ",
    "title": "Tiêu đề hồ sơ",
    "retention": "Thời hạn bảo quản",
    "unit": "Đơn vị",
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it was written."""

    number: int
    symbol: str
    title: str
    retention: str
    unit: str
    heading: str = ""
    person: str = ""
    note: str = ""

    def retention_years(self) -> int:
        """Raises: BadInput."""
        return read_retention(self.retention)


def read_sheet(content: bytes) -> Sequence[SheetRow]:
    """Return the rows of the first sheet. Raises: BadList."""
    if len(content) > MOST_BYTES:
        raise BadList("Bảng tính lớn quá 5 MB; hãy xóa các trang không dùng.", field="file")
    try:
        check_package(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [[_text(cell) for cell in row] for row in _cells(book)]
    except BadInput as error:
        raise BadList(str(error), field="file") from error
    except UNREADABLE as error:
        message = "Không đọc được tệp; hãy lưu thành bảng tính .xlsx rồi chọn lại."
        raise BadList(message, field="file") from error
    heads = _heads(rows)
    return [row for row in _rows(rows, heads) if row.symbol or row.title]


def _cells(book: openpyxl.Workbook) -> Iterator[tuple[object, ...]]:
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what it claims to be is not believed
    yield from sheet.iter_rows(max_row=MOST_ROWS + 20, max_col=12, values_only=True)


def _text(cell: object) -> str:
    return tidy(f"{cell}")[:600] if cell is not None else ""


def _heads(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return the row of heads and the column of each. Raises: BadList."""
    for number, row in enumerate(rows[:20]):
        plain = [fold(cell) for cell in row]
        found = {_HEADS[cell]: column for column, cell in enumerate(plain) if cell in _HEADS}
        if "symbol" in found and "title" in found:
            lacking = [words for name, words in _NEEDED.items() if name not in found]
            if lacking:
                raise BadList(f"Bảng tính thiếu cột: {', '.join(lacking)}.", field="file")
            return number, found
    wanted = ", ".join(_NEEDED.values())
    raise BadList(f"Không thấy dòng tiêu đề; bảng tính cần các cột: {wanted}.", field="file")


def _rows(rows: Sequence[Sequence[str]], heads: tuple[int, dict[str, int]]) -> Iterator[SheetRow]:
    first, columns = heads
    for number, row in enumerate(rows[first + 1 :], first + 2):
        yield SheetRow(number, **{name: row[column] for name, column in columns.items()})
