"""Look into documents of others and place their fields, on pages that load no engine.

A document handed in by itself (`submitting`) and the outcome of a room above that is a file go
through the same hands.

Source: docs/law/signing.md
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from motcua.foundation.papers import api as papers
from motcua.foundation.signing.choices import Numbering, TurnRole
from motcua.foundation.signing.errors import DocumentUnfit
from motcua.foundation.signing.rules import placing as rules
from motcua.foundation.signing.rules.order import DAY, NUMBER, field_names
from motcua.foundation.signing.rules.placing import Facts, Placing
from motcua.foundation.trust import api as trust
from motcua.lib.clock import local_day

from .apart import fits_apart, read_apart

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ROLES = (TurnRole.LEADER, TurnRole.SEAL)
_LEADER = field_names(_ROLES)[0]
_SIGNED = (
    "Tệp PDF này đã có chữ ký số; ghi thêm số hay ô ký sẽ làm hỏng chữ ký đó. Hãy trình tệp"
    " chưa ký, hoặc lập bản sao điện tử."
)
_LOCKED = (
    "Tệp PDF bị khóa sửa (có mật khẩu quyền), không thêm được chữ ký. Hãy mở bản gốc, xuất lại"
    " thành PDF không khóa rồi gửi lại."
)


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file as it will be signed: where its fields stand, what of number and day is printed.

    `signer` is whose name is printed as the signer's, empty where it was not found.
    """

    content: bytes = field(repr=False)
    placing: Placing
    notation: str = ""
    printed_number: str = ""
    printed_on: date | None = None
    signer: str = ""

    def plain(self) -> dict[str, object]:
        """Return what is kept beside the file.

        Shape: as `Placing.plain`, with notation, number, on (ISO or empty) and signer.
        """
        return {
            **self.placing.plain(),
            "notation": self.notation,
            "number": self.printed_number,
            "on": self.printed_on.isoformat() if self.printed_on else "",
            "signer": self.signer,
        }


def placed_file_of(kept: Mapping[str, Any], content: bytes = b"") -> PlacedFile:
    """Return what is kept beside a file."""
    on = date.fromisoformat(kept["on"]) if kept["on"] else None
    placing = rules.placing_of(kept)
    return PlacedFile(content, placing, kept["notation"], kept["number"], on, kept["signer"])


def place_file(
    content: bytes, signers: Sequence[str], *, agency_id: int, notation: str, at: datetime
) -> PlacedFile:
    """Find where leader's signature, number, day and seal belong in a PDF of somebody else's.

    Of the names that may sign, the first that is printed is the signer's. A notation or a number
    that is printed counts; without one the number is written with `notation`.

    Raises: DocumentUnfit, with what to do.
    Costs: two processes of their own, some 2 s; up to four if the file has to be made anew.
    """
    content, facts = readable(content, signers)
    signer = next((name for name in signers if name in facts["names"]), "")
    number, on = _printed(facts)
    names = [*([] if number else [NUMBER, DAY]), *field_names(_ROLES)]
    seal_mm = seal_size(agency_id, local_day(at))
    found = rules.found_places(facts, names, {_LEADER: signer}, seal_mm=seal_mm)
    printed = (facts["number"] or {}).get("notation", "")
    return PlacedFile(content, found, printed or notation, number, on, signer)


def readable(content: bytes, names: Sequence[str]) -> tuple[bytes, Facts]:
    """Return the document in a form that can take fields, and what stands in it."""
    facts = look(content, names)
    if not facts["is_live"] and not fits_apart(content):
        return content, facts
    content = read_apart({"do": "flat", "pages": []}, content)
    if why := fits_apart(content):
        raise DocumentUnfit(why, field="file")
    return content, look(content, names)


def _printed(facts: Facts) -> tuple[str, date | None]:
    """Return number and day that stand in the document already. Raises: DocumentUnfit."""
    number = (facts["number"] or {}).get("printed", "")
    day = (facts["day"] or {}).get("printed", {})
    if not number:
        return "", None
    try:
        return number, date(day["y"], day["m"], day["d"])
    except (KeyError, ValueError) as error:
        message = (
            f"Tệp đã ghi số {number} nhưng chưa ghi đủ ngày, tháng, năm. Hãy ghi ngày vào tệp,"
            " hoặc để trống cả số và ngày để văn thư cấp khi đóng dấu."
        )
        raise DocumentUnfit(message, field="file") from error


def fields_of_file(kept: Mapping[str, Any]) -> list[str]:
    """Return the fields that a kept file needs, in the order of its page."""
    numbering = Numbering.PRINTED if kept["number"] else Numbering.BY_CLERK
    return names_of(_ROLES, numbering)


def missing_in_file(kept: Mapping[str, Any]) -> list[str]:
    """Return the fields of a kept file that have no place yet."""
    return rules.missing_from(rules.placing_of(kept), fields_of_file(kept))


def with_initials(placing: Placing, count: int) -> Placing:
    """Return the placing with so many initials, which are not seen on a document of others."""
    roles = [TurnRole.INITIAL] * count
    places = [rules.Place(name, 0, rules.NOWHERE) for name in field_names(roles)]
    return replace(placing, places=[*places, *placing.places])


def moved_in_file(
    kept: Mapping[str, Any], content: bytes, name: str, *, page: int, x: float, y: float
) -> dict[str, Any]:
    """Return what is kept of a file with a field where somebody pointed.

    Raises: DocumentUnfit if something is written there.
    """
    names = fields_of_file(kept)
    made = checked_move(rules.placing_of(kept), content, names, (name, page, x, y))
    return {**kept, **made.plain()}


def checked_move(
    placing: Placing, content: bytes, names: Iterable[str], to: tuple[str, int, float, float]
) -> Placing:
    """Return the placing with a field where somebody pointed: its name, page, and point.

    Raises: DocumentUnfit if something is written there, or the document has no such field.
    """
    name, page, x, y = to
    if name not in names:
        raise DocumentUnfit("Văn bản không có ô này.", field="place")
    made = rules.moved(placing, name, page, x, y)
    place = made.at(name)
    if place is not None and not name.startswith("SIG_ORG"):
        words = json.loads(read_apart({"do": "within", "page": page, "box": place.box}, content))
        if words:
            message = f"Chỗ này có chữ “{words[:60]}”; hãy chọn chỗ trống."
            raise DocumentUnfit(message, field="place")
    return made


def seal_size(agency_id: int, day: date) -> float:
    """Return how large the field of an agency's seal must be, in millimetres. Costs: one query."""
    picture = trust.seal_picture_of(agency_id, day)
    return max(picture.width_mm, picture.height_mm) if picture else rules.SEAL_MM


def names_of(roles: Sequence[TurnRole], numbering: Numbering) -> list[str]:
    """Return the fields that a document needs."""
    texts = [NUMBER, DAY] if numbering == Numbering.BY_CLERK else []
    return [*texts, *field_names(roles)]


def look(content: bytes, names: Sequence[str]) -> Facts:
    """Return what stands on the pages. Raises: DocumentUnfit, also for what is signed already."""
    facts: Facts = json.loads(read_apart({"do": "look", "names": list(names)}, content))
    if facts["signatures"]:
        raise DocumentUnfit(_SIGNED, field="file")
    if facts["is_locked"]:
        raise DocumentUnfit(_LOCKED, field="file")
    return facts


def as_pdf(content: bytes, media_type: str, title: str, at: datetime) -> bytes:
    """Return a file as PDF. Raises: DocumentUnfit, TemplateRefused, WordNotDrawn."""
    if media_type == PDF:
        return content
    if media_type == WORD:
        return papers.render_word(content, title, local_day(at))
    raise DocumentUnfit("Chỉ trình ký được tệp PDF hoặc Word (.docx).", field="file")


def picture_of_places(content: bytes, placing: Placing, page: int, chosen: str) -> bytes:
    """Return a page of a document as a picture (WebP) with its fields. Raises: DocumentUnfit.

    Costs: a process of its own, some 0.5 s.
    """
    marks = [
        {"box": one.box, "label": label_of(one.name), "chosen": one.name == chosen}
        for one in placing.places
        if one.page == page and one.box != rules.NOWHERE
    ]
    if placing.qr and page == 0:
        marks.append({"box": placing.qr, "label": "QR", "chosen": False})
    return read_apart({"do": "picture", "page": page, "marks": marks}, content)


def label_of(name: str) -> str:
    """Return the short sign of a field on the picture of its page."""
    if name == NUMBER:
        return "A"
    if name == DAY or name in rules.DAY_PARTS:
        return "B"
    return "D" if name == "SIG_ORG" else f"C{name.rpartition('_')[2]}"
