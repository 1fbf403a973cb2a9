"""Months counted as the law counts them: to the same day, or a shorter month's last."""

from datetime import date

_MONTHS = 12


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    first = date(day.year + year, month + 1, 1)
    following = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))
