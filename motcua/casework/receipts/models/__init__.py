"""The tables of receipts."""

from .mail import ReceiptMail
from .receipt import Receipt, ReceiptMove
from .series import CollectingBody, Delegation, ReceiptForm, Series
from .table import DayTable

__all__ = [
    "CollectingBody",
    "DayTable",
    "Delegation",
    "Receipt",
    "ReceiptForm",
    "ReceiptMail",
    "ReceiptMove",
    "Series",
]
