"""How long files are kept, and when they go to the archive.

Source: docs/law/workfiles.md
"""

import re
from calendar import monthrange
from datetime import date

from motcua.lib.errors import BadInput
from motcua.lib.text import fold

PERMANENT = 999
LONGEST_YEARS = 70
LEAST_HANDED_OVER = 5
MOST_KEPT_YEARS = 2
WARN_DAYS = 30
_MONTHS = 12
_CONSTRUCTION_MONTHS = 3
_YEARS = re.compile(r"(\d{1,3})(?: ?nam)?")


def retention_words(years: int) -> str:
    """Return a retention period as lists print it."""
    return "Vĩnh viễn" if years == PERMANENT else f"{years} năm"


def read_retention(words: str) -> int:
    """Return the years that somebody wrote: “Vĩnh viễn”, “VV”, “20 năm”, “20”. Raises: BadInput."""
    plain = fold(words).strip()
    if plain in {"vinh vien", "vv"}:
        return PERMANENT
    found = _YEARS.fullmatch(plain)
    years = int(found[1]) if found else 0
    check_retention(years)
    return years


def check_retention(years: int) -> None:
    """Raises: BadInput."""
    if years != PERMANENT and not 0 < years <= LONGEST_YEARS:
        message = f"Thời hạn bảo quản là “Vĩnh viễn” hoặc từ 1 đến {LONGEST_YEARS} năm."
        raise BadInput(message, field="retention")


def goes_to_archive(retention_years: int) -> bool:
    """Say whether a file with this retention is handed over at all."""
    return retention_years >= LEAST_HANDED_OVER


def hand_over_due(ended_on: date, retention_years: int, *, is_construction: bool) -> date | None:
    """Return the last day on which the file goes to the archive; nothing if it never does."""
    if not goes_to_archive(retention_years):
        return None
    return months_later(ended_on, _CONSTRUCTION_MONTHS if is_construction else _MONTHS)


def latest_kept(due_on: date) -> date:
    """Return until when a unit may keep a file beyond its day, on request."""
    return months_later(due_on, MOST_KEPT_YEARS * _MONTHS)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
