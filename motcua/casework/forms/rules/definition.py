"""The definition of a form: short pages of fields, read from plain data and frozen."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.forms.choices import FieldKind
from motcua.casework.forms.errors import BadForm
from motcua.lib.expressions import BadExpression, compile_expression

from .numbers import MOST_DECIMALS
from .references import check_references
from .schema import LARGEST
from .shape import Field, Form, Option, Page

MOST_LETTERS, MOST_ROWS = 20_000, 1_000
_NAME = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_WITH_OPTIONS = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
_COMPUTABLE = frozenset(
    {FieldKind.TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.YES_NO}
)
# What fits into a cell: the rest needs the height of a group.
_IN_CELLS = frozenset(FieldKind) - {
    FieldKind.LONG_TEXT,
    FieldKind.CHOICES,
    FieldKind.PLACE,
    FieldKind.MAP_POINT,
    FieldKind.DECLARATION,
}


def parse_form(data: Mapping[str, Any]) -> Form:
    """Return the form that plain data describes.

    Shape: {"code": str, "title": str, "pages": [{"title": str, "fields": [{"name": str, …}]}]}
    Raises: BadForm naming the page and field.
    """
    pages = tuple(_page(page) for page in _list(data, "pages", "biểu mẫu"))
    code, title = _text(data, "code", "biểu mẫu"), _text(data, "title", "biểu mẫu")
    form = Form(code, title, pages, _english(data, "title"))
    check_references(form)
    return form


def _page(data: Any) -> Page:
    where = f"trang “{_text(data, 'title', 'trang')}”"
    fields = tuple(_field(field, where) for field in _list(data, "fields", where))
    show_when = _condition(data.get("show_when"), where, default="")
    english = _english(data, "title"), _english(data, "why")
    return Page(data["title"], fields, str(data.get("why", "")), show_when, *english)


def _field(data: Any, where: str, *, is_inside: bool = False) -> Field:
    name = _text(data, "name", where)
    here = f"ô “{name}” của {where}"
    if not _NAME.match(name):
        message = f"Tên {here} chỉ được gồm chữ thường không dấu, số và gạch dưới."
        raise BadForm(message)
    kind = _kind(data, here)
    inner = _inner(data, here, is_inside=is_inside)
    options = tuple(_option(o, here) for o in data.get("options", ()))
    if kind in _WITH_OPTIONS and not options:
        message = f"{here}: cần danh sách “options”."
        raise BadForm(message)
    _check_rows(kind, inner, here)
    _check_limits(data, kind, here)
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
        decimals=_decimals(data, kind, here),
        autocomplete=str(data.get("autocomplete", "")),
        computed=_computed(data, kind, here),
        as_of=str(data.get("as_of", "")) if kind == FieldKind.PLACE else "",
        label_en=_english(data, "label"),
        hint_en=_english(data, "hint"),
        why_en=_english(data, "why"),
    )


def _check_limits(data: Mapping[str, Any], kind: FieldKind, here: str) -> None:
    """Refuse limits that no answer can be measured by."""
    longest = _whole(data, "max_length", here) or 0
    if not 0 <= longest <= MOST_LETTERS:
        message = f"{here}: “max_length” phải từ 0 đến {MOST_LETTERS}."
        raise BadForm(message)
    low, high = (0, MOST_ROWS) if kind.has_rows else (-LARGEST, LARGEST)
    for key in ("minimum", "maximum"):
        found = _whole(data, key, here)
        if found is not None and not low <= found <= high:
            message = f"{here}: “{key}” phải từ {low} đến {high}."
            raise BadForm(message)


def _decimals(data: Mapping[str, Any], kind: FieldKind, here: str) -> int:
    """Return how many decimals a number may have."""
    found = _whole(data, "decimals", here) or 0
    if found and kind != FieldKind.NUMBER:
        message = f"{here}: “decimals” chỉ dùng ở loại “number”."
        raise BadForm(message)
    if not 0 <= found <= MOST_DECIMALS:
        message = f"{here}: “decimals” phải từ 0 đến {MOST_DECIMALS}."
        raise BadForm(message)
    return found


def _inner(data: Mapping[str, Any], here: str, *, is_inside: bool) -> tuple[Field, ...]:
    """Return the fields of each row; rows within rows are refused before anybody follows them."""
    fields = data.get("fields") or ()
    if fields and is_inside:
        message = f"{here}: mỗi dòng không chứa nhóm hay bảng khác (“fields”)."
        raise BadForm(message)
    return tuple(_field(one, here, is_inside=True) for one in fields)


def _check_rows(kind: FieldKind, inner: Sequence[Field], here: str) -> None:
    """Refuse rows where there are none to be, none where there must be, and rows within rows."""
    if kind.has_rows != bool(inner):
        message = f"{here}: “fields” chỉ dùng và phải có ở loại “group” và “table”."
        raise BadForm(message)
    names = [one.name for one in inner]
    if doubled := next((name for name in names if names.count(name) > 1), ""):
        message = f"{here}: ô “{doubled}” xuất hiện hai lần trong mỗi dòng."
        raise BadForm(message)
    for one in inner:
        if one.kind == FieldKind.FILE or one.computed:
            message = f"{here}: mỗi dòng không chứa tệp hay ô tự tính (“{one.name}”)."
            raise BadForm(message)
        if kind == FieldKind.TABLE and one.kind not in _IN_CELLS:
            message = f"{here}: ô “{one.name}” không đặt vào bảng được; hãy dùng nhóm lặp lại."
            raise BadForm(message)


def _computed(data: Mapping[str, Any], kind: FieldKind, here: str) -> str:
    source = str(data.get("computed", "") or "")
    if not source:
        return ""
    if kind not in _COMPUTABLE:
        message = f"{here}: loại “{kind.words}” không tự tính được."
        raise BadForm(message)
    return _condition(source, here, default="")


def _english(data: Mapping[str, Any], key: str) -> str:
    return str(data.get(f"{key}_en", "") or "").strip()


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
    english = _english(data, "label") if isinstance(data, Mapping) else ""
    return Option(_text(data, "value", where), _text(data, "label", where), english)


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
