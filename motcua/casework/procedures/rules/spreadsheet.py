"""Workbooks from outside, opened with suspicion: sizes, addresses and entities come first."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from motcua.casework.procedures.errors import SourceBroken
from motcua.lib.errors import BadInput
from motcua.lib.sheets import values_within
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

LARGEST_FILE = 32 * 2**20
LARGEST_UNPACKED = 128 * 2**20
LARGEST_RATIO = 200
MOST_PARTS = 2_000
MOST_ROWS = 100_000
MOST_COLUMNS = 100
# The limit of the format itself.
LONGEST_CELL = 32_767

_REMOTE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TOO_LARGE = "Tệp bảng tính giải nén quá lớn, không đọc."
_UNREADABLE = "Tệp bảng tính hỏng hoặc không phải .xlsx."


def read_rows(content: bytes) -> Iterator[Sequence[str]]:
    """Give the rows of the first sheet as words; formulas are not followed, links not opened.

    Raises: SourceBroken with a reason for the person who gave the file.
    """
    check_archive(content)
    try:
        book = openpyxl.load_workbook(
            BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
    except (*BROKEN_ZIP, InvalidFileException, TypeError) as error:
        raise SourceBroken(_UNREADABLE) from error
    try:
        rows = values_within(book.worksheets[0], most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
        for place, row in enumerate(rows):
            yield _checked(row, place)
    except BadInput as error:
        raise SourceBroken(str(error)) from error
    except (*BROKEN_ZIP, SyntaxError) as error:
        raise SourceBroken(_UNREADABLE) from error
    finally:
        book.close()


def check_archive(content: bytes) -> None:
    """Refuse what unpacks too far, calls outside or declares entities.

    Raises: SourceBroken.
    """
    if len(content) > LARGEST_FILE:
        raise SourceBroken(f"Tệp quá lớn: tối đa {LARGEST_FILE // 2**20} MB.")
    try:
        with Bounded(BytesIO(content), MOST_PARTS) as archive:
            _check_sizes(archive.infolist())
            for part in archive.infolist():
                _check_part(part.filename, archive.read(part))
    except TooManyEntries as error:
        raise SourceBroken(_TOO_LARGE) from error
    except BROKEN_ZIP as error:
        raise SourceBroken(_UNREADABLE) from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > LARGEST_UNPACKED:
        raise SourceBroken(_TOO_LARGE)
    if unpacked > 2**20 and unpacked / packed > LARGEST_RATIO:
        raise SourceBroken("Tệp bảng tính nén bất thường (nghi bom nén), không đọc.")


def _check_part(name: str, body: bytes) -> None:
    if name.startswith("xl/externalLinks/"):
        raise SourceBroken("Tệp bảng tính liên kết tới tệp khác; hãy lưu lại không kèm liên kết.")
    if name.endswith(".rels") and any(
        b"/hyperlink" not in link[0] for link in _REMOTE.finditer(body)
    ):
        raise SourceBroken("Tệp bảng tính trỏ tới địa chỉ bên ngoài, không đọc.")
    if name.endswith((".xml", ".rels")) and _ENTITIES.search(body):
        raise SourceBroken("Tệp bảng tính khai báo thực thể XML, không đọc.")


def _checked(row: Sequence[object], place: int) -> list[str]:
    words = ["" if cell is None else str(cell) for cell in row]
    if any(len(cell) > LONGEST_CELL for cell in words):
        raise SourceBroken(f"Ô ở dòng {place + 1} dài quá {LONGEST_CELL} ký tự.")
    return words
