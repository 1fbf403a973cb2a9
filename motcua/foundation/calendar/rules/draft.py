"""From a published list of holidays to days of our calendar: a draft a person may correct."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from motcua.foundation.calendar.choices import DayKind
from motcua.lib.clock import HANOI

from .facts import SpecialDay

_SWAPPED = re.compile(r"thay cho ngày (\d{2}/\d{2}/\d{4})")
# The yearly documents that the published list lacks: the day off, and the Saturday worked for it.
CORRECTIONS = ((date(2026, 1, 2), date(2026, 1, 10), "12729/VPCP-KGVX ngày 25/12/2025"),)
LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
YEARLY_SWAP = "Văn bản hoán đổi ngày làm việc của năm"


def swapped(off: date, worked: date, basis: str) -> tuple[SpecialDay, SpecialDay]:
    """Return a day off and the day worked for it."""
    why_off = f"Nghỉ hoán đổi, làm bù ngày {worked:%d/%m/%Y}"
    why_worked = f"Làm bù cho ngày {off:%d/%m/%Y}"
    return (
        SpecialDay(off, DayKind.OFF, why_off, basis=basis),
        SpecialDay(worked, DayKind.WORKED, why_worked, off, basis),
    )


def draft_days(names: Mapping[date, str], years: Iterable[int]) -> list[SpecialDay]:
    """Return the days of `years` in order, from Vietnamese names of holidays by day."""
    wanted = set(years)
    days = {day.on: day for on, name in sorted(names.items()) for day in _days_of(on, name)}
    days |= {day.on: day for pair in CORRECTIONS for day in swapped(*pair)}
    return [day for _, day in sorted(days.items()) if day.on.year in wanted]


def _days_of(on: date, name: str) -> tuple[SpecialDay, ...]:
    if found := _SWAPPED.search(name):
        worked = datetime.strptime(found[1], "%d/%m/%Y").replace(tzinfo=HANOI).date()
        return swapped(on, worked, YEARLY_SWAP)
    return (SpecialDay(on, DayKind.OFF, _plain(name), basis=LABOUR_CODE),)


def _plain(name: str) -> str:
    """Call every day of Tết by one name, so that a row of days reads as one."""
    return "Tết Nguyên đán" if "Tết" in name and "Dương" not in name else name
