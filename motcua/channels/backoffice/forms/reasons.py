"""Forms about the library of standard reasons."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.reasons.api import (
    ANSWER,
    PLACES,
    Place,
    ReasonKind,
    ReasonVersion,
    WordsIn,
)
from motcua.channels.kit.fields import KitForm, LongTextField, SelectField, TextField

from .organisation import CODE, first_day, last_day

KINDS = [(kind.value, kind.label) for kind in ReasonKind]
_HELP = (
    "Chỗ trong ngoặc được điền từ hồ sơ: "
    + ", ".join(f"{{{name}}} ({label})" for name, label in PLACES.items())
    + f". Lý do của một thủ tục dùng được cả ô của tờ khai: {{{ANSWER}tên_ô}}."
)


class WordsForm(KitForm):
    """The words of a reason and the days on which they hold."""

    title = TextField(label="Tên gọi ngắn", max_length=200, help_text="Cán bộ chọn theo tên này.")
    text = LongTextField(label="Lời mẫu", max_length=1000, help_text=_HELP)
    legal_basis = TextField(
        label="Căn cứ pháp lý",
        required=False,
        max_length=500,
        help_text="Điều, khoản, số và tên văn bản.",
    )
    valid_from = first_day("Dùng từ ngày")
    valid_to = last_day()

    def words(self) -> WordsIn:
        """Return what was entered."""
        values = self.cleaned_data
        return WordsIn(
            title=values["title"],
            text=values["text"],
            legal_basis=values["legal_basis"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
        )


class ReasonForm(WordsForm):
    """A new reason: for what, where it is offered, in which words."""

    kind = SelectField(label="Dùng khi", choices=KINDS)
    agency = SelectField(label="Thư viện của", required=False)
    procedure = TextField(
        label="Mã thủ tục",
        required=False,
        max_length=40,
        help_text="Để trống: dùng cho mọi thủ tục.",
        look=CODE,
    )
    paper_code = TextField(
        label="Mã giấy tờ",
        required=False,
        max_length=60,
        help_text="Giấy tờ của thủ tục ấy; thiếu giấy này thì lý do hiện lên đầu.",
        look=CODE,
    )
    field_order = ("kind", "agency", "procedure", "paper_code", "title", "text")

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = list(places)  # type: ignore[attr-defined]  # -- a select field has choices

    def place(self) -> Place:
        """Return for what the reason is, and where it is offered."""
        values = self.cleaned_data
        return Place(
            kind=ReasonKind(values["kind"]),
            agency_id=int(values["agency"]) if values["agency"] else None,
            procedure_code=values["procedure"],
            paper_code=values["paper_code"],
        )


def said_in(version: ReasonVersion) -> dict[str, Any]:
    """Return what a form about other words begins with."""
    return {
        "title": version.title,
        "text": version.text,
        "legal_basis": version.legal_basis,
    }
