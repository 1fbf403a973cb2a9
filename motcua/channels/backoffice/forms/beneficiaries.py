"""What is asked of an account into which money goes."""

from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField


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
    terminal = TextField(
        label="Mã điểm thu tại cổng thanh toán", required=False, max_length=40, look={"width": "20"}
    )
    valid_from = DayField(label="Dùng từ ngày", look={"single": True})

    def offer_agencies(self, agencies: list[tuple[str, str]]) -> None:
        """Give the field its choices."""
        field = self.fields["agency"]
        if isinstance(field, SelectField):
            field.choices = agencies
