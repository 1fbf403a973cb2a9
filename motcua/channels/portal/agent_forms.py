"""What is asked where somebody acts for another: whose telephone, which code, how far."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.channels.kit.contact_fields import NameField
from motcua.channels.kit.fields import (
    DayField,
    DigitsField,
    KitForm,
    ManyField,
    PhoneField,
    SelectField,
    TextField,
    TickField,
)
from motcua.foundation.mandates import api as mandates

RECEIVE = _("Được xem và tải kết quả giúp")


class HouseholdForm(KitForm):
    """Who is at home, and the telephone to which the code goes."""

    full_name = NameField(label=_("Họ và tên người dân"), max_length=200)
    phone = PhoneField(
        label=_("Số điện thoại của chính người dân"),
        help_text=_("Mã 6 số gửi tới máy này. Họ đọc mã cho ông/bà là đồng ý."),
    )
    may_receive = TickField(label=RECEIVE, required=False)


class CodeForm(KitForm):
    """The code the client has read out."""

    code = DigitsField(
        label=_("Mã 6 số người dân đọc"),
        max_length=10,
        look={"autocomplete": "one-time-code", "width": "10", "inputmode": "numeric"},
    )


class FirmForm(KitForm):
    """Which firm may act, for whom, how far, until when."""

    tax_code = TextField(
        label=_("Mã số thuế của tổ chức đại diện"),
        max_length=14,
        look={"inputmode": "numeric", "width": "20"},
    )
    body = SelectField(label=_("Ủy quyền thay cho"), required=False)
    valid_to = DayField(
        label=_("Có giá trị đến hết ngày"),
        required=False,
        help_text=_("Bỏ trống thì ủy quyền có giá trị một năm."),
    )
    sectors = ManyField(
        label=_("Lĩnh vực được làm"),
        required=False,
        choices=(),
        help_text=_("Không chọn lĩnh vực nào là được làm mọi thủ tục."),
    )
    may_receive = TickField(label=_("Được xem và tải kết quả"), required=False)
    may_pay = TickField(label=_("Được nộp phí, lệ phí"), required=False)
    declared = TickField(
        label=_(
            "Tôi ủy quyền cho tổ chức này nộp hồ sơ trong phạm vi trên, rút lại lúc nào cũng được"
        )
    )

    def __init__(
        self,
        *args: Any,
        bodies: list[tuple[str, str]],
        sectors: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("Chính tôi")), *bodies]  # type: ignore[attr-defined]  # -- a choice field
        self.fields["sectors"].choices = sectors  # type: ignore[attr-defined]  # -- a ManyField

    def terms(self) -> mandates.Terms:
        """Return how far the firm may act."""
        typed = self.cleaned_data
        return mandates.Terms(
            valid_to=typed["valid_to"],
            may_receive=typed["may_receive"],
            may_pay=typed["may_pay"],
            sector_codes=typed["sectors"],
            body_code=typed["body"],
        )
