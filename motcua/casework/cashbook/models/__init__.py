"""Tables of the cashbook."""

from .books import Account, AccountDay, Book, DayClosing, Entry, EntryLeg
from .drawers import (
    CashReminder,
    Deposit,
    DeskClosing,
    Difference,
    Drawer,
    QuarterClosing,
    detail_of_unit,
)
from .handing import Handing, KeptShare
from .heirs import BookHeir, books_before

__all__ = [
    "Account",
    "AccountDay",
    "Book",
    "BookHeir",
    "CashReminder",
    "DayClosing",
    "Deposit",
    "DeskClosing",
    "Difference",
    "Drawer",
    "Entry",
    "EntryLeg",
    "Handing",
    "KeptShare",
    "QuarterClosing",
    "books_before",
    "detail_of_unit",
]
