"""Amounts and moments as banks write them."""

import re
from datetime import date, datetime, time

from motcua.lib.clock import HANOI

_MONEY = re.compile(
    r"[+-]?[0-9]{1,3}(?:[ .,][0-9]{3})*(?:[.,][0-9]{1,2})?|[+-]?[0-9]+(?:[.,][0-9]{1,2})?"
)
_LONGEST = 24
_CURRENCY = re.compile(r"(?i)\s*(?:vnd|vnđ|đồng|đ)\s*$")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})(?!\d)")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]?([0-9]{2})[/.-]?([0-9]{2})")
_CLOCK = re.compile(r"(?:^|[ T])([0-9]{1,2}):?([0-9]{2})(?::?([0-9]{2}))?")
_CENTURY, _DECIMALS = 2000, 2
_YEARS = range(2000, 2100)
MOST_VND = 10**15  # more is a mistake, not money


def amount_in(text: str) -> int | None:
    """Return whole đồng: “1.250.000”, “1,250,000.00”, “(25000)”; None for anything else."""
    bare = _CURRENCY.sub("", text.strip()).replace("\u00a0", " ").strip()
    is_minus = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()").strip()
    if len(bare) > _LONGEST or _MONEY.fullmatch(bare) is None:
        return None
    sign = -1 if is_minus or bare.startswith("-") else 1
    whole, part = _divided(bare.lstrip("+-"))
    return sign * int(whole) if not part.strip("0") and int(whole) <= MOST_VND else None


def _divided(bare: str) -> tuple[str, str]:
    """Return the digits before and after the decimal mark, whichever of “.” and “,” it is."""
    digits = bare.replace(" ", "")
    place = max(digits.rfind("."), digits.rfind(","))
    behind = digits[place + 1 :] if place >= 0 else ""
    if place >= 0 and len(behind) <= _DECIMALS:
        return re.sub(r"\D", "", digits[:place]), behind
    return re.sub(r"\D", "", digits), ""


def moment_in(text: str) -> datetime | None:
    """Return a moment in Hà Nội; midnight if only the day is told, None for no day."""
    said = text.strip()[:40]
    if found := _DAY_FIRST.match(said):
        day, month, year = (int(one) for one in found.groups())
    elif found := _YEAR_FIRST.match(said):
        year, month, day = (int(one) for one in found.groups())
    else:
        return None
    year = year if year > 99 else year + _CENTURY  # noqa: PLR2004 -- two digits
    if year not in _YEARS:
        return None
    clock = _CLOCK.search(f" {said[found.end() :].lstrip(' T')}")
    hour, minute, second = (int(one or 0) for one in clock.groups()) if clock else (0, 0, 0)
    try:
        return datetime.combine(date(year, month, day), time(hour, minute, second), HANOI)
    except ValueError:
        return None
