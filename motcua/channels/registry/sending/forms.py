"""What is asked when a document is sent, recalled or given back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import AddressGroup, Recipient, RecipientIn, Way
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    RadioField,
    SelectField,
    TextField,
    UploadField,
)
from motcua.lib.errors import BadInput

OTHER = [
    (str(Way.PAPER), "Bản giấy, trao tay"),
    (str(Way.POST), "Bản giấy, gửi bưu điện"),
    (str(Way.EMAIL), "Gửi thư điện tử"),
]


class RecipientsForm(KitForm):
    """To whom: agencies of the address book, groups, and anybody else on paper."""

    group = SelectField(label="Thêm cả nhóm", required=False)
    agencies = ManyField(label="Cơ quan nhận qua mạng", required=False)
    others = LongTextField(
        label="Nơi nhận khác (mỗi dòng một nơi)",
        required=False,
        max_length=5000,
        help_text="Cơ quan ngoài hệ thống có trên trục liên thông: ghi tên rồi mã định danh trong"
        " ngoặc, ví dụ Bộ Nội vụ (G09).",
    )
    others_way = RadioField(
        label="Nơi nhận khác nhận bằng", choices=OTHER, initial=str(Way.PAPER), required=False
    )
    group_name = TextField(
        label="Lưu các nơi đã chọn thành nhóm tên", required=False, max_length=200
    )

    def __init__(
        self,
        *args: Any,
        book: Sequence[RecipientIn],
        groups: Sequence[AddressGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.book = {one.code: one for one in book}
        self.groups = {str(one.pk): one for one in groups}
        choose = [("", "Không"), *((key, one.name) for key, one in self.groups.items())]
        _offer(self, "group", choose)
        _offer(self, "agencies", [(one.code, _label(one)) for one in book])

    def chosen(self, on: date) -> list[RecipientIn]:
        """Return every recipient once. Raises: BadInput if one has a code nobody leads to."""
        data = self.cleaned_data
        group = self.groups.get(data["group"])
        codes = dict.fromkeys([*data["agencies"], *(group.members if group else ())])
        found = [self.book[code] for code in codes if code in self.book]
        way = Way(data["others_way"] or Way.PAPER)
        lines = [line.strip() for line in data["others"].splitlines() if line.strip()]
        named = [documents.recipient_named(line, way, on) for line in dict.fromkeys(lines)]
        return list({one.code or one.name: one for one in (*found, *named)}.values())


def _label(one: RecipientIn) -> str:
    """Return how the address book names an agency: on the axis many have the same name."""
    return f"{one.name} ({one.code})" if one.way == Way.AXIS else one.name


def _offer(form: KitForm, name: str, options: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, SelectField | ManyField | RadioField):
        field.choices = list(options)


def shown(
    recipients: Sequence[Recipient | RecipientIn], book: Sequence[RecipientIn]
) -> dict[str, Any]:
    """Return what the form shows of those chosen before."""
    known = {one.code for one in book}
    others = [one for one in recipients if one.code not in known]
    plain = [one for one in others if not one.code]
    return {
        "agencies": [one.code for one in recipients if one.code in known],
        "others": "\n".join(f"{one.name} ({one.code})" if one.code else one.name for one in others),
        "others_way": str(plain[0].way) if plain else str(Way.PAPER),
    }


class AnswerForm(KitForm):
    """Whether what the sender asks is agreed to."""

    agrees = RadioField(label="Trả lời nơi gửi")
    reason = LongTextField(label="Lý do (khi không đồng ý)", required=False, max_length=1000)

    def __init__(self, *args: Any, agree: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agrees", [("co", agree), ("khong", "Không đồng ý")])


class _PlacesForm(KitForm):
    """Some of the recipients of a document."""

    places = ManyField(label="Nơi nhận")

    def __init__(self, *args: Any, places: Sequence[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "places", [(str(one.seq), one.name) for one in places])


class ChaseForm(_PlacesForm):
    """Who is reminded, and with which words."""

    words = LongTextField(label="Nội dung đôn đốc", required=False, max_length=1000)


class NoteAnswerForm(_PlacesForm):
    """Who answered, and by what."""

    words = TextField(
        label="Trả lời bằng",
        max_length=500,
        help_text="Ví dụ: Công văn 15/UBND-VP ngày 20/11/2026, bản giấy.",
    )


EVERYWHERE, SOME = "het", "nham"


class RecallForm(KitForm):
    """Why a document is recalled, and whether everywhere."""

    where = RadioField(
        label="Thu hồi ở đâu?",
        choices=[
            (EVERYWHERE, "Mọi nơi nhận: văn bản không còn hiệu lực"),
            (SOME, "Chỉ nơi gửi nhầm: văn bản vẫn có hiệu lực ở nơi khác"),
        ],
        initial=EVERYWHERE,
    )
    places = ManyField(label="Nơi gửi nhầm", required=False)
    reason = LongTextField(label="Lý do thu hồi", max_length=1000)

    def __init__(self, *args: Any, sent_to: Sequence[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_to = [one for one in sent_to if one.envelope]
        _offer(self, "places", [(one.code, one.name) for one in self.sent_to])
        if not self.sent_to:
            del self.fields["where"], self.fields["places"]

    def only(self) -> list[str]:
        """Return the places asked alone; none for everywhere. Raises: BadInput."""
        data = self.cleaned_data
        if data.get("where", EVERYWHERE) == EVERYWHERE:
            return []
        if not data["places"]:
            raise BadInput("Hãy chọn nơi đã gửi nhầm.", field="places")
        return list(data["places"])


class UpdateForm(KitForm):
    """What is brought up to date at everybody who has the document."""

    due_on = DayField(label="Hạn mới nêu trong văn bản", required=False, look={"single": True})
    annexes = UploadField(
        label="Tệp bổ sung (phụ lục, tài liệu gửi thiếu)",
        required=False,
        accept=".pdf,.docx,.xlsx,.doc,.xls,image/jpeg,image/png,.zip",
        max_bytes=50_000_000,
        multiple=True,
        upload_url="/tep/bat-dau/",
    )
    reason = LongTextField(label="Lý do cập nhật", max_length=1000)
