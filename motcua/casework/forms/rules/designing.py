"""A form while it is being designed: plain data, changed step by step, perhaps still wrong.

Each change returns new data; a part that is not there any more is refused with a sentence, and so
is one that somebody else has changed since it was seen.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from hashlib import sha256
from typing import Any

from motcua.casework.forms.choices import FieldKind
from motcua.casework.forms.errors import BadForm, FormMoved
from motcua.lib.canonical import canonical
from motcua.lib.text import fold

from .definition import parse_form
from .references import MOST_FIELDS

Data = dict[str, Any]
MOST_PAGES = 40
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_FIRST_OPTIONS = [{"value": "mot", "label": "Mục một"}, {"value": "hai", "label": "Mục hai"}]


def blank_form(code: str, title: str) -> Data:
    """Return the form with which somebody begins: one page that asks for a name."""
    name = {"name": "ho_ten", "label": "Họ, chữ đệm và tên", "prefill": "person.full_name"}
    return {"code": code, "title": title, "pages": [{"title": "Người đề nghị", "fields": [name]}]}


def complaint_about(data: Any) -> str:
    """Return what is still wrong with a form; nothing if it can be used."""
    if not isinstance(data, Mapping):
        return "Tờ khai phải là một bảng gồm “code”, “title” và “pages”."
    try:
        parse_form(data)
    except BadForm as error:
        return str(error)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return f"Có mục ghi sai kiểu dữ liệu: {error}."
    return ""


def pages_in(data: Any) -> list[Data]:
    """Return the pages as far as they can be read; what is no page is left out."""
    pages = data.get("pages") if isinstance(data, Mapping) else None
    return [one for one in pages or () if isinstance(one, dict)] if isinstance(pages, list) else []


def fields_in(part: Mapping[str, Any]) -> list[Data]:
    """Return the fields of a page or of a field with rows, as far as they can be read."""
    fields = part.get("fields")
    return [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []


def mark_of(part: Any) -> str:
    """Return the mark by which it is known whether a part was changed since it was seen."""
    return sha256(canonical(_plain(part))).hexdigest()[:16]


def _plain(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_plain(one) for one in part]
    return part if part is None or isinstance(part, bool | int) else str(part)


def find_field(data: Any, path: str) -> Data | None:
    """Return the field called “name”, or “rows/name” inside one with rows."""
    found = _spot(data, path)
    return found[0][found[1]] if found else None


def _spot(data: Any, path: str) -> tuple[list[Data], int] | None:
    """Return the list in which a field stands, and where."""
    outer, _, inner = path.partition("/")
    for page in pages_in(data):
        for at, field in enumerate(fields_in(page)):
            if field.get("name") != outer:
                continue
            if not inner:
                page["fields"] = fields_in(page)
                return page["fields"], at
            rows = field["fields"] = fields_in(field)
            places = [n for n, one in enumerate(rows) if one.get("name") == inner]
            return (rows, places[0]) if places else None
    return None


def _there(data: Data, path: str) -> tuple[list[Data], int]:
    found = _spot(data, path)
    if found is None:
        message = f"Ô “{path}” không còn trong tờ khai: có người đã bỏ hoặc đổi tên ô này."
        raise FormMoved(message)
    return found


def put_field(data: Data, path: str, values: Mapping[str, Any], *, seen: str) -> Data:
    """Return the form with what one field says; its rows stay.

    Raises: FormMoved if it was changed since it was seen, BadForm for a name that is taken.
    """
    data = deepcopy(data)
    fields, at = _there(data, path)
    if mark_of(fields[at]) != seen:
        message = "Có người vừa sửa ô này. Phần ông/bà đã gõ vẫn ở dưới; hãy xem rồi lưu lại."
        raise FormMoved(message)
    others = fields[:at] + fields[at + 1 :] if "/" in path else _others(data, path)
    if values.get("name") in {one.get("name") for one in others}:
        message = f"Tên “{values['name']}” đã dùng cho ô khác; hãy đặt tên khác."
        raise BadForm(message, field="name")
    kept = {"fields": fields[at]["fields"]} if "fields" in fields[at] else {}
    if FieldKind(values["kind"]).has_rows:
        fields[at] = {**values, **(kept or {"fields": [_new("cot_1", FieldKind.TEXT)]})}
    else:
        fields[at] = dict(values)
    return data


def _others(data: Data, path: str) -> list[Data]:
    return [one for one in _all(data) if one.get("name") != path]


def _all(data: Any) -> Iterator[Data]:
    for page in pages_in(data):
        yield from fields_in(page)


def put_page(data: Data, at: int, values: Mapping[str, Any], *, seen: str) -> Data:
    """Return the form with what one page says of itself. Raises: FormMoved."""
    data = deepcopy(data)
    page = _page(data, at)
    if mark_of(_head(page)) != seen:
        message = "Có người vừa sửa trang này. Phần ông/bà đã gõ vẫn ở dưới; hãy xem rồi lưu lại."
        raise FormMoved(message)
    data["pages"][at] = {**values, "fields": fields_in(page)}
    return data


def page_mark(data: Any, at: int) -> str:
    """Return the mark of what a page says of itself, its fields left out. Raises: FormMoved."""
    return mark_of(_head(_page(data, at)))


def _head(page: Data) -> Data:
    return {key: value for key, value in page.items() if key != "fields"}


def page_at(data: Any, at: int) -> Data:
    """Return the page. Raises: FormMoved if there is none."""
    return _page(data, at)


def _page(data: Any, at: int) -> Data:
    pages = pages_in(data)
    if not 0 <= at < len(pages):
        message = "Trang này không còn trong tờ khai: có người đã bỏ trang."
        raise FormMoved(message)
    if isinstance(data, dict):
        data["pages"] = pages
    return pages[at]


def put_head(data: Data, values: Mapping[str, Any]) -> Data:
    """Return the form with its own code and title."""
    return {**values, "pages": data.get("pages", []), **_kept(data)}


def _kept(data: Data) -> Data:
    return {"samples": data["samples"]} if data.get("samples") else {}


def add_page(data: Data, at: int) -> Data:
    """Return the form with one more page behind the page `at`; it asks one thing already."""
    data = deepcopy(data)
    pages = data["pages"] = pages_in(data)
    if len(pages) >= MOST_PAGES:
        message = f"Tờ khai có nhiều nhất {MOST_PAGES} trang."
        raise BadForm(message)
    field = _new(_free(data, "o_moi"), FieldKind.TEXT)
    place = min(at + 1, len(pages))
    pages.insert(place, {"title": f"Trang {len(pages) + 1}", "fields": [field]})
    return data


def add_field(data: Data, kind: FieldKind, *, page: int, rows: str = "") -> tuple[Data, str]:
    """Return the form with one more field at the end of a page or in rows, and its path."""
    data = deepcopy(data)
    if sum(1 + len(fields_in(one)) for one in _all(data)) >= MOST_FIELDS:
        message = f"Biểu mẫu có quá {MOST_FIELDS} ô; hãy chia thành nhiều biểu mẫu."
        raise BadForm(message)
    if rows:
        fields, at = _there(data, rows)
        inside = fields[at]["fields"] = fields_in(fields[at])
        name = _free_in({str(one.get("name")) for one in inside}, "cot")
        inside.append(_new(name, kind))
        return data, f"{rows}/{name}"
    target = _page(data, page)
    name = _free(data, str(kind))
    target["fields"] = [*fields_in(target), _new(name, kind)]
    return data, name


def _new(name: str, kind: FieldKind) -> Data:
    field: Data = {"name": name, "kind": str(kind), "label": kind.words}
    if kind in {FieldKind.CHOICE, FieldKind.CHOICES}:
        field["options"] = deepcopy(_FIRST_OPTIONS)
    if kind.has_rows:
        field["fields"] = [{"name": "cot_1", "kind": "text", "label": "Cột 1"}]
    if kind == FieldKind.PLACE:
        field["as_of"] = "today"
    if kind == FieldKind.DECLARATION:
        field["label"] = "Tôi cam đoan những điều khai trên là đúng sự thật"
    return field


def _free(data: Any, wish: str) -> str:
    return _free_in({str(one.get("name")) for one in _all(data)}, wish)


def _free_in(taken: set[str], wish: str) -> str:
    number = 1
    while f"{wish}_{number}" in taken:
        number += 1
    return f"{wish}_{number}"


def name_from(label: str) -> str:
    """Return a name made from a label: small letters without marks, digits, underscores."""
    name = _NOT_NAME.sub("_", fold(label)).strip("_")[:60].rstrip("_")
    return name if name[:1].isalpha() else f"o_{name}".rstrip("_")


def drop_field(data: Data, path: str) -> Data:
    """Return the form without the field. Raises: FormMoved."""
    data = deepcopy(data)
    fields, at = _there(data, path)
    del fields[at]
    return data


def copy_field(data: Data, path: str) -> Data:
    """Return the form with the same field once more behind it, under a free name."""
    data = deepcopy(data)
    fields, at = _there(data, path)
    taken = {str(one.get("name")) for one in (fields if "/" in path else _all(data))}
    twin = deepcopy(fields[at])
    twin["name"] = _free_in(taken, str(twin.get("name"))[:50])
    fields.insert(at + 1, twin)
    return data


def move_field(data: Data, path: str, by: int) -> Data:
    """Return the form with the field one place up or down; past an edge it changes the page."""
    data = deepcopy(data)
    fields, at = _there(data, path)
    if 0 <= at + by < len(fields):
        fields.insert(at + by, fields.pop(at))
    elif "/" not in path:
        pages = pages_in(data)
        home = next(n for n, page in enumerate(pages) if page["fields"] is fields)
        if 0 <= home + by < len(pages):
            there = pages[home + by]["fields"] = fields_in(pages[home + by])
            there.insert(len(there) if by < 0 else 0, fields.pop(at))
    return data


def _drop_page(data: Data, at: int) -> Data:
    _page(data, at)
    del data["pages"][at]
    return data


def _move_page(data: Data, at: int, by: int) -> Data:
    _page(data, at)
    pages = data["pages"]
    if 0 <= at + by < len(pages):
        pages.insert(at + by, pages.pop(at))
    return data


_PAGE_ACTS: Mapping[str, Callable[[Data, int], Data]] = {
    "page-drop": _drop_page,
    "page-up": lambda data, at: _move_page(data, at, -1),
    "page-down": lambda data, at: _move_page(data, at, 1),
}
_FIELD_ACTS: Mapping[str, Callable[[Data, str], Data]] = {
    "drop": drop_field,
    "copy": copy_field,
    "up": lambda data, path: move_field(data, path, -1),
    "down": lambda data, path: move_field(data, path, 1),
}
FIELD_ACTS: Sequence[str] = tuple(_FIELD_ACTS)


def act_on_field(data: Data, act: str, path: str) -> Data:
    """Return the form after a button of a field: drop, copy, up, down. Raises: FormMoved."""
    return _FIELD_ACTS[act](data, path) if act in _FIELD_ACTS else data


def act_on_page(data: Data, act: str, at: int, *, seen: str) -> Data:
    """Return the form after a button of a page. Raises: FormMoved if it is another page by now."""
    if page_mark(data, at) != seen:
        message = "Thứ tự các trang vừa được người khác đổi; hãy xem lại rồi làm tiếp."
        raise FormMoved(message)
    return _PAGE_ACTS[act](deepcopy(data), at) if act in _PAGE_ACTS else data
