"""Places in the words of a reason, filled from a dossier: a closed list, and answers."""

import re
from collections.abc import Collection, Mapping

from motcua.lib.errors import BadInput

PLACES: Mapping[str, str] = {
    "ma_ho_so": "mã hồ sơ",
    "thu_tuc": "tên thủ tục",
    "chu_ho_so": "chủ hồ sơ",
    "nguoi_nop": "người nộp",
    "co_quan": "cơ quan giải quyết",
    "ngay_nop": "ngày nộp",
    "hen_tra": "ngày hẹn trả",
    "giay_to": "giấy tờ còn thiếu",
}
ANSWER = "tk."  # an answer of the form: {tk.ho_ten}
GAP = "…"
_PLACE = re.compile(r"\{([^{}]*)\}")
_MOST_SPACES = re.compile(r"\s+")


def places_in(text: str) -> list[str]:
    """Return the names of the places in a text, in their order."""
    return _PLACE.findall(text)


def check_places(text: str, fields: Collection[str]) -> None:
    """Raises: BadInput for a place nobody knows, or braces without an end.

    `fields` are the fields of the procedure's form, none where the reason is for many procedures.
    """
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        raise BadInput("Có dấu ngoặc { hoặc } không khép; hãy viết {ma_ho_so}.", field="text")
    for name in places_in(text):
        if name in PLACES or (name.startswith(ANSWER) and name[len(ANSWER) :] in fields):
            continue
        known = ", ".join(f"{{{one}}}" for one in PLACES)
        message = f"Không có chỗ điền {{{name}}}. Dùng được: {known}"
        if fields:
            message += f"; ô của tờ khai: {{{ANSWER}{next(iter(sorted(fields)))}}}…"
        raise BadInput(f"{message}.", field="text")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its places filled; what is not known is left to be written."""
    return _PLACE.sub(lambda found: values.get(found.group(1), "") or GAP, text)


def is_changed(offered: str, written: str) -> bool:
    """Say whether the words of the library were altered; spaces and an end stop do not count."""
    return _plain(offered) not in _plain(written)


def _plain(text: str) -> str:
    return _MOST_SPACES.sub(" ", text).strip().rstrip(".").casefold()
