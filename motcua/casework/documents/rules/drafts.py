"""What a draft says: the words of a web form, and who is to get it.

Source: docs/law/documents.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from motcua.casework.documents.choices import Way
from motcua.casework.documents.errors import SecretDocument
from motcua.foundation.files import api as files
from motcua.foundation.papers.api import DocumentKind, LayoutProfile, Urgency
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class DraftBody:
    """The parts of a document written in a web form, each line of a list one item."""

    text: str
    bases: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    authority: str = ""
    attached_to: str = ""
    contact: str = ""
    drafter_mark: str = ""
    capacity: str = ""

    def kept(self) -> dict[str, Any]:
        """Return the parts as they are kept."""
        return asdict(self)


def body_of(kept: Mapping[str, Any]) -> DraftBody:
    """Return the parts that were kept."""
    lists = ("bases", "addressees", "recipients")
    return DraftBody(**{**kept, **{name: tuple(kept.get(name, ())) for name in lists}})


@dataclass(frozen=True, slots=True)
class RecipientIn:
    """To whom a document goes: an agency known by its code, or anybody by name."""

    name: str
    way: Way
    agency_id: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class DraftIn:
    """A document to be written: its kind, what it is about, its text or its Word file."""

    agency_id: int
    unit_id: int
    kind: int
    subject: str
    body: DraftBody | None = None
    file_id: int | None = None
    file_name: str = ""
    urgency: Urgency = Urgency.NORMAL
    profile: LayoutProfile = LayoutProfile.GOVERNMENT
    answers: str = ""
    replaces: str = ""
    amends: str = ""
    change_reason: str = ""
    secrecy: int = 0
    notation: str = ""
    recipients: Sequence[RecipientIn] = ()
    due_on: date | None = None


def check_due(due_on: date | None, on: date) -> None:
    """Raises: BadInput if others should have answered before they are asked."""
    if due_on is not None and due_on < on:
        raise BadInput("Hạn trả lời không thể ở trước hôm nay.", field="due_on")


def check_draft(draft: DraftIn) -> None:
    """Raises: BadInput that names the field."""
    if not tidy(draft.subject):
        raise BadInput("Hãy ghi trích yếu nội dung văn bản.", field="subject")
    if draft.body is None and draft.file_id is None:
        raise BadInput("Hãy viết nội dung hoặc gửi tệp Word.", field="text")
    if draft.body is not None:
        check_body(draft.body)
    if (draft.replaces or draft.amends) and not tidy(draft.change_reason):
        raise BadInput("Hãy ghi lý do thay thế, đính chính; nơi nhận sẽ đọc.", field="reason")
    if draft.amends and draft.kind != DocumentKind.OFFICIAL_LETTER:
        raise BadInput("Đính chính bằng công văn; hãy chọn loại “Công văn”.", field="kind")
    names = [one.code or one.name.casefold() for one in draft.recipients]
    if len(names) != len(set(names)):
        raise BadInput("Mỗi nơi nhận chỉ ghi một lần.", field="recipients")


def check_body(body: DraftBody) -> None:
    """Raises: BadInput that names the field, SecretDocument."""
    if not body.text.strip():
        raise BadInput("Hãy viết nội dung văn bản.", field="text")
    if files.mark_in_words(body.text):
        raise SecretDocument(files.NOT_HERE, field="text")
    if len(body.text) > LONGEST:
        raise BadInput("Nội dung quá dài; hãy chuyển phần dài thành phụ lục.", field="text")
