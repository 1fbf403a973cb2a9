"""What is asked of a document that is written."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.documents.api import Document, DraftBody, DraftVersion, body_of, in_words
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    RadioField,
    SelectField,
    TextField,
    UploadField,
)
from motcua.channels.registry.kinds import kind_options
from motcua.foundation.papers.api import Urgency

_WORD = ".docx"
_MOST = 20_000_000


class BodyForm(KitForm):
    """The words of a document, or its Word file."""

    subject = LongTextField(label="Trích yếu nội dung", max_length=1000)
    due_on = DayField(
        label="Hạn nơi nhận trả lời, báo cáo",
        required=False,
        help_text="Nơi nhận thấy hạn này; ai chưa trả lời được theo dõi ở “Chờ nơi nhận trả lời”.",
        look={"single": True},
    )
    text = LongTextField(
        label="Nội dung",
        required=False,
        max_length=200_000,
        help_text="Mỗi dòng một đoạn. “Điều 1. …”, “1. …”, “a) …”, “- …” được nhận ra; "
        "**chữ đậm**, *chữ nghiêng*.",
    )
    file = UploadField(
        label="Hoặc tệp Word theo mẫu của loại văn bản",
        required=False,
        accept=_WORD,
        max_bytes=_MOST,
        upload_url="/tep/bat-dau/",
    )
    bases = LongTextField(label="Căn cứ (mỗi dòng một căn cứ)", required=False, max_length=5000)
    addressees = LongTextField(label="Kính gửi (mỗi dòng một nơi)", required=False, max_length=5000)
    recipients = LongTextField(
        label="Nơi nhận ghi trên văn bản (mỗi dòng một nơi)",
        required=False,
        max_length=5000,
        initial="Như trên\nLưu: VT",
    )
    authority = TextField(label="Thẩm quyền ban hành", required=False, max_length=300)
    capacity = TextField(
        label="Quyền hạn ghi trên chữ ký",
        required=False,
        max_length=200,
        help_text="Ví dụ: TM. ỦY BAN NHÂN DÂN hoặc KT. CHỦ TỊCH; để trống nếu ký theo chức vụ.",
    )
    drafter_mark = TextField(label="Ký hiệu người soạn", required=False, max_length=20)

    def body(self) -> DraftBody | None:
        """Return what was written in the form; nothing if a file was sent instead."""
        data = self.cleaned_data
        if not data["text"].strip():
            return None
        return DraftBody(
            data["text"],
            bases=lines_of(data["bases"]),
            addressees=lines_of(data["addressees"]),
            recipients=lines_of(data["recipients"]),
            authority=data["authority"],
            capacity=data["capacity"],
            drafter_mark=data["drafter_mark"],
        )


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class DraftForm(BodyForm):
    """A new document: its kind first."""

    kind = SelectField(label="Loại văn bản", choices=lambda: kind_options()[:-1])
    urgency = SelectField(label="Độ khẩn", choices=[(str(k.value), k.label) for k in Urgency])
    reason = LongTextField(
        label="Lý do thay thế, đính chính",
        required=False,
        max_length=1000,
        help_text="Nơi nhận văn bản cũ đọc được lý do này.",
    )


class ReviseForm(BodyForm):
    """Another version, and what is new in it."""

    note = TextField(label="Sửa những gì", required=False, max_length=1000)


def shown(version: DraftVersion | None, subject: str) -> dict[str, Any]:
    """Return what the form shows of the newest version."""
    if version is None or version.body is None:
        return {"subject": subject}
    body = body_of(version.body)
    lists = {name: "\n".join(getattr(body, name)) for name in ("bases", "addressees", "recipients")}
    plain = {name: getattr(body, name) for name in ("authority", "capacity", "drafter_mark")}
    return {"subject": subject, "text": body.text, **lists, **plain}


def reminder_of(document: Document, places: Sequence[str]) -> dict[str, Any]:
    """Return the words with which a letter of reminder begins."""
    named = f"{document.kind_name} số {in_words(document.number, document.notation)}"
    named += f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    due = f" trước ngày {document.due_on:%d/%m/%Y}" if document.due_on else ""
    about = document.subject.rstrip(". ")
    return {
        "subject": f"V/v đôn đốc trả lời {named}"[:1000],
        "text": f"{document.issuer_name} đã gửi {named} về việc “{about}”, đề nghị trả lời{due}. "
        "Đến nay chưa nhận được trả lời của quý cơ quan.\n"
        "Đề nghị quý cơ quan khẩn trương thực hiện và gửi kết quả.",
        "addressees": "\n".join(places),
    }


class WordsForm(KitForm):
    """An opinion."""

    words = LongTextField(label="Ý kiến", max_length=2000)


class ToForm(KitForm):
    """Before whom the draft is brought, and what is said to them."""

    to = SelectField(label="Trình ai")
    words = TextField(label="Lời trình", required=False, max_length=500)


NEXT, LAST = "duyet", "ky"


class ApproveForm(ToForm):
    """Approved: who comes next, to approve or to sign."""

    what = RadioField(label="Chuyển tiếp để", choices=[(LAST, "Ký"), (NEXT, "Duyệt tiếp")])


class SettleForm(KitForm):
    """What came of an opinion."""

    taken = RadioField(label="Tiếp thu", choices=[("co", "Tiếp thu"), ("khong", "Không tiếp thu")])
    answer = LongTextField(label="Giải trình", required=False, max_length=2000)


class SignForm(KitForm):
    """The leader's last words on a draft."""

    words = TextField(label="Ý kiến", required=False, max_length=500)


class PaperForm(KitForm):
    """Who signed on paper, and the scan."""

    signer_name = TextField(label="Người ký", max_length=200)
    signer_title = TextField(label="Chức vụ", required=False, max_length=200)
    file = UploadField(
        label="Bản quét đã ký, đóng dấu (PDF)",
        required=False,
        accept=".pdf",
        max_bytes=50_000_000,
        upload_url="/tep/bat-dau/",
    )
