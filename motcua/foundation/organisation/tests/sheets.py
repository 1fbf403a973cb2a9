"""Spreadsheets as an office would fill them in, and as nobody should."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import openpyxl

UNIT_TITLES = ("Mã đơn vị", "Tên đơn vị", "Tên ngắn", "Loại", "Mã cơ quan", "Từ ngày")
POST_TITLES = ("Mã vị trí", "Mã đơn vị", "Chức vụ", "Vai trò", "Từ ngày")
OFFICER_TITLES = (
    "Mã cán bộ",
    "Họ và tên",
    "Điện thoại",
    "Thư điện tử",
    "Vào làm ngày",
    "Mã vị trí",
    "Giữ vị trí từ ngày",
)
UNIT = ("H18.101.KT", "Phòng Kinh tế", "KT", "Phòng", "H18.101", "01/07/2025")
POST = ("H18.101.KT-01", "H18.101.KT", "Trưởng phòng", "Trưởng đơn vị", "01/07/2025")
OFFICER = ("CB0001", "Trần Văn Bình", "0912000001", "", "2025-07-01", "H18.101.KT-01", "")

Rows = Sequence[Sequence[object]]


def make_book(units: Rows = (UNIT,), posts: Rows = (POST,), officers: Rows = (OFFICER,)) -> bytes:
    """Return a spreadsheet with the three sheets and these rows."""
    return make_sheets(
        {
            "Đơn vị": [UNIT_TITLES, *units],
            "Vị trí": [POST_TITLES, *posts],
            "Cán bộ": [OFFICER_TITLES, *officers],
        }
    )


def make_sheets(sheets: Mapping[str, Rows]) -> bytes:
    """Return a spreadsheet with these sheets."""
    book = openpyxl.Workbook()
    for place, (name, rows) in enumerate(sheets.items()):
        sheet = book.create_sheet(name, place)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def merged(content: bytes, cells: str) -> bytes:
    """Return the spreadsheet with these cells of its first sheet merged."""
    book = openpyxl.load_workbook(BytesIO(content))
    book.worksheets[0].merge_cells(cells)
    out = BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()
