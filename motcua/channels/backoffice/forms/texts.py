"""Forms about the texts of messages and about shared lists."""

from typing import Any

from django.core.exceptions import ValidationError

from motcua.channels.kit.fields import KitForm, LongTextField, TextField
from motcua.foundation.codelists import api as codelists

from .organisation import basis, first_day

PARTS = 3


class TextForm(KitForm):
    """What messages of a kind say from a day on."""

    subject = TextField(label="Tiêu đề", max_length=200)
    body = LongTextField(label="Nội dung", look={"attrs": {"rows": "8"}})
    subject_en = TextField(
        label="Tiêu đề bằng tiếng Anh",
        help_text="Để trống thì người đọc tiếng Anh nhận nội dung tiếng Việt.",
        max_length=200,
        required=False,
    )
    body_en = LongTextField(
        label="Nội dung bằng tiếng Anh", required=False, look={"attrs": {"rows": "8"}}
    )
    valid_from = first_day()


class ListForm(KitForm):
    """The entries of a list from a day on."""

    entries = LongTextField(
        label="Các mã",
        help_text="Mỗi dòng một mã: mã | tên | giải thích (không bắt buộc). Thứ tự dòng là thứ tự "
        "hiện ra.",
    )
    valid_from = first_day()
    basis = basis()

    def clean_entries(self) -> list[codelists.Entry]:
        """Return the entries line by line; a line without a name is complained about."""
        lines = [line for line in self.cleaned_data["entries"].splitlines() if line.strip()]
        return [self._entry(number, line) for number, line in enumerate(lines, start=1)]

    def _entry(self, number: int, line: str) -> codelists.Entry:
        parts = [part.strip() for part in line.split("|")]
        if not 2 <= len(parts) <= PARTS or not all(parts[:2]):  # noqa: PLR2004 -- a code and a name
            message = f"Dòng {number} phải có mã và tên, cách nhau bằng dấu “|”."
            raise ValidationError(message, code="invalid")
        return codelists.Entry(*parts)


def as_lines(codes: Any) -> str:
    """Return codes as they are edited."""
    return "\n".join(
        " | ".join(filter(None, (code.code, code.name, code.description))) for code in codes
    )


class NewListForm(KitForm):
    """A new list."""

    name = TextField(label="Tên danh mục", max_length=200)
    code = TextField(
        label="Mã danh mục",
        max_length=60,
        help_text="Chữ thường không dấu, số, gạch nối.",
        look={"width": "20", "attrs": {"spellcheck": "false", "pattern": "[a-z0-9-]+"}},
    )

    def clean_code(self) -> str:
        """Return the code in the only spelling that is stored."""
        code: str = self.cleaned_data["code"]
        if not all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in code):
            message = "Mã chỉ gồm chữ thường không dấu, số và gạch nối."
            raise ValidationError(message, code="invalid")
        return code
