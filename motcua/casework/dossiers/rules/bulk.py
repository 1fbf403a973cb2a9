"""Between a form and the columns of a spreadsheet in which each row is one dossier.

Source: docs/law/further-procedures.md
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.forms.api import Field, FieldKind, Form, clean_answers
from motcua.lib.errors import BadInput
from motcua.lib.sheets import SheetRow
from motcua.lib.text import fold
from motcua.lib.tongue import said

MOST_ROWS = 100
_NO_COLUMN = frozenset({FieldKind.FILE, FieldKind.DECLARATION, FieldKind.TABLE, FieldKind.CHOICES})
_NEEDS_A_PAGE = frozenset({FieldKind.PLACE, FieldKind.MAP_POINT})
# Spreadsheets take the zeros from the front of what looks like a number to them.
_LENGTHS = {FieldKind.PHONE: 10, FieldKind.PERSONAL_ID: 12, FieldKind.TAX_CODE: 10}
_YES = {"co": "true", "x": "true", "khong": "false"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field behind it, and the group the field stands in."""

    title: str
    field: Field
    group: Field | None = None

    @property
    def path(self) -> str:
        """Return how complaints name the answer of this column."""
        return f"{self.group.name}.0.{self.field.name}" if self.group else self.field.name

    def answer_of(self, answers: Mapping[str, Any]) -> Any:
        """Return what stands in this column for these answers."""
        if self.group is None:
            return answers.get(self.field.name)
        rows = answers.get(self.group.name) or [{}]
        return rows[0].get(self.field.name)


def columns_of(form: Form) -> list[Column]:
    """Return the columns a spreadsheet has for a form; a group gives its first row."""
    return list(_columns(form))


def _columns(form: Form) -> Iterator[Column]:
    for one in form.all_fields():
        if one.computed or one.kind in _NO_COLUMN:
            continue
        if one.kind == FieldKind.GROUP:
            inside = [inner for inner in one.fields if not inner.computed]
            yield from (Column(inner.label, inner, one) for inner in inside)
        else:
            yield Column(one.label, one)


def takes_sheets(form: Form | None) -> bool:
    """Say whether a row of a spreadsheet can answer a form: nothing in it needs a page."""
    if form is None:
        return False
    fields = [inner for one in form.all_fields() for inner in (one, *one.fields)]
    must = [one for one in fields if one.required == "true" or one.kind in _NEEDS_A_PAGE]
    titles = [fold(column.title) for column in columns_of(form)]
    is_clear = len(titles) == len(set(titles))
    stuck = _NEEDS_A_PAGE | {FieldKind.FILE, FieldKind.TABLE, FieldKind.CHOICES}
    return bool(titles) and is_clear and not any(one.kind in stuck for one in must)


def rows_of(
    form: Form, sheet: Sequence[SheetRow], pattern: Mapping[str, Any]
) -> list[tuple[int, dict[str, Any]]]:
    """Return the answers of each row with its number; an empty cell keeps what the pattern says.

    Raises: BadInput for headings that are missing or strange, and for a sheet without rows.
    """
    if len(sheet) < 2:  # noqa: PLR2004 -- the headings and one row
        raise BadInput(said("Bảng chưa có dòng nào dưới dòng tiêu đề."), field="file")
    places = _places(columns_of(form), sheet[0])
    return [(row.number, _answers(row, places, pattern)) for row in sheet[1:]]


def _places(columns: Sequence[Column], head: SheetRow) -> dict[int, Column]:
    known = {fold(column.title): column for column in columns}
    titles = [fold(cell) for cell in head.cells]
    strange = [cell for cell in head.cells if cell and fold(cell) not in known]
    if strange:
        names = "; ".join(f"“{one}”" for one in strange[:5])
        raise BadInput(
            said("Cột không có trong mẫu: %(names)s. Hãy dùng dòng tiêu đề của mẫu.", names=names),
            field="file",
        )
    twice = sorted({one for one in titles if one and titles.count(one) > 1})
    if twice:
        raise BadInput(
            said("Cột “%(title)s” có hai lần.", title=known[twice[0]].title), field="file"
        )
    missing = [
        column.title
        for column in columns
        if column.field.required == "true" and fold(column.title) not in titles
    ]
    if missing:
        names = "; ".join(f"“{one}”" for one in missing[:5])
        raise BadInput(said("Bảng thiếu cột: %(names)s.", names=names), field="file")
    return {place: known[title] for place, title in enumerate(titles) if title}


def _answers(
    row: SheetRow, places: Mapping[int, Column], pattern: Mapping[str, Any]
) -> dict[str, Any]:
    answers = dict(pattern)
    inside: dict[str, dict[str, Any]] = {}
    for place, column in places.items():
        typed = row.cells[place] if place < len(row.cells) else ""
        if not typed:
            continue
        said = clean_answers([column.field], {column.field.name: _said(column, typed, place, row)})
        if column.group is None:
            answers |= said
        else:
            inside.setdefault(column.group.name, {}).update(said)
    for name, said in inside.items():
        answers[name] = [said]
    return answers


def _said(column: Column, typed: str, place: int, row: SheetRow) -> str:
    kind = column.field.kind
    if kind == FieldKind.YES_NO:
        return _YES.get(fold(typed), typed)
    if kind == FieldKind.CHOICE:
        labels = {fold(one.label): one.value for one in column.field.options}
        return labels.get(fold(typed), typed)
    is_short = place in row.numeric and kind in _LENGTHS and typed.isdecimal()
    return typed.zfill(_LENGTHS[kind]) if is_short else typed


def title_of(columns: Sequence[Column], path: str) -> str:
    """Return the heading of the column a complaint is about; empty for what is no column."""
    return next((one.title for one in columns if path in (one.path, one.field.name)), "")
