"""Where the fields of a document of others stand: found, moved, and whether all are there.

Pure, and without the engine. Lengths are points from the lower left corner of a page; `facts` is
what `rules.looking` saw.

Source: docs/law/signing.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.foundation.signing.errors import DocumentUnfit

from .order import COPY_FIELD, DAY, NUMBER, SEAL_FIELD

_MM = 72 / 25.4
DAY_PARTS = {"ngay_d": "d", "ngay_m": "m", "ngay_y": "y"}
TEXTS = frozenset({NUMBER, DAY, *DAY_PARTS})
_LEADER, _INITIAL = "SIG_LEADER_", "SIG_INITIAL_"
LEADER_SIZE = (48 * _MM, 26 * _MM)
SEAL_MM = 44
_LINE = 6 * _MM
_EDGE, _DROP = 2 * _MM, 1.6 * _MM
_SIZES = {NUMBER: (42 * _MM, _LINE), DAY: (60 * _MM, _LINE)}
_PARTS = {"d": "ngày", "m": "tháng", "y": "năm"}
MARK_WIDTH, MARK_HEIGHT, MARK_EDGE, MARK_TOP = 90 * _MM, 15 * _MM, 10 * _MM, 4 * _MM
NOWHERE = (0.0, 0.0, 0.0, 0.0)
Box = tuple[float, float, float, float]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """One field: its page from 0 and its box; `is_whole` is a number with its notation.

    `is_following` is a seal that stands where its leader's signature has it.
    """

    name: str
    page: int
    box: Box
    is_whole: bool = False
    is_following: bool = False

    def plain(self) -> dict[str, object]:
        """Return it as it is kept."""
        return {
            "name": self.name,
            "page": self.page,
            "box": list(self.box),
            "whole": self.is_whole,
            "following": self.is_following,
        }


@dataclass(frozen=True, slots=True)
class Placing:
    """All that is known of a document's fields: the pages, the places, the day printed before."""

    pages: Sequence[Sequence[float]]
    places: Sequence[Place]
    printed: Mapping[str, int]
    seal_mm: float = SEAL_MM
    qr: Box | None = None

    def plain(self) -> dict[str, object]:
        """Return it as it is kept with the request."""
        return {
            "pages": [list(page) for page in self.pages],
            "places": [one.plain() for one in self.places],
            "printed": dict(self.printed),
            "seal_mm": self.seal_mm,
            "qr": list(self.qr) if self.qr else None,
        }

    def at(self, name: str) -> Place | None:
        """Return where a field stands."""
        return next((one for one in self.places if one.name == name), None)


def placing_of(kept: Mapping[str, Any]) -> Placing:
    """Return what is kept with a request."""
    places = [
        Place(one["name"], one["page"], _box(one["box"]), one["whole"], one["following"])
        for one in kept["places"]
    ]
    corner = _box(kept["qr"]) if kept["qr"] else None
    return Placing(kept["pages"], places, kept["printed"], kept["seal_mm"], corner)


def found_places(
    facts: Facts, names: Sequence[str], signers: Mapping[str, str], *, seal_mm: float = SEAL_MM
) -> Placing:
    """Return the places that are safe; `signers` says whose name is printed below which field."""
    places: list[Place] = []
    number, day = facts["number"] or {}, facts["day"] or {}
    if NUMBER in names and "box" in number:
        places.append(Place(NUMBER, 0, _box(number["box"])))
    printed = day.get("printed", {}) if DAY in names else {}
    if DAY in names:
        parts = day.get("boxes", {})
        places += [Place(n, 0, _box(parts[p])) for n, p in DAY_PARTS.items() if p in parts]
    for field, name in signers.items():
        if name in facts["names"] and field.startswith(_LEADER):
            seen = facts["names"][name]
            places.append(Place(field, seen["page"], _box(seen["box"])))
    places += [Place(field, 0, NOWHERE) for field in names if field.startswith(_INITIAL)]
    corner = _box(facts["corner"]) if facts["corner"] else None
    made = Placing(facts["pages"], places, printed, seal_mm, corner)
    return with_seal(made) if SEAL_FIELD in names else made


def copy_place(facts: Facts) -> Placing:
    """Return the place of an agency's mark on a copy or an attachment: first page, top right.

    It stands in the upper margin, which is 20 mm or more. Raises: DocumentUnfit.
    """
    frame = facts["pages"][0]
    if frame[4]:
        message = "Trang đầu bị xoay ngang; hãy in lại thành PDF đứng rồi sao lại."
        raise DocumentUnfit(message, field="file")
    right, high = frame[2] - MARK_EDGE, frame[3] - MARK_TOP
    box = (right - MARK_WIDTH, high - MARK_HEIGHT, right, high)
    corner = _box(facts["corner"]) if facts["corner"] else None
    return Placing(facts["pages"], [Place(COPY_FIELD, 0, box)], {}, qr=corner)


def with_seal(placing: Placing) -> Placing:
    """Let the seal stand over the left third of the last leader's signature."""
    leaders = [one for one in placing.places if one.name.startswith(_LEADER)]
    before = placing.at(SEAL_FIELD)
    if not leaders or (before is not None and not before.is_following):
        return placing
    last = max(leaders, key=lambda one: one.name)
    left, low, right, high = last.box
    size = placing.seal_mm * _MM
    edge, middle = left + (right - left) / 3, (low + high) / 2
    box = (edge - size, middle - size / 2, edge, middle + size / 2)
    seal = Place(SEAL_FIELD, last.page, _inside(box, placing.pages[last.page]), is_following=True)
    return replace(placing, places=[*_without(placing, {SEAL_FIELD}), seal])


def moved(placing: Placing, name: str, page: int, x: float, y: float) -> Placing:
    """Return the placing with a field where somebody pointed, counted from the page's upper left.

    A text begins there; a signature or seal has its middle there.

    Raises: DocumentUnfit.
    """
    if not 0 <= page < len(placing.pages):
        raise DocumentUnfit("Văn bản không có trang này.", field="place")
    frame = placing.pages[page]
    if frame[4]:
        message = f"Trang {page + 1} bị xoay ngang; hãy in lại thành PDF đứng rồi trình lại."
        raise DocumentUnfit(message, field="place")
    left, base = frame[0] + x, frame[3] - y
    width, height = _size_of(name, placing.seal_mm)
    if name in _SIZES:
        box = (left, base - _DROP, left + width, base - _DROP + height)
    else:
        box = (left - width / 2, base - height / 2, left + width / 2, base + height / 2)
    place = Place(name, page, _inside(box, frame), is_whole=name == NUMBER)
    gone = {name, *DAY_PARTS} if name == DAY else {name}
    made = replace(placing, places=[*_without(placing, gone), place])
    if name == DAY:
        made = replace(made, printed={})
    _check_apart(made, place)
    return with_seal(made) if name.startswith(_LEADER) else made


def _size_of(name: str, seal_mm: float) -> tuple[float, float]:
    if name == SEAL_FIELD:
        return seal_mm * _MM, seal_mm * _MM
    return _SIZES.get(name, LEADER_SIZE)


def missing_from(placing: Placing, names: Sequence[str]) -> list[str]:
    """Return the fields that have no place yet; the day has one in its parts as well."""
    have = {one.name for one in placing.places}
    has_day = bool(have & set(DAY_PARTS)) or len(placing.printed) == len(DAY_PARTS)
    return [name for name in names if name not in have and not (name == DAY and has_day)]


def check_printed(printed: Mapping[str, int], day: date) -> None:
    """Raises: DocumentUnfit when a document was printed for another day than it is sealed on."""
    said = {"d": day.day, "m": day.month, "y": day.year}
    wrong = [part for part in _PARTS if printed.get(part, said[part]) != said[part]]
    if wrong:
        words = " ".join(f"{_PARTS[part]} {printed[part]}" for part in wrong)
        message = (
            f"Văn bản in sẵn “{words}” nhưng hôm nay là {day:%d/%m/%Y}; hãy từ chối để nơi soạn"
            " sửa ngày rồi trình lại."
        )
        raise DocumentUnfit(message)


def number_said(number: int, notation: str, *, is_whole: bool) -> str:
    """Return the number as it is written into its place."""
    return f"{number:02d}/{notation}" if is_whole else f"{number:02d}"


def day_said(name: str, day: date) -> str:
    """Return a part of the day as NĐ 30 has it: days, and months below three, in two digits."""
    part = DAY_PARTS[name]
    if part == "y":
        return str(day.year)
    if part == "m":
        return f"{day.month:02d}" if day.month < 3 else str(day.month)  # noqa: PLR2004 -- the law's number
    return f"{day.day:02d}"


def _check_apart(placing: Placing, place: Place) -> None:
    """Raises: DocumentUnfit if a field lies over another; a seal may."""
    if place.name == SEAL_FIELD:
        return
    for other in placing.places:
        is_other = other.name not in (place.name, SEAL_FIELD) and other.page == place.page
        if is_other and _meet(place.box, other.box):
            raise DocumentUnfit("Chỗ này đè lên ô khác; hãy chọn chỗ trống.", field="place")


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ) and other != NOWHERE


def _inside(box: Box, frame: Sequence[float]) -> Box:
    """Return the box, pushed back into the page where it stands out."""
    across = max(frame[0] + _EDGE - box[0], 0) or min(frame[2] - _EDGE - box[2], 0)
    up = max(frame[1] + _EDGE - box[1], 0) or min(frame[3] - _EDGE - box[3], 0)
    return box[0] + across, box[1] + up, box[2] + across, box[3] + up


def _without(placing: Placing, names: set[str]) -> list[Place]:
    return [one for one in placing.places if one.name not in names]


def _box(values: Sequence[float]) -> Box:
    left, low, right, high = map(float, values)
    return left, low, right, high
