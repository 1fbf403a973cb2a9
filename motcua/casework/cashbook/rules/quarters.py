"""Quarters of a year."""

from dataclasses import dataclass
from datetime import date, timedelta

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months: number 1 to 4 of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def latest(self) -> date:
        """The last day."""
        year, month = (self.year, 3 * self.number + 1) if self.number < 4 else (self.year + 1, 1)  # noqa: PLR2004 -- the fourth is the last
        return date(year, month, 1) - timedelta(days=1)

    @property
    def words(self) -> str:
        """The quarter as it is written: “quý IV năm 2026”."""
        return f"quý {_ROMAN[self.number - 1]} năm {self.year}"


def quarter_of(day: date) -> Quarter:
    """Return the quarter in which a day falls."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_before(quarter: Quarter) -> Quarter:
    """Return the quarter before this one."""
    return quarter_of(quarter.first - timedelta(days=1))
