"""Columns of a table compiled: from a value to the rows that take it, as bits of one number.

A column knows the values at which any of its cells changes its mind; between two of them all values
are alike. So one look-up per column and one `and` between columns say which rows fit, and what no
row takes is found by trying one value of each sort.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from motcua.lib.expressions import BadExpression, Expression, compile_expression, exactly

from .cells import ANY, KIND_WORDS, ORDERED, Cell, is_of, read_cell
from .tables import BadTable, Input, Kind, NoAnswer

_FURTHER: Mapping[Kind, Any] = {Kind.NUMBER: 1, Kind.WHOLE: 1, Kind.DAY: timedelta(days=1)}
_USUAL: Mapping[Kind, Any] = {
    Kind.NUMBER: 0,
    Kind.WHOLE: 0,
    Kind.DAY: date(2026, 1, 1),
    Kind.LIST: (),
}
_PLAIN: Mapping[Kind, type] = {
    Kind.NUMBER: int,
    Kind.WHOLE: int,
    Kind.TEXT: str,
    Kind.TRUTH: bool,
    Kind.DAY: date,
    Kind.LIST: tuple,
}
OTHER = "giá trị khác"
MOST_WORK = 20_000_000  # looks at a test of a cell: some seconds


@dataclass(slots=True)
class Column:
    """One input, compiled. `samples` are one value of each sort, with the rows that take it."""

    asked: Input
    ask: Expression
    cells: Sequence[Cell]
    allowed: Cell = ANY
    null_mask: int = 0
    points: list[Any] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)
    by_value: dict[Any, int] = field(default_factory=dict)
    other_mask: int = 0
    samples: list[tuple[Any, int]] = field(default_factory=list)
    work: int = 0

    def mask_of(self, value: Any) -> int:
        """Return the rows whose cell takes the value, or may take it."""
        if value is None:
            return self.null_mask
        if self.points:
            place = bisect_left(self.points, value)
            is_point = place < len(self.points) and self.points[place] == value
            return self.masks[2 * place + is_point]
        return self.by_value.get(value, self.other_mask) if self.by_value else self.other_mask

    def value_in(self, facts: Mapping[str, Any]) -> Any:
        """Return what the facts say. Raises: NoAnswer if it is of another kind or not allowed."""
        value = self.ask(facts)
        if type(value) is not _PLAIN[self.asked.kind]:
            value = self._read(value)
            if value is None:
                return None
        if not self.allowed.is_any and not takes(self.allowed, value, facts):
            message = f"“{self.asked.words}” là {said(value)}, ngoài các giá trị được phép."
            raise NoAnswer(message, field=self.asked.expression)
        return value

    def _read(self, value: Any) -> Any:
        """Return a value as the column holds it. Raises: NoAnswer if it cannot hold it."""
        kind = self.asked.kind
        if kind == Kind.DAY and isinstance(value, str):
            return self._day(value)
        value = tuple(value) if isinstance(value, list) else exactly(value)
        if value is not None and not is_of(value, kind):
            raise self.wrong(value)
        return value

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.wrong(text) from None

    def wrong(self, value: Any) -> NoAnswer:
        wanted = KIND_WORDS[self.asked.kind]
        message = f"“{self.asked.words}” phải là {wanted}, nhưng đang là {said(value)}."
        return NoAnswer(message, field=self.asked.expression)


def takes(cell: Cell, value: Any, facts: Mapping[str, Any]) -> bool:
    """Say whether a cell takes a value, its expressions evaluated."""
    if cell.holds(value):
        return True
    if not cell.expressions:
        return False
    known = {**facts, "?": value}
    return any(test(known) is True for test in cell.expressions)


def compile_column(
    asked: Input, cells: Sequence[str], numbers: Iterable[int], *, spent: int = 0
) -> Column:
    """Return the column. `spent` is the work that the columns before it took.

    Raises: BadTable naming the row and the cell.
    """
    try:
        ask = compile_expression(asked.expression)
        allowed = read_cell(asked.allowed, asked.kind)
    except (BadExpression, BadTable) as error:
        message = f"Cột “{asked.words}”: {error}"
        raise BadTable(message) from error
    read = [_cell(asked, text, row) for text, row in zip(cells, numbers, strict=True)]
    column = Column(asked, ask, read, allowed)
    column.null_mask = _mask(read, None)
    points = sorted_points([*read, allowed])
    column.work = 2 * (len(points) + 1) * sum(1 + one.size for one in read)
    refuse_giants(spent + column.work)
    (_fill_ordered if asked.kind in ORDERED else _fill_discrete)(column, points)
    return column


def refuse_giants(work: int) -> None:
    """Raises: BadTable where each value of each cell against every other would take minutes."""
    if work > MOST_WORK:
        message = "Bảng có quá nhiều hàng, quá nhiều giá trị khác nhau; hãy tách thành nhiều bảng."
        raise BadTable(message)


def sorted_points(cells: Iterable[Cell]) -> list[Any]:
    """Return the values at which any cell changes its mind."""
    found = {point for cell in cells for point in cell.points}
    return sorted(found)


def _cell(asked: Input, text: str, row: int) -> Cell:
    try:
        return read_cell(text, asked.kind)
    except (BadExpression, BadTable) as error:
        message = f"Hàng {row}, cột “{asked.words}”: {error}"
        raise BadTable(message) from error


def _mask(cells: Sequence[Cell], value: Any) -> int:
    return sum(
        1 << place for place, cell in enumerate(cells) if cell.expressions or cell.holds(value)
    )


def _fill_ordered(column: Column, points: list[Any]) -> None:
    kind = column.asked.kind
    if not points:
        column.other_mask = _mask(column.cells, _USUAL[kind])
        column.samples = [(_USUAL[kind], column.other_mask)]
        return
    column.points = points
    values: list[Any] = []
    for place, point in enumerate(points):
        values += [_before(points, place, kind), point]
    values.append(points[-1] + _FURTHER[kind])
    column.masks = [_mask(column.cells, value) for value in values]
    between = dict(zip(values[::2], column.masks[::2], strict=True))
    at_points = dict(zip(points, column.masks[1::2], strict=True))
    # Between two days that follow each other there is none: the earlier one stands for it, and
    # is put right by what is known of that day itself.
    column.samples = _allowed(column, sorted({**between, **at_points}.items()))


def _before(points: Sequence[Any], place: int, kind: Kind) -> Any:
    """Return a value between a point and the one before, which it is if nothing lies between."""
    point = points[place]
    if place == 0:
        return point - _FURTHER[kind]
    earlier = points[place - 1]
    if kind == Kind.DAY:
        return earlier + (point - earlier) / 2
    if kind == Kind.WHOLE:
        return (earlier + point) // 2
    middle = exactly((Decimal(earlier) + Decimal(point)) / 2)
    return middle if earlier < middle < point else earlier


def _allowed(column: Column, samples: Iterable[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """Return the samples that may occur, one of those that the same rows take."""
    allowed = column.allowed
    found: dict[int, Any] = {}
    for value, mask in samples:
        is_plainer = isinstance(found.get(mask), Decimal) and isinstance(value, int)
        if (mask not in found or is_plainer) and (allowed.expressions or allowed.holds(value)):
            found[mask] = value
    return [(value, mask) for mask, value in found.items()]


def _fill_discrete(column: Column, points: list[Any]) -> None:
    kind = column.asked.kind
    values = [True, False] if kind == Kind.TRUTH else points
    column.by_value = {value: _mask(column.cells, value) for value in values}
    column.other_mask = _mask(column.cells, () if kind == Kind.LIST else OTHER)
    samples = list(column.by_value.items())
    if kind != Kind.TRUTH:
        samples.append((() if kind == Kind.LIST else OTHER, column.other_mask))
    column.samples = _allowed(column, samples)


def rows_in(mask: int) -> list[int]:
    """Return the places of the bits that are set, the first row first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def said(value: Any) -> str:
    """Return a value in words, never long."""
    if isinstance(value, bool):
        return "đúng" if value else "sai"
    if isinstance(value, date):
        return f"ngày {value:%d/%m/%Y}"
    if value is None:
        return "trống"
    if isinstance(value, list | tuple):
        return f"danh sách {len(value)} mục"
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 -- as long as a line
