"""The definition of a form: short pages of fields, read from plain data and frozen."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.forms.choices import FieldKind
from motcua.casework.forms.errors import BadForm
from motcua.lib.expressions import BadExpression, compile_expression, names_in

_NAME = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
MOST_FIELDS = 400
_WITH_OPTIONS = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, as stored and as shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `required` and `show_when` are conditions over the answers so far.

    `prefill` names a fact known about the person ("person.full_name"); `searchable` answers are
    kept apart at filing so that dossiers can be found by them.
    """

    name: str
    kind: FieldKind
    label: str
    hint: str = ""
    why: str = ""
    required: str = "true"
    show_when: str = ""
    prefill: str = ""
    searchable: bool = False
    options: tuple[Option, ...] = ()
    fields: tuple["Field", ...] = ()
    max_length: int = 0
    minimum: int | None = None
    maximum: int | None = None
    autocomplete: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One group of questions, shown on a page of its own."""

    title: str
    fields: tuple[Field, ...]
    why: str = ""
    show_when: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """An electronic form, complete: what is asked, page by page."""

    code: str
    title: str
    pages: tuple[Page, ...]

    def all_fields(self) -> Iterator[Field]:
        """Yield every field of the form, those inside groups left out."""
        for page in self.pages:
            yield from page.fields


def parse_form(data: Mapping[str, Any]) -> Form:
    """Return the form that plain data describes.

    Shape: {"code": str, "title": str, "pages": [{"title": str, "fields": [{"name": str, …}]}]}
    Raises: BadForm naming the page and field.
    """
    pages = tuple(_page(page) for page in _list(data, "pages", "biểu mẫu"))
    form = Form(_text(data, "code", "biểu mẫu"), _text(data, "title", "biểu mẫu"), pages)
    _check_names(form)
    return form


def _page(data: Any) -> Page:
    where = f"trang “{_text(data, 'title', 'trang')}”"
    fields = tuple(_field(field, where) for field in _list(data, "fields", where))
    show_when = _condition(data.get("show_when"), where, default="")
    return Page(data["title"], fields, str(data.get("why", "")), show_when)


def _field(data: Any, where: str) -> Field:
    name = _text(data, "name", where)
    here = f"ô “{name}” của {where}"
    if not _NAME.match(name):
        message = f"Tên {here} chỉ được gồm chữ thường không dấu, số và gạch dưới."
        raise BadForm(message)
    kind = _kind(data, here)
    inner = tuple(_field(f, here) for f in data.get("fields", ()))
    options = tuple(_option(o, here) for o in data.get("options", ()))
    if kind in _WITH_OPTIONS and not options:
        message = f"{here}: cần danh sách “options”."
        raise BadForm(message)
    if (kind == FieldKind.GROUP) != bool(inner):
        message = f"{here}: “fields” chỉ dùng và phải có ở loại “group”."
        raise BadForm(message)
    return Field(
        name=name,
        kind=kind,
        label=_text(data, "label", here),
        hint=str(data.get("hint", "")),
        why=str(data.get("why", "")),
        required=_condition(data.get("required"), here, default="true"),
        show_when=_condition(data.get("show_when"), here, default=""),
        prefill=str(data.get("prefill", "")),
        searchable=bool(data.get("searchable", False)),
        options=options,
        fields=inner,
        max_length=_whole(data, "max_length", here) or 0,
        minimum=_whole(data, "minimum", here),
        maximum=_whole(data, "maximum", here),
        autocomplete=str(data.get("autocomplete", "")),
    )


def _kind(data: Mapping[str, Any], where: str) -> FieldKind:
    try:
        return FieldKind(data.get("kind", "text"))
    except ValueError as error:
        known = ", ".join(FieldKind)
        message = f"{where}: loại “{data.get('kind')}” không có; dùng một trong: {known}."
        raise BadForm(message) from error


def _option(data: Any, where: str) -> Option:
    if isinstance(data, str):
        return Option(data, data)
    return Option(_text(data, "value", where), _text(data, "label", where))


def _condition(value: Any, where: str, *, default: str) -> str:
    if value is None:
        return default
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        compile_expression(str(value))
    except BadExpression as error:
        message = f"{where}: {error}"
        raise BadForm(message) from error
    return str(value)


def _check_names(form: Form) -> None:
    """Refuse doubled names, too many fields, and conditions on answers that come later or never."""
    known: set[str] = set()
    fields = list(form.all_fields())
    if len(fields) > MOST_FIELDS:
        message = f"Biểu mẫu có quá {MOST_FIELDS} ô; hãy chia thành nhiều biểu mẫu."
        raise BadForm(message)
    for field in fields:
        if field.name in known:
            message = f"Ô “{field.name}” xuất hiện hai lần trong biểu mẫu."
            raise BadForm(message)
        known.add(field.name)
    for field in fields:
        asked = names_in(field.show_when) | names_in(field.required)
        strange = {n for n in asked if n.partition(".")[0] not in known | {"applicant", "case"}}
        if strange:
            message = f"Ô “{field.name}” hỏi tới “{', '.join(sorted(strange))}” không có."
            raise BadForm(message)


def _text(data: Any, key: str, where: str) -> str:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        message = f"{where}: thiếu “{key}”."
        raise BadForm(message)
    return value.strip()


def _list(data: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        message = f"{where}: “{key}” phải là danh sách không rỗng."
        raise BadForm(message)
    return value


def _whole(data: Mapping[str, Any], key: str, where: str) -> int | None:
    value = data.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    message = f"{where}: “{key}” phải là số nguyên."
    raise BadForm(message)
