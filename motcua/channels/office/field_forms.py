"""What is asked in the field, of a council, and in answer to an objection."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ChoiceField, HiddenInput
from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.casework.forms.api import Field, Option
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    RadioField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from motcua.lib.text import tidy

from .entering import complaints_of, input_for

_TIME = re.compile(r"(\d{1,2})\s*(?:[:hg.]|giờ)?\s*(\d{2})?")
_DAY, _HOUR = 24, 60
_LONG = 4000
_LONGEST_STROKES = 40_000
SignerRole, SigningWay = dossiers.field.SignerRole, dossiers.field.SigningWay


class _AppointmentForm(KitForm):
    """A day and an hour."""

    planned_on = DayField(label="Ngày", look={"single": True})
    planned_at = TextField(label="Giờ", help_text="Ví dụ 8:30.", max_length=5, look={"width": "4"})

    def clean_planned_at(self) -> time:
        """Read “8:30”, “8h30” or “8 giờ 30”."""
        found = _TIME.fullmatch(self.cleaned_data["planned_at"])
        if found is None or int(found[1]) >= _DAY or int(found[2] or 0) >= _HOUR:
            raise ValidationError("Hãy ghi giờ, ví dụ 8:30.")
        return time(int(found[1]), int(found[2] or 0))


class VisitForm(_AppointmentForm):
    """An appointment in the field."""

    place = TextField(
        label="Nơi kiểm tra",
        help_text="Ghi đủ để tìm được đường: số nhà, bản hoặc tổ dân phố, xã.",
        max_length=400,
    )
    who = TextField(label="Thành phần", required=False, max_length=400)
    surveyor = TextField(
        label="Đơn vị đo đạc bên ngoài (nếu có)",
        help_text="Tên đơn vị và người đi đo; kết quả đo gửi vào hồ sơ như giấy tờ.",
        required=False,
        max_length=300,
    )


class HearingForm(_AppointmentForm):
    """An appointment with those who are to be heard."""

    place = TextField(label="Nơi gặp", max_length=400)
    who = TextField(label="Mời những ai", max_length=400)


class _FoundForm(KitForm):
    """What the version wants to be found, beside the form's own fields."""

    def __init__(self, *args: Any, asked: Sequence[Field] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        own = dict(self.fields)
        self.fields.clear()
        for field in asked:
            self.fields[field.name] = input_for(field)
        self.fields.update(own)

    def clean(self) -> dict[str, Any]:
        """Check what was found by the rules of the version's list."""
        data: dict[str, Any] = super().clean() or {}
        for name, words in complaints_of(self.asked, data).items():
            if name not in self.errors:
                self.add_error(name, words)
        return data

    def found(self) -> dict[str, Any]:
        """Return what was typed of the version's list."""
        return {field.name: self.cleaned_data.get(field.name) for field in self.asked}


class MinutesForm(_FoundForm):
    """What was found in the field, or said by who was heard."""

    minutes = LongTextField(
        label="Biên bản",
        help_text="Ai có mặt; đã xem gì, hiện trạng, hoặc từng người nói gì; kết luận.",
        max_length=_LONG,
        look={"rows": 8},
    )
    photos = UploadField(
        label="Ảnh chụp tại nơi kiểm tra",
        help_text="Trên điện thoại có thể chụp ngay; mỗi lần tối đa 20 ảnh.",
        required=False,
        accept="image/jpeg,image/png",
        multiple=True,
        upload_url="/tep/bat-dau/",
    )


class PhotoForm(KitForm):
    """Pictures of the place, each kept as soon as it came."""

    photos = UploadField(
        label="Chụp hoặc chọn ảnh",
        help_text="Mạng yếu thì gửi từng ảnh; gửi lại ảnh đã gửi cũng không sao.",
        accept="image/jpeg,image/png",
        multiple=True,
        upload_url="/tep/bat-dau/",
    )


class SignMinutesForm(KitForm):
    """Who signs minutes at the place, and how; who refuses needs a witness."""

    role = RadioField(label="Ai ký?", choices=[])
    name = TextField(
        label="Họ và tên người ký",
        help_text="Bỏ trống khi ông/bà tự ký.",
        required=False,
        max_length=200,
    )
    way = RadioField(
        label="Ký bằng cách nào?",
        choices=[],
        initial=SigningWay.TYPED.value,
        reveals={
            SigningWay.DRAWN.value: "khung-ky",
            SigningWay.REFUSED.value: "nguoi-lam-chung",
        },
    )
    strokes = TextField(
        label="Nét ký", required=False, max_length=_LONGEST_STROKES, widget=HiddenInput
    )
    witness = TextField(label="Họ tên người làm chứng", required=False, max_length=200)
    reason = TextField(label="Lý do không ký", required=False, max_length=500)

    def __init__(self, data: QueryDict | None, *, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _offer(self, "role", [(one, SignerRole(one).label) for one in roles])
        _offer(self, "way", [(one.value, one.label) for one in SigningWay])
        self.fields["role"].initial = roles[0]


def _offer(form: KitForm, name: str, options: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, ChoiceField):
        field.choices = list(options)


class ConveneForm(_AppointmentForm):
    """When and where a council meets, and who is asked: its seats, then the parties."""

    place = TextField(label="Nơi họp", max_length=400)
    about = LongTextField(label="Nội dung họp", required=False, max_length=2000)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        seats: Sequence[str],
        parties: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.titles = seats
        for number, title in enumerate(seats):
            self.fields[f"seat_{number}"] = TextField(
                label=title, required=number == 0, max_length=200
            )
        self.fields["parties"] = LongTextField(
            label="Các bên được mời",
            help_text="Mỗi dòng một người: họ tên, rồi dấu phẩy và tư cách nếu có.",
            required=False,
            max_length=2000,
            initial="\n".join(parties),
            look={"rows": 4},
        )

    def asked(self) -> list[dossiers.field.SeatIn]:
        """Return who is asked: the first seat chairs, the second keeps the minutes."""
        found = []
        for number, title in enumerate(self.titles):
            name = self.cleaned_data.get(f"seat_{number}", "")
            if name:
                role = _ROLES.get(number, dossiers.field.SeatRole.MEMBER)
                found.append(dossiers.field.SeatIn(role, name, title))
        for line in self.cleaned_data.get("parties", "").splitlines():
            name, _, title = line.partition(",")
            if tidy(name):
                role = dossiers.field.SeatRole.PARTY
                found.append(dossiers.field.SeatIn(role, tidy(name), tidy(title)))
        return found


_ROLES = {0: dossiers.field.SeatRole.CHAIR, 1: dossiers.field.SeatRole.SECRETARY}


class MeetingForm(_FoundForm):
    """Minutes of a meeting: who came, how they voted, what was said, what came of it."""

    minutes = LongTextField(
        label="Diễn biến, ý kiến tại cuộc họp",
        help_text="Ai nói gì, đã xem tài liệu nào; ghi đủ để người vắng mặt hiểu được.",
        max_length=_LONG,
        look={"rows": 8},
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        seats: Sequence[dossiers.field.Seat],
        asked: Sequence[Field] = (),
        votes: Sequence[Option] = (),
    ) -> None:
        super().__init__(data, asked=asked)
        self.seats, self.votes = seats, votes
        own = dict(self.fields)
        self.fields.clear()
        for seat in seats:
            said = f"{seat.name} – {seat.title or seat.get_role_display()}"
            self.fields[f"came_{seat.seq}"] = TickField(label=f"{said}: có mặt", required=False)
            if votes and dossiers.field.SeatRole(seat.role).votes:
                self.fields[f"vote_{seat.seq}"] = SelectField(
                    label=f"{seat.name} biểu quyết",
                    required=False,
                    choices=[("", "Không biểu quyết"), *((v.value, v.label) for v in votes)],
                )
        self.fields.update(own)

    def clean(self) -> dict[str, Any]:
        """What a meeting that was not held found need not be said."""
        data: dict[str, Any] = super(_FoundForm, self).clean() or {}
        return data

    def came(self) -> dict[int, dossiers.field.CameIn]:
        """Return by the number of the seat who came and how they voted."""
        data = self.cleaned_data
        return {
            seat.seq: dossiers.field.CameIn(
                bool(data.get(f"came_{seat.seq}")), data.get(f"vote_{seat.seq}") or ""
            )
            for seat in self.seats
        }


class SettleForm(KitForm):
    """The answer to somebody who objected."""

    upheld = RadioField(
        label="Ý kiến có căn cứ không?",
        choices=[("yes", "Có căn cứ"), ("no", "Không có căn cứ")],
        look={"inline": True},
    )
    answer = LongTextField(
        label="Trả lời người có ý kiến",
        help_text="Đã xem xét gì, kết luận thế nào; người có ý kiến đọc được.",
        max_length=_LONG,
    )
