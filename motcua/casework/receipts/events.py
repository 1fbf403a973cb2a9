"""What receipts announce: ids, codes and days only."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class _OfReceipt(Event):
    """Anything about one receipt: its code, and the order that was paid."""

    aggregate: ClassVar[str] = "receipt"

    code: str
    order_code: str


@dataclass(frozen=True, slots=True)
class ReceiptIssued(_OfReceipt):
    """A receipt has its number."""

    topic: ClassVar[str] = "receipts.issued"

    kind: str


@dataclass(frozen=True, slots=True)
class ReceiptSigned(_OfReceipt):
    """The seal of the collecting body has signed it: it can be fetched."""

    topic: ClassVar[str] = "receipts.signed"


@dataclass(frozen=True, slots=True)
class ReceiptEnded(_OfReceipt):
    """A receipt was replaced or cancelled."""

    topic: ClassVar[str] = "receipts.ended"

    state: str
