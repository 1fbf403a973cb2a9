"""What is asked of an old system: its name, its files, how its tables are read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from motcua.casework.dossiers.api import Status
from motcua.casework.migration import api as migration
from motcua.casework.migration.api import Field, Mapping
from motcua.casework.procedures.api import FilingChannel
from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    NumberField,
    SelectField,
    TextField,
    UploadField,
)

MOST_PAGE_BYTES = 100_000_000
CLOSED_WORDS = {Field.STATUS: Status.choices, Field.CHANNEL: FilingChannel.choices}
_NOTHING = ("", "Không có trong bảng")
_LARGER = "Tệp lớn hơn 100 MB: dùng lệnh “migration check” trên máy chủ."


class SourceForm(KitForm):
    """An old system."""

    name = TextField(
        label="Tên hệ thống cũ",
        max_length=60,
        help_text="Ghi vào từng hồ sơ chuyển sang, ví dụ “Một cửa điện tử 2019–2026”.",
    )
    agency = TextField(
        label="Mã cơ quan",
        required=False,
        max_length=40,
        help_text="Khi bảng không có cột cơ quan; để trống nếu bảng có.",
    )


class TableForm(KitForm):
    """A table that was handed over."""

    file = UploadField(
        label="Bảng hồ sơ",
        accept=".xlsx,.csv,.json,.ndjson,.txt",
        max_bytes=MOST_PAGE_BYTES,
        help_text=_LARGER,
    )


class PapersForm(KitForm):
    """A ZIP of papers."""

    file = UploadField(
        label="Tệp đính kèm (ZIP)", accept=".zip", max_bytes=MOST_PAGE_BYTES, help_text=_LARGER
    )


class MappingTextForm(KitForm):
    """A mapping as text, to be brought back or changed as a whole."""

    text = LongTextField(label="Cột nào là gì, chữ nào đổi ra gì (JSON)", max_length=1_000_000)


class ReadingForm(KitForm):
    """How a table is written, and which column is which field."""

    sheet = TextField(label="Trang tính", required=False, max_length=100)
    heading = NumberField(label="Dòng tiêu đề", min_value=0, max_value=1_000_000)
    encoding = SelectField(label="Bảng mã", required=False)
    day_order = SelectField(label="Thứ tự ngày tháng", choices=list(migration.DAY_ORDERS.items()))
    closing = TextField(
        label="Giờ hẹn khi bảng chỉ ghi ngày",
        max_length=5,
        help_text="Giờ hết làm việc, như 17:00.",
    )

    def __init__(
        self, *args: Any, mapping: Mapping, headings: Sequence[str], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "sheet": mapping.sheet,
            "heading": mapping.heading,
            "encoding": mapping.encoding,
            "day_order": mapping.day_order,
            "closing": f"{mapping.closing:%H:%M}",
            **{f"col_{one}": name for one, name in mapping.columns.items()},
        }
        super().__init__(*args, **kwargs)
        self._mapping = mapping
        encodings: Any = self.fields["encoding"]
        encodings.choices = [("", "Tự nhận ra"), *migration.ENCODINGS.items()]
        known = dict.fromkeys([*headings, *mapping.columns.values()])
        for one in Field:
            choices = [_NOTHING, *((name, name) for name in known)]
            self.fields[f"col_{one}"] = SelectField(
                label=one.label, required=False, choices=choices
            )

    def mapping(self) -> Mapping:
        """Return the mapping as it was filled in. Raises: BadInput."""
        data = self.cleaned_data
        changed = replace(
            self._mapping,
            sheet=data["sheet"],
            heading=data["heading"],
            encoding=data["encoding"],
            day_order=data["day_order"],
            columns={one: data[f"col_{one}"] for one in Field if data[f"col_{one}"]},
            closing=migration.read_closing(data["closing"]),
        )
        return migration.from_text(migration.as_text(changed))


class ValuesForm(KitForm):
    """What words of the old system are with us; those nobody has said come first."""

    def __init__(
        self, *args: Any, mapping: Mapping, words: Sequence[tuple[Field, str, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._mapping, self._words = mapping, words
        for place, (one, word, count) in enumerate(words):
            many = f" ({count} dòng)" if count else ""
            said = mapping.values.get(one, {}).get(word.lower(), "")
            label = f"{one.label}: “{word}”{many}"
            self.fields[f"word_{place}"] = _word_field(one, label, said)

    def mapping(self) -> Mapping:
        """Return the mapping with the words that were said."""
        values = {one: dict(words) for one, words in self._mapping.values.items()}
        for place, (one, word, _) in enumerate(self._words):
            said = self.cleaned_data[f"word_{place}"]
            if said:
                values.setdefault(one, {})[word.lower()] = said
            else:
                values.get(one, {}).pop(word.lower(), None)
        return migration.from_text(migration.as_text(replace(self._mapping, values=values)))


def _word_field(one: Field, label: str, said: str) -> forms.Field:
    closed = CLOSED_WORDS.get(one)
    if closed is None:
        return TextField(label=label, required=False, max_length=150, initial=said)
    choices = [("", "Chưa chọn"), *closed, (migration.SKIP, "Bỏ qua những dòng này")]
    return SelectField(label=label, required=False, choices=choices, initial=said)
