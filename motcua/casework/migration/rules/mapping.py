"""What a table means: which column is which field, which old word which of ours; as text."""

import json
from collections.abc import Mapping as Words
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any

from motcua.casework.dossiers.api import Status
from motcua.casework.migration.choices import MAPPED_BY_VALUE, Field
from motcua.casework.procedures.api import FilingChannel
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .scripts import ENCODINGS
from .values import DAY_ORDERS

SKIP = "-"  # rows with this word are left out, and counted
MOST_TEXT = 1_000_000
_REQUIRED = (Field.CODE, Field.PROCEDURE, Field.STATUS, Field.APPLICANT)


@dataclass(frozen=True, slots=True)
class Mapping:
    """One reading of a table.

    `columns` names the heading of each field, `values` says for a field what an old word is with
    us, `defaults` what an empty cell is. `heading` is the number of the row of headings.
    """

    columns: Words[Field, str] = field(default_factory=dict)
    values: Words[Field, Words[str, str]] = field(default_factory=dict)
    defaults: Words[Field, str] = field(default_factory=dict)
    sheet: str = ""
    encoding: str = ""
    heading: int = 1
    day_order: str = "dmy"
    closing: time = time(17, 0)

    def word(self, one: Field, written: str) -> str:
        """Return what a word of the old system is with us, itself where nothing is said."""
        text = tidy(written) or self.defaults.get(one, "")
        return self.values.get(one, {}).get(text.lower(), text)

    def is_mapped(self, one: Field, written: str) -> bool:
        """Say whether somebody has said what the word is."""
        return tidy(written).lower() in self.values.get(one, {})

    def with_values(self, one: Field, words: Words[str, str]) -> "Mapping":
        """Return the mapping with more words of a field."""
        merged = {**self.values.get(one, {}), **{tidy(k).lower(): v for k, v in words.items() if v}}
        return replace(self, values={**self.values, one: merged})


def as_text(mapping: Mapping) -> str:
    """Return the mapping as text that people can read, keep and bring back."""
    plain = {
        "sheet": mapping.sheet,
        "encoding": mapping.encoding,
        "heading": mapping.heading,
        "day_order": mapping.day_order,
        "closing": f"{mapping.closing:%H:%M}",
        "columns": {str(one): mapping.columns[one] for one in mapping.columns},
        "defaults": {str(one): word for one, word in mapping.defaults.items()},
        "values": {str(one): dict(words) for one, words in mapping.values.items()},
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def from_text(text: str) -> Mapping:
    """Return the mapping that a text says. Raises: BadInput naming what is wrong with it."""
    if len(text) > MOST_TEXT:
        raise BadInput("Tệp ghi cột và chữ quá dài.", field="text")
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"Tệp ghi cột và chữ không phải JSON: {error}", field="text") from error
    if not isinstance(plain, dict):
        raise BadInput("Tệp ghi cột và chữ phải là một đối tượng JSON.", field="text")
    mapping = Mapping(
        columns=_fields(plain, "columns"),
        values={one: _lowered(words) for one, words in _fields(plain, "values", dict).items()},
        defaults=_fields(plain, "defaults"),
        sheet=str(plain.get("sheet", "")),
        encoding=str(plain.get("encoding", "")),
        heading=_heading(plain.get("heading", 1)),
        day_order=str(plain.get("day_order", "dmy")),
        closing=read_closing(str(plain.get("closing", "17:00"))),
    )
    check(mapping)
    return mapping


def check(mapping: Mapping) -> None:
    """Raises: BadInput naming the first thing that cannot be meant."""
    if mapping.encoding not in {"", *ENCODINGS, "utf-16-le", "utf-16-be"}:
        raise BadInput(f"Không có bảng mã “{mapping.encoding}”.", field="encoding")
    if mapping.day_order not in DAY_ORDERS:
        raise BadInput(f"Thứ tự ngày “{mapping.day_order}” không có.", field="day_order")
    for one in mapping.values:
        if one not in MAPPED_BY_VALUE:
            raise BadInput(f"Không đổi từng chữ cho “{one.label}”.", field="values")
    closed = {Field.STATUS: set(Status.values), Field.CHANNEL: set(FilingChannel.values)}
    for one, allowed in closed.items():
        for old, ours in mapping.values.get(one, {}).items():
            if ours not in {*allowed, SKIP}:
                words = ", ".join(sorted(allowed))
                words = ", ".join(sorted(allowed))
                message = f"{one.label} “{old}” → “{ours}” không có; dùng: {words}."
                raise BadInput(message, field=str(one))


def lacking(mapping: Mapping) -> list[Field]:
    """Return the fields without which no dossier can be made."""
    return [one for one in _REQUIRED if one not in mapping.columns and one not in mapping.defaults]


def _fields(plain: dict[str, Any], name: str, kind: type[Any] = str) -> dict[Field, Any]:
    given = plain.get(name, {})
    if not isinstance(given, dict):
        raise BadInput(f"“{name}” phải là một đối tượng.", field="text")
    found: dict[Field, Any] = {}
    for key, value in given.items():
        if key not in set(Field):
            raise BadInput(f"“{name}”: không có trường “{key}”.", field="text")
        if not isinstance(value, kind):
            raise BadInput(f"“{name}.{key}” sai kiểu.", field="text")
        if value:
            found[Field(key)] = value
    return found


def _lowered(words: dict[str, Any]) -> dict[str, str]:
    return {tidy(str(old)).lower(): str(ours) for old, ours in words.items() if ours}


def _heading(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= MOST_TEXT:
        raise BadInput("“heading” phải là số thứ tự dòng tiêu đề.", field="heading")
    return given


def read_closing(given: str) -> time:
    """Return when offices close. Raises: BadInput."""
    try:
        return time.fromisoformat(given)
    except ValueError as error:
        raise BadInput("Giờ hết làm việc phải như 17:00.", field="closing") from error
