"""The questions that every application asks beside the form of its procedure."""

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.api import ApplicantKind, Authority, ReturnWay
from motcua.casework.ratings import api as ratings
from motcua.channels.kit.contact_fields import EmailField, NameField
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    PersonalIdField,
    PhoneField,
    RadioField,
    SelectField,
    TextField,
    TickField,
)
from motcua.channels.kit.tongues import said_by
from motcua.foundation.people import api as people
from motcua.foundation.signing.api import OwnService
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

AUTHORITIES = (
    (Authority.SELF, _("Tôi làm cho chính mình")),
    (Authority.GUARDIAN, _("Tôi là cha, mẹ hoặc người giám hộ")),
    (Authority.EXEMPT_RELATIVE, _("Tôi là người thân, luật không đòi ủy quyền")),
    (Authority.WRITTEN, _("Tôi được ủy quyền bằng văn bản")),
    (Authority.STAFF, _("Tôi làm cho tổ chức, doanh nghiệp của mình")),
    (Authority.HELPER, _("Tôi giúp bà con nộp thay")),
)
AUTHORITY_HINTS = {
    Authority.EXEMPT_RELATIVE.value: _(
        "Ví dụ: ông, bà, cha, mẹ, con, vợ, chồng, anh, chị, em ruột khi xin giấy tờ hộ tịch."
    ),
    Authority.WRITTEN.value: _("Ở bước giấy tờ, ông/bà tải lên văn bản ủy quyền."),
    Authority.HELPER.value: _("Tên ông/bà được ghi lại là người đã giúp."),
}
REVEALS = {
    Authority.WRITTEN.value: "phan-uy-quyen",
    Authority.STAFF.value: "phan-to-chuc",
}
MOST_OTHERS = 3
ASPECTS = {
    "overall": _("Nói chung, ông/bà có hài lòng không?"),
    "convenience": _("Việc nộp và theo dõi hồ sơ có thuận tiện không?"),
    "timeliness": _("Việc giải quyết có kịp thời không?"),
    "attitude": _("Thái độ phục vụ thế nào?"),
}


def ask_only_if(form: KitForm, question: str, answer: str, name: str) -> None:
    """Demand a field that one answer reveals only where that answer is given."""
    form.fields[name].required = not form.is_bound or form.data.get(question) == answer


class StartForm(KitForm):
    """Which case, and which agency decides."""

    case = RadioField(label=_("Trường hợp của ông/bà"))
    agency = SelectField(label=_("Nơi giải quyết"))

    def __init__(
        self,
        *args: Any,
        cases: list[tuple[str, str]],
        agencies: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]  # -- a choice field
        first = [("", _("Hãy chọn"))] if len(agencies) > 1 else []
        self.fields["agency"].choices = [*first, *agencies]  # type: ignore[attr-defined]  # -- a choice field


class PartiesForm(KitForm):
    """Who brings the application, for whom, and by what right."""

    authority = RadioField(
        label=_("Ông/bà nộp hồ sơ này cho ai?"),
        choices=AUTHORITIES,
        hints=AUTHORITY_HINTS,
        reveals=REVEALS,
    )
    full_name = NameField(
        label=_("Họ và tên chủ hồ sơ"),
        help_text=_("Người đứng tên xin giải quyết. Tự mình nộp thì là chính ông/bà."),
        max_length=300,
        look={"autocomplete": "name"},
    )
    personal_id = PersonalIdField(
        label=_("Số định danh cá nhân của chủ hồ sơ"),
        help_text=_("12 chữ số trên thẻ căn cước; bỏ trống nếu chưa có."),
        required=False,
    )
    birth_date = DayField(label=_("Ngày sinh của chủ hồ sơ"), required=False)
    authority_until = DayField(label=_("Văn bản ủy quyền có giá trị đến ngày"), required=False)
    organisation_kind = SelectField(
        label=_("Loại tổ chức"),
        required=False,
        choices=[
            (kind.value, kind.label) for kind in ApplicantKind if kind != ApplicantKind.CITIZEN
        ],
    )
    organisation = TextField(label=_("Tên tổ chức, doanh nghiệp"), required=False, max_length=300)
    tax_code = TextField(
        label=_("Mã số thuế"), required=False, max_length=14, look={"inputmode": "numeric"}
    )
    subject_name = TextField(
        label=_("Họ và tên người được nói tới"),
        help_text=_("Ví dụ: con được khai sinh, người đã mất được khai tử."),
        required=False,
        max_length=300,
    )
    subject_birth_date = DayField(label=_("Ngày sinh của người ấy"), required=False)
    subject_note = TextField(
        label=_("Quan hệ với chủ hồ sơ"), required=False, max_length=100, look={"width": "20"}
    )
    helper_name = TextField(
        label=_("Ai đã giúp ông/bà làm hồ sơ này?"),
        help_text=_("Bỏ trống nếu tự làm."),
        required=False,
        max_length=200,
    )

    def __init__(
        self, *args: Any, only_helps: bool = False, client: Actor | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.client = client
        if client is not None:
            self._is_clients(client)
        if only_helps:
            helps = [one for one in AUTHORITIES if one[0] == Authority.HELPER]
            self.fields["authority"].choices = helps  # type: ignore[attr-defined]  # -- a choice field
            self.fields["full_name"].help_text = _("Người đứng tên xin giải quyết.")
        self.only_helps = only_helps
        for number in range(1, MOST_OTHERS + 1):
            self.fields[f"other_{number}"] = TextField(
                label=_("Người cùng đứng tên thứ %(number)s") % {"number": number},
                required=False,
                max_length=300,
            )
        ask_only_if(self, "authority", Authority.WRITTEN, "authority_until")
        ask_only_if(self, "authority", Authority.STAFF, "organisation")
        if self.data.get("authority") == Authority.STAFF:
            self.fields["full_name"].required = False

    def _is_clients(self, client: Actor) -> None:
        """Let an agent fill in for the client and nobody else; who that is cannot be changed."""
        body = client.agent.body if client.agent else None
        fixed = {"authority": str(Authority.STAFF if body else Authority.SELF)}
        fixed |= {"full_name": client.name}
        if body is not None:
            fixed |= {"organisation": body.name, "tax_code": body.tax_code}
        for name, value in fixed.items():
            self.fields[name].disabled = True
            self.fields[name].initial = self.initial[name] = value

    def others(self) -> list[str]:
        """Return the names of the fields for further applicants."""
        return [f"other_{number}" for number in range(1, MOST_OTHERS + 1)]

    def clean_personal_id(self) -> str:
        number: str = self.cleaned_data["personal_id"]
        if number:
            try:
                people.check_personal_id(number)
            except BadInput as error:
                raise ValidationError(said_by(error)) from error
        return number


RETURN_WAYS = [
    (ReturnWay.COUNTER, _("Đến nhận tại bộ phận một cửa")),
    (ReturnWay.ELECTRONIC, _("Nhận bản điện tử trên trang này")),
    (ReturnWay.POST, _("Nhận qua bưu chính")),
]


class ReturnForm(KitForm):
    """How to reach the applicant, and how the outcome gets to them."""

    phone = PhoneField(
        label=_("Số điện thoại liên hệ"), help_text=_("Cơ quan gọi khi cần hỏi thêm.")
    )
    email = EmailField(label=_("Thư điện tử"), required=False)
    address = TextField(
        label=_("Địa chỉ liên hệ"),
        help_text=_("Số nhà, thôn bản, xã phường, tỉnh."),
        max_length=400,
        look={"autocomplete": "street-address"},
    )
    return_way = RadioField(
        label=_("Ông/bà nhận kết quả thế nào?"),
        choices=RETURN_WAYS,
        hints={ReturnWay.POST.value: _("Bưu chính thu tiền gửi khi giao.")},
        reveals={ReturnWay.POST.value: "phan-buu-chinh"},
    )
    return_address = TextField(label=_("Địa chỉ nhận kết quả"), required=False, max_length=400)

    def __init__(self, *args: Any, on_paper_only: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_paper_only:
            self._offer_no_file("; ".join(on_paper_only))
        ask_only_if(self, "return_way", ReturnWay.POST, "return_address")

    def _offer_no_file(self, names: str) -> None:
        way = cast("RadioField", self.fields["return_way"])
        way.choices = [one for one in RETURN_WAYS if one[0] != ReturnWay.ELECTRONIC]
        way.help_text = _("Chỉ cấp bản giấy: %(names)s.") % {"names": names}


class DeclareForm(KitForm):
    """The last word before filing."""

    declared = TickField(
        label=_(
            "Tôi cam đoan những điều đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật."
        )
    )


class MessageForm(KitForm):
    """A question to the office."""

    text = LongTextField(
        label=_("Ông/bà muốn hỏi hoặc nói gì về hồ sơ này?"), max_length=4000, look={"rows": 4}
    )


class WithdrawForm(KitForm):
    """Why the application is taken back."""

    reason = TextField(label=_("Lý do rút hồ sơ"), required=False, max_length=1000)


class RightOrWrongForm(KitForm):
    """What the applicant says of a draft outcome."""

    is_right = RadioField(
        label=_("Bản nháp đã đúng chưa?"),
        choices=[("true", _("Đúng, đề nghị ký")), ("false", _("Chưa đúng, cần sửa"))],
        reveals={"false": "phan-sua"},
    )
    comment = LongTextField(
        label=_("Chỗ nào chưa đúng, sửa thế nào?"), required=False, max_length=2000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_only_if(self, "is_right", "false", "comment")


class RateForm(KitForm):
    """How it was: four questions with three levels each."""

    comment = LongTextField(label=_("Ý kiến thêm"), required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(str(level.value), level.label) for level in reversed(ratings.Level)]
        for name, question in ASPECTS.items():
            self.fields[name] = RadioField(label=question, choices=levels)


class SignForm(KitForm):
    """At which service to sign, and who one is there."""

    service = RadioField(label=_("Dịch vụ ký số"))
    user_ref = TextField(
        label=_("Số đã đăng ký với dịch vụ"),
        help_text=_(
            "Số định danh cá nhân, mã số thuế hoặc số điện thoại. Chỉ dùng để hỏi dịch vụ, ký xong"
            " thì xóa."
        ),
        max_length=30,
        look={"inputmode": "numeric", "autocomplete": "off", "width": "20"},
    )

    def __init__(self, *args: Any, services: Sequence[OwnService], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        field.choices = [(one.code, one.name) for one in services]  # type: ignore[attr-defined]  # -- a choice field
        if len(services) == 1:
            self.initial.setdefault("service", services[0].code)


class ObjectionForm(KitForm):
    """What somebody says against what is posted."""

    text = LongTextField(
        label=_("Ý kiến của ông/bà"),
        help_text=_("Điều gì chưa đúng, vì sao; có giấy tờ gì thì kể ra."),
        max_length=4000,
        look={"rows": 6},
    )
    contact = TextField(
        label=_("Địa chỉ hoặc điện thoại để trả lời"), required=False, max_length=400
    )
