"""What payments announce: ids, codes, days and sums only."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class OrderPaid(Event):
    """All that an order asks for has been paid; `subjects` are those of its lines."""

    topic: ClassVar[str] = "payments.order_paid"
    aggregate: ClassVar[str] = "payment_order"

    code: str
    subject: str
    subjects: tuple[str, ...]
    agency_id: int
    paid_at: str


@dataclass(frozen=True, slots=True)
class OrderChanged(Event):
    """Anything else that changed an order."""

    topic: ClassVar[str] = "payments.order_changed"
    aggregate: ClassVar[str] = "payment_order"

    code: str
    subject: str
    subjects: tuple[str, ...]
    agency_id: int
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class RefundDone(Event):
    """Money of an order was given back; `lines` are pairs of line number and đồng, if of lines."""

    topic: ClassVar[str] = "payments.refund_done"
    aggregate: ClassVar[str] = "payment_order"

    code: str
    subject: str
    subjects: tuple[str, ...]
    agency_id: int
    refund_code: str
    amount_vnd: int
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ObligationMet(Event):
    """A due of another body was paid there, or lifted; its evidence is recorded."""

    topic: ClassVar[str] = "payments.obligation_met"
    aggregate: ClassVar[str] = "financial_obligation"

    code: str
    subject: str
    state: str
