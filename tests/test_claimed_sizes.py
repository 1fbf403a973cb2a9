"""No reader of spreadsheets believes the size that a file of a stranger claims."""

from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from motcua.casework.procedures.rules.spreadsheet import read_rows
from motcua.casework.reconciliation.rules.tables import xlsx_items
from motcua.casework.workfiles.rules.sheets import read_sheet
from motcua.foundation.organisation.rules.spreadsheet import read_sheets
from motcua.lib.errors import BadInput
from motcua.lib.tests.test_sheets import changed_sheet

UNITS = ("Mã đơn vị", "Tên đơn vị", "Loại", "Mã cơ quan", "Từ ngày")
FILES = ("Số và ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời hạn bảo quản", "Đơn vị")
MONEY = ("Ngày giao dịch", "Ghi có", "Số tham chiếu", "Nội dung")
PLAIN = ("Mã thủ tục", "Tên thủ tục")
Read = Callable[[bytes], Any]
READERS: dict[str, tuple[tuple[str, ...], Read]] = {
    "units": (UNITS, lambda content: read_sheets(content)["Đơn vị"]),
    "files": (FILES, read_sheet),
    "money": (MONEY, lambda content: list(xlsx_items(BytesIO(content)))),
    "procedures": (PLAIN, lambda content: list(read_rows(content))),
}
FAR_ROW = (b'<row r="2"', b'<row r="9999999"')
every_reader = pytest.mark.parametrize(("heads", "read"), READERS.values(), ids=READERS)


def book(heads: tuple[str, ...]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Đơn vị"
    sheet.append(heads)
    sheet.append([f"x{number}" for number in range(len(heads))])
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def claiming(content: bytes, heads: tuple[str, ...], size: bytes) -> bytes:
    """Return a workbook whose sheet says that it is so large."""
    true = f'<dimension ref="A1:{get_column_letter(len(heads))}2" />'.encode()
    return changed_sheet(content, (true, b'<dimension ref="' + size + b'" />'))


@every_reader
@pytest.mark.parametrize("size", [b"A1:XFD1048576", b"A1:B2"])
def test_a_small_file_is_never_read_for_long(
    heads: tuple[str, ...], read: Read, size: bytes
) -> None:
    content = changed_sheet(claiming(book(heads), heads, size), FAR_ROW)
    began = process_time()

    try:
        rows = read(content)
    except BadInput:
        rows = []

    assert len(rows) <= 2
    assert process_time() - began < 2


@every_reader
def test_a_false_claim_alone_changes_nothing_that_is_read(
    heads: tuple[str, ...], read: Read
) -> None:
    honest = book(heads)

    claims = [claiming(honest, heads, size) for size in (b"A1:XFD1048576", b"A1:A1")]

    assert all(claimed != honest for claimed in claims)
    assert [read(claimed) for claimed in claims] == [read(honest)] * 2
    assert read(honest)


def test_a_list_of_files_that_unpacks_without_end_is_not_opened() -> None:
    bomb = changed_sheet(book(FILES), (b"</worksheet>", b" " * 70_000_000 + b"</worksheet>"))

    with pytest.raises(BadInput, match="giải nén quá lớn"):
        read_sheet(bomb)


def test_a_broken_sheet_in_a_list_of_files_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match=r"Không đọc được tệp|hỏng"):
        read_sheet(changed_sheet(book(FILES), (b"</row>", b"</broken")))
