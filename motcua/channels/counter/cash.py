"""What is typed about cash at the desk: notes counted, reasons, slips."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms

from motcua.casework.cashbook import api as cashbook
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    NumberField,
    SelectField,
    TextField,
)

ONE_BOX = {"single": True}


class NoteRow(NamedTuple):
    """One denomination of a count: its field, what was typed, what is wrong with it."""

    denomination: int
    name: str
    id: str
    typed: str
    error: str


class CountForm(KitForm):
    """Notes counted, by denomination; an empty box is none."""

    def __init__(self, *args: Any, notes: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in cashbook.DENOMINATIONS:
            self.fields[f"n{one}"] = NumberField(
                label=f"{one:,}".replace(",", "."),
                required=False,
                min_value=0,
                max_value=100_000,
                initial=(notes or {}).get(str(one)),
                error_messages={"invalid": "Số tờ phải là số."},
            )

    def notes(self) -> dict[int, int]:
        """Return how many there are of each note."""
        return {one: self.cleaned_data.get(f"n{one}") or 0 for one in cashbook.DENOMINATIONS}

    def rows(self) -> list[NoteRow]:
        """Return the denominations as they are drawn."""
        return [self._row(one) for one in cashbook.DENOMINATIONS]

    def _row(self, denomination: int) -> NoteRow:
        bound = self[f"n{denomination}"]
        typed = bound.value()
        errors = " ".join(str(error) for error in bound.errors)
        shown = "" if typed is None else str(typed)
        return NoteRow(denomination, bound.html_name, bound.auto_id or "", shown, errors)


class OpenForm(CountForm):
    """The notes a shift begins with, and whence what the safe has not."""

    words = TextField(
        label="Tiền lẻ nhận thêm từ đâu (nếu nhiều hơn tiền trong két)",
        required=False,
        max_length=200,
        help_text="Ví dụ: kế toán ứng tiền lẻ đầu tháng.",
    )


class CloseForm(CountForm):
    """The notes a shift or a day ends with, and the reason if they are not what they should be."""

    reason = TextField(
        label="Lý do, nếu thừa hoặc thiếu",
        required=False,
        max_length=500,
        help_text="Khoản lệch được ghi riêng, chờ kế toán giải trình; không tự xóa.",
    )

    def count(self) -> cashbook.CountIn:
        """Return the count as the cashbook takes it."""
        return cashbook.CountIn(self.notes(), self.cleaned_data.get("reason", ""))


class HandForm(CloseForm):
    """A shift's notes and who takes them over."""

    to = SelectField(label="Người nhận ca")

    def __init__(self, *args: Any, takers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Chọn người"), *takers]


class DepositForm(CountForm):
    """Notes that go to a bank or the treasury."""

    bank = TextField(label="Ngân hàng, kho bạc", max_length=200)
    account_number = TextField(label="Số tài khoản nhận", max_length=40, look={"width": "20"})
    account_name = TextField(label="Tên tài khoản", required=False, max_length=200)
    words = TextField(label="Nội dung nộp", required=False, max_length=300)
    source = SelectField(
        label="Lấy tiền từ", choices=[("safe", "Két của quầy"), ("drawer", "Ca thu của tôi")]
    )


class SlipForm(KitForm):
    """The slip of the bank or treasury."""

    slip_number = TextField(label="Số giấy nộp tiền", max_length=60, look={"width": "20"})
    slip_on = DayField(label="Ngày trên giấy", look=ONE_BOX)
