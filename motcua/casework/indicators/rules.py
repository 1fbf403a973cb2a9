"""Counts as plain values, summed before they touch the database."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

PROVINCE = 0


class Count(NamedTuple):
    """One thing that happened at one unit; without a day it changes what stands open."""

    unit_id: int
    measure: str
    day: date | None
    value: int


def summed(counts: Iterable[Count]) -> list[Count]:
    """Return one count for each unit, measure and day, those that cancel out left out."""
    totals: Counter[tuple[int, str, date | None]] = Counter()
    for unit_id, measure, day, value in counts:
        totals[unit_id, measure, day] += value
    return [Count(*key, value) for key, value in totals.items() if value]


def per_cent(part: int, whole: int) -> float | None:
    """Return the share in per cent with two decimals, None of nothing."""
    return round(100 * part / whole, 2) if whole else None
