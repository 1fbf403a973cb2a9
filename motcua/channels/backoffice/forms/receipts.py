"""What is asked about receipts: ranges of numbers, who collects, what was wrong."""

from typing import Any

from motcua.casework.payments.api import Channel
from motcua.casework.receipts.api import (
    AdjustIn,
    BodyIn,
    DelegationIn,
    ReceiptKind,
    SeriesIn,
)
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    MoneyField,
    NumberField,
    RadioField,
    SelectField,
    TextField,
    TickField,
)
from motcua.channels.kit.receipts import why

_NARROW = {"width": "10"}
_CHANNELS = [(one.value, one.label) for one in (Channel.COD, Channel.CASH)]


def _day(label: str, help_text: str = "", *, required: bool = True) -> DayField:
    return DayField(label=label, help_text=help_text, required=required, look={"single": True})


class SeriesForm(KitForm):
    """A range of numbers of receipts."""

    agency = SelectField(label="Cơ quan thu")
    kind = RadioField(label="Loại khoản thu", choices=ReceiptKind.choices)
    form = TextField(label="Ký hiệu mẫu biên lai", max_length=11, look=_NARROW)
    symbol = TextField(
        label="Ký hiệu biên lai",
        max_length=8,
        help_text="Hai số cuối của năm, chữ T, hai chữ cái, ví dụ 26TAA. Phí và lệ phí dùng ký"
        " hiệu khác nhau.",
        look=_NARROW,
    )
    year = NumberField(label="Năm", min_value=2016, max_value=2100)
    first_number = NumberField(label="Từ số", min_value=1, max_value=99_999_999, initial=1)
    final_number = NumberField(
        label="Đến số",
        required=False,
        min_value=1,
        max_value=99_999_999,
        help_text="Để trống nếu dùng hết các số của năm.",
    )
    warn_left = NumberField(label="Báo khi còn (số)", min_value=0, max_value=1_000_000, initial=100)
    delegation = SelectField(
        label="Lập theo ủy nhiệm",
        required=False,
        help_text="Biên lai do bên nhận ủy nhiệm thu dùng dãy số riêng.",
    )

    def given(self) -> SeriesIn:
        """Return what was entered."""
        values = self.cleaned_data
        return SeriesIn(
            agency_id=int(values["agency"]),
            kind=ReceiptKind(values["kind"]),
            form=values["form"].upper(),
            symbol=values["symbol"].upper(),
            year=values["year"],
            first_number=values["first_number"],
            final_number=values["final_number"],
            warn_left=values["warn_left"],
            delegation_id=int(values["delegation"]) if values["delegation"] else None,
        )


class CloseForm(KitForm):
    """That no more numbers of a range are wanted."""

    is_sure = TickField(label="Tôi chắc chắn đóng dãy này")


class BodyForm(KitForm):
    """What receipts say of an agency."""

    agency = SelectField(label="Cơ quan thu")
    name = TextField(label="Tên trên biên lai", max_length=300)
    tax_code = TextField(label="Mã số thuế", max_length=14, look=_NARROW)
    address = TextField(label="Địa chỉ", max_length=400)
    phone = TextField(label="Điện thoại", max_length=40, required=False, look=_NARROW)
    account = TextField(
        label="Tài khoản",
        max_length=200,
        required=False,
        help_text="Số tài khoản và nơi mở, ví dụ 3511.0.1234567, Kho bạc Nhà nước khu vực X.",
    )
    valid_from = _day("Áp dụng từ ngày")

    def given(self) -> BodyIn:
        """Return what was entered."""
        values = dict(self.cleaned_data)
        return BodyIn(agency_id=int(values.pop("agency")), **values)


class DelegationForm(KitForm):
    """Who issues receipts in the agency's name."""

    agency = SelectField(label="Cơ quan ủy nhiệm")
    channel = RadioField(
        label="Khoản thu qua", choices=_CHANNELS, help_text="Thường là bưu điện thu hộ (COD)."
    )
    name = TextField(label="Bên nhận ủy nhiệm", max_length=300)
    address = TextField(label="Địa chỉ bên nhận ủy nhiệm", max_length=400)
    tax_code = TextField(label="Mã số thuế bên nhận ủy nhiệm", max_length=14, look=_NARROW)
    contract_number = TextField(label="Số hợp đồng ủy nhiệm", max_length=100, look={"width": "20"})
    contract_on = _day("Ngày hợp đồng")
    notified_on = _day("Ngày thông báo cơ quan thuế", "Ít nhất 3 ngày trước ngày bắt đầu.")
    valid_from = _day("Ủy nhiệm từ ngày")
    valid_to = _day("Đến hết ngày", required=False)

    def given(self) -> DelegationIn:
        """Return what was entered."""
        values = dict(self.cleaned_data)
        return DelegationIn(agency_id=int(values.pop("agency")), **values)


class ByContractForm(KitForm):
    """Whose contract with who collects is taken over."""

    agency = SelectField(label="Cơ quan ủy nhiệm")
    channel = RadioField(label="Hợp đồng", choices=[])


class AdjustForm(KitForm):
    """What is told of a receipt afterwards."""

    name = TextField(
        label="Nội dung điều chỉnh",
        max_length=300,
        help_text="Ví dụ: Giảm phí thẩm định; Ghi đúng tên khoản thu: Phí chứng thực chữ ký.",
    )
    direction = RadioField(
        label="Số tiền",
        choices=[("0", "Không đổi, chỉ sửa chữ"), ("-1", "Giảm"), ("1", "Tăng")],
        initial="0",
    )
    amount = MoneyField(label="Chênh lệch", required=False)
    reason = why()

    def clean(self) -> dict[str, Any]:
        """See that an amount and its direction come together."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        sign, amount = values.get("direction", "0"), values.get("amount") or 0
        if sign != "0" and not amount and "amount" not in self.errors:
            self.add_error("amount", "Hãy ghi số tiền tăng hoặc giảm.")
        return values

    def given(self) -> AdjustIn:
        """Return what was entered."""
        values = self.cleaned_data
        amount = int(values["direction"]) * (values["amount"] or 0)
        return AdjustIn(values["name"], amount, values["reason"])


class CancelForm(KitForm):
    """Why a receipt does not count any more."""

    reason = why()
    is_sure = TickField(label="Tôi hiểu biên lai đã hủy không dùng lại được")


class SentForm(KitForm):
    """That the table of a day went to the tax authority."""

    words = TextField(
        label="Mã giao dịch của cơ quan thuế, ghi chú",
        max_length=200,
        required=False,
        look={"width": "20"},
    )
    mark = TextField(label="Dấu của bảng", max_length=40)
