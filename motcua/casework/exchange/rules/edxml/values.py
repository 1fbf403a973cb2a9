"""Codes, days and moments as messages write them, in all the ways that occur."""

import re
from datetime import date, datetime

from motcua.foundation.organisation.api import BadOrganisation, new_code_of
from motcua.lib.clock import HANOI

MOST_CODE = 35
CODE = re.compile(r"([A-Y][0-9]{2}(\.[0-9A-Z]+)*|Z[0-9]{2}[0-9A-Z]{1,32}|[0-9]{10}(-[0-9]{3})?)")
_LEGACY = re.compile(r"[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Y][0-9]{2}")
# Levels from the lowest to the highest, as before, but without the empty groups.
_REVERSED = re.compile(r"([0-9A-Z]+\.)+[A-Y][0-9]{2}")
_STRICT_DAY = re.compile(r"(\d{4})/(\d{2})/(\d{2})")
_LOOSE_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_STRICT_MOMENT = re.compile(r"\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?")
DOCUMENT_ID = re.compile(r"([^,]+),(\d{4}/\d{2}/\d{2}),([^,/]+)/([^,]+)")


def is_code(code: str) -> bool:
    """Say whether an agency code has today's form."""
    return len(code) <= MOST_CODE and CODE.fullmatch(code) is not None


def todays_code(code: str) -> str | None:
    """Return a code in today's form: as it is, from thirteen characters, or turned round.

    Source: docs/law/exchange.md
    """
    if is_code(code):
        return code
    if _LEGACY.fullmatch(code):
        try:
            return new_code_of(code)
        except BadOrganisation:
            return None
    if len(code) <= MOST_CODE and _REVERSED.fullmatch(code):
        return ".".join(reversed(code.split(".")))
    return None


def day_of(text: str) -> date | None:
    """Return the day that a text says in one of the three forms, None if there is no such day."""
    found = _LOOSE_DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_strict_day(text: str) -> bool:
    """Say whether a day is written as the standard wants it."""
    return _STRICT_DAY.fullmatch(text) is not None


def moment_of(text: str) -> datetime | None:
    """Return the moment that a text says, on the clocks of Hà Nội."""
    day_text, _, clock_text = text.strip().replace("T", " ").partition(" ")
    day, clock = day_of(day_text), _CLOCK.fullmatch(clock_text.strip().removesuffix("+07:00"))
    if day is None or (clock is None and clock_text):
        return None
    hour, minute, second = clock.groups("0") if clock else ("0", "0", "0")
    try:
        return datetime(
            day.year, day.month, day.day, int(hour), int(minute), int(second), tzinfo=HANOI
        )
    except ValueError:
        return None


def is_strict_moment(text: str) -> bool:
    """Say whether a moment is written as the standard wants it."""
    return _STRICT_MOMENT.fullmatch(text) is not None


def written_day(day: date) -> str:
    """Return a day as the standard writes it."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}"


def written_moment(at: datetime) -> str:
    """Return a moment as the standard writes it."""
    there = at.astimezone(HANOI)
    return f"{written_day(there.date())} {there:%H:%M:%S}"
