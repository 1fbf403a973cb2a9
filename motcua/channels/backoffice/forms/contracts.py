"""Forms about contracts with those who collect: partner, contract, price, pause, end."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, cast

from motcua.casework.contracts import api as contracts
from motcua.channels.kit.contact_fields import EmailField
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    MoneyField,
    PhoneField,
    SelectField,
    TextField,
)
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation

from .organisation import CODE, ONE_BOX, first_day, last_day

PARTS, MONTHS = 3, 12
_PERCENT = re.compile(r"\d{1,3}(\.\d{1,4})?", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[/-](\d{4})")


class CollectorForm(KitForm):
    """A partner that collects; its code stays."""

    name = TextField(label="Tên đối tác", max_length=200)
    kind = SelectField(label="Loại", choices=contracts.PartnerKind.choices)
    tax_code = TextField(label="Mã số thuế", required=False, max_length=14, look=CODE)
    address = TextField(label="Địa chỉ", required=False, max_length=300)
    contact = TextField(
        label="Đầu mối liên hệ", required=False, max_length=300, help_text="Người, số điện thoại."
    )

    def given(self, code: str) -> contracts.PartnerIn:
        """Return what was entered."""
        values = self.cleaned_data
        return contracts.PartnerIn(
            code,
            values["name"],
            contracts.PartnerKind(values["kind"]),
            values["tax_code"],
            values["address"],
            values["contact"],
        )


class NewCollectorForm(CollectorForm):
    """A new partner."""

    code = TextField(label="Mã đối tác", max_length=40, help_text="Ví dụ vnpt-pay.", look=CODE)
    field_order = ("name", "code")


class PartnerPersonForm(KitForm):
    """Somebody of a partner who is to sign in."""

    full_name = TextField(label="Họ và tên", max_length=200)
    username = TextField(
        label="Tên đăng nhập", max_length=150, help_text="Ví dụ buu-dien.thu.", look=CODE
    )
    email = EmailField(label="Thư điện tử", required=False)
    phone = PhoneField(label="Điện thoại", required=False)

    def given(self) -> identity.PartnerPerson:
        """Return what was entered."""
        return identity.PartnerPerson(**self.cleaned_data)


class AnswerForm(KitForm):
    """What the partner is told to a dispute."""

    words = LongTextField(label="Trả lời bên nhận", max_length=2000)


class ReopenForm(KitForm):
    """Why a month is opened again."""

    why = LongTextField(label="Lý do mở lại", max_length=2000)


class ContractForm(KitForm):
    """A contract or an annex to it."""

    number = TextField(label="Số hợp đồng", max_length=100)
    signed_on = DayField(label="Ngày ký", look=ONE_BOX)
    our_side = TextField(label="Bên giao thu hộ", max_length=300, help_text="Ví dụ: UBND tỉnh.")
    our_signer = TextField(label="Người ký bên giao", required=False, max_length=200)
    partner_signer = TextField(label="Người ký bên nhận", required=False, max_length=200)
    valid_from = first_day("Hiệu lực từ ngày")
    valid_to = last_day("Đến hết ngày")
    channels = ManyField(label="Kênh được mở", choices=contracts.PaidBy.choices)
    agencies = LongTextField(
        label="Cơ quan áp dụng",
        required=False,
        max_length=20_000,
        help_text="Mỗi dòng một mã định danh cơ quan; để trống là mọi cơ quan của tỉnh.",
    )
    accounts = LongTextField(
        label="Tài khoản nhận tiền",
        required=False,
        max_length=5_000,
        help_text="Mỗi dòng: ngân hàng hoặc kho bạc; số tài khoản; chủ tài khoản; mã BIN (nếu có).",
    )
    receipts_from = DayField(
        label="Ủy nhiệm lập biên lai từ ngày",
        required=False,
        help_text="Để trống nếu không ủy nhiệm. Sớm nhất 3 ngày sau ngày thông báo cơ quan thuế.",
        look=ONE_BOX,
    )
    notified_on = DayField(label="Ngày thông báo cơ quan thuế", required=False, look=ONE_BOX)
    notice_number = TextField(label="Số thông báo", required=False, max_length=100)
    note = LongTextField(label="Ghi chú, phụ lục", required=False, max_length=5_000)

    def given(self, partner_code: str) -> contracts.ContractIn:
        """Return what was entered. Raises: BadContract for an unknown agency, a bad account."""
        values = self.cleaned_data
        return contracts.ContractIn(
            partner_code=partner_code,
            number=values["number"],
            signed_on=values["signed_on"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            our_side=values["our_side"],
            our_signer=values["our_signer"],
            partner_signer=values["partner_signer"],
            channels=[contracts.PaidBy(one) for one in values["channels"]],
            agency_ids=list(_agencies(values["agencies"])),
            accounts=list(_accounts(values["accounts"])),
            note=values["note"],
            receipts_from=values["receipts_from"],
            notified_on=values["notified_on"],
            notice_number=values["notice_number"],
        )


class NewContractForm(ContractForm):
    """A new contract: with whom."""

    partner = SelectField(label="Đối tác")
    field_order = ("partner", "number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.code, one.name) for one in contracts.partners()]
        cast("SelectField", self.fields["partner"]).choices = names


def _agencies(text: str) -> Iterator[int]:
    tree = organisation.tree()
    for code in text.replace(",", " ").split():
        agency = tree.agency_by_code(code)
        if agency is None:
            message = f"Không có cơ quan mang mã “{code}”."
            raise contracts.BadContract(message, field="agencies")
        yield agency.id


def _accounts(text: str) -> Iterator[contracts.AccountIn]:
    for line in filter(None, text.splitlines()):
        parts = [one.strip() for one in line.split(";")]
        if len(parts) < PARTS:
            message = f"“{line}”: hãy ghi ngân hàng; số tài khoản; chủ tài khoản; mã BIN."
            raise contracts.BadContract(message, field="accounts")
        bank_bin = parts[PARTS] if len(parts) > PARTS else ""
        yield contracts.AccountIn(parts[0], parts[1].replace(" ", ""), parts[2], bank_bin)


class PriceForm(KitForm):
    """What the partner takes for one payment."""

    channel = SelectField(label="Kênh")
    valid_from = first_day("Áp dụng từ ngày")
    percent = TextField(
        label="Phần trăm của số tiền", required=False, max_length=10, help_text="Ví dụ 0,55."
    )
    fixed_vnd = MoneyField(label="Cộng cố định mỗi giao dịch", required=False)
    least_vnd = MoneyField(label="Tối thiểu mỗi giao dịch", required=False)
    most_vnd = MoneyField(
        label="Tối đa mỗi giao dịch", required=False, help_text="Để trống: không giới hạn."
    )
    basis = TextField(label="Căn cứ", required=False, max_length=300, help_text="Ví dụ: Phụ lục 1.")

    def __init__(self, shown: contracts.ContractShown, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.value, one.label) for one in shown.channels]
        cast("SelectField", self.fields["channel"]).choices = choices

    def given(self) -> contracts.PriceIn:
        """Return what was entered. Raises: BadContract for what is no number."""
        values = self.cleaned_data
        typed = values["percent"].replace(",", ".") or "0"
        if not _PERCENT.fullmatch(typed):
            message = "Hãy ghi một số như 0,55. Nhiều nhất bốn chữ số sau dấu phẩy."
            raise contracts.BadContract(message, field="percent")
        return contracts.PriceIn(
            channel=contracts.PaidBy(values["channel"]),
            valid_from=values["valid_from"],
            percent=Decimal(typed),
            fixed_vnd=values["fixed_vnd"] or 0,
            least_vnd=values["least_vnd"] or 0,
            most_vnd=values["most_vnd"] or 0,
            basis=values["basis"],
        )


class PauseForm(KitForm):
    """Why the channels close."""

    why = TextField(label="Lý do", max_length=500, help_text="Ví dụ: cổng thanh toán gặp sự cố.")


class EndContractForm(KitForm):
    """The last day of a contract."""

    on = first_day("Ngày cuối cùng của hợp đồng")


class MonthForm(KitForm):
    """Which month is settled."""

    word = TextField(label="Tháng", max_length=10, help_text="Ví dụ 10/2026.", look=CODE)

    def month(self) -> date:
        """Return the first day of the month. Raises: BadContract."""
        found = _MONTH.fullmatch(self.cleaned_data["word"])
        if found is None or not 1 <= int(found[1]) <= MONTHS:
            message = "Hãy ghi tháng như 10/2026."
            raise contracts.BadContract(message, field="word")
        return date(int(found[2]), int(found[1]), 1)


class PartnerAgreedForm(KitForm):
    """By which document the partner agreed."""

    name = TextField(label="Người đồng ý bên nhận", max_length=200)
    document = TextField(label="Số văn bản, biên bản", max_length=200)
    on = first_day("Ngày đồng ý")

    def given(self) -> contracts.PartnerAgreed:
        """Return what was entered."""
        values = self.cleaned_data
        return contracts.PartnerAgreed(values["name"], values["document"], values["on"])
