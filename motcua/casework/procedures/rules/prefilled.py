"""Answers that a renewal brings along, as lines that a page shows and reads: “cap_lai = có”."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motcua.casework.forms.api import Field, FieldKind, check_fields, clean_answers
from motcua.casework.procedures.errors import BadDefinition
from motcua.lib.text import tidy

MOST_ANSWERS = 40
_TRUE = {"có": True, "không": False, "true": True, "false": False}
_BY_APPLICANT = frozenset({FieldKind.FILE, FieldKind.DECLARATION, FieldKind.GROUP, FieldKind.TABLE})
Fields = Mapping[str, Field]


def answer_lines(answers: Any) -> str:
    """Return the answers, a line for each."""
    known = answers if isinstance(answers, Mapping) else {}
    return "\n".join(_line(str(name), value) for name, value in known.items())


def _line(name: str, value: Any) -> str:
    return tidy(f"{name} = {_told(value)}")


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return "; ".join(str(one) for one in value)
    told = "" if value is None else str(value)
    is_one_line = not isinstance(value, list | dict) and "\n" not in told
    return told if is_one_line else json.dumps(value, ensure_ascii=False, default=str)


def read_answers(text: str, before: Any, fields: Fields | None) -> dict[str, Any]:
    """Return the answers that lines say; a line that is as before keeps its answer.

    `fields` are those of the form by name, None while it cannot be read.
    Raises: BadDefinition naming the line.
    """
    rows = [tidy(row) for row in text.splitlines() if row.strip()]
    if len(rows) > MOST_ANSWERS:
        raise BadDefinition(f"Điền sẵn nhiều nhất {MOST_ANSWERS} ô.")
    known = before if isinstance(before, Mapping) else {}
    kept = {_line(str(name), value): (str(name), value) for name, value in known.items()}
    found: dict[str, Any] = {}
    for at, row in enumerate(rows, start=1):
        name = row.partition("=")[0].strip()
        field = _field(f"Dòng {at}", name, row, fields)
        if name in found:
            raise BadDefinition(f"Dòng {at}: ô “{name}” ghi hai lần.")
        found[name] = kept[row][1] if row in kept else _read(f"Dòng {at}", row, field)
    return found


def _field(where: str, name: str, row: str, fields: Fields | None) -> Field | None:
    if "=" not in row or not name:
        raise BadDefinition(f"{where}: hãy ghi “ten_o = câu trả lời”, như cap_lai = có.")
    if fields is not None and name not in fields:
        raise BadDefinition(f"{where}: tờ khai không có ô “{name}”.")
    return fields[name] if fields is not None else None


def _read(where: str, row: str, field: Field | None) -> Any:
    """Return what a line answers. Raises: BadDefinition."""
    if field is None:
        raise BadDefinition(
            "Tờ khai đang có chỗ sai nên chưa điền sẵn được; hãy sửa tờ khai trước."
        )
    if field.computed or field.kind in _BY_APPLICANT:
        what = "tự tính" if field.computed else field.kind.words.lower()
        raise BadDefinition(f"{where}: ô “{field.name}” ({what}) không điền sẵn được.")
    typed = row.partition("=")[2].strip()
    value = clean_answers([field], {field.name: _typed(field, typed, where)}).get(field.name)
    wrong = check_fields([replace(field, show_when="", required="true")], {field.name: value})
    if wrong:
        options = ", ".join(option.value for option in field.options)
        told = f" Mục dùng được: {options}." if options else ""
        raise BadDefinition(f"{where}: {next(iter(wrong.values()))}{told}")
    return value


def _typed(field: Field, typed: str, where: str) -> Any:
    if field.kind == FieldKind.YES_NO:
        if typed.lower() not in _TRUE:
            raise BadDefinition(f"{where}: ô “{field.name}” hỏi có / không; hãy ghi có hoặc không.")
        return _TRUE[typed.lower()]
    if field.kind == FieldKind.CHOICES:
        return [_value(field, one.strip()) for one in typed.split(";") if one.strip()]
    return _value(field, typed)


def _value(field: Field, typed: str) -> str:
    """Return the value of what is chosen by its value or by its words."""
    by_words = {option.label.casefold(): option.value for option in field.options}
    return by_words.get(typed.casefold(), typed)
