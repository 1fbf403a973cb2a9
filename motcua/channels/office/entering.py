"""Fields of an electronic form that an officer fills in: what is typed into an outcome."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms as django_forms

from motcua.casework.forms import api as forms
from motcua.casework.forms.api import Field, FieldKind
from motcua.channels.kit.fields import LongTextField, RadioField, TextField

_LONGEST = 2000
_YES_NO = (("true", "Có"), ("false", "Không"))
_DIGITS = frozenset(
    {
        FieldKind.NUMBER,
        FieldKind.MONEY,
        FieldKind.PERSONAL_ID,
        FieldKind.TAX_CODE,
        FieldKind.PHONE,
    }
)


def input_for(field: Field) -> django_forms.Field:
    """Return the input of one field; what is typed is checked by the form's own rules."""
    make = _INPUTS.get(field.kind, _line)
    return make(field)


def complaints_of(fields: Sequence[Field], typed: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with what was typed, by field."""
    return forms.check_fields(fields, forms.clean_answers(fields, typed))


def _line(field: Field) -> django_forms.Field:
    look = {"inputmode": "numeric", "width": "20"} if field.kind in _DIGITS else {}
    if field.decimals:
        look["inputmode"] = "decimal"
    return TextField(
        label=field.label,
        help_text=field.hint,
        required=False,
        max_length=field.max_length or _LONGEST,
        look=look,
    )


def _lines(field: Field) -> django_forms.Field:
    return LongTextField(
        label=field.label, help_text=field.hint, required=False, max_length=_LONGEST
    )


def _choice(field: Field) -> django_forms.Field:
    options = [(one.value, one.label) for one in field.options] or _YES_NO
    return RadioField(label=field.label, required=False, choices=options)


_INPUTS: Mapping[FieldKind, Callable[[Field], django_forms.Field]] = {
    FieldKind.LONG_TEXT: _lines,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _choice,
}
