"""Orders, attempts to pay them, notices, payments, refunds; accounts; dues of other bodies."""

from .accounts import Beneficiary, FinancialObligation
from .cod import CodHandIn, CodParcel
from .moving import Attempt, Notice, Payment, Refund
from .order import Order, OrderLine, OrderMove

__all__ = [
    "Attempt",
    "Beneficiary",
    "CodHandIn",
    "CodParcel",
    "FinancialObligation",
    "Notice",
    "Order",
    "OrderLine",
    "OrderMove",
    "Payment",
    "Refund",
]
