"""Conditions in a small part of S-FEEL, compiled to closures: no code is ever executed.

Grammar: `or`, `and`, `not(…)`, comparisons (= != < <= > >=), `in (a, b)`, `in [1..5]`,
`between a and b`,
`+ - * /`, names with dots, numbers, "text", true, false, null, date("2026-01-31"), and functions
age(day, on), count(list), contains(text, part), days_between(a, b). A missing name is null; a
comparison with null is false, except = and !=.
Source: docs/adr/0008-one-expression-language.md
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from .errors import BadInput

Facts = Mapping[str, Any]
Expression = Callable[[Facts], Any]
LONGEST = 2000
DEEPEST = 40
LARGEST = 10**18

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?!\.\d))|(?P<text>"[^"]*")|(?P<range>\.\.)
    |(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)|(?P<sign><=|>=|!=|[=<>+\-*/(),\[\]]))""",
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
_SUMS: Mapping[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub}
_PRODUCTS: Mapping[str, Callable[[Any, Any], Any]] = {"*": operator.mul, "/": operator.truediv}
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

    def error(self, what: str) -> BadExpression:
        found = self.next.text or "hết biểu thức"
        message = (
            f"Điều kiện “{self.source}” sai ở vị trí {self.next.at + 1}: {what}, gặp “{found}”."
        )
        return BadExpression(message)


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """Return a function from facts to the value of the expression.

    Raises: BadExpression with the place and what was expected.
    """
    if len(source) > LONGEST:
        message = f"Điều kiện dài quá {LONGEST} ký tự; hãy tách thành nhiều điều kiện."
        raise BadExpression(message)
    reader = _Reader(source, _tokens(source))
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
    words = {"and", "or", "not", "in", "between", *_CONSTANTS, *_FUNCTIONS}
    return frozenset(t.text for t in tokens if t.kind == "name" and t.text not in words)


def _tokens(source: str) -> Sequence[_Token]:
    tokens, at = [], 0
    while at < len(source.rstrip()):
        found = _TOKEN.match(source, at)
        if found is None or found.lastgroup is None:
            message = f"Điều kiện “{source}” có ký tự không dùng được ở vị trí {at + 1}."
            raise BadExpression(message)
        start = found.start(found.lastgroup)
        tokens.append(_Token(found.lastgroup, found[found.lastgroup], start))
        at = found.end()
    return [*tokens, _Token("end", "", len(source))]


def _either(reader: _Reader) -> Expression:
    parts = [_all_of(reader)]
    while reader.accept("or"):
        parts.append(_all_of(reader))
    return parts[0] if len(parts) == 1 else lambda facts: any(p(facts) is True for p in parts)


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
    choices = _listed(reader)
    return lambda facts: left(facts) in [choice(facts) for choice in choices]


def _listed(reader: _Reader) -> list[Expression]:
    """Read values up to the closing bracket."""
    values: list[Expression] = []
    while not reader.accept(")"):
        if values:
            reader.expect(",")
        values.append(_either(reader))
    return values


def _sum(reader: _Reader) -> Expression:
    left = _product(reader)
    while sign := reader.accept(*_SUMS):
        left = _arithmetic(_SUMS[sign], left, _product(reader))
    return left


def _product(reader: _Reader) -> Expression:
    left = _value(reader)
    while sign := reader.accept(*_PRODUCTS):
        left = _arithmetic(_PRODUCTS[sign], left, _value(reader))
    return left


def _arithmetic(
    combine: Callable[[Any, Any], Any], left: Expression, right: Expression
) -> Expression:
    def result(facts: Facts) -> Any:
        first, second = left(facts), right(facts)
        if not (_is_number(first) and _is_number(second)):
            return None
        try:
            return combine(first, second)
        except (ZeroDivisionError, OverflowError):
            return None

    return result


def _is_number(value: Any) -> bool:
    """Say whether one may reckon with it: a text taken a billion times would fill the memory."""
    return isinstance(value, int | float) and abs(value) <= LARGEST


def _value(reader: _Reader) -> Expression:
    reader.depth += 1
    if reader.depth > DEEPEST:
        raise reader.error("lồng quá nhiều tầng")
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
        return _arithmetic(operator.sub, lambda _: 0, _value(reader))
    return None


def _literal(reader: _Reader) -> Expression:
    kind, text, _ = reader.next
    if kind == "number":
        reader.place += 1
        number = float(text) if "." in text else int(text)
        return lambda _: number
    if kind == "text":
        reader.place += 1
        return lambda _: text[1:-1]
    if kind == "name":
        reader.place += 1
        return _named(reader, text)
    raise reader.error("cần một giá trị")


def _named(reader: _Reader, name: str) -> Expression:
    if name in _CONSTANTS:
        return lambda _: _CONSTANTS[name]
    if reader.accept("("):
        function = _FUNCTIONS.get(name)
        if function is None:
            raise reader.error(f"không có hàm “{name}”")
        return _call(function, _listed(reader))
    path = tuple(name.split("."))
    return lambda facts: _look_up(facts, path)


def _call(function: Callable[..., Any], arguments: Sequence[Expression]) -> Expression:
    def result(facts: Facts) -> Any:
        try:
            return function(*(argument(facts) for argument in arguments))
        except (TypeError, ValueError):
            return None

    return result


def _look_up(facts: Any, path: Sequence[str]) -> Any:
    for name in path:
        if not isinstance(facts, Mapping):
            return None
        facts = facts.get(name)
    return facts


def _compare(sign: str, left: Any, right: Any) -> bool:
    left, right = _alike(left, right)
    try:
        return _COMPARISONS[sign](left, right)
    except TypeError:
        return False


def _is_between(value: Any, low: Any, high: Any) -> bool:
    return _compare(">=", value, low) and _compare("<=", value, high)


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Let a day written as text meet a real day."""
    if isinstance(left, date) and isinstance(right, str):
        return left, _day(right)
    if isinstance(right, date) and isinstance(left, str):
        return _day(left), right
    return left, right


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


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "age": _age,
    "contains": _contains,
    "count": len,
    "date": _day,
    "days_between": _days_between,
}
