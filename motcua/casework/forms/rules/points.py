"""A point on the map: degrees north and east, as people copy them from anywhere."""

import re
from decimal import Decimal, InvalidOperation

from motcua.lib.tongue import sentence

POINT = r"^\d{1,2}\.\d{6},\d{3}\.\d{6}$"

POINT_COMPLAINT = sentence(
    "“%(label)s” phải là một điểm trong Việt Nam: vĩ độ rồi kinh độ, ví dụ 21.386420, 103.016470."
)
# From Trường Sa to Lũng Cú, and out to sea.
_NORTH, _EAST = (Decimal(6), Decimal("23.5")), (Decimal(102), Decimal(118))
_DEGREE = r"(\d{1,3}(?:[.,]\d{1,15})?)"
_PLAIN = re.compile(rf"^\(?{_DEGREE}°?\s*[NBnb]?\s*(?:[;,]\s*|\s+){_DEGREE}°?\s*[EĐeđ]?\)?$")
_IN_LINK = re.compile(r"^https?://\S{0,300}?[@=/](\d{1,2}\.\d{2,15}),(\d{3}\.\d{2,15})\S*$")
_PART = r"(\d{1,3})°\s*(\d{1,2})['′’]\s*(?:(\d{1,2}(?:[.,]\d{1,4})?)[\"″”]?)?\s*"
_SEXAGESIMAL = re.compile(rf"^{_PART}[NBnb]?[\s,;]*{_PART}[EĐeđ]?$")
_LONGEST = 1_000
_SIXTH = Decimal("0.000001")


def point_of(text: str) -> str:
    """Return “north,east” with six decimals of what was typed or pasted; nothing if it is no point.

    Understands decimal degrees with point or comma, degrees with minutes and seconds, and the
    address of a map that holds them.
    """
    if len(text) > _LONGEST:
        return ""
    if found := _SEXAGESIMAL.match(text):
        north, east = _degrees(*found.groups()[:3]), _degrees(*found.groups()[3:])
    elif found := _IN_LINK.match(text) or _PLAIN.match(text):
        north, east = (_number(part) for part in found.groups())
    else:
        return ""
    if not (_NORTH[0] <= north <= _NORTH[1] and _EAST[0] <= east <= _EAST[1]):
        return ""
    return f"{north.quantize(_SIXTH)},{east.quantize(_SIXTH)}"


def point_in_words(value: str) -> str:
    """Return a point as people read it."""
    north, _, east = value.partition(",")
    return f"{north}° Bắc, {east}° Đông" if east else value


def _degrees(whole: str, minutes: str, seconds: str | None) -> Decimal:
    return Decimal(whole) + Decimal(minutes) / 60 + _number(seconds or "0") / 3600


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return Decimal(0)
