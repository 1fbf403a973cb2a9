"""What is asked of an account into which money goes."""

from motcua.casework.payments.api import Channel
from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField

GATEWAYS = (Channel.VNPAY, Channel.VNPT_PAY, Channel.NATIONAL)


class EndBeneficiaryForm(KitForm):
    """The last day of an account."""

    valid_to = DayField(label="Ngày cuối dùng tài khoản", look={"single": True})


class BeneficiaryForm(KitForm):
    """An account from a day on."""

    agency = SelectField(label="Cơ quan thu", choices=[])
    procedure_code = TextField(
        label="Riêng cho thủ tục", required=False, max_length=60, help_text="Để trống: mọi thủ tục."
    )
    bank_bin = TextField(label="Mã ngân hàng (BIN, 6 chữ số)", max_length=6, look={"width": "10"})
    bank_name = TextField(label="Ngân hàng hoặc kho bạc", max_length=200)
    number = TextField(label="Số tài khoản", max_length=19, look={"width": "20"})
    name = TextField(label="Tên tài khoản", max_length=200)
    terminal_vnpay = TextField(
        label="Mã điểm thu tại VNPAY",
        required=False,
        max_length=40,
        look={"width": "20"},
        help_text="Để trống: điểm thu chung của tỉnh.",
    )
    terminal_vnpt_pay = TextField(
        label="Mã điểm thu tại VNPT Pay", required=False, max_length=40, look={"width": "20"}
    )
    terminal_national = TextField(
        label="Mã điểm thu tại nền tảng thanh toán quốc gia",
        required=False,
        max_length=40,
        look={"width": "20"},
    )
    valid_from = DayField(label="Dùng từ ngày", look={"single": True})

    def offer_agencies(self, agencies: list[tuple[str, str]]) -> None:
        """Give the field its choices."""
        field = self.fields["agency"]
        if isinstance(field, SelectField):
            field.choices = agencies
