"""What is asked of a message that came by e-mail."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.documents.api import FileIn, FileRole
from motcua.casework.mailboxes.api import MailFile, MailMessage
from motcua.channels.kit.fields import KitForm, LongTextField, SelectField, TickField
from motcua.channels.registry.incoming.forms import EntryForm
from motcua.foundation.papers.api import DocumentKind

_PDF = "application/pdf"
_ROLES = [
    (str(FileRole.MAIN), "Là văn bản"),
    (str(FileRole.ATTACHMENT), "Là phụ lục, tài liệu kèm theo"),
    ("", "Không lấy vào văn bản"),
]


class TakeForm(EntryForm):
    """The entry of the document, and what each file of the message is to it."""

    def __init__(self, *args: Any, kept: Sequence[MailFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = list(kept)
        main = next((one.seq for one in kept if one.file and one.file.media_type == _PDF), None)
        for one in self.kept:
            role = FileRole.MAIN if one.seq == main else FileRole.ATTACHMENT
            self.fields[f"role_{one.seq}"] = SelectField(
                label=one.name, choices=_ROLES, initial=str(role), required=False
            )

    def chosen(self) -> list[FileIn]:
        """Return the files that go into the document, the main ones first."""
        chosen = [(self.cleaned_data[f"role_{one.seq}"], one) for one in self.kept]
        found = [FileIn(FileRole(role), one.file_id or 0, one.name) for role, one in chosen if role]
        return sorted(found, key=lambda one: one.role != FileRole.MAIN)


def entry_from(message: MailMessage) -> dict[str, Any]:
    """Return what the form begins with."""
    domain = message.from_address.rpartition("@")[2]
    return {
        "subject": message.subject,
        "issuer_name": message.from_name or domain,
        "kind": str(int(DocumentKind.OFFICIAL_LETTER)),
        "urgency": "0",
    }


class RefuseForm(KitForm):
    """Why a message is not taken in, and what its sender is told."""

    reason = LongTextField(label="Lý do không tiếp nhận", max_length=1000)
    sends = TickField(label="Gửi lời trả lời dưới đây cho người gửi", required=False)
    answer = LongTextField(label="Lời trả lời", required=False, max_length=5000)


def answer_from(message: MailMessage, agency: str) -> str:
    """Return the answer a clerk begins with."""
    about = f" “{message.subject}”" if message.subject else ""
    return (
        f"Kính gửi ông/bà,\n\n{agency} đã nhận thư{about} nhưng chưa tiếp nhận được.\n"
        "Đề nghị ông/bà gửi lại văn bản đã ký số hoặc bản quét rõ (PDF), nêu rõ cơ quan, tổ chức "
        "gửi, hoặc gửi bản giấy qua bưu điện.\n\nTrân trọng,\n"
        f"Văn thư {agency}"
    )
