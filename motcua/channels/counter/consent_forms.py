"""What a desk writes down when somebody lets another act for them, and whom a commune appoints."""

from collections.abc import Sequence
from typing import Any

from motcua.channels.kit.contact_fields import NameField
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    PersonalIdField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from motcua.foundation.mandates import api as mandates
from motcua.foundation.people import api as people
from motcua.foundation.people.api import Sex

from .forms import ONE_BOX


class CardForm(KitForm):
    """The giver's card, seen in the original; the paper, scanned; until when, how far."""

    personal_id = PersonalIdField(label="Số định danh")
    full_name = NameField(label="Họ và tên", max_length=200)
    birth_date = DayField(label="Ngày sinh", look=ONE_BOX)
    sex = SelectField(label="Giới tính", choices=[("", "Chọn"), *Sex.choices])
    address = TextField(label="Nơi thường trú", required=False, max_length=300)
    valid_to = DayField(
        label="Có giá trị đến hết ngày",
        required=False,
        help_text="Bỏ trống thì một năm kể từ hôm nay.",
        look=ONE_BOX,
    )
    may_receive = TickField(label="Được xem và tải kết quả giúp", required=False)
    number = TextField(
        label="Số giấy, số công chứng", required=False, max_length=100, look={"width": "20"}
    )
    paper = UploadField(label="Bản chụp giấy đã ký", accept=".pdf,image/*")
    is_present = TickField(
        label="Người có tên trên thẻ đang có mặt hoặc giấy có công chứng; tôi đã xem bản chính"
    )

    def card(self) -> people.PersonFacts:
        """Return what the card says."""
        typed = self.cleaned_data
        return people.PersonFacts(
            full_name=typed["full_name"],
            personal_id=typed["personal_id"],
            birth_date=typed["birth_date"],
            sex=Sex(typed["sex"]),
            address=typed["address"],
        )

    def terms(self) -> mandates.Terms:
        """Return how far the agent may act."""
        typed = self.cleaned_data
        return mandates.Terms(
            valid_to=typed["valid_to"],
            may_receive=typed["may_receive"],
            may_pay=bool(typed.get("may_pay")),
            body_code=typed.get("body_code", ""),
        )


class HelpConsentForm(CardForm):
    """Who of the appointed may help."""

    helper = SelectField(label="Người hỗ trợ")

    def __init__(self, *args: Any, helpers: Sequence[mandates.Helper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), f"{one.full_name} ({', '.join(one.areas)})") for one in helpers]
        self.fields["helper"].choices = [("", "Chọn"), *named]  # type: ignore[attr-defined]  # -- a choice field


class FirmConsentForm(CardForm):
    """Which firm may act, and for which body if not for the giver."""

    tax_code = TextField(
        label="Mã số thuế của tổ chức đại diện", max_length=14, look={"inputmode": "numeric"}
    )
    body_code = TextField(
        label="Mã số thuế của bên ủy quyền, nếu là tổ chức",
        required=False,
        max_length=14,
        look={"inputmode": "numeric"},
    )
    may_pay = TickField(label="Được nộp phí, lệ phí", required=False)


class AppointForm(KitForm):
    """Whom the commune appoints, by which decision, for which villages."""

    login = TextField(
        label="Tên đăng nhập hoặc số điện thoại của tài khoản",
        help_text="Tài khoản công dân hoặc công vụ đang dùng.",
        max_length=254,
        look={"autocomplete": "off"},
    )
    title = TextField(label="Chức danh", max_length=200, help_text="Ví dụ: Trưởng bản Noong Bua.")
    areas = LongTextField(
        label="Thôn, bản, tổ dân phố", help_text="Mỗi dòng một nơi.", look={"rows": 4}
    )
    decision_number = TextField(label="Số quyết định", max_length=60)
    decided_on = DayField(label="Ngày quyết định", look=ONE_BOX)
    valid_from = DayField(label="Từ ngày", look=ONE_BOX)
    valid_to = DayField(label="Đến hết ngày", look=ONE_BOX)

    def appointment(self) -> mandates.Appointment:
        """Return what was decided."""
        typed = self.cleaned_data
        return mandates.Appointment(
            login=typed["login"],
            title=typed["title"],
            areas=typed["areas"].splitlines(),
            decision_number=typed["decision_number"],
            decided_on=typed["decided_on"],
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
        )


class EndForm(KitForm):
    """Why a helper is let go."""

    why = TextField(label="Lý do cho thôi", max_length=300)
