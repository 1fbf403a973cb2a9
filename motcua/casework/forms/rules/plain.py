"""A form as plain data, the way `parse_form` reads it: what is as usual is left out."""

from dataclasses import MISSING, fields
from typing import Any

from motcua.casework.forms.choices import FieldKind

from .shape import Field, Form, Option, Page

Data = dict[str, Any]
_ALWAYS = {"name", "kind", "label", "title", "value"}
_CONDITIONS = {"required", "show_when"}
_TRUTHS = {"true": True, "false": False}


def data_of(form: Form) -> Data:
    """Return the data of a form: `parse_form` of it is the same form."""
    head = {"code": form.code, "title": form.title}
    if form.title_en:
        head["title_en"] = form.title_en
    return {**head, "pages": [_part(page) for page in form.pages]}


def field_data(field: Field) -> Data:
    """Return the data of one field."""
    return _part(field)


def _part(part: Page | Field | Option) -> Data:
    found: Data = {}
    for one in fields(part):
        value = getattr(part, one.name)
        usual = one.default if one.default is not MISSING else None
        if one.name in _ALWAYS or value != usual:
            found[one.name] = _value(one.name, value)
    return found


def _value(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [_part(one) for one in value]
    if isinstance(value, FieldKind):
        return str(value)
    return _TRUTHS.get(value, value) if name in _CONDITIONS else value
