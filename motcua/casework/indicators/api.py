"""Indicators: roll-ups filled by the measures of the rooms above."""

from .operations import add_counts, rebuild
from .queries import by_day, standing, totals, totals_by_unit
from .rules import PROVINCE, Count, per_cent, summed

__all__ = [
    "PROVINCE",
    "Count",
    "add_counts",
    "by_day",
    "per_cent",
    "rebuild",
    "standing",
    "summed",
    "totals",
    "totals_by_unit",
]
