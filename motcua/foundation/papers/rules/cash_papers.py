"""Papers about cash at a desk: counted, handed over, carried to the bank, agreed for a quarter.

Source: docs/law/money.md
"""

from typing import ClassVar

from .file_papers import FileTable


class DepositList(FileTable):
    """The notes that a desk carries to a bank or the treasury."""

    __slots__ = ()
    title: ClassVar[str] = "Bảng kê nộp tiền"


class CashCount(FileTable):
    """The notes counted at the end of a shift or of a desk's day, beside what the book says."""

    __slots__ = ()
    title: ClassVar[str] = "Biên bản kiểm kê quỹ tiền mặt"


class ShiftMinutes(FileTable):
    """The notes one cashier hands over to the next; both sign."""

    __slots__ = ()
    title: ClassVar[str] = "Biên bản giao nhận ca thu"


class QuarterMinutes(FileTable):
    """What a desk took and handed on in a quarter; the desk and the unit sign."""

    __slots__ = ()
    title: ClassVar[str] = "Biên bản đối soát phí, lệ phí"


class BudgetList(FileTable):
    """The fees and charges that an agency hands on to the budget, for the treasury."""

    __slots__ = ()
    title: ClassVar[str] = "Bảng kê nộp phí, lệ phí vào ngân sách nhà nước"
