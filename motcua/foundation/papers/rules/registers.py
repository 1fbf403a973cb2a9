"""The books of the registry (sổ văn thư), with the columns that the law gives them.

Source: docs/law/registry-books.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from motcua.foundation.papers.choices import BookKind
from motcua.foundation.papers.errors import PaperIncomplete

from .books import BookClosing
from .parts import OfficialPaper

B = BookKind


class Column(NamedTuple):
    """One column: its head, how wide it is beside the others, whether it stands in the middle."""

    name: str
    width: int
    is_centred: bool = False


_NOTE = Column("Ghi chú", 20)
_TAKEN = Column("Ký nhận", 20)
_HANDED = Column("Ngày chuyển", 17, is_centred=True)
_NOTATION = Column("Số, ký hiệu văn bản", 25)
_ABOUT = Column("Tên loại và trích yếu nội dung văn bản", 70)
COLUMNS: Mapping[BookKind, tuple[Column, ...]] = {
    B.INCOMING: (
        Column("Ngày đến", 17, is_centred=True),
        Column("Số đến", 12, is_centred=True),
        Column("Tác giả", 32),
        Column("Số, ký hiệu văn bản", 25),
        Column("Ngày tháng văn bản", 17, is_centred=True),
        _ABOUT,
        Column("Đơn vị hoặc người nhận", 30),
        _HANDED,
        _TAKEN,
        _NOTE,
    ),
    B.OUTGOING: (
        _NOTATION,
        Column("Ngày tháng văn bản", 17, is_centred=True),
        _ABOUT,
        Column("Người ký", 25),
        Column("Nơi nhận văn bản", 35),
        Column("Đơn vị, người nhận bản lưu", 25),
        Column("Số lượng bản", 12, is_centred=True),
        _HANDED,
        _TAKEN,
        _NOTE,
    ),
    B.HAND_OVER_IN: (
        _HANDED,
        Column("Số đến", 15, is_centred=True),
        Column("Đơn vị hoặc người nhận", 80),
        Column("Ký nhận", 40),
        Column("Ghi chú", 50),
    ),
    B.HAND_OVER_OUT: (
        _HANDED,
        Column("Số, ký hiệu văn bản", 40),
        Column("Đơn vị hoặc người nhận", 80),
        Column("Ký nhận", 40),
        Column("Ghi chú", 50),
    ),
    B.DESPATCH: (
        _HANDED,
        Column("Số, ký hiệu văn bản", 45),
        Column("Nơi nhận văn bản", 90),
        Column("Số lượng bì", 18, is_centred=True),
        Column("Ký nhận và dấu bưu điện", 45),
        Column("Ghi chú", 35),
    ),
    B.KEPT_COPIES: (
        Column("Ngày tháng", 17, is_centred=True),
        Column("Họ và tên người sử dụng", 35),
        Column("Số, ký hiệu, ngày tháng văn bản", 32),
        _ABOUT,
        Column("Hồ sơ số", 18),
        _TAKEN,
        Column("Ngày trả", 17, is_centred=True),
        Column("Người cho phép sử dụng", 28),
        _NOTE,
    ),
    B.FOLLOW_UP: (
        Column("Số đến", 14, is_centred=True),
        Column("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", 85),
        Column("Đơn vị hoặc người nhận", 40),
        Column("Thời hạn giải quyết", 22, is_centred=True),
        Column("Tiến độ giải quyết", 35),
        Column("Số, ký hiệu văn bản trả lời", 35),
        _NOTE,
    ),
}
_NUMBER_COLUMN: Mapping[BookKind, int] = {B.INCOMING: 1, B.OUTGOING: 0}


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterBook(OfficialPaper):
    """One volume of a book of the registry: a cover, and pages across with the legal columns.

    Each entry has one text for each column; a text that is empty is left for a pen.

    Source: docs/law/registry-books.md
    """

    title: ClassVar[str] = "Sổ văn thư"
    layout: ClassVar[str] = "register_book"
    figures: ClassVar[tuple[str, ...]] = ("total", "columns", "span")

    kind: BookKind
    year: int
    volume: str = ""
    from_day: date
    to_day: date
    entries: tuple[tuple[str, ...], ...]
    closing: BookClosing | None = None

    @property
    def heading(self) -> str:
        return f"{BookKind(self.kind).label}, năm {self.year}"

    @property
    def total(self) -> int:
        return len(self.entries)

    @property
    def columns(self) -> tuple[str, ...]:
        return columns_of(self.kind)

    @property
    def span(self) -> tuple[str, ...]:
        """Return the first and the latest number in the book, if it is a book of numbers."""
        place = _NUMBER_COLUMN.get(self.kind)
        if place is None or not self.entries:
            return ()
        return self.entries[0][place], self.entries[-1][place]


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the heads of a book's columns, in order."""
    return tuple(column.name for column in COLUMNS[BookKind(kind)])


def shape_of(kind: str) -> dict[str, list[int]]:
    """Return how wide a book's columns are, and which of them stand in the middle."""
    columns = COLUMNS[BookKind(kind)]
    return {
        "widths": [column.width for column in columns],
        "centred": [place for place, column in enumerate(columns) if column.is_centred],
    }


def check_register(book: RegisterBook) -> None:
    """Raises: PaperIncomplete if an entry has not one text for each column."""
    wanted = len(COLUMNS[BookKind(book.kind)])
    for place, entry in enumerate(book.entries, start=1):
        if len(entry) != wanted:
            raise PaperIncomplete(
                f"Dòng {place} của “{book.heading}” có {len(entry)} cột, cần đúng {wanted} cột."
            )
