"""Forms about procedures: the structured text, the end, who does what."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.casework.processes.api import DUTIES
from motcua.channels.kit.fields import KitForm, Looks, SelectField, TextField, UploadField

from .organisation import first_day


class SourceField(Looks, forms.CharField):
    """A structured text: every blank counts, only line ends are made equal."""

    kind = "textarea"
    widget = forms.Textarea
    own_look = {"attrs": {"spellcheck": "false", "wrap": "off"}}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False, **kwargs})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\t", "  ")


class SourceForm(KitForm):
    """A version as structured text."""

    valid_from = first_day("Hiệu lực từ ngày")
    source = SourceField(
        label="Nội dung có cấu trúc",
        help_text="Mỗi mục một dòng, mục con thụt vào hai dấu cách. "
        "Bấm “Kiểm tra” để xem chỗ sai và xem trước.",
    )


class WithdrawForm(KitForm):
    """The last day of a procedure."""

    on = first_day("Ngày cuối cùng còn nhận hồ sơ")


class WordTemplateForm(KitForm):
    """A Word template to be tried."""

    file = UploadField(label="Tệp mẫu (.docx)", accept=".docx", max_bytes=10_000_000)


class UseTemplateForm(KitForm):
    """From when, and for whom, a tried template is used."""

    valid_from = first_day("Dùng từ ngày")
    agency = TextField(
        label="Chỉ cho cơ quan có mã",
        required=False,
        help_text="Để trống nếu mẫu dùng cho mọi cơ quan. Mẫu riêng của cơ quan được dùng trước.",
        max_length=40,
        look={"width": "10"},
    )


class DutiesForm(KitForm):
    """Which unit of an agency does which duty."""

    def __init__(
        self, *args: Any, duties: Sequence[str], units: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "– (lãnh đạo cơ quan)"), *units]
        for duty in duties:
            self.fields[duty] = SelectField(
                label=DUTIES.get(duty, duty), choices=choices, required=False
            )

    def changed(self) -> dict[str, int | None]:
        """Return the units chosen anew; None where a duty goes back to the leadership."""
        chosen = {name: self.cleaned_data.get(name) for name in self.changed_data}
        return {name: int(unit) if unit else None for name, unit in chosen.items()}
