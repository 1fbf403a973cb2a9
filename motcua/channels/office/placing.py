"""The fields of a draft as its page shows them, and where somebody pointed on the picture."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Placing, SigningRequest, Turn
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

Picture = Callable[[int, str], str]
PICTURE_WIDTH = 620
_MM = 72 / 25.4
_NAMES = {"so": "Số", "ngay": "Ngày, tháng, năm", "SIG_ORG": "Dấu cơ quan"}
_DAY_PARTS = ("ngay_d", "ngay_m", "ngay_y")


def name_of(field: str) -> str:
    """Return what a field is called."""
    return _NAMES.get(field, "Chữ ký")


def field_rows(asked: SigningRequest, turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Return the fields that stand on the page, each with its place, in the order of signing."""
    people = {one.field_name: one.signer_name for one in turns}
    return rows_of(signing.placing_of(asked.placing), signing.fields_of(asked), people)


def rows_of(
    placing: Placing, names: Sequence[str], people: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the fields of a document that are seen; `people` says whose signature one is."""
    missing = signing.missing_from(placing, names)
    seen = [name for name in names if not name.startswith("SIG_INITIAL")]
    return [_row(name, placing, people, is_placed=name not in missing) for name in seen]


def sheet_of(
    request: HttpRequest, placing: Placing, rows: Sequence[Mapping[str, Any]], picture: Picture
) -> dict[str, Any]:
    """Return what a page shows of a document and its fields; `picture` says where a page is drawn.

    The chosen field is the one asked for, else the first that has no place.
    """
    missing = [one["name"] for one in rows if not one["is_placed"]]
    chosen = request.GET.get("o", "") or next(iter(missing), "")
    chosen_row = next((one for one in rows if one["name"] == chosen), None)
    number = page_number(request, len(placing.pages), chosen_row)
    return {
        "rows": rows,
        "missing": missing,
        "chosen": chosen_row,
        "number": number,
        "pages": pages_of(placing),
        "has_qr": placing.qr is not None,
        "picture": picture(number, chosen),
    }


def page_number(request: HttpRequest, count: int, chosen: Mapping[str, Any] | None) -> int:
    """Return the page to show, from 1: the asked one, or that of the chosen field."""
    asked = whole_number(request.GET.get("trang", "")) or (chosen["page"] if chosen else 1) or 1
    return min(max(asked, 1), count)


def _row(
    name: str, placing: Placing, people: Mapping[str, str], *, is_placed: bool
) -> dict[str, Any]:
    place = placing.at(name)
    if name == "ngay" and place is None:
        place = next((placing.at(part) for part in _DAY_PARTS if placing.at(part)), None)
    label = name_of(name)
    who = people.get(name, "")
    return {
        "name": name,
        "sign": signing.label_of(name),
        "label": f"{label} của {who}" if who else label,
        "page": place.page + 1 if place else 0,
        "is_placed": is_placed,
        "is_whole": name == "so" and place is not None and place.is_whole,
    }


def pages_of(placing: Placing) -> list[int]:
    """Return the numbers of the pages."""
    return list(range(1, len(placing.pages) + 1))


def pointed(data: Mapping[str, str], placing: Placing, page: int) -> tuple[float, float]:
    """Return the point from the upper left corner, in points. Raises: BadInput.

    A picture that is an input sends where it was clicked; others type millimetres.
    """
    if not 0 <= page < len(placing.pages):
        raise BadInput("Văn bản không có trang này.")
    frame = placing.pages[page]
    scale = (frame[2] - frame[0]) / PICTURE_WIDTH
    try:
        if "at.x" in data:
            return _number(data["at.x"]) * scale, _number(data["at.y"]) * scale
        return _number(data["left"]) * _MM, _number(data["top"]) * _MM
    except (KeyError, ValueError) as error:
        message = "Hãy bấm vào trang, hoặc ghi khoảng cách bằng số milimét."
        raise BadInput(message) from error


def _number(text: str) -> float:
    found = float(text.replace(",", ".").strip())
    if not 0 <= found <= 2_000:  # noqa: PLR2004 -- no page is larger, and no such place is infinite
        raise ValueError(text)
    return found
