"""Moments, numbers and names as other systems write them, read in one way or refused."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import NamedTuple

from motcua.lib.clock import HANOI, local_day
from motcua.lib.errors import BadInput

_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")
_PLAIN = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$")
_TIME = re.compile(
    r"(\d{1,2})\s*(?:h|giờ|:)\s*(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm|sa|ch)?", re.IGNORECASE
)
_ZONE = re.compile(r":\d{2}(?:\.\d+)?\s*(?:Z|([+-])(\d{2}):?(\d{2})?)\s*$")
_EPOCH = re.compile(r"^(?:/Date\((-?\d{12,13})(?:[+-]\d{4})?\)/|(\d{13}))$")
_AFTERNOON = frozenset({"pm", "ch"})
_NOON = 12
_FIRST_YEAR, _LAST_YEAR, _FIRST_BIRTH = 1990, 2100, 1890
NOTHING = frozenset({"-", "NULL", "null", "N/A", "0"})
DAY_ORDERS = {"dmy": "ngày/tháng/năm", "mdy": "tháng/ngày/năm"}
PERSONAL_ID, TOO_SHORT = 12, (10, 11)


class Read(NamedTuple):
    """A moment as it was written; `is_day` says that no time of day stood there."""

    at: datetime
    is_day: bool


def read_moment(written: str, label: str, *, order: str = "dmy") -> Read | None:
    """Return the moment that is written, None for nothing.

    Raises: BadInput for what is no moment, or no day there ever was.
    """
    text = written.strip()
    if not text or text in NOTHING:
        return None
    epoch = _EPOCH.match(text)
    try:
        if epoch:
            at = datetime.fromtimestamp(int(epoch[1] or epoch[2]) / 1000, UTC)
            return _checked((at, False), label, text)
        return _checked(_read(text, order), label, text)
    except (ValueError, OverflowError, OSError) as error:
        raise _no_moment(label, text) from error


def read_birth(written: str, today: date, *, order: str = "dmy") -> date | None:
    """Return a day of birth, None for nothing. Raises: BadInput for a year alone and what is none.

    It is read like other days, but people are born earlier than dossiers are filed.
    """
    text = written.strip()
    if not text or text in NOTHING:
        return None
    try:
        at, _ = _read(text, order)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"ngày sinh “{text[:40]}” không phải một ngày, không ghép") from error
    day = local_day(at)
    if day.year < _FIRST_BIRTH or day > today:
        raise BadInput(f"không ai sinh ngày “{text[:40]}”, không ghép")
    return day


def _no_moment(label: str, text: str) -> BadInput:
    return BadInput(f"{label}: “{text[:40]}” không phải ngày giờ đọc được.")


def _checked(found: tuple[datetime, bool], label: str, text: str) -> Read:
    at, is_day = found
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise _no_moment(label, text)
    return Read(at, is_day)


def _read(text: str, order: str) -> tuple[datetime, bool]:
    plain = _PLAIN.match(text)
    if plain:
        year, month, day, *clock = plain.groups()
        hour, minute, second = (int(part or 0) for part in clock)
        moment = time(hour, minute, second)
        return datetime.combine(date(int(year), int(month), int(day)), moment, HANOI), not clock[0]
    day_found = _ISO.search(text)
    if day_found:
        on = date(int(day_found[1]), int(day_found[2]), int(day_found[3]))
    else:
        day_found = _DAY.search(text)
        if day_found is None:
            raise ValueError(text)
        one, two, year_there = (int(part) for part in day_found.groups())
        on = date(year_there, one, two) if order == "mdy" else date(year_there, two, one)
    rest = f"{text[: day_found.start()]} {text[day_found.end() :]}"
    clock_found = _TIME.search(rest)
    if clock_found is None:
        if re.search(r"\d", rest):
            raise ValueError(text)
        return datetime.combine(on, time(), HANOI), True
    return datetime.combine(on, _clock(clock_found), _zone(text)), False


def _clock(found: "re.Match[str]") -> time:
    hour, half = int(found[1]), (found[4] or "").lower()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half in _AFTERNOON else 0)
    return time(hour, int(found[2]), int(found[3] or 0))


def _zone(text: str) -> tzinfo:
    found = _ZONE.search(text)
    if found is None:
        return HANOI
    return datetime.fromisoformat(f"2000-01-01T00:00:00{_offset(found)}").tzinfo or HANOI


def _offset(found: "re.Match[str]") -> str:
    return f"{found[1]}{found[2]}:{found[3] or '00'}" if found[1] else "+00:00"


def closed_at(read: Read | None, closing: time) -> datetime | None:
    """Return a promise: a day alone ends when offices close."""
    if read is None:
        return None
    return datetime.combine(local_day(read.at), closing, HANOI) if read.is_day else read.at


def in_order(reads: Sequence[Read | None]) -> list[datetime | None]:
    """Return moments that follow each other; a day alone is not before what came on that day."""
    found: list[datetime | None] = []
    latest: datetime | None = None
    for read in reads:
        at = read.at if read else None
        if read and read.is_day and latest and local_day(latest) == local_day(read.at):
            at = max(read.at, latest)
        found.append(at)
        latest = at or latest
    return found


def read_identity(written: str) -> tuple[str, str]:
    """Return an identity number and what was odd: a sheet of numbers loses the zeros in front."""
    text = re.sub(r"[\s.\-']", "", written)
    if text.isdecimal() and len(text) in TOO_SHORT:
        return text.zfill(PERSONAL_ID), "số định danh thiếu số 0 ở đầu, đã thêm"
    return text, ""


def read_names(written: str) -> list[str]:
    """Return the names of files that one cell holds."""
    return [name.strip() for name in re.split(r"[;\n|]", written) if name.strip()]
