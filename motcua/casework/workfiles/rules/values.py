"""What is handed to the operations, and what it must say."""

import re
from dataclasses import dataclass
from datetime import date
from secrets import choice

from motcua.casework.workfiles.choices import ItemKind
from motcua.foundation.files.api import StoredFile
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .keeping import check_retention

LONGEST_TITLE = 500
LONGEST_SYMBOL = 20
MOST_PAGES = 10_000
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_SYMBOL = re.compile(r"\d{1,4}(\.[A-ZĐ0-9]+)*")


@dataclass(frozen=True, slots=True)
class LineIn:
    """One line of the yearly list, as a unit proposes it."""

    symbol: str
    title: str
    retention_years: int
    unit_id: int
    heading: str = ""
    person_name: str = ""
    account_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FileIn:
    """A work file to be opened; `line_id` if it stands in the yearly list."""

    title: str
    retention_years: int
    unit_id: int
    symbol: str = ""
    line_id: int | None = None
    is_construction: bool = False
    secrecy: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemIn:
    """Something that belongs to a work file; what is left empty is read from its own room."""

    kind: str
    ref: str = ""
    title: str = ""
    day: date | None = None
    notation: str = ""
    author: str = ""
    pages: int | None = None
    file: StoredFile | None = None
    file_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """What the table of contents says of one item besides its title."""

    day: date | None
    pages: int | None
    note: str = ""


def new_code() -> str:
    """Return ten letters that nobody guesses."""
    return "".join(choice(_LETTERS) for _ in range(10))


def checked_title(title: str) -> str:
    """Raises: BadInput."""
    clean = tidy(title)
    if not 0 < len(clean) <= LONGEST_TITLE:
        message = f"Hãy ghi tiêu đề hồ sơ, không quá {LONGEST_TITLE} ký tự."
        raise BadInput(message, field="title")
    return clean


def checked_symbol(symbol: str) -> str:
    """Return the symbol of a listed file, such as 01.TCCB. Raises: BadInput."""
    clean = tidy(symbol).upper()
    if len(clean) > LONGEST_SYMBOL or not _SYMBOL.fullmatch(clean):
        message = f"Ký hiệu hồ sơ “{symbol}” chưa đúng; ví dụ: 01.TCCB."
        raise BadInput(message, field="symbol")
    return clean


def check_line(line: LineIn) -> None:
    """Raises: BadInput."""
    checked_symbol(line.symbol)
    checked_title(line.title)
    check_retention(line.retention_years)


def checked_reason(reason: str) -> str:
    """Raises: BadInput."""
    clean = tidy(reason)[:1000]
    if not clean:
        raise BadInput("Hãy ghi lý do.", field="reason")
    return clean


def check_pages(pages: int | None) -> None:
    """Raises: BadInput."""
    if pages is not None and not 0 < pages <= MOST_PAGES:
        raise BadInput("Số trang từ 1 đến 10.000.", field="pages")


def check_item(item: ItemIn) -> None:
    """Raises: BadInput if the item is nothing that a file may hold."""
    if item.kind not in ItemKind.values:
        raise BadInput("Chỉ đưa được văn bản, hồ sơ thủ tục, nhiệm vụ hoặc tài liệu vào hồ sơ.")
    check_pages(item.pages)
    if item.kind == ItemKind.FILE and item.file is None:
        raise BadInput("Hãy chọn tệp tài liệu.", field="file")
    if item.kind != ItemKind.FILE and not item.ref:
        raise BadInput("Hãy ghi mã của văn bản, hồ sơ hoặc nhiệm vụ.", field="ref")
