"""What is handed in: what is to be paid, what came, what is to go back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.payments.choices import Channel, LineKind
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong
from motcua.lib.tongue import said

MOST_VND = 10**12
MOST_LINES = 200
MOST_ADDRESS = 254
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays; an account if it is known whose, or an address to which the receipt is mailed."""

    name: str
    address: str = ""
    tax_code: str = ""
    account_id: int | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class LineIn:
    """One amount to be paid; `rule` names the table and row that set it, `subject` the dossier."""

    code: str
    name: str
    kind: LineKind
    quantity: int
    amount_vnd: int
    reason: str = ""
    rule: str = ""
    subject: str = ""
    unit_name: str = ""
    receipt_number: str = ""
    procedure_code: str = ""


@dataclass(frozen=True, slots=True)
class OrderIn:
    """What one payer is asked for; lines without a subject are for the order's own."""

    subject: str
    agency_id: int
    unit_id: int
    payer: Payer
    lines: Sequence[LineIn]
    expires_at: datetime | None = None
    procedure_code: str = ""


@dataclass(frozen=True, slots=True)
class PaymentIn:
    """Money that came; `partner_ref` is unique for ever in its channel."""

    channel: Channel
    amount_vnd: int
    partner_ref: str
    paid_at: datetime
    attempt_id: int | None = None
    words: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class RefundIn:
    """Money that is to go back; `lines` are those it was paid for, none for what was too much."""

    amount_vnd: int
    reason: str
    basis: str = ""
    lines: tuple[int, ...] = ()
    payment_id: int | None = None
    channel: Channel | None = None
    to_name: str = ""
    to_bank: str = ""
    to_account: str = ""


@dataclass(frozen=True, slots=True)
class ObligationIn:
    """A notice of another body: what is to be paid there."""

    subject: str
    agency_id: int
    body_name: str
    notice_number: str
    notice_on: date
    name: str
    amount_vnd: int
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceIn:
    """That a due of another body was paid there (`is_lifted`: need not be), and by which paper."""

    number: str
    on: date
    words: str = ""
    is_lifted: bool = False


def check_order(asked: OrderIn) -> None:
    """Raises: BadInput for an order without money, lines or a payer."""
    if not asked.payer.name.strip():
        message = "Hãy ghi tên người nộp tiền."
        raise BadInput(message, field="payer")
    if not 0 < len(asked.lines) <= MOST_LINES:
        message = f"Một đơn nộp tiền có từ 1 đến {MOST_LINES} khoản."
        raise BadInput(message, field="amounts")
    for line in asked.lines:
        if line.amount_vnd < 0 or line.quantity < 0:
            message = f"Số tiền của “{line.name}” không được âm."
            raise BadInput(message, field="amounts")
    total = sum(line.amount_vnd for line in asked.lines)
    if not 0 < total <= MOST_VND:
        message = f"Tổng số tiền phải từ 1 đồng đến {in_dong(MOST_VND)}; hãy ghi ít nhất một khoản."
        raise BadInput(message, field="amounts")


def check_email(address: str) -> str:
    """Return an address as it is kept. Raises: BadInput for what is none."""
    plain = address.strip()
    if plain and (len(plain) > MOST_ADDRESS or not _ADDRESS.fullmatch(plain)):
        message = said("Địa chỉ thư điện tử chưa đúng. Ví dụ: lan@example.vn.")
        raise BadInput(message, field="email")
    return plain


def check_amount(amount_vnd: int) -> None:
    """Raises: BadInput for what is no amount of money."""
    if not 0 < amount_vnd <= MOST_VND:
        message = f"Số tiền phải từ 1 đồng đến {in_dong(MOST_VND)}."
        raise BadInput(message, field="amount")
