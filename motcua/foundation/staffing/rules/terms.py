"""How long somebody may be sent to the hall.

Source: docs/law/hall-staff.md
"""

from datetime import date, timedelta

from motcua.foundation.staffing.errors import TermNotLawful

LEAST_MONTHS, MOST_MONTHS = 6, 24
WARNED_BEFORE = timedelta(days=30)
_MONTHS, _DAY = 12, timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    first = date(day.year + year, month + 1, 1)
    following = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def last_days(first: date) -> tuple[date, date]:
    """Return the earliest and the latest last day of a term that begins on `first`."""
    return months_after(first, LEAST_MONTHS) - _DAY, months_after(first, MOST_MONTHS) - _DAY


def check_term(first: date, last: date) -> None:
    """Raises: TermNotLawful unless the term is of six to twenty-four months."""
    earliest, latest = last_days(first)
    if last < earliest:
        message = (
            f"Mỗi đợt biệt phái ít nhất {LEAST_MONTHS} tháng: ngày cuối từ {earliest:%d/%m/%Y}."
        )
        raise TermNotLawful(message, field="valid_to")
    if last > latest:
        message = (
            f"Mỗi đợt biệt phái nhiều nhất {MOST_MONTHS} tháng: ngày cuối đến {latest:%d/%m/%Y}."
            " Lâu hơn thì cần quyết định gia hạn."
        )
        raise TermNotLawful(message, field="valid_to")


def check_renewal(previous_last: date, first: date) -> None:
    """Raises: TermNotLawful unless the new term follows the earlier one day by day."""
    if first != previous_last + _DAY:
        message = f"Đợt gia hạn phải bắt đầu ngày {previous_last + _DAY:%d/%m/%Y}."
        raise TermNotLawful(message, field="valid_from")
