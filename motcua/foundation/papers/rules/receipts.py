"""The receipt of money taken (bản thể hiện của biên lai điện tử, mẫu 01/PLPĐT).

Source: docs/law/receipts.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from .parts import OfficialPaper


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyParty:
    """Who collects, in whose name, or who pays."""

    name: str
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    account: str = ""
    contract: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyItem:
    """One fee or charge; `why` is the rule, the relief, the dossier."""

    name: str
    quantity: str = ""
    amount_vnd: int
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyReceipt(OfficialPaper):
    """An electronic receipt as it is shown to people; what counts is the signed XML.

    `mark` is written across one that does not count any more; `related` names the receipt that it
    adjusts or replaces. It is of the size of a slip and has no letterhead of its own.

    Source: docs/law/receipts.md
    """

    title: ClassVar[str] = "Biên lai thu phí, lệ phí"
    layout: ClassVar[str] = "money_receipt"
    form: ClassVar[str] = "01/PLPĐT"
    must_say: ClassVar[Mapping[str, str]] = {
        "name": "tên biên lai",
        "form_symbol": "ký hiệu mẫu biên lai",
        "symbol": "ký hiệu biên lai",
        "receipt_number": "số biên lai",
        "body.name": "tên cơ quan thu",
        "body.tax_code": "mã số thuế của cơ quan thu",
        "payer.name": "tên người nộp",
        "items": "khoản thu",
        "words": "số tiền bằng chữ",
        "method": "hình thức thanh toán",
    }

    name: str
    nature: str = ""
    form_symbol: str
    symbol: str
    receipt_number: str
    on: date
    body: MoneyParty
    delegate: MoneyParty | None = None
    payer: MoneyParty
    items: tuple[MoneyItem, ...]
    total_vnd: int
    words: str
    method: str
    paid_at: datetime
    order_code: str = ""
    related: str = ""
    reason: str = ""
    mark: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    lookup_code: str
    check_url: str

    @property
    def heading(self) -> str:
        return self.name
