"""What is typed at the desk, field by field."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures.api import FilingChannel
from motcua.channels.kit.contact_fields import EmailField, NameField
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    NumberField,
    PersonalIdField,
    PhoneField,
    RadioField,
    SelectField,
    TextField,
    TickField,
)
from motcua.foundation.people import api as people
from motcua.foundation.people.api import Sex
from motcua.lib.clock import HANOI

Choices = Sequence[tuple[str, str]]
AT_DESK = [
    (FilingChannel.COUNTER.value, FilingChannel.COUNTER.label),
    (FilingChannel.POST.value, FilingChannel.POST.label),
]
ORIGINS = [
    ("", "Không có"),
    ("national_portal", "Cổng Dịch vụ công quốc gia"),
    ("police", "Công an"),
    ("tax", "Thuế"),
    ("insurance", "Bảo hiểm xã hội"),
    ("ministry", "Hệ thống của bộ, ngành"),
]
LONGEST_WAY = timedelta(days=366)
ONE_BOX = {"single": True}


class TimeField(TextField):
    """A time of day as officers type it: 8:30, 8h30, 0830."""

    own_look = {"width": "4", "inputmode": "numeric"}

    def clean(self, value: Any) -> time | None:
        text = super().clean(value).lower().replace("h", ":").replace(".", ":").strip(": ")
        if not text:
            return None
        digits = text if ":" in text else f"{text[:-2] or text}:{text[-2:] if text[2:] else '0'}"
        hours, _, minutes = digits.partition(":")
        try:
            return time(int(hours), int(minutes or 0))
        except (ValueError, OverflowError) as error:
            message = "Hãy ghi giờ như 8:30."
            raise forms.ValidationError(message) from error


class ReceptionForm(KitForm):
    """The person, the kind of filing, and where everything happens."""

    procedure = forms.CharField(widget=forms.HiddenInput, required=False)
    same_as = forms.CharField(widget=forms.HiddenInput, required=False)
    redo = forms.CharField(widget=forms.HiddenInput, required=False)
    redo_reason = TextField(label="Lý do dừng và tiếp nhận lại", required=False, max_length=500)
    case = SelectField(label="Trường hợp")
    agency = SelectField(label="Cơ quan giải quyết")
    channel = SelectField(label="Cách nộp", choices=AT_DESK, initial="counter")
    legal_on = DayField(label="Ngày nhận theo biên bản", required=False, look=ONE_BOX)
    legal_time = TimeField(label="Giờ", required=False)
    is_late_entry = TickField(label="Nhập muộn (mất điện, mất mạng)", required=False)
    hand_slip = TextField(label="Số giấy tiếp nhận viết tay", required=False, max_length=40)
    applicant_kind = SelectField(
        label="Loại chủ hồ sơ", choices=dossiers.ApplicantKind.choices, initial="citizen"
    )
    full_name = NameField(label="Chủ hồ sơ (họ và tên, tên tổ chức)", max_length=200)
    personal_id = PersonalIdField(label="Số định danh", required=False)
    tax_code = TextField(label="Mã số thuế", required=False, max_length=14)
    birth_date = DayField(label="Ngày sinh", required=False, look=ONE_BOX)
    sex = SelectField(label="Giới tính", choices=[("", ""), *Sex.choices], required=False)
    phone = PhoneField(label="Điện thoại", required=False)
    email = EmailField(label="Thư điện tử", required=False)
    address = TextField(label="Địa chỉ", required=False, max_length=400)
    authority = SelectField(
        label="Tư cách người nộp", choices=dossiers.Authority.choices, initial="self"
    )
    submitter_name = TextField(label="Người nộp", required=False, max_length=200)
    authority_until = DayField(label="Ủy quyền đến", required=False, look=ONE_BOX)
    subject_name = TextField(
        label="Người được nói tới (trẻ em, người đã mất)", required=False, max_length=300
    )
    other_applicants = LongTextField(
        label="Chủ hồ sơ khác, mỗi người một dòng", required=False, look={"rows": 2}
    )
    return_way = SelectField(
        label="Cách nhận kết quả", choices=dossiers.ReturnWay.choices, initial="counter"
    )
    return_address = TextField(label="Địa chỉ nhận", required=False, max_length=400)
    return_unit = SelectField(label="Nơi trả kết quả")
    origin = SelectField(label="Nguồn mã", choices=ORIGINS, required=False)
    outside_code = TextField(label="Mã đã cấp", required=False, max_length=60)
    number_of_sets = NumberField(label="Số bộ", min_value=1, max_value=99, initial=1)
    gist = TextField(label="Trích yếu", required=False, max_length=1000)

    def __init__(
        self, *args: Any, choices: Mapping[str, Choices], at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._at = at
        for name, options in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(options)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        needed = {
            "submitter_name": typed.get("authority") not in (None, dossiers.Authority.SELF),
            "return_address": typed.get("return_way") == dossiers.ReturnWay.POST,
            "legal_on": typed.get("channel") == FilingChannel.POST or typed.get("is_late_entry"),
            "hand_slip": typed.get("is_late_entry"),
            "redo_reason": typed.get("redo"),
            "origin": bool(typed.get("outside_code")),
            "outside_code": bool(typed.get("origin")),
        }
        for name, is_needed in needed.items():
            if is_needed and not typed.get(name) and name not in self.errors:
                self.blame(NEEDED[name], name)
        legal_at = self.legal_at()
        if legal_at is not None and not self._at - LONGEST_WAY <= legal_at <= self._at:
            self.blame("Thời điểm nhận phải trước bây giờ và không quá một năm trước.", "legal_on")
        return typed

    def opens(self, *names: str) -> bool:
        """Say whether a folded part must stand open: something in it was typed or is wrong."""
        return any(
            self[name].errors or (self[name].value() or "") not in ("", self.fields[name].initial)
            for name in names
        )

    def options(self, name: str) -> Choices:
        """Return what can be chosen in a field."""
        return list(getattr(self.fields[name], "choices", ()))

    def error(self, name: str) -> str:
        """Return what is wrong with a field."""
        return " ".join(str(error) for error in self[name].errors)

    def legal_at(self) -> datetime | None:
        """Return the moment that counts in law, where it is not now."""
        typed = self.cleaned_data
        if "legal_on" in self.errors or not typed.get("legal_on"):
            return None
        at: time = typed.get("legal_time") or time(7, 30)
        return datetime.combine(typed["legal_on"], at, tzinfo=HANOI)


NEEDED = {
    "redo_reason": "Hãy ghi lý do dừng hồ sơ cũ và tiếp nhận lại.",
    "submitter_name": "Hãy ghi tên người nộp thay.",
    "return_address": "Hãy ghi địa chỉ để gửi kết quả qua bưu chính.",
    "legal_on": "Hãy ghi ngày nhận thực tế (theo biên bản giao nhận hoặc giấy viết tay).",
    "hand_slip": "Hãy ghi số giấy tiếp nhận đã viết tay để đối chiếu.",
    "origin": "Hãy chọn hệ thống đã cấp mã.",
    "outside_code": "Hãy ghi mã mà hệ thống khác đã cấp.",
}


class RefusalForm(KitForm):
    """Why a dossier is not received."""

    reason_code = SelectField(label="Lý do từ chối")
    reason_more = TextField(label="Nói rõ thêm", required=False, max_length=1000)
    basis = TextField(
        label="Căn cứ pháp lý", max_length=500, help_text="Điều, khoản, số và tên văn bản."
    )

    def __init__(self, *args: Any, reasons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Chọn lý do"), *reasons]

    def reason(self) -> str:
        """Return the reason as it is printed."""
        typed = self.cleaned_data
        field = self.fields["reason_code"]
        words = dict(getattr(field, "choices", ())).get(typed["reason_code"], "")
        more = typed["reason_more"]
        return f"{words}: {more}" if more else words


HOW_CHECKED = [
    ("card", "Chính chủ, đã xem thẻ căn cước"),
    ("slip", "Chính chủ, có giấy hẹn"),
    ("authorised", "Người được ủy quyền, đã xem giấy ủy quyền và thẻ căn cước"),
    ("organisation", "Người của tổ chức, đã xem giấy giới thiệu"),
    ("post", "Bàn giao cho bưu chính"),
    ("electronic", "Gửi bản điện tử"),
]
WAYS = {"post": dossiers.ReturnWay.POST, "electronic": dossiers.ReturnWay.ELECTRONIC}


NOTE_WANTED = {
    "authorised": "Hãy ghi số, ngày của giấy ủy quyền và số định danh của người được ủy quyền.",
    "organisation": "Hãy ghi số, ngày của giấy giới thiệu.",
    "post": "Hãy ghi số bưu gửi.",
}


class ReturnForm(KitForm):
    """To whom the result goes, and how that person was checked."""

    owner = ""  # the applicant's name, set by the view

    handed_to = NameField(label="Người nhận kết quả", max_length=200, look={"width": "20"})
    checked = SelectField(label="Cách đã kiểm tra", choices=[("", "Chọn"), *HOW_CHECKED])
    note = TextField(label="Số giấy ủy quyền, số bưu gửi, ghi chú", required=False, max_length=150)

    def __init__(self, *args: Any, is_on_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checked = self.fields["checked"]
        if is_on_paper and isinstance(checked, forms.ChoiceField):
            checked.choices = [
                ("", "Chọn"),
                *(one for one in HOW_CHECKED if one[0] != "electronic"),
            ]

    def clean(self) -> dict[str, Any]:
        """Whoever is not the applicant comes with a paper, and what is posted has a number."""
        data: dict[str, Any] = super().clean() or {}
        if (wanted := NOTE_WANTED.get(data.get("checked", ""))) and not data.get("note"):
            self.add_error("note", wanted)
        if data.get("checked") == "authorised" and data.get("handed_to") == self.owner:
            self.add_error(
                "handed_to", "Hãy ghi tên người được ủy quyền, không phải tên chủ hồ sơ."
            )
        return data

    def how(self) -> str:
        """Return how the receiver was checked, as it is kept."""
        words = dict(HOW_CHECKED)[self.cleaned_data["checked"]]
        note = self.cleaned_data["note"]
        return f"{words} ({note})" if note else words

    def way(self) -> dossiers.ReturnWay:
        """Return which way the result left."""
        return WAYS.get(self.cleaned_data["checked"], dossiers.ReturnWay.COUNTER)


class WordForm(KitForm):
    """What the applicant says at the desk about the draft of the outcome."""

    is_right = RadioField(
        label="Người nộp nói gì về bản nháp?",
        choices=[("true", "Đúng, đề nghị ký"), ("false", "Chưa đúng, cần sửa")],
        reveals={"false": "phan-sua"},
    )
    comment = LongTextField(label="Chỗ nào chưa đúng, sửa thế nào", required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        """What is wrong must be said."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("is_right") == "false" and not data.get("comment"):
            self.add_error("comment", "Hãy ghi chỗ chưa đúng trong bản nháp.")
        return data


class GuideForm(KitForm):
    """Until when the applicant is asked to add what is missing; the rows are read apart."""

    answer_on = DayField(label="Đề nghị bổ sung trước ngày", required=False, look=ONE_BOX)
    items = forms.CharField(widget=forms.HiddenInput, required=False)


class WithdrawalForm(KitForm):
    """Why the applicant takes the application back."""

    reason = TextField(
        label="Lý do người nộp đưa ra",
        required=False,
        max_length=500,
        help_text="Ghi như trong đơn xin rút; người nộp không buộc phải nêu lý do.",
    )
    is_sure = TickField(label="Người nộp đã ký đơn xin rút hồ sơ")


class CorrectionForm(KitForm):
    """What can be corrected of a reception, and why it is."""

    CHANGED = (
        "applicant_name",
        "applicant_kind",
        "submitter_name",
        "submitter_phone",
        "submitter_email",
        "submitter_address",
        "authority",
        "case_code",
        "agency_id",
        "return_way",
        "return_address",
        "number_of_sets",
    )

    applicant_name = TextField(label="Chủ hồ sơ", max_length=300)
    applicant_kind = SelectField(label="Loại chủ hồ sơ", choices=dossiers.ApplicantKind.choices)
    submitter_name = TextField(label="Người nộp", max_length=200)
    submitter_phone = PhoneField(label="Điện thoại", required=False)
    submitter_email = EmailField(label="Thư điện tử", required=False)
    submitter_address = TextField(label="Địa chỉ", required=False, max_length=400)
    authority = SelectField(label="Tư cách người nộp", choices=dossiers.Authority.choices)
    case_code = SelectField(label="Trường hợp")
    agency_id = SelectField(label="Cơ quan giải quyết")
    return_way = SelectField(label="Cách nhận kết quả", choices=dossiers.ReturnWay.choices)
    return_address = TextField(label="Địa chỉ nhận", required=False, max_length=400)
    number_of_sets = NumberField(label="Số bộ", min_value=1, max_value=99)
    reason = TextField(label="Lý do sửa", max_length=500)

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(options)


class AccountForm(KitForm):
    """What the card says, the account its holder names, and that the holder is here."""

    personal_id = PersonalIdField(label="Số định danh")
    full_name = NameField(label="Họ và tên", max_length=200)
    birth_date = DayField(label="Ngày sinh", look=ONE_BOX)
    sex = SelectField(label="Giới tính", choices=[("", "Chọn"), *Sex.choices])
    address = TextField(label="Nơi thường trú", required=False, max_length=300)
    login = TextField(
        label="Thư điện tử hoặc số điện thoại",
        max_length=254,
        help_text="Như khi mở tài khoản.",
        look={"autocomplete": "off", "attrs": {"spellcheck": "false"}},
    )
    is_present = TickField(
        label="Người có tên trên thẻ đang có mặt và tôi đã xem thẻ căn cước bản chính",
        required=False,
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


class FirstLoginForm(AccountForm):
    """What the card says, and the telephone by which the holder will sign in."""

    login = PhoneField(
        label="Số điện thoại của người có mặt",
        help_text="Họ tự đặt mật khẩu bằng mã gửi tới máy này; cán bộ không biết mật khẩu.",
    )


class ObjectionForm(KitForm):
    """Who says what against a posting, and where they are answered."""

    by_name = NameField(label="Họ và tên người có ý kiến", max_length=200)
    contact = TextField(label="Địa chỉ hoặc điện thoại để trả lời", max_length=400)
    text = LongTextField(
        label="Ý kiến",
        help_text="Ghi đúng lời người nói; có văn bản thì ghi số, ngày.",
        max_length=4000,
        look={"rows": 6},
    )
