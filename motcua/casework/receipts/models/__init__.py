"""The tables of receipts."""

from .receipt import Receipt, ReceiptMove
from .series import CollectingBody, Delegation, ReceiptForm, Series
from .table import DayTable

__all__ = [
    "CollectingBody",
    "DayTable",
    "Delegation",
    "Receipt",
    "ReceiptForm",
    "ReceiptMove",
    "Series",
]
