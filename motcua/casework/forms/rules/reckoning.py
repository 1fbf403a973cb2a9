"""What a form reckons by itself from the other answers."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.casework.forms.choices import FieldKind
from motcua.lib.expressions import compile_expression, exactly

from .numbers import rounded
from .references import reckoned_in_order
from .shape import Field, Form

Answers = Mapping[str, Any]
LARGEST = 10**15
LONGEST = 500


def with_reckoned(form: Form, answers: Answers) -> dict[str, Any]:
    """Return the answers with every reckoned field set anew; what cannot be reckoned is left out.

    What was sent for such a field does not count.
    """
    found = dict(answers)
    for field in reckoned_in_order(form):
        value = reckon(field, found)
        found.pop(field.name, None)
        if value is not None:
            found[field.name] = value
    return found


def reckon(field: Field, answers: Answers) -> Any:
    """Return the value of a reckoned field in the shape of its kind; None if it has none."""
    value = exactly(compile_expression(field.computed)(answers))
    if field.kind in {FieldKind.NUMBER, FieldKind.MONEY}:
        return _number(value, field.decimals)
    if field.kind == FieldKind.YES_NO:
        return value if isinstance(value, bool) else None
    if field.kind == FieldKind.DATE:
        return _day(value)
    return _text(value)


def _number(value: Any, decimals: int) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    return rounded(exact, decimals) if abs(exact) <= LARGEST else None


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, str | int | Decimal | date):
        return str(value)[:LONGEST] or None
    return None
