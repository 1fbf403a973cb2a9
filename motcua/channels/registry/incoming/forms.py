"""What is asked of a document that comes in."""

from datetime import date, datetime, time
from typing import Any

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import (
    OTHER_KIND,
    DirectiveIn,
    Document,
    EntryIn,
    LineIn,
    ScopeRole,
    Source,
)
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    NumberField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from motcua.channels.registry.kinds import kind_options
from motcua.channels.registry.people import Place, chosen
from motcua.foundation.papers.api import Urgency
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput

ROWS = 6
_TYPED = {"single": True}
_CLOSING = time(17)
_PARTS = [(str(role), role.label) for role in (ScopeRole.LEAD, ScopeRole.TOGETHER, ScopeRole.KNOW)]
_SOURCES = (Source.HAND, Source.POST, Source.EMAIL)
_MARKS = [
    ("", "Không có"),
    ("mật", "MẬT"),
    ("tối mật", "TỐI MẬT"),
    ("tuyệt mật", "TUYỆT MẬT"),
]


class EntryForm(KitForm):
    """What the register says of a document."""

    named = TextField(
        label="Số, ký hiệu",
        required=False,
        max_length=72,
        help_text="Như trên văn bản, ví dụ 0123/SNV-CCHC.",
        look={"width": "20"},
    )
    issued_on = DayField(label="Ngày ban hành", required=False, look=_TYPED)
    kind = SelectField(label="Loại văn bản", choices=kind_options)
    kind_name = TextField(
        label="Tên loại khác",
        required=False,
        max_length=100,
        help_text="Chỉ ghi khi chọn “Loại khác”, ví dụ Nghị định.",
    )
    issuer_name = TextField(label="Cơ quan, tổ chức ban hành", max_length=300)
    signer_name = TextField(label="Người ký", required=False, max_length=200)
    signer_title = TextField(label="Chức vụ người ký", required=False, max_length=200)
    subject = LongTextField(label="Trích yếu nội dung", max_length=1000)
    urgency = SelectField(label="Độ khẩn", choices=[(str(k.value), k.label) for k in Urgency])
    pages = NumberField(label="Số trang", required=False, min_value=1)
    due_on = DayField(label="Hạn nêu trong văn bản", required=False, look=_TYPED)
    circulation = TextField(label="Chỉ dẫn lưu hành", required=False, max_length=100)
    answer_wanted = TickField(label="Nơi gửi yêu cầu trả lời", required=False)
    paper_follows = TickField(label="Bản giấy gửi sau", required=False)

    def entry(self) -> EntryIn:
        """Return what was entered."""
        data = self.cleaned_data
        parted = documents.split_notation(data["named"])
        if len(parted.number) > 11 or len(parted.notation) > 60:  # noqa: PLR2004 -- limits of QCVN 102
            raise BadInput("Số, ký hiệu dài hơn mức cho phép; hãy xem lại.", field="named")
        plain = (
            "issued_on",
            "kind_name",
            "issuer_name",
            "signer_name",
            "signer_title",
            "subject",
            "pages",
            "due_on",
            "circulation",
            "answer_wanted",
            "paper_follows",
        )
        return EntryIn(
            number=parted.number,
            notation=parted.notation,
            kind=int(data["kind"]),
            urgency=Urgency(int(data["urgency"])),
            **{name: data[name] for name in plain},
        )


def entry_of(document: Document) -> dict[str, Any]:
    """Return what the form shows of a document that is known already."""
    is_other = document.kind == OTHER_KIND
    return {
        "named": documents.in_words(document.number, document.notation),
        "kind": str(document.kind),
        "kind_name": document.kind_name if is_other else "",
        "urgency": str(document.urgency),
        **{
            name: getattr(document, name)
            for name in (
                "issued_on",
                "issuer_name",
                "signer_name",
                "signer_title",
                "subject",
                "pages",
                "due_on",
                "circulation",
                "answer_wanted",
                "paper_follows",
            )
        },
    }


class RegisterForm(EntryForm):
    """The entry, and before whom the document is brought."""

    to = SelectField(label="Trình ai cho ý kiến", required=False)
    words = TextField(label="Lời trình", required=False, max_length=500)
    stamp = TickField(
        label="Đóng dấu “ĐẾN” lên một bản đọc của tệp PDF (tệp gốc giữ nguyên)",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, can_stamp: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_stamp:
            del self.fields["stamp"]


class ArrivalForm(EntryForm):
    """A document handed in on paper, by post or by mail."""

    source = SelectField(label="Đến bằng", choices=[(str(k), k.label) for k in _SOURCES])
    mark = SelectField(label="Dấu chỉ mức độ mật", choices=_MARKS, required=False)
    main = UploadField(
        label="Bản quét hoặc tệp văn bản (PDF)",
        required=False,
        accept=".pdf,image/jpeg,image/png",
        max_bytes=50_000_000,
        upload_url="/tep/bat-dau/",
    )
    attachments = UploadField(
        label="Phụ lục, tài liệu kèm theo",
        required=False,
        accept=".pdf,.docx,.xlsx,.doc,.xls,image/jpeg,image/png,.zip",
        max_bytes=50_000_000,
        multiple=True,
        upload_url="/tep/bat-dau/",
    )


class ReasonForm(KitForm):
    """Why something is done."""

    reason = LongTextField(label="Lý do", max_length=1000)


class SecretForm(KitForm):
    """Which mark of a state secret a document bears."""

    mark = SelectField(label="Dấu chỉ độ mật trên văn bản", choices=_MARKS[1:])


class CorrectForm(EntryForm):
    """The entry put right, and why."""

    reason = LongTextField(label="Lý do sửa", max_length=500)


class RouteForm(KitForm):
    """Before whom the document is brought now."""

    to = SelectField(label="Chuyển đến")
    words = TextField(label="Lời dặn", required=False, max_length=500)


class FinishForm(KitForm):
    """What came of it."""

    reason = LongTextField(label="Kết quả xử lý", max_length=1000)


class DirectForm(KitForm):
    """A leader's words, and to whom: rows of place, part, deadline and words of their own."""

    words = LongTextField(label="Ý kiến chỉ đạo", required=False, max_length=2000)
    due = DayField(label="Hạn chung", required=False, look=_TYPED)
    is_secret = TickField(label="Chỉ người có tên dưới đây được đọc ý kiến này", required=False)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_names = [add_row(self, index, offered) for index in range(ROWS)]

    def directive(self, found: list[Place]) -> DirectiveIn:
        """Return what was written. Raises: BadInput."""
        data = self.cleaned_data
        lines = []
        for place_name, part_name, due_name, words_name in self.row_names:
            if not data[place_name]:
                if data[words_name] or data[due_name]:
                    message = "Hãy chọn nơi nhận cho lời dặn, hạn riêng ở dòng này."
                    raise BadInput(message, field=place_name)
                continue
            place = chosen(found, data[place_name], place_name)
            lines.append(
                LineIn(
                    part=ScopeRole(data[part_name] or ScopeRole.KNOW),
                    unit_id=place.unit_id,
                    account_id=place.account_id,
                    name=place.name,
                    words=data[words_name],
                    due_at=closing(data[due_name]),
                )
            )
        return DirectiveIn(data["words"], lines, closing(data["due"]), data["is_secret"])


def add_row(form: KitForm, index: int, offered: list[tuple[str, str]]) -> list[str]:
    """Give the form one row, and return the names of its fields."""
    made = {
        "place": SelectField(label="Nơi nhận", required=False, choices=[("", "–"), *offered]),
        "part": SelectField(
            label="Vai trò", choices=_PARTS, initial=_PARTS[min(index, 1)][0], required=False
        ),
        "due": DayField(label="Hạn riêng", required=False, look=_TYPED),
        "words": TextField(label="Lời dặn riêng", required=False, max_length=500),
    }
    names = []
    for word, field in made.items():
        names.append(f"{word}_{index}")
        form.fields[names[-1]] = field
    return names


def closing(day: date | None) -> datetime | None:
    """Return the end of a working day as a moment."""
    return datetime.combine(day, _CLOSING, HANOI) if day else None
