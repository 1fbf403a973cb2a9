"""Forms of the form designer: one field, one page, the head of a form, a file, a sample."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms

from motcua.casework.forms import api as forms
from motcua.casework.forms.api import FieldKind
from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from motcua.lib.text import tidy

KNOWN_FACTS = [
    ("", "– (không điền sẵn)"),
    ("person.full_name", "Họ tên người nộp"),
    ("person.birth_date", "Ngày sinh"),
    ("person.sex", "Giới tính"),
    ("person.phone", "Số điện thoại"),
    ("person.email", "Thư điện tử"),
    ("person.address", "Địa chỉ"),
]
_WITH_LENGTH = {FieldKind.TEXT, FieldKind.LONG_TEXT}
_WITH_LIMITS = {FieldKind.NUMBER, FieldKind.MONEY, FieldKind.GROUP, FieldKind.TABLE}
_WITH_OPTIONS = {FieldKind.CHOICE, FieldKind.CHOICES}
_RECKONED = {
    FieldKind.TEXT,
    FieldKind.NUMBER,
    FieldKind.MONEY,
    FieldKind.DATE,
    FieldKind.YES_NO,
}
_COUNTS = ("max_length", "minimum", "maximum", "decimals")
_AS_TYPED = (
    "hint",
    "why",
    "show_when",
    "computed",
    "as_of",
    "prefill",
    "searchable",
    "label_en",
    "hint_en",
    "why_en",
)
_CONDITION = "Ví dụ: can_ban_sao = true and so_ban > 1. Gọi ô khác bằng tên của ô."
_MONO = {"attrs": {"spellcheck": "false", "autocapitalize": "none"}}
Data = Mapping[str, Any]


def _line(label: str, hint: str = "", *, required: bool = False, longest: int = 300) -> TextField:
    return TextField(label=label, help_text=hint, required=required, max_length=longest)


def _code(label: str, hint: str) -> TextField:
    return TextField(label=label, help_text=hint, required=False, max_length=2000, look=_MONO)


def _count(label: str) -> django_forms.Field:
    return TextField(
        label=label, required=False, max_length=15, look={"inputmode": "numeric", "width": "5"}
    )


class FieldForm(KitForm):
    """One field: what it asks, of which kind, when. Only what its kind can have is asked."""

    label = _line("Câu hỏi", "Như người dân đọc được.", required=True)
    kind = SelectField(label="Loại", choices=[(str(one), one.words) for one in FieldKind])
    name = TextField(
        label="Tên dùng trong điều kiện, mẫu Word",
        help_text="Chữ thường không dấu, số, gạch dưới. Để trống thì lấy từ câu hỏi.",
        required=False,
        max_length=60,
        look=_MONO,
    )
    hint = _line("Gợi ý dưới câu hỏi")
    why = _line("Vì sao hỏi")
    options = LongTextField(
        label="Các mục chọn",
        help_text="Mỗi dòng một mục: giá trị = tên | tên tiếng Anh. Ví dụ: nam = Nam | Male",
        required=False,
    )
    always = TickField(label="Bắt buộc trả lời", required=False)
    required_when = _code("Chỉ bắt buộc khi", f"Để trống nếu theo ô trên. {_CONDITION}")
    show_when = _code("Chỉ hiện khi", f"Để trống thì luôn hiện. {_CONDITION}")
    computed = _code(
        "Tự tính bằng",
        "Có cách tính thì không hỏi. Ví dụ: so_ban * 8000 hoặc sum(bang_ke.so_tien)",
    )
    as_of = TextField(
        label="Địa danh vào ngày",
        help_text="“today” là ngày khai; hoặc tên một ô ngày. Để trống: ghi chữ tự do.",
        required=False,
        max_length=60,
        look=_MONO,
    )
    max_length = _count("Dài nhất (ký tự)")
    minimum = _count("Nhỏ nhất (số, hoặc số dòng)")
    maximum = _count("Lớn nhất (số, hoặc số dòng)")
    decimals = _count("Số chữ số sau dấu phẩy (0 đến 4)")
    prefill = SelectField(label="Điền sẵn từ", choices=KNOWN_FACTS, required=False)
    searchable = TickField(label="Tìm được hồ sơ theo ô này", required=False)
    label_en = _line("Câu hỏi bằng tiếng Anh")
    hint_en = _line("Gợi ý bằng tiếng Anh")
    why_en = _line("Vì sao hỏi, bằng tiếng Anh")

    def __init__(self, *args: Any, kind: FieldKind, inside: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = {
            "options": kind not in _WITH_OPTIONS,
            "max_length": kind not in _WITH_LENGTH,
            "minimum": kind not in _WITH_LIMITS,
            "maximum": kind not in _WITH_LIMITS,
            "decimals": kind != FieldKind.NUMBER,
            "as_of": kind != FieldKind.PLACE,
            "computed": kind not in _RECKONED or bool(inside),
            "prefill": bool(inside) or kind.has_rows or kind == FieldKind.FILE,
            "searchable": bool(inside) or kind.has_rows or kind == FieldKind.FILE,
        }
        for name, is_hidden in hidden.items():
            if is_hidden:
                del self.fields[name]

    def data_of_field(self, before: Data) -> dict[str, Any]:
        """Return the field's data; what the page does not ask stays as it was."""
        values = self.cleaned_data
        found: dict[str, Any] = {
            "name": values["name"] or forms.name_from(values["label"]),
            "kind": values["kind"],
            "label": values["label"],
        }
        asked = {*self.fields, "name", "kind", "label"}
        mine = {"required", "fields", *type(self).base_fields}
        found |= {k: v for k, v in before.items() if k not in asked and k not in mine}
        found |= {name: values[name] for name in _AS_TYPED if values.get(name)}
        found |= {name: _whole(values[name]) for name in _COUNTS if values.get(name)}
        if values["required_when"]:
            found["required"] = values["required_when"]
        elif not values["always"]:
            found["required"] = False
        if FieldKind(values["kind"]) in _WITH_OPTIONS:
            typed = options_in(values.get("options", ""))
            found["options"] = typed or list(before.get("options") or _FIRST_OPTIONS)
        return found


_FIRST_OPTIONS = [{"value": "mot", "label": "Mục một"}, {"value": "hai", "label": "Mục hai"}]


def _whole(text: str) -> Any:
    digits = text.replace(".", "").replace(" ", "")
    return int(digits) if digits.removeprefix("-").isdecimal() else text


def options_in(text: str) -> list[dict[str, str]]:
    """Return the options of lines “value = label | English”; a bare label makes its own value."""
    found = []
    for line in filter(None, map(tidy, text.splitlines())):
        words, _, english = line.partition("|")
        value, equals, label = words.partition("=")
        label = (label if equals else value).strip()
        one = {"value": value.strip() if equals else forms.name_from(label), "label": label}
        found.append(one | ({"label_en": english.strip()} if english.strip() else {}))
    return found


def option_lines(options: Sequence[Any]) -> str:
    """Return options as lines to edit."""
    lines = []
    for one in options:
        if isinstance(one, Mapping):
            english = f" | {one['label_en']}" if one.get("label_en") else ""
            lines.append(f"{one.get('value', '')} = {one.get('label', '')}{english}")
        else:
            lines.append(f"{one} = {one}")
    return "\n".join(lines)


def initial_of(field: Data) -> dict[str, Any]:
    """Return what the form of a field begins with."""
    required = field.get("required", True)
    is_plain = isinstance(required, bool) or required in {"true", "false"}
    return {
        **{key: value for key, value in field.items() if key not in {"required", "options"}},
        "kind": field.get("kind", "text"),
        "options": option_lines(field.get("options") or ()),
        "always": required is True or required == "true",
        "required_when": "" if is_plain else str(required),
    }


class PageForm(KitForm):
    """One page: its title, why it is asked, when it is shown."""

    title = _line("Tên trang", required=True)
    why = _line("Vì sao hỏi nhóm này")
    show_when = _code("Chỉ hiện trang này khi", f"Để trống thì luôn hiện. {_CONDITION}")
    title_en = _line("Tên trang bằng tiếng Anh")
    why_en = _line("Vì sao hỏi, bằng tiếng Anh")

    def data_of_page(self) -> dict[str, Any]:
        """Return what the page says of itself."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class HeadForm(KitForm):
    """The form itself."""

    title = _line("Tên tờ khai", required=True)
    code = TextField(
        label="Mã tờ khai",
        help_text="Chữ thường không dấu, số, gạch nối.",
        max_length=60,
        look=_MONO,
    )
    title_en = _line("Tên tờ khai bằng tiếng Anh")


class SchemaForm(KitForm):
    """A file to bring a form from."""

    file = UploadField(label="Tệp JSON Schema (.json)", accept=".json,.schema", max_bytes=1_000_000)


class SampleForm(KitForm):
    """The name of test data that is kept."""

    sample = _line("Tên dữ liệu thử", "Ví dụ: Hộ nghèo xin hai bản.", required=True, longest=120)
