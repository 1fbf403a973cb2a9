"""A receipt as pages of officers show it, and the form that replaces a wrong one."""

from collections.abc import Mapping

from motcua.casework.receipts.api import PaidBy, Receipt, ReceiptState, ReplaceIn

from .fields import KitForm, LongTextField, TextField

TONES: Mapping[str, str] = {
    ReceiptState.DUE: "soon",
    ReceiptState.ISSUED: "ok",
    ReceiptState.ADJUSTED: "info",
    ReceiptState.REPLACED: "neutral",
    ReceiptState.CANCELLED: "late",
}
_NAMES = ("name", "address", "tax_code", "account")


def why() -> LongTextField:
    """Return the field for what was wrong."""
    return LongTextField(
        label="Lý do",
        max_length=500,
        help_text="In trên biên lai mới và trên bảng gửi cơ quan thuế.",
        look={"rows": 2},
    )


class ReplaceForm(KitForm):
    """Who paid, as it should have been written, and what was wrong."""

    name = TextField(label="Người nộp", max_length=300)
    address = TextField(label="Địa chỉ", max_length=400, required=False)
    tax_code = TextField(
        label="Mã số thuế, số định danh", max_length=20, required=False, look={"width": "20"}
    )
    account = TextField(label="Tài khoản", max_length=200, required=False)
    reason = why()

    def given(self) -> ReplaceIn:
        """Return what was entered."""
        values = self.cleaned_data
        return ReplaceIn(PaidBy(*(values[name] for name in _NAMES)), values["reason"])


def as_written(found: Receipt) -> dict[str, str]:
    """Return who paid as the receipt says it: where its replacement begins."""
    return {name: getattr(found.said.payer, name) for name in _NAMES}
