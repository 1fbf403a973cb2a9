"""What the minutes of a council must say, as lines that a page shows and reads.

“muc_do | Mức độ khuyết tật | nang = Nặng; nhe = Nhẹ”: the name, what is asked, and what is
answered, a line of text unless it is said. What a line cannot say of a field stays as it was.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.forms.api import FieldKind
from motcua.casework.procedures.errors import BadDefinition

from .entries import Entry, entries_of, kept_of

COUNCILS, FINDINGS, RECORDS = "councils", "findings", "records"
PARTS = (COUNCILS, FINDINGS)
MOST_RECORDS = 40
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_KINDS = {
    kind.words.lower(): kind
    for kind in (
        FieldKind.TEXT,
        FieldKind.LONG_TEXT,
        FieldKind.NUMBER,
        FieldKind.MONEY,
        FieldKind.DATE,
        FieldKind.YES_NO,
    )
}
KINDS = tuple(_KINDS)
_OF_ANY_KIND = ("hint", "required")


def councils_in(parts: Mapping[str, Any]) -> list[Entry]:
    """Return the councils of a version, each with what its minutes must say as `records`.

    Raises: BadDefinition for what pages cannot show.
    """
    found = parts.get(FINDINGS) or {}
    if not isinstance(found, Mapping):
        raise BadDefinition("Mục “findings” viết khác thường; hãy sửa ở trang soạn văn bản.")
    entries = entries_of(COUNCILS, parts.get(COUNCILS))
    return [{**one, RECORDS: found.get(one["code"]) or []} for one in entries]


def kept_councils(entries: Sequence[Entry], parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts with these councils; the findings of other steps stay.

    Raises: BadDefinition for two of one step.
    """
    gone = {str(one["code"]) for one in entries_of(COUNCILS, parts.get(COUNCILS))}
    found = {k: v for k, v in (parts.get(FINDINGS) or {}).items() if k not in gone}
    found |= {str(one["code"]): one[RECORDS] for one in entries if one.get(RECORDS)}
    bare = [{k: v for k, v in one.items() if k != RECORDS} for one in entries]
    return {COUNCILS: kept_of(COUNCILS, bare), FINDINGS: found or None}


def record_lines(records: Sequence[Mapping[str, Any]]) -> str:
    """Return what the minutes must say, a line for each field."""
    return "\n".join(_line(one) for one in records)


def _line(field: Mapping[str, Any]) -> str:
    kind = str(field.get("kind", FieldKind.TEXT))
    options = [one for one in field.get("options") or () if isinstance(one, Mapping)]
    told = "; ".join(f"{one.get('value')} = {one.get('label')}" for one in options)
    if not told and kind != FieldKind.TEXT:
        known = {str(value): words for words, value in _KINDS.items()}
        told = known.get(kind, kind)
    return " | ".join(filter(None, [str(field.get("name", "")), str(field.get("label", "")), told]))


def read_records(text: str, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the fields that lines say, on top of what they were.

    Raises: BadDefinition naming the line.
    """
    known = {str(one.get("name")): one for one in before}
    rows = [row for row in text.splitlines() if row.strip()]
    if len(rows) > MOST_RECORDS:
        raise BadDefinition(f"Biên bản hỏi nhiều nhất {MOST_RECORDS} điều.")
    found = [_read(number, row, known) for number, row in enumerate(rows, start=1)]
    names = [str(one["name"]) for one in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise BadDefinition(f"Ô “{twice}” ghi hai lần.")
    return found


def _read(number: int, row: str, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    name, label, told = ([part.strip() for part in row.split("|", 2)] + ["", ""])[:3]
    if not _NAME.fullmatch(name) or not label:
        message = f"Dòng {number}: hãy ghi “ten_o | Điều phải ghi”; tên ô là chữ thường không dấu."
        raise BadDefinition(message)
    before = dict(known.get(name, {}))
    if before and _line(before).split(" | ")[2:] == [told] * bool(told):
        return {**before, "label": label}  # what is answered stays as it was
    kept = {k: v for k, v in before.items() if k in _OF_ANY_KIND}
    return {**kept, "name": name, "label": label, **_answered(number, told)}


def _answered(number: int, told: str) -> dict[str, Any]:
    """Return kind and options as the third part of a line says them. Raises: BadDefinition."""
    if not told:
        return {}
    if told.lower() in _KINDS:
        return {"kind": str(_KINDS[told.lower()])}
    pairs = [one.partition("=") for one in told.split(";") if one.strip()]
    options = [{"value": value.strip(), "label": label.strip()} for value, _, label in pairs]
    values = [one["value"] for one in options]
    is_said = all(one["value"] and one["label"] for one in options)
    if not is_said or len(options) == 1 or len(set(values)) < len(values):
        kinds = ", ".join(f"“{one}”" for one in KINDS)
        message = (
            f"Dòng {number}: phần thứ ba là loại ô ({kinds}) hoặc từ hai lựa chọn khác nhau như"
            " “nang = Nặng; nhe = Nhẹ”."
        )
        raise BadDefinition(message)
    return {"kind": str(FieldKind.CHOICE), "options": options}
