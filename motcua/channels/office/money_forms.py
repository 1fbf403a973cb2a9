"""What is asked for acts on money."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.dossiers.api import FeeIn
from motcua.casework.procedures.api import FeeKind
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    MoneyField,
    SelectField,
    TextField,
    TickField,
)

from .forms import offer

AMOUNTS = 3


class PaymentForm(KitForm):
    """Amounts to be paid; with `receipts` those that were paid, each with its receipt."""

    def __init__(
        self,
        *args: Any,
        amounts: Sequence[tuple[str, int]] = (),
        receipts: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.with_receipts = receipts
        self.numbers = range(1, max(AMOUNTS, len(amounts)) + 1)
        for number in self.numbers:
            known = amounts[number - 1] if number <= len(amounts) else ("", None)
            self.fields[f"name_{number}"] = TextField(
                label=f"Khoản {number}", required=False, max_length=300, initial=known[0]
            )
            self.fields[f"amount_{number}"] = MoneyField(
                label="Số tiền", required=False, initial=known[1]
            )
            if receipts:
                self.fields[f"receipt_{number}"] = TextField(
                    label="Số biên lai", required=False, max_length=60, look={"width": "10"}
                )

    def rows(self) -> list[tuple[str, ...]]:
        """Return the names of the fields of each amount."""
        last = ("receipt_",) if self.with_receipts else ()
        names = ("name_", "amount_", *last)
        return [tuple(f"{name}{n}" for name in names) for n in self.numbers]

    def clean(self) -> dict[str, Any]:
        """Bring what was filled in together as `fees`."""
        data: dict[str, Any] = super().clean() or {}
        numbers = [n for n in self.numbers if data.get(f"amount_{n}")]
        data["fees"] = [
            FeeIn(
                line_code="nghia-vu",
                name=data.get(f"name_{n}") or "Nghĩa vụ tài chính",
                kind=FeeKind.CHARGE,
                amount_vnd=data[f"amount_{n}"],
                receipt_number=data.get(f"receipt_{n}") or "",
            )
            for n in numbers
        ]
        return data


class DueForm(KitForm):
    """A notice of another body: what is to be paid there."""

    body_name = TextField(label="Cơ quan ra thông báo", max_length=300)
    notice_number = TextField(label="Số thông báo", max_length=100, look={"width": "20"})
    notice_on = DayField(label="Ngày thông báo", look={"single": True})
    name = TextField(label="Khoản phải nộp", max_length=300)
    amount = MoneyField(label="Số tiền")
    due_on = DayField(label="Hạn nộp", required=False, look={"single": True})


class EvidenceForm(KitForm):
    """By which paper one knows that a due was paid elsewhere, or need not be."""

    due = SelectField(label="Khoản", choices=[])
    evidence_number = TextField(label="Số chứng từ hoặc văn bản miễn, giảm", max_length=100)
    evidence_on = DayField(label="Ngày chứng từ", look={"single": True})
    evidence_words = TextField(label="Nơi nộp, nội dung", required=False, max_length=300)
    is_lifted = TickField(label="Được miễn hoặc không phải nộp", required=False)

    def __init__(self, *args: Any, dues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "due", dues)
