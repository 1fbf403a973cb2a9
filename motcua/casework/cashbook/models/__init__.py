"""Tables of the cashbook."""

from .books import Account, AccountDay, Book, DayClosing, Entry, EntryLeg
from .drawers import (
    Deposit,
    DeskClosing,
    Difference,
    Drawer,
    QuarterClosing,
    detail_of_unit,
)

__all__ = [
    "Account",
    "AccountDay",
    "Book",
    "DayClosing",
    "Deposit",
    "DeskClosing",
    "Difference",
    "Drawer",
    "Entry",
    "EntryLeg",
    "QuarterClosing",
    "detail_of_unit",
]
