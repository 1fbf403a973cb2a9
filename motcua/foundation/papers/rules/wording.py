"""How dates, moments and letters stand on an official paper."""

import unicodedata
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from motcua.lib.clock import local

_PADDED_MONTHS = 2
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_MISSING = "\ufffd"


def day_in_words(day: date) -> str:
    """Return the day as the place-and-date line has it: “ngày 05 tháng 01 năm 2026”.

    Days below ten and the months one and two carry a zero, so that none can be added by hand.

    Source: docs/law/official-papers.md
    """
    month = f"{day.month:02}" if day.month <= _PADDED_MONTHS else f"{day.month}"
    return f"ngày {day:%d} tháng {month} năm {day.year}"


def moment_in_words(at: datetime) -> str:
    """Return the moment on the clocks of Hà Nội: “17 giờ 00 phút, ngày 07 tháng 01 năm 2026”."""
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, {day_in_words(here.date())}"


def short_moment(at: datetime) -> str:
    """Return the moment for a narrow column: “17:00 07/01/2026”."""
    return f"{local(at):%H:%M %d/%m/%Y}"


def weekday(day: date) -> str:
    """Return the name of the weekday: “thứ Tư”."""
    return _WEEKDAYS[day.weekday()]


def printable(text: str, *, letters: AbstractSet[int]) -> str:
    """Return the text in NFC with only what the font can draw.

    Invisible marks (controls, direction marks, private letters) go; another script's letter
    becomes “\ufffd”, since the archive format forbids a letter without a shape.
    """
    return "".join(_drawable(letter, letters) for letter in unicodedata.normalize("NFC", text))


def _drawable(letter: str, letters: AbstractSet[int]) -> str:
    if letter in "\n\t\u00a0\u2028\u2029":
        return "\n" if letter in "\n\u2028\u2029" else " "
    kind = unicodedata.category(letter)
    if kind in {"Cc", "Cf", "Cs", "Co"}:
        return ""
    if ord(letter) in letters:
        return letter
    return "" if kind in {"Mn", "Me"} else _MISSING
