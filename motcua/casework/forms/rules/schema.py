"""The JSON Schema of a form's answers, for the interface and for the last check at filing."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.casework.forms.choices import FieldKind

from .places import PLACE
from .points import POINT
from .shape import Field, Form

Schema = dict[str, Any]
LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 5000
LARGEST = 10**15
MOST_GROUPS = 50
_PATTERNS: Mapping[FieldKind, str] = {
    FieldKind.PERSONAL_ID: r"^(\d{9}|\d{12})$",
    FieldKind.TAX_CODE: r"^\d{10}(-\d{3})?$|^\d{12}$",
    FieldKind.PHONE: r"^0\d{9,10}$",
    FieldKind.EMAIL: r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    FieldKind.DATE: r"^\d{4}-\d{2}-\d{2}$",
    FieldKind.MAP_POINT: POINT,
}


def schema_of(form: Form) -> Schema:
    """Return the schema (2020-12) that complete answers must satisfy.

    Fields that may be hidden are optional here; conditions are checked by `check_answers`.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title,
        **_object([field for page in form.pages for field in page.fields]),
    }


def _object(fields: list[Field]) -> Schema:
    fields = [one for one in fields if one.kind != FieldKind.FILE]
    always = [f.name for f in fields if _is_always_there(f)]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {f.name: _property(f) for f in fields},
        "required": always,
    }


def _is_always_there(field: Field) -> bool:
    return field.required == "true" and not field.show_when and not field.computed


def _property(field: Field) -> Schema:
    return {"title": field.label, **_SHAPES.get(field.kind, _text)(field)}


def _text(field: Field) -> Schema:
    return {"type": "string", "maxLength": field.max_length or LONGEST_TEXT, "minLength": 1}


def _long_text(field: Field) -> Schema:
    return {"type": "string", "maxLength": field.max_length or LONGEST_LONG_TEXT, "minLength": 1}


def _patterned(field: Field) -> Schema:
    return {"type": "string", "pattern": _PATTERNS[field.kind]}


def _place(field: Field) -> Schema:
    return {"type": "string", "pattern": PLACE} if field.as_of else _text(field)


def _number(field: Field) -> Schema:
    low = 0 if field.minimum is None else field.minimum
    high = LARGEST if field.maximum is None else field.maximum
    limits = {"minimum": low, "maximum": high}
    if field.decimals:
        return {"type": "number", "multipleOf": 10**-field.decimals, **limits}
    return {"type": "integer", **limits}


def _choice(field: Field) -> Schema:
    return {"type": "string", "enum": [o.value for o in field.options]}


def _choices(field: Field) -> Schema:
    return {"type": "array", "uniqueItems": True, "items": _choice(field)}


def _yes_no(_: Field) -> Schema:
    return {"type": "boolean"}


def _declaration(_: Field) -> Schema:
    return {"const": True}


def _group(field: Field) -> Schema:
    return {
        "type": "array",
        "minItems": 0 if field.minimum is None else field.minimum,
        "maxItems": MOST_GROUPS if field.maximum is None else field.maximum,
        "items": _object(list(field.fields)),
    }


_SHAPES: Mapping[FieldKind, Callable[[Field], Schema]] = {
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _number,
    FieldKind.DATE: _patterned,
    FieldKind.PLACE: _place,
    FieldKind.MAP_POINT: _patterned,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.PERSONAL_ID: _patterned,
    FieldKind.TAX_CODE: _patterned,
    FieldKind.PHONE: _patterned,
    FieldKind.EMAIL: _patterned,
    FieldKind.DECLARATION: _declaration,
    FieldKind.GROUP: _group,
    FieldKind.TABLE: _group,
}
