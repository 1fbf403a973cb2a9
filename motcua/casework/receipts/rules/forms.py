"""Forms of receipts (mẫu biên lai), their symbols and numbers, each for its days.

Source: docs/law/receipts.md
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

LETTERS = "ABCDEGHKLMNPQRSTUVXY"
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class FormRule:
    """What a form's key looks like; in `symbol_pattern` the group “year” is its two digits."""

    code: str
    name: str
    form_pattern: str
    symbol_pattern: str
    symbol_example: str
    most_digits: int
    valid_from: date
    valid_to: date | None
    basis: str

    @property
    def latest_number(self) -> int:
        """Return the highest number that a year has room for."""
        return int("9" * self.most_digits)

    def holds_on(self, day: date) -> bool:
        """Say whether receipts of this form are made on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def says(self, form: str) -> bool:
        """Say whether the symbol of a form is one of this form."""
        return re.fullmatch(self.form_pattern, form) is not None


@dataclass(frozen=True, slots=True)
class Key:
    """What names a receipt for good: the symbol of its form, its own symbol, its number."""

    form: str
    symbol: str
    number: int

    def __str__(self) -> str:
        return f"{self.form}/{self.symbol}/{self.number}"


def form_for(rules: Sequence[FormRule], form: str, on: date) -> FormRule | None:
    """Return the rule of a form that holds on that day."""
    return next((one for one in rules if one.holds_on(on) and one.says(form)), None)


def key_faults(
    rules: Sequence[FormRule], form: str, symbol: str, number: str, on: date
) -> Iterator[str]:
    """Yield what is wrong with form, symbol and number of a receipt of that day."""
    rule = form_for(rules, form, on)
    if rule is None:
        known = ", ".join(sorted(one.code for one in rules if one.holds_on(on))) or "không có"
        yield f"Ký hiệu mẫu “{form}” không dùng cho ngày {on:%d/%m/%Y} (mẫu của ngày ấy: {known})."
        return
    yield from symbol_faults(rule, symbol, on)
    if not re.fullmatch(rf"[0-9]{{1,{rule.most_digits}}}", number) or not int(number):
        yield f"Số “{number}” phải là số dương có nhiều nhất {rule.most_digits} chữ số."


def symbol_faults(rule: FormRule, symbol: str, on: date) -> Iterator[str]:
    """Yield what is wrong with the symbol of a receipt of that day."""
    found = re.fullmatch(rule.symbol_pattern, symbol)
    if found is None:
        yield f"Ký hiệu “{symbol}” không đúng dạng của mẫu {rule.code}, như {rule.symbol_example}."
    elif int(found["year"]) != on.year % _CENTURY:
        yield f"Ký hiệu “{symbol}” không phải của năm {on.year}."


def symbol_of_year(rule: FormRule, symbol: str, year: int) -> str:
    """Return the same symbol for another year: 26TAA → 27TAA."""
    found = re.fullmatch(rule.symbol_pattern, symbol)
    if found is None:
        return symbol
    first, last = found.span("year")
    return f"{symbol[:first]}{year % _CENTURY:02d}{symbol[last:]}"
