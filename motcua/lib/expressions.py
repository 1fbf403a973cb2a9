"""Conditions in a small part of S-FEEL, compiled to closures: no code is ever executed.

Grammar: `or`, `and`, `not(…)`, comparisons (= != < <= > >=), `in (a, b)`, `in [1..5]`,
`between a and b`, `if a then b else c`,
`+ - * /`, names with dots, numbers, "text", true, false, null, date("2026-01-31") or
@"2026-01-31", lists, and functions age(day, on), count(list), contains(text, part),
list contains(list, value), days_between(a, b), sum(list), min, max, floor, ceiling. Numbers are
exact: whole or decimal, never binary. A name behind a list of rows (`rows.amount`) lists that
column. A missing name is null; a comparison with null is false, except = and !=.
Source: docs/adr/0008-one-expression-language.md
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, DecimalException
from functools import lru_cache
from math import ceil, floor
from typing import Any, NamedTuple

from .errors import BadInput

Facts = Mapping[str, Any]
Expression = Callable[[Facts], Any]
LONGEST = 2000
DEEPEST = 40
LARGEST = 10**18
VALUE = "?"  # in a test of a decision table: the value that is tested

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?!\.\d))|(?P<text>"[^"]*")
    |(?P<day>@"[^"]*")|(?P<range>\.\.)
    |(?P<name>list\ contains\b|\?|[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    |(?P<sign><=|>=|!=|[=<>+\-*/(),\[\]]))""",
    re.VERBOSE,
)
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EXACT = Context(prec=34)
_Sum = Callable[[Any, Any], Any]
_SUMS: Mapping[str, tuple[_Sum, _Sum]] = {
    "+": (operator.add, _EXACT.add),
    "-": (operator.sub, _EXACT.subtract),
}
_PRODUCTS: Mapping[str, tuple[_Sum, _Sum]] = {
    "*": (operator.mul, _EXACT.multiply),
    "/": (lambda left, right: _EXACT.divide(Decimal(left), right), _EXACT.divide),
}
_Term = tuple[tuple[_Sum, _Sum], Expression]
_WORDS = ("and", "or", "not", "in", "between", "if", "then", "else")
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "null": None}


class BadExpression(BadInput):
    """The condition cannot be understood; says where."""


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


@dataclass(slots=True)
class _Reader:
    """The tokens of one expression and how far they are read."""

    source: str
    tokens: Sequence[_Token]
    place: int = 0
    depth: int = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.place]

    def accept(self, *texts: str) -> str | None:
        if self.next.kind in {"sign", "name", "range"} and self.next.text in texts:
            self.place += 1
            return self.tokens[self.place - 1].text
        return None

    def expect(self, text: str) -> None:
        if self.accept(text) is None:
            raise self.error(f"cần “{text}”")

    def enter(self) -> None:
        """Raises: BadExpression if it is nested too deeply."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error("lồng quá nhiều tầng")

    def error(self, what: str) -> BadExpression:
        found = self.next.text or "hết biểu thức"
        message = (
            f"Điều kiện “{self.source}” sai ở vị trí {self.next.at + 1}: {what}, gặp “{found}”."
        )
        return BadExpression(message)


def compile_expression(source: str) -> Expression:
    """Return a function from facts to the value of the expression.

    Raises: BadExpression with the place and what was expected.
    """
    return _compiled(source, is_test=False)


def compile_test(source: str) -> Expression:
    """Return the same for a test of a decision table, in which “?” is the value that is tested.

    Raises: BadExpression.
    """
    return _compiled(source, is_test=True)


@lru_cache(maxsize=4096)
def _compiled(source: str, *, is_test: bool) -> Expression:
    if len(source) > LONGEST:
        message = f"Điều kiện dài quá {LONGEST} ký tự; hãy tách thành nhiều điều kiện."
        raise BadExpression(message)
    reader = _Reader(source, _tokens(source))
    if not is_test and any(one.text == VALUE for one in reader.tokens):
        message = f"Điều kiện “{source}” có “?”; chỉ ô của bảng quyết định dùng được dấu ấy."
        raise BadExpression(message)
    expression = _either(reader)
    if reader.next.kind != "end":
        raise reader.error("thừa phần sau")
    return expression


def holds(source: str, facts: Facts) -> bool:
    """Say whether the condition is true of the facts; an empty condition always is."""
    return not source.strip() or compile_expression(source)(facts) is True


def names_in(source: str) -> frozenset[str]:
    """Return the names the expression asks for, functions and constants left out."""
    tokens = _tokens(source)
    words = {*_WORDS, *_CONSTANTS, *_FUNCTIONS, VALUE}
    return frozenset(t.text for t in tokens if t.kind == "name" and t.text not in words)


def _tokens(source: str) -> Sequence[_Token]:
    tokens, at, end = [], 0, len(source.rstrip())
    while at < end:
        found = _TOKEN.match(source, at)
        if found is None or found.lastgroup is None:
            message = f"Điều kiện “{source}” có ký tự không dùng được ở vị trí {at + 1}."
            raise BadExpression(message)
        start = found.start(found.lastgroup)
        tokens.append(_Token(found.lastgroup, found[found.lastgroup], start))
        at = found.end()
    return [*tokens, _Token("end", "", len(source))]


def _either(reader: _Reader) -> Expression:
    if reader.accept("if"):
        return _choice(reader)
    parts = [_all_of(reader)]
    while reader.accept("or"):
        parts.append(_all_of(reader))
    return parts[0] if len(parts) == 1 else lambda facts: any(p(facts) is True for p in parts)


def _choice(reader: _Reader) -> Expression:
    """Read `if a then b else c`; whatever is not true takes the second."""
    reader.enter()
    condition = _either(reader)
    reader.expect("then")
    first = _either(reader)
    reader.expect("else")
    second = _either(reader)
    reader.depth -= 1
    return lambda facts: first(facts) if condition(facts) is True else second(facts)


def _all_of(reader: _Reader) -> Expression:
    parts = [_comparison(reader)]
    while reader.accept("and"):
        parts.append(_comparison(reader))
    return parts[0] if len(parts) == 1 else lambda facts: all(p(facts) is True for p in parts)


def _comparison(reader: _Reader) -> Expression:
    left = _sum(reader)
    if reader.accept("in"):
        return _membership(reader, left)
    if reader.accept("between"):
        low = _sum(reader)
        reader.expect("and")
        high = _sum(reader)
        return lambda facts: _is_between(left(facts), low(facts), high(facts))
    sign = reader.accept(*_COMPARISONS)
    if sign is None:
        return left
    right = _sum(reader)
    return lambda facts: _compare(sign, left(facts), right(facts))


def _membership(reader: _Reader, left: Expression) -> Expression:
    if reader.accept("["):
        low = _sum(reader)
        reader.expect("..")
        high = _sum(reader)
        reader.expect("]")
        return lambda facts: _is_between(left(facts), low(facts), high(facts))
    reader.expect("(")
    return _one_of(left, _listed(reader))


def _one_of(left: Expression, choices: Sequence[Expression]) -> Expression:
    """Evaluate the value once: within each other, each choice would evaluate it all anew."""

    def result(facts: Facts) -> bool:
        value = left(facts)
        return any(_compare("=", value, choice(facts)) for choice in choices)

    return result


def _listed(reader: _Reader, end: str = ")") -> list[Expression]:
    """Read values up to the closing bracket."""
    values: list[Expression] = []
    while not reader.accept(end):
        if values:
            reader.expect(",")
        values.append(_either(reader))
    return values


def _sum(reader: _Reader) -> Expression:
    first, rest = _product(reader), list[_Term]()
    while sign := reader.accept(*_SUMS):
        rest.append((_SUMS[sign], _product(reader)))
    return _arithmetic(first, rest)


def _product(reader: _Reader) -> Expression:
    first, rest = _value(reader), list[_Term]()
    while sign := reader.accept(*_PRODUCTS):
        rest.append((_PRODUCTS[sign], _value(reader)))
    return _arithmetic(first, rest)


def _arithmetic(first: Expression, rest: Sequence[_Term]) -> Expression:
    """Reckon from left to right, in a loop: a long sum must not go down as deep as it is long."""
    if not rest:
        return first

    def result(facts: Facts) -> Any:
        value = exactly(first(facts))
        for ways, term in rest:
            value = _reckoned(ways, value, exactly(term(facts)))
        return value

    return result


def _reckoned(ways: tuple[_Sum, _Sum], first: Any, second: Any) -> Any:
    whole, exact = ways
    if not (_is_number(first) and _is_number(second)):
        return None
    is_whole = isinstance(first, int) and isinstance(second, int)
    try:
        return exactly((whole if is_whole else exact)(first, second))
    except DecimalException:
        return None


def exactly(value: Any) -> Any:
    """Return a number as whole or decimal, as it is written; anything else as it is."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and value.is_finite() and abs(value) <= LARGEST:
        return int(value) if value == value.to_integral_value() else value
    return value


def _is_number(value: Any) -> bool:
    """Say whether one may reckon with it: a text taken a billion times would fill the memory."""
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) <= LARGEST
    return isinstance(value, int) and abs(value) <= LARGEST


def _value(reader: _Reader) -> Expression:
    reader.enter()
    try:
        return _nested(reader) or _literal(reader)
    finally:
        reader.depth -= 1


def _nested(reader: _Reader) -> Expression | None:
    if reader.accept("("):
        inside = _either(reader)
        reader.expect(")")
        return inside
    if reader.accept("not"):
        reader.expect("(")
        inside = _either(reader)
        reader.expect(")")
        return lambda facts: inside(facts) is not True
    if reader.accept("-"):
        return _arithmetic(lambda _: 0, [(_SUMS["-"], _value(reader))])
    if reader.accept("["):
        return _list_of(_listed(reader, "]"))
    return None


def _list_of(values: Sequence[Expression]) -> Expression:
    """Build a list of plain values: lists of lists of names that are lists double with each name.

    They would take for ever to compare, and all memory to keep.
    """

    def result(facts: Facts) -> list[Any] | None:
        found = [value(facts) for value in values]
        return None if any(isinstance(one, list | tuple | Mapping) for one in found) else found

    return result


def _literal(reader: _Reader) -> Expression:
    kind, text, _ = reader.next
    if kind == "number":
        reader.place += 1
        number = exactly(Decimal(text))
        return lambda _: number
    if kind == "text":
        reader.place += 1
        return lambda _: text[1:-1]
    if kind == "day":
        reader.place += 1
        return _constant_day(reader, text[2:-1])
    if kind == "name":
        reader.place += 1
        return _named(reader, text)
    raise reader.error("cần một giá trị")


def _constant_day(reader: _Reader, text: str) -> Expression:
    day = _day(text)
    if day is None:
        raise reader.error(f"“{text}” không phải một ngày (viết như 2026-01-31)")
    return lambda _: day


def _named(reader: _Reader, name: str) -> Expression:
    if name in _CONSTANTS:
        return lambda _: _CONSTANTS[name]
    if reader.accept("("):
        function = _FUNCTIONS.get(name)
        if function is None:
            raise reader.error(f"không có hàm “{name}”")
        return _call(function, _listed(reader))
    path = tuple(name.split("."))
    return (
        (lambda facts: facts.get(name)) if len(path) == 1 else lambda facts: _look_up(facts, path)
    )


def _call(function: Callable[..., Any], arguments: Sequence[Expression]) -> Expression:
    def result(facts: Facts) -> Any:
        try:
            return function(*(argument(facts) for argument in arguments))
        except (ArithmeticError, TypeError, ValueError):
            return None

    return result


def _look_up(facts: Any, path: Sequence[str]) -> Any:
    for name in path:
        if isinstance(facts, list | tuple):
            facts = [row[name] for row in facts if isinstance(row, Mapping) and name in row]
            continue
        if not isinstance(facts, Mapping):
            return None
        facts = facts.get(name)
    return facts


def _compare(sign: str, left: Any, right: Any) -> bool:
    left, right = _alike(left, right)
    try:
        return _COMPARISONS[sign](left, right)
    except (TypeError, DecimalException):
        return False


def _is_between(value: Any, low: Any, high: Any) -> bool:
    return _compare(">=", value, low) and _compare("<=", value, high)


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Let a day written as text meet a real day."""
    if isinstance(left, date) and isinstance(right, str):
        return left, _day(right)
    if isinstance(right, date) and isinstance(left, str):
        return _day(left), right
    return exactly(left), exactly(right)


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _age(born: Any, on: Any) -> int | None:
    start, day = _day(born), _day(on)
    if start is None or day is None:
        return None
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def _days_between(start: Any, end: Any) -> int | None:
    first, second = _day(start), _day(end)
    return (second - first).days if first and second else None


def _contains(text: Any, part: Any) -> bool:
    return isinstance(text, str | list | tuple) and part in text


def _extreme(choose: Callable[..., Any], values: Sequence[Any]) -> Any:
    """Return the least or greatest of some values or of one list; raises TypeError for mixtures."""
    listed = values[0] if len(values) == 1 and isinstance(values[0], list | tuple) else values
    return choose(exactly(value) for value in listed)


def _total(*values: Any) -> Any:
    """Return the sum of some numbers or of one list; raises TypeError for anything else."""
    listed = values[0] if len(values) == 1 and isinstance(values[0], list | tuple) else values
    numbers = [exactly(value) for value in listed]
    if not all(_is_number(number) for number in numbers):
        raise TypeError
    return exactly(sum(numbers))


def _whole(way: Callable[[Any], int]) -> Callable[[Any], int]:
    """Return a way to make a number whole; of one beyond all measure it would never come back."""

    def result(value: Any) -> int:
        number = exactly(value)
        if not _is_number(number):
            raise TypeError
        return way(number)

    return result


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "age": _age,
    "contains": _contains,
    "ceiling": _whole(ceil),
    "count": len,
    "date": _day,
    "days_between": _days_between,
    "floor": _whole(floor),
    "list contains": _contains,
    "max": lambda *values: _extreme(max, values),
    "min": lambda *values: _extreme(min, values),
    "sum": _total,
}
