"""Read the cells of decision tables: unary tests of S-FEEL and the literals in them.

What depends on nothing but the tested value becomes a set of values; anything else an expression in
which “?” is the value.
Source: DMN 1.3, 7.3.1 and 9 (S-FEEL); DMN 1.3, 10.3.2.8 (unary tests)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from motcua.lib.expressions import Expression, compile_test, exactly

from .tables import BadTable, Kind

Value: TypeAlias = "int | Decimal | str | bool | date | None"
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")
_TEXT = re.compile(r'"([^"]*)"')
_DAY = re.compile(r'(?:date\s*\(\s*"([^"]*)"\s*\)|@"([^"]*)")')
_COMPARED = re.compile(r"(<=|>=|!=|<|>|=)\s*(.+)", re.DOTALL)
_DIFFERS = re.compile(r"!=([^,]+)", re.DOTALL)
LONGEST_CELL = 10_000
_OPEN, _CLOSED = "([]", ")[]"
_CONSTANTS = {"true": True, "false": False, "null": None}
_SIGNS = {"<": (False, True), "<=": (False, True), ">": (True, False), ">=": (True, False)}
ORDERED = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.DAY})
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Span:
    """Values between two ends; an end that is None is not there."""

    low: Any = None
    high: Any = None
    has_low: bool = False
    has_high: bool = False

    def holds(self, value: Any) -> bool:
        """Say whether a value that is not null lies within."""
        above = self.low is None or value > self.low or (self.has_low and value == self.low)
        return above and (
            self.high is None or value < self.high or (self.has_high and value == self.high)
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell accepts: `values` and `spans`, or everything else if it is negated.

    `expressions` are to be evaluated, one of them being true is enough.
    """

    is_any: bool = False
    is_negated: bool = False
    takes_null: bool = False
    values: tuple[Any, ...] = ()
    spans: tuple[Span, ...] = ()
    expressions: tuple[Expression, ...] = ()

    def holds(self, value: Any) -> bool:
        """Say whether the cell takes the value, as far as that needs no expression."""
        if self.is_any:
            return True
        if value is None:
            return self.takes_null
        is_in = value in self.values or any(span.holds(value) for span in self.spans)
        return is_in is not self.is_negated

    @property
    def size(self) -> int:
        """Return how many tests it is made of."""
        return len(self.values) + len(self.spans)

    @property
    def points(self) -> Iterator[Any]:
        """Yield the values at which the answer may change."""
        yield from self.values
        for span in self.spans:
            yield from (end for end in (span.low, span.high) if end is not None)


ANY = Cell(is_any=True)


def read_cell(text: str, kind: Kind) -> Cell:
    """Return what a cell accepts. Raises: BadTable, BadExpression."""
    text = text.strip()
    if text in {"", "-"}:
        return ANY
    is_negated = text.startswith("not") and _is_wrapped(text[3:].strip())
    if is_negated:
        text = text[3:].strip()[1:-1]
    elif found := _DIFFERS.fullmatch(text):
        is_negated, text = is_literal(read_literal(found[1].strip())), found[1].strip()
        if not is_negated:
            return _by_expression(f"!= {text}")
    parts = [_read_test(one.strip(), kind) for one in split_at_commas(text)]
    if is_negated and any(one.expressions for one in parts):
        return Cell(expressions=(compile_test(_negated(text)),))
    values = tuple(value for one in parts for value in one.values)
    spans = tuple(span for one in parts for span in one.spans)
    has_null = any(one.takes_null for one in parts)
    return Cell(
        is_negated=is_negated,
        # null is in no span and equals nothing: `not("a")` takes it, `not(< 5)` does not.
        takes_null=not (has_null or spans) if is_negated else has_null,
        values=values,
        spans=spans,
        expressions=tuple(test for one in parts for test in one.expressions),
    )


def _negated(text: str) -> str:
    return f"not({' or '.join(_as_expression(one.strip()) for one in split_at_commas(text))})"


def _as_expression(test: str) -> str:
    if _marked(test):
        return f"({test})"
    if _COMPARED.match(test):
        return f"(? {test})"
    ends = _ends_of(test)
    if ends is None:
        return f"(? = {test})"
    low, high = ends
    above, below = ">=" if test[0] == "[" else ">", "<=" if test[-1] == "]" else "<"
    return f"(? {above} {low} and ? {below} {high})"


def _read_test(test: str, kind: Kind) -> Cell:
    if not test:
        message = "Ô có một điều kiện trống; hãy xóa dấu phẩy thừa."
        raise BadTable(message)
    if test == "null":
        return Cell(takes_null=True)
    if _marked(test) or kind == Kind.LIST:
        return _by_expression(test)
    return _compared(test, kind) or _within(test, kind) or _equal(test, kind)


def _compared(test: str, kind: Kind) -> Cell | None:
    found = _COMPARED.fullmatch(test)
    if found is None:
        return None
    sign, end = found[1], _literal(found[2].strip(), kind)
    if end is _NONE:
        return _by_expression(test)
    if sign == "=":
        return Cell(values=(end,))
    if sign == "!=":
        return _by_expression(test)
    _check_ordered(kind, test)
    is_low, _ = _SIGNS[sign]
    has_end = sign.endswith("=")
    span = Span(low=end, has_low=has_end) if is_low else Span(high=end, has_high=has_end)
    return Cell(spans=(span,))


def _within(test: str, kind: Kind) -> Cell | None:
    ends = _ends_of(test)
    if ends is None:
        return None
    _check_ordered(kind, test)
    low, high = (_literal(end, kind) for end in ends)
    if low is _NONE or high is _NONE:
        return _by_expression(test)
    if low > high:
        message = f"Khoảng “{test}” có đầu lớn hơn cuối; hãy đổi chỗ hai đầu."
        raise BadTable(message)
    return Cell(spans=(Span(low, high, has_low=test[0] == "[", has_high=test[-1] == "]"),))


def _equal(test: str, kind: Kind) -> Cell:
    if test.startswith("[") and _is_wrapped(test):
        listed = [_literal(one.strip(), kind) for one in split_at_commas(test[1:-1])]
        if all(one is not _NONE for one in listed):
            return Cell(values=tuple(listed))
        return Cell(expressions=(compile_test(f"list contains({test}, ?)"),))
    value = _literal(test, kind)
    return Cell(values=(value,)) if value is not _NONE else _by_expression(test)


def _by_expression(test: str) -> Cell:
    return Cell(expressions=(compile_test(_as_expression(test)),))


class _None:
    """No literal: to be told from null."""


_NONE: Any = _None()


def _literal(text: str, kind: Kind) -> Any:
    """Return the value of a literal, or `_NONE`. Raises: BadTable for one of another kind."""
    found = read_literal(text)
    if found is _NONE or kind == Kind.LIST:
        return found
    if not is_of(found, kind) and not (kind == Kind.WHOLE and is_of(found, Kind.NUMBER)):
        wanted = KIND_WORDS[kind]
        message = f"Cột này là {wanted}, nhưng ô ghi “{text}”; hãy sửa ô hoặc loại của cột."
        raise BadTable(message)
    return found


def read_literal(text: str) -> Any:
    """Return the number, text, day or truth that stands there alone, or `_NONE`."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _NUMBER.fullmatch(text):
        return exactly(Decimal(text))
    if found := _TEXT.fullmatch(text):
        return found[1]
    if found := _DAY.fullmatch(text):
        return _read_day(found[1] or found[2] or "")
    return _NONE


def is_literal(value: Any) -> bool:
    """Say whether `read_literal` found one."""
    return value is not _NONE


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” không phải một ngày có thật; viết như 2026-12-31."
        raise BadTable(message) from None


KIND_WORDS = {
    Kind.NUMBER: "số",
    Kind.WHOLE: "số nguyên",
    Kind.TEXT: "chữ (đặt trong ngoặc kép)",
    Kind.TRUTH: "đúng/sai (true, false)",
    Kind.DAY: 'ngày (date("2026-12-31"))',
    Kind.LIST: "danh sách",
}


def is_of(value: Any, kind: Kind) -> bool:
    """Say whether a column of the kind holds the value; whole numbers are numbers too."""
    found = kind_of(value)
    return found == kind or (found == Kind.WHOLE and kind == Kind.NUMBER)


def kind_of(value: Any) -> Kind | None:
    """Return the kind of a value, None for what no column holds."""
    if isinstance(value, bool):
        return Kind.TRUTH
    if isinstance(value, int):
        return Kind.WHOLE
    if isinstance(value, Decimal) and value.is_finite():
        return Kind.NUMBER
    if isinstance(value, str):
        return Kind.TEXT
    if isinstance(value, date) and not isinstance(value, datetime):
        return Kind.DAY
    return Kind.LIST if isinstance(value, list | tuple) else None


def _check_ordered(kind: Kind, test: str) -> None:
    if kind not in ORDERED:
        message = f"“{test}” so sánh lớn nhỏ, chỉ dùng được cho số và ngày."
        raise BadTable(message)


def _marked(test: str) -> bool:
    return "?" in _QUOTED.sub("", test)


def _ends_of(test: str) -> tuple[str, str] | None:
    """Return the two ends of `[a..b]`, `(a..b]`, `]a..b[` and the like."""
    if len(test) < len("[1..2]") or test[0] not in _OPEN or test[-1] not in _CLOSED:
        return None
    ends = _QUOTED.sub(lambda found: found[0].replace("..", "\0"), test[1:-1]).split("..")
    if len(ends) != 2:  # noqa: PLR2004 -- two ends
        return None
    low, high = (end.replace("\0", "..").strip() for end in ends)
    return (low, high) if low and high else None


def _is_wrapped(text: str) -> bool:
    """Say whether the first bracket closes with the last character."""
    depth = 0
    for place, sign in _signs(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return place == len(text) - 1 and text[0] in "(["
    return False


def split_at_commas(text: str) -> list[str]:
    """Return what stands between the commas outside quotes and brackets. Raises: BadTable."""
    if len(text) > LONGEST_CELL:
        raise BadTable(f"Ô dài quá {LONGEST_CELL} ký tự; hãy chia thành nhiều hàng.")
    parts, depth, start = [], 0, 0
    for place, sign in _signs(text):
        if sign == "," and depth <= 0:
            parts.append(text[start:place])
            start = place + 1
        depth += _step(text, place, sign, start)
    return [*parts, text[start:]]


def _step(text: str, place: int, sign: str, start: int) -> int:
    """Return how a bracket changes the depth; `]1..5[` opens with the one that closes elsewhere."""
    begins = not text[start:place].strip()
    if sign == "(" or (sign == "[" and ".." not in text[start:place]) or (sign == "]" and begins):
        return 1
    return -1 if sign in ")][" else 0


def _signs(text: str) -> Iterator[tuple[int, str]]:
    is_quoted = False
    for place, sign in enumerate(text):
        if sign == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            yield place, sign
