"""How dates, times, sums and sizes are written for people: fast, pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from django.utils.translation import gettext_noop

from motcua.lib.clock import local
from motcua.lib.masking import mask_email, mask_number, mask_phone
from motcua.lib.money import in_dong
from motcua.lib.tongue import (
    MONTHS,
    english_day,
    english_money,
    english_number,
    is_english,
    language,
)

from .tongues import translate
from .tongues import translate as _

WEEKDAYS = (
    gettext_noop("thứ Hai"),
    gettext_noop("thứ Ba"),
    gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"),
    gettext_noop("thứ Bảy"),
    gettext_noop("Chủ nhật"),
)
SIZES = ((1_000_000, "MB"), (1_000, "kB"))
_PICTURE = gettext_noop("ảnh")
KINDS: Mapping[str, str] = {
    ".pdf": "PDF",
    ".xml": "XML",
    "application/pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".xls": "Excel",
    ".xlsx": "Excel",
    "image/*": _PICTURE,
    "image/jpeg": _PICTURE,
    "image/png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
    ".png": _PICTURE,
}
SOON_DAYS = 1


def short_day(day: date) -> str:
    """Return “07/01/2026”, in English “7 Jan 2026”; a moment gives its day in Hà Nội."""
    if isinstance(day, datetime):
        day = local(day)
    if is_english():
        return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
    return f"{day.day:02}/{day.month:02}/{day.year}"


def weekday(day: date) -> str:
    if isinstance(day, datetime):
        day = local(day)
    return _(WEEKDAYS[day.weekday()])


def long_day(day: date) -> str:
    """Return “thứ Tư, 07/01/2026”, in English “Wednesday, 7 January 2026”."""
    if is_english():
        return f"{weekday(day)}, {english_day(local(day) if isinstance(day, datetime) else day)}"
    return f"{weekday(day)}, {short_day(day)}"


def clock(at: datetime | time) -> str:
    """Return “16:30”."""
    if isinstance(at, datetime):
        at = local(at)
    return f"{at.hour:02}:{at.minute:02}"


def hour(at: datetime | time) -> str:
    """Return “17 giờ” or “16 giờ 30”, in English “16:30”."""
    if isinstance(at, datetime):
        at = local(at)
    if is_english():
        return clock(at)
    words = f"{at.hour} giờ"
    return f"{words} {at.minute:02}" if at.minute else words


def moment(at: datetime) -> str:
    """Return “17 giờ, thứ Tư 07/01/2026”, in English “17:00, Wednesday 7 January 2026”."""
    if is_english():
        return f"{clock(at)}, {weekday(at)} {english_day(local(at))}"
    return f"{hour(at)}, {weekday(at)} {short_day(at)}"


def by_moment(at: datetime) -> str:
    """Return “trước 17 giờ, thứ Tư 07/01/2026”."""
    return _("trước %(moment)s", moment=moment(at))


def stamp(at: datetime) -> str:
    """Return “07/01/2026 16:30”, for dense tables."""
    at = local(at)
    if is_english():
        return f"{short_day(at)} {clock(at)}"
    return f"{at.day:02}/{at.month:02}/{at.year} {at.hour:02}:{at.minute:02}"


def dong(amount_vnd: int) -> str:
    """Return “1.250.000 đồng”, in English “VND 1,250,000”."""
    return english_money(amount_vnd) if is_english() else in_dong(amount_vnd)


def number(value: int) -> str:
    """Return “1.250.000”, in English “1,250,000”."""
    if is_english():
        return english_number(value)
    return f"{value:,}".replace(",", ".")


def file_size(size: int) -> str:
    """Return “2,4 MB”, “310 kB” or “12 byte”."""
    for unit, name in SIZES:
        if size >= unit:
            amount = size / unit
            text = f"{amount:.1f}" if amount < 10 and size % unit else f"{amount:.0f}"  # noqa: PLR2004 -- one decimal below ten
            return f"{text if is_english() else text.replace('.', ',')} {name}"
    return f"{size} byte"


def file_kind(name: str) -> str:
    """Return the ending of a file's name in capitals: “PDF”."""
    return name.rpartition(".")[2].upper()[:4] if "." in name else _("TỆP")


def file_kinds(accept: str) -> str:
    """Return the words for an `accept` list: “.pdf,image/*” → “PDF, ảnh”.

    What only browsers understand (application/zip) is left out.
    """
    parts = [part.strip().lower() for part in accept.split(",")]
    known = [KINDS.get(part) or (part[1:].upper() if part[:1] == "." else "") for part in parts]
    return ", ".join(dict.fromkeys(_(word) for word in known if word)) or accept


@dataclass(frozen=True, slots=True)
class Badge:
    """A word and the tone in which it is shown."""

    word: str
    tone: str


def days_left(days: int | None, *, paused: bool = False) -> Badge:
    """Return the badge for the working days left until a promise; below 0 it is late.

    None stands for a dossier without a time limit.
    """
    return _days_left(days, paused, language())


@lru_cache(maxsize=1024)
def _days_left(days: int | None, paused: bool, _language: str) -> Badge:  # noqa: FBT001 -- a cache's key
    if paused:
        return Badge(_("Tạm dừng"), "paused")
    if days is None:
        return Badge(_("Không tính hạn"), "neutral")
    if days < 0:
        return Badge(translate("Quá hạn %(days)s ngày", days=-days), "late")
    if days == 0:
        return Badge(_("Hạn hôm nay"), "soon")
    return Badge(translate("Còn %(days)s ngày", days=days), "soon" if days <= SOON_DAYS else "ok")


FILTERS = {
    "short_day": short_day,
    "long_day": long_day,
    "weekday": weekday,
    "clock": clock,
    "hour": hour,
    "moment": moment,
    "by_moment": by_moment,
    "stamp": stamp,
    "number": number,
    "dong": dong,
    "file_size": file_size,
    "file_kind": file_kind,
    "file_kinds": file_kinds,
    "mask_number": mask_number,
    "mask_phone": mask_phone,
    "mask_email": mask_email,
}
