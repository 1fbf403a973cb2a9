"""What stands on a receipt; it is fixed when the receipt has its number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

TITLES = {"fee": "Biên lai thu phí", "charge": "Biên lai thu lệ phí"}


@dataclass(frozen=True, slots=True)
class Body:
    """The agency that collects: what receipts say of it."""

    name: str
    tax_code: str
    address: str = ""
    phone: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Delegate:
    """Who collects in the agency's name (bên nhận ủy nhiệm), by which contract."""

    name: str
    address: str
    tax_code: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class PaidBy:
    """Who paid, as the receipt names them."""

    name: str
    address: str = ""
    tax_code: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One fee or charge: `subject` is the dossier, `rule` the article that set the amount."""

    name: str
    amount_vnd: int
    quantity: int = 1
    unit_name: str = ""
    reason: str = ""
    rule: str = ""
    subject: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """The receipt that this one adjusts or replaces."""

    form: str
    symbol: str
    number: int
    on: date

    @property
    def key(self) -> str:
        """Return its key as it is written."""
        return f"{self.form}/{self.symbol}/{self.number}"


@dataclass(frozen=True, slots=True)
class Content:
    """All that a receipt says, its number apart."""

    kind: str
    body: Body
    payer: PaidBy
    items: tuple[Item, ...]
    method: str
    paid_at: datetime
    order_code: str
    delegate: Delegate | None = None
    related: Related | None = None
    reason: str = ""

    @property
    def title(self) -> str:
        """Return the name of the receipt."""
        return TITLES[self.kind]

    @property
    def amount_vnd(self) -> int:
        """Return the sum of the items."""
        return sum(one.amount_vnd for one in self.items)


CONTENT = TypeAdapter(Content)


def content_faults(content: Content) -> Iterator[str]:
    """Yield what a receipt must say and this one does not.

    Source: docs/law/receipts.md
    """
    needed = {
        "tên cơ quan thu": content.body.name,
        "mã số thuế của cơ quan thu": content.body.tax_code,
        "tên người nộp": content.payer.name,
        "khoản thu": content.items and all(one.name for one in content.items),
        "hình thức thanh toán": content.method,
    }
    for name, value in needed.items():
        if not value:
            yield f"Biên lai còn thiếu {name}."
    if content.delegate and not (content.delegate.name and content.delegate.address):
        yield "Biên lai thu theo ủy nhiệm còn thiếu tên hoặc địa chỉ bên nhận ủy nhiệm."
