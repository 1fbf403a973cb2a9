"""A fee table as a grid of texts: read from a form, changed by buttons, made a table again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from motcua.casework.fees import api as fees
from motcua.channels.kit.words import number
from motcua.lib.decisions import (
    Aggregation,
    HitPolicy,
    Input,
    Kind,
    Output,
    Rule,
    Table,
)
from motcua.lib.text import whole_number

MOST_ROWS, MOST_COLUMNS = 500, 40
LONGEST = 2_000
ASKS, ANSWERS, NOTES = "in", "out", "note"
SIDES = {ASKS: "Cột hỏi", ANSWERS: "Cột trả lời", NOTES: "Cột ghi chú"}
KINDS = [
    (Kind.WHOLE.value, "Số nguyên"),
    (Kind.NUMBER.value, "Số"),
    (Kind.TEXT.value, "Chữ"),
    (Kind.TRUTH.value, "Có hoặc không"),
    (Kind.DAY.value, "Ngày"),
    (Kind.LIST.value, "Danh sách"),
]
POLICIES = [
    (HitPolicy.UNIQUE.value, "Mỗi trường hợp đúng một hàng (UNIQUE)"),
    (HitPolicy.FIRST.value, "Hàng đầu tiên khớp (FIRST)"),
    (HitPolicy.PRIORITY.value, "Theo thứ tự ưu tiên của kết quả (PRIORITY)"),
    (HitPolicy.ANY.value, "Nhiều hàng được, phải trả lời như nhau (ANY)"),
    (f"{HitPolicy.COLLECT.value}:{Aggregation.SUM.value}", "Cộng mọi hàng khớp (COLLECT SUM)"),
    (f"{HitPolicy.COLLECT.value}:{Aggregation.MAX.value}", "Mức cao nhất (COLLECT MAX)"),
    (f"{HitPolicy.COLLECT.value}:{Aggregation.MIN.value}", "Mức thấp nhất (COLLECT MIN)"),
]
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TRUTHS = {"có": "true", "đúng": "true", "không": "false", "sai": "false"}
_TESTS = re.compile(r'[-"?(\[]|not\b|null\b|@|list\b|contains\b|[<>=!]|if\b|min\b|max\b')


@dataclass(slots=True)
class Column:
    """One column: on which side, what it asks or is called, what it holds."""

    side: str
    name: str = ""
    label: str = ""
    kind: Kind = Kind.TEXT
    allowed: str = ""
    default: str = ""

    @property
    def words(self) -> str:
        """Return what stands at its head."""
        return self.label or self.name

    @property
    def side_words(self) -> str:
        """Return on which side it stands."""
        return SIDES[self.side]


@dataclass(slots=True)
class Grid:
    """A table as it is being written: texts only; asked columns first, notes last."""

    id: str
    name: str
    policy: str = HitPolicy.UNIQUE.value
    columns: list[Column] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    needs: tuple[str, ...] = ()

    @property
    def heads(self) -> list[tuple[str]]:
        """Return the words at the head of the columns."""
        return [(one.words,) for one in self.columns]

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Return the columns to choose one from."""
        return [(place, one.words or one.side_words) for place, one in enumerate(self.columns)]

    @property
    def read(self) -> list[list[tuple[Column, str]]]:
        """Return the rows as people read them, each cell with its column."""
        return [
            [
                (column, cell_words(cell, column))
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    def places(self, side: str) -> list[int]:
        """Return where the columns of one side stand."""
        return [place for place, one in enumerate(self.columns) if one.side == side]


def grid_of(table: Table) -> Grid:
    """Return a table as a grid."""
    policy = table.hit_policy.value
    if table.aggregation != Aggregation.LIST:
        policy = f"{policy}:{table.aggregation.value}"
    columns = [
        *(Column(ASKS, one.expression, one.label, one.kind, one.allowed) for one in table.inputs),
        *(
            Column(ANSWERS, one.name, one.label, one.kind, one.allowed, one.default)
            for one in table.outputs
        ),
        *(Column(NOTES, name) for name in table.annotations),
    ]
    width = len(table.annotations)
    rows = [
        [*one.inputs, *one.outputs, *(*one.notes, *("" for _ in range(width)))[:width]]
        for one in table.rules
    ]
    return Grid(
        table.id, table.name, policy, columns, rows, [one.id for one in table.rules], table.needs
    )


def table_of(grid: Grid) -> Table:
    """Return the grid as a table; it may still be wrong."""
    policy, _, aggregation = grid.policy.partition(":")
    asks, answers = len(grid.places(ASKS)), len(grid.places(ANSWERS))
    return Table(
        id=grid.id,
        name=grid.name,
        inputs=tuple(
            Input(one.name, one.kind, one.label, one.allowed)
            for one in grid.columns
            if one.side == ASKS
        ),
        outputs=tuple(
            Output(one.name, one.kind, one.label, one.allowed, one.default)
            for one in grid.columns
            if one.side == ANSWERS
        ),
        rules=tuple(
            Rule(
                tuple(row[:asks]),
                tuple(row[asks : asks + answers]),
                tuple(row[asks + answers :]),
                id_,
            )
            for row, id_ in zip(grid.rows, grid.ids, strict=True)
        ),
        hit_policy=HitPolicy(policy),
        aggregation=Aggregation(aggregation),
        annotations=tuple(one.name for one in grid.columns if one.side == NOTES),
        needs=grid.needs,
    )


def blank(code: str, name: str) -> Table:
    """Return the table with which somebody begins: one amount for everybody."""
    columns = [
        Column(ASKS, "ho_ngheo", "Hộ nghèo", Kind.TRUTH),
        Column(ANSWERS, fees.AMOUNT, "Mức thu (đồng)", Kind.WHOLE),
        Column(ANSWERS, fees.REASON, "Lý do", Kind.TEXT),
        Column(NOTES, fees.BASIS),
    ]
    rows = [["true", "0", '"Hộ nghèo được miễn"', ""], ["not(true)", "", "-", ""]]
    return table_of(Grid(code, name, columns=columns, rows=rows, ids=["", ""]))


def read_grid(data: QueryDict) -> Grid:
    """Return what a form says of the table."""
    width = _count(data, "width", MOST_COLUMNS)
    columns = [_column(data, place) for place in range(width)]
    columns.sort(key=lambda one: list(SIDES).index(one.side))
    policy = data.get("policy", "")
    grid = Grid(
        clean(data.get("table_id", "")),
        clean(data.get("table_name", "")),
        policy if policy in dict(POLICIES) else HitPolicy.UNIQUE.value,
        columns,
        needs=tuple(data.getlist("needs")),
    )
    for row in range(_count(data, "height", MOST_ROWS)):
        grid.rows.append(
            [typed(data.get(f"c-{row}-{place}", ""), one) for place, one in enumerate(columns)]
        )
        grid.ids.append(clean(data.get(f"id-{row}", "")))
    return grid


def _count(data: QueryDict, name: str, most: int) -> int:
    return min(whole_number(data.get(name, "")) or 0, most)


def _column(data: QueryDict, place: int) -> Column:
    def given(name: str) -> str:
        return clean(data.get(f"{name}-{place}", ""))

    side, kind = given("side"), given("kind")
    return Column(
        side if side in SIDES else NOTES,
        given("name"),
        given("label"),
        Kind(kind) if kind in {one.value for one in Kind} else Kind.TEXT,
        given("allowed"),
        given("default"),
    )


def clean(text: str) -> str:
    """Return a text that XML can carry, on one line."""
    return " ".join(_CONTROLS.sub("", text).split())[:LONGEST]


def typed(text: str, column: Column) -> str:
    """Return a cell as the table needs it, from what people type or bring from a spreadsheet.

    25.000 is 25000, 31/12/2026 a day, a bare word of a column of texts gets its quotes.
    """
    text = clean(text)
    if column.side == NOTES or not text:
        return text
    if column.kind in {Kind.WHOLE, Kind.NUMBER}:
        return text.replace(".", "") if _THOUSANDS.fullmatch(text) else text
    if column.kind == Kind.DAY:
        return _DAY.sub(_as_day, text)
    if column.kind == Kind.TRUTH:
        return _TRUTHS.get(text.lower(), text)
    if column.kind == Kind.TEXT and not _TESTS.match(text):
        quoted = text.replace('"', "”")
        return f'"{quoted}"'
    return text


def _as_day(found: re.Match[str]) -> str:
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return found[0]
    return f'date("{day.isoformat()}")'


def paste(grid: Grid, text: str, row: int, place: int) -> int:
    """Put rows copied from a spreadsheet into the grid from a cell on; answer how many rows.

    Rows that are missing are added; what would stand right of the last column is left out.
    """
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    lines = lines[: MOST_ROWS - row]
    for offset, cells in enumerate(lines):
        while len(grid.rows) <= row + offset:
            add_row(grid, len(grid.rows) - 1)
        for beside, cell in enumerate(cells[: len(grid.columns) - place]):
            column = grid.columns[place + beside]
            grid.rows[row + offset][place + beside] = typed(cell, column)
    return len(lines)


def add_row(grid: Grid, after: int) -> None:
    """Add an empty row: it asks nothing yet, and answers nothing."""
    if len(grid.rows) < MOST_ROWS:
        cells = ["-" if one.side == ASKS else "" for one in grid.columns]
        grid.rows.insert(after + 1, cells)
        grid.ids.insert(after + 1, "")


def _copy_row(grid: Grid, row: int) -> None:
    if len(grid.rows) < MOST_ROWS:
        grid.rows.insert(row + 1, list(grid.rows[row]))
        grid.ids.insert(row + 1, "")


def _drop_row(grid: Grid, row: int) -> None:
    del grid.rows[row], grid.ids[row]


def _move_row(grid: Grid, row: int, by: int) -> None:
    if 0 <= row + by < len(grid.rows):
        grid.rows.insert(row + by, grid.rows.pop(row))
        grid.ids.insert(row + by, grid.ids.pop(row))


def _add_column(grid: Grid, side: str) -> None:
    if len(grid.columns) >= MOST_COLUMNS:
        return
    sides = list(SIDES)
    place = sum(sides.index(one.side) <= sides.index(side) for one in grid.columns)
    _insert(grid, place, Column(side), ["-" if side == ASKS else "" for _ in grid.rows])


def _copy_column(grid: Grid, place: int) -> None:
    if len(grid.columns) < MOST_COLUMNS:
        cells = [row[place] for row in grid.rows]
        _insert(grid, place + 1, replace(grid.columns[place], label=""), cells)


def _insert(grid: Grid, place: int, column: Column, cells: list[str]) -> None:
    grid.columns.insert(place, column)
    for row, cell in zip(grid.rows, cells, strict=True):
        row.insert(place, cell)


def _drop_column(grid: Grid, place: int) -> None:
    del grid.columns[place]
    for row in grid.rows:
        del row[place]


def _move_column(grid: Grid, place: int, by: int) -> None:
    if place + by not in grid.places(grid.columns[place].side):
        return
    grid.columns.insert(place + by, grid.columns.pop(place))
    for row in grid.rows:
        row.insert(place + by, row.pop(place))


_ROW_ACTS: Mapping[str, Callable[[Grid, int], None]] = {
    "row-add": add_row,
    "row-copy": _copy_row,
    "row-drop": _drop_row,
    "row-up": lambda grid, row: _move_row(grid, row, -1),
    "row-down": lambda grid, row: _move_row(grid, row, 1),
}
_COLUMN_ACTS: Mapping[str, Callable[[Grid, int], None]] = {
    "col-copy": _copy_column,
    "col-drop": _drop_column,
    "col-left": lambda grid, place: _move_column(grid, place, -1),
    "col-right": lambda grid, place: _move_column(grid, place, 1),
}


def act_on(grid: Grid, word: str) -> None:
    """Do what a button says: “row-up:3”, “col-drop:1”, “col-add:in”; anything else does nothing."""
    act, _, where = word.partition(":")
    if act == "col-add" and where in SIDES:
        _add_column(grid, where)
        return
    place = whole_number(where)
    if act in _ROW_ACTS and place is not None and place < len(grid.rows):
        _ROW_ACTS[act](grid, place)
    elif act == "row-add":
        add_row(grid, len(grid.rows) - 1)
    elif act in _COLUMN_ACTS and place is not None and place < len(grid.columns):
        _COLUMN_ACTS[act](grid, place)


def lines_of(table: Table) -> list[str]:
    """Return the table as lines, one for each row, to show what differs."""
    grid = grid_of(table)
    heads = " | ".join(one.words for one in grid.columns)
    kinds = [
        f"{one.side_words} “{one.words}”: {one.name}, {dict(KINDS)[one.kind.value].lower()}"
        + (f", được phép {one.allowed}" if one.allowed else "")
        + (f", mặc định {one.default}" if one.default else "")
        for one in grid.columns
        if one.side != NOTES
    ]
    policy = dict(POLICIES).get(grid.policy, grid.policy)
    return [f"Chọn hàng: {policy}", *kinds, heads, *(" | ".join(row) for row in grid.rows)]


_CONSTANT_DAY = re.compile(r'(?:date\("|@")(\d{4})-(\d{2})-(\d{2})"\)?')
_RANGE = re.compile(r"\[\s*([^\[\],]+?)\s*\.\.\s*([^\[\],]+?)\s*\]")
_PLAIN_TEXTS = re.compile(r'"[^"]*"(?:\s*,\s*"[^"]*")*')
_READ = {"true": "có", "false": "không", "not(true)": "không", "not(false)": "có"}


def cell_words(text: str, column: Column) -> str:
    """Return a cell as people read it: days as days, yes and no, texts without their quotes."""
    text = text.strip()
    if text in {"", "-"}:
        return "–"
    if column.side == NOTES:
        return text
    if column.kind == Kind.TRUTH:
        return _READ.get(text, text)
    if column.kind == Kind.WHOLE and (amount := whole_number(text)) is not None:
        return number(amount)
    text = _RANGE.sub(r"từ \1 đến \2", _CONSTANT_DAY.sub(r"\3/\2/\1", text))
    return text.replace('"', "") if _PLAIN_TEXTS.fullmatch(text) else text


def as_fact(text: str, kind: Kind | None) -> Any:
    """Return a fact as it was typed: yes and no, a day, a number, or words; None if left empty."""
    text = clean(text)
    if not text:
        return None
    if kind == Kind.TEXT:
        return text.strip('"')
    low = _TRUTHS.get(text.lower(), text.lower())
    if low in {"true", "false"}:
        return low == "true"
    if (found := _DAY.fullmatch(text)) is not None:
        return _as_day(found)[6:-2] if _as_day(found) != text else text
    if kind == Kind.LIST:
        return [one.strip() for one in text.split(",") if one.strip()]
    plain = text.replace(".", "") if _THOUSANDS.fullmatch(text) else text
    return int(plain) if re.fullmatch(r"-?\d{1,15}", plain) else text


def fact_words(value: Any) -> str:
    """Return a fact as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    text = str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return text
