"""Time limits in published words."""

import re
from collections.abc import Iterator

from motcua.casework.procedures.choices import Doubt
from motcua.casework.procedures.rules.published import Reason
from motcua.casework.procedures.rules.wording import said
from motcua.foundation.calendar.api import Limit, LimitUnit

UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "ngày": LimitUnit.CALENDAR_DAY,
    "giờ làm việc": LimitUnit.WORKING_HOUR,
    "giờ": LimitUnit.WORKING_HOUR,
    "tháng": LimitUnit.MONTH,
}
_CELL = re.compile(r"(\d{1,4})(?:[.,](5|0+))?(?: +(\w+(?: làm việc)?))?", re.IGNORECASE)
# “05 ngày làm việc”, “15 (mười lăm) ngày”; neither “ngày 05 tháng 12” nor “8 giờ 30 phút”.
_SPAN = re.compile(
    r"(?<![\d./,-])(?<!ngày )0*(\d{1,3})\s*(?:\([^()]{1,30}\)\s*)?"
    r"(ngày\s+làm\s+việc|ngày|giờ\s+làm\s+việc|giờ|tháng)\b(?!\s*\d)",
    re.IGNORECASE,
)
_NO_LIMIT = re.compile(r"không\b", re.IGNORECASE)


def read_limit(
    cell: str, description: str, steps: str = ""
) -> tuple[Limit | None, tuple[Reason, ...]]:
    """Read the cell of a time limit, and doubt it where the row's own description differs.

    A half working day is counted in half days. A cell that says there is no limit is no doubt.
    A bare number stays a doubt even if the steps state it with a unit: that is only a hint.

    Source: docs/law/procedure-catalogue.md
    """
    words = said(cell)
    if not words:
        return None, _limit_in_words(description)
    match = _CELL.fullmatch(words)
    if not match:
        return None, () if _NO_LIMIT.match(words) else (Reason(Doubt.LIMIT_NOT_READ, words),)
    number, half, unit_words = match.groups()
    if unit_words is None:
        hint = _hint(amount_hint(int(number), f"{description}\n{steps}"))
        return None, (Reason(Doubt.LIMIT_WITHOUT_UNIT, words, hint),)
    limit = _limit(int(number), UNITS.get(unit_words.lower()), is_half=half == "5")
    if limit is None:
        return None, (Reason(Doubt.LIMIT_NOT_READ, words),)
    return limit, _contradiction(words, limit, description)


def bare_number(cell: str) -> int | None:
    """Return the number of a cell that names no unit."""
    match = _CELL.fullmatch(said(cell))
    return int(match[1]) if match and match[3] is None else None


def spans(text: str) -> Iterator[Limit]:
    """Give every span of time that a text states."""
    for number, unit in _SPAN.findall(text):
        if int(number):
            yield Limit(int(number), UNITS[" ".join(unit.lower().split())])


def amount_hint(amount: int, text: str) -> Limit | None:
    """Return what a bare number means, where a text states it with exactly one unit."""
    meant = {span for span in spans(text) if span.amount == amount}
    return meant.pop() if len(meant) == 1 else None


def label(limit: Limit) -> str:
    return f"{limit.amount} {limit.unit.label}"


def _limit(number: int, unit: LimitUnit | None, *, is_half: bool) -> Limit | None:
    if is_half:
        return Limit(2 * number + 1, LimitUnit.HALF_DAY) if unit is LimitUnit.WORKING_DAY else None
    return Limit(number, unit) if unit and number else None


def _limit_in_words(description: str) -> tuple[Reason, ...]:
    """Doubt an empty cell whose description does state a time."""
    stated = tuple(dict.fromkeys(spans(description)))
    if not stated:
        return ()
    hint = _hint(stated[0]) if len(stated) == 1 else ""
    return (Reason(Doubt.LIMIT_ONLY_IN_WORDS, description, hint),)


def _contradiction(cell: str, limit: Limit, description: str) -> tuple[Reason, ...]:
    """Doubt a limit whose number the description gives to another unit, or to a clock."""
    if limit.unit is LimitUnit.WORKING_HOUR and _is_clock_time(limit.amount, description):
        return (Reason(Doubt.LIMIT_CONTRADICTED, f"{cell} – {description}", "trong ngày"),)
    meant = {span for span in spans(description) if span.amount == limit.amount}
    if not meant or limit in meant:
        return ()
    hint = _hint(meant.pop()) if len(meant) == 1 else ""
    return (Reason(Doubt.LIMIT_CONTRADICTED, f"{cell} – {description}", hint),)


def _is_clock_time(hour: int, text: str) -> bool:
    """Say whether the number is an hour of the day: “nhận hồ sơ sau 15 giờ”."""
    return bool(re.search(rf"\b(?:sau|trước)\s+0*{hour}\s*(?:giờ|h)\b", text, re.IGNORECASE))


def _hint(limit: Limit | None) -> str:
    return label(limit) if limit else ""
