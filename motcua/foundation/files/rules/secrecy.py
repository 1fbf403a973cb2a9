"""Marks of state secrets: the stamp on a first page, the word in the name of a file.

A mark stands alone: on a line, in a column, in brackets. Words that only contain it (bảo mật,
bí mật, mật độ, mật khẩu) are none.

Source: docs/law/documents.md
"""

import re
import unicodedata
from collections.abc import Sequence

from motcua.lib.tongue import said

NOT_HERE = said(
    "Văn bản mang bí mật nhà nước không được đưa vào hệ thống này. Hãy đăng ký ở sổ văn bản mật "
    "bằng giấy, xóa tệp khỏi máy đang dùng và báo người phụ trách bảo mật của cơ quan."
)
MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
MOST_CHARACTERS = 6_000  # of a first page: a stamp stands in its upper part
# Words before and after which “mật” is a part of an ordinary word.
_BEFORE = frozenset(
    ("bảo", "bí", "cơ", "ăn", "thân", "hậu", "nhà", "độ", "mức", "chim", "đường", "nước", "mía")
)
_AFTER = frozenset(
    ("khẩu", "độ", "mã", "ong", "thiết", "vụ", "thư", "danh", "ước", "nghị", "gấu", "mía", "lệnh")
)
# How fonts of before Unicode (TCVN 3, VNI) spell the marks, as a text layer gives them.
_OLD = {
    "mët": "MẬT",
    "tèi mët": "TỐI MẬT",
    "tuyöt mët": "TUYỆT MẬT",
    "maät": "MẬT",
    "toái maät": "TỐI MẬT",
    "tuyeät maät": "TUYỆT MẬT",
}
_COLUMNS = re.compile(r"\t+|\s{2,}|\|")
_EDGES = " .,:;-–—_*()[]{}<>“”\"'«»/\\"
_DEGREE = re.compile(r"(?:mức\s+|dấu\s+(?:chỉ\s+)?(?:mức\s+)?)?độ\s+mật\s*[:：]\s*", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\S)\S(?: \S)+(?!\S)")
_ABOUT = re.compile(r"quy định|quy chế|hướng dẫn|đóng dấu|danh mục|phạm vi", re.IGNORECASE)
_PARTS = re.compile(r"[-–_()\[\],.;+]+")
_BRACKETS = re.compile(r"[(\[]\s*(TUYET MAT|TOI MAT|MAT)\s*[)\]]")
_BARE = {"TUYET MAT": "TUYỆT MẬT", "TOI MAT": "TỐI MẬT", "MAT": "MẬT"}


def mark_in_words(first_page: str) -> str:
    """Return the mark that stands on a first page, or nothing."""
    text = unicodedata.normalize("NFC", first_page[:MOST_CHARACTERS])
    lines = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        for cell in _COLUMNS.split(line.strip()):
            mark = _stamp(cell)
            if mark and not _goes_on(mark, lines, number, is_alone=cell == line.strip()):
                return mark
    return ""


def _stamp(cell: str) -> str:
    """Return the mark that is all of a cell, or the degree a cell names."""
    named = _DEGREE.match(cell.strip(_EDGES))
    bare = cell.strip(_EDGES)[named.end() :] if named else cell
    bare = " ".join(bare.strip(_EDGES).split())
    if named and bare.upper() in MARKS:
        return bare.upper()
    if " " in bare and _SPACED.fullmatch(bare):  # T Ố I  M Ậ T, as a wide font is read
        bare = next((mark for mark in MARKS if mark.replace(" ", "") == bare.replace(" ", "")), "")
    return bare if bare in MARKS else _OLD.get(bare.casefold(), "")


def _goes_on(mark: str, lines: Sequence[str], number: int, *, is_alone: bool) -> bool:
    """Say whether a line only happens to hold the end of what the line above begins."""
    if not is_alone or mark != "MẬT":
        return False
    above = _words(lines[number - 1]) if number else []
    below = _words(lines[number + 1]) if number + 1 < len(lines) else []
    return bool(_BEFORE & {*above[-1:]} or _AFTER & {*below[:1]})


def mark_in_name(name: str) -> str:
    """Return the mark that the name of a file says, or nothing.

    Without tones the word has many meanings: it counts in brackets and capitals alone.
    """
    stem = unicodedata.normalize("NFC", name).rpartition(".")[0] or name
    bare = _BRACKETS.search(stem)
    if bare:
        return _BARE[bare[1]]
    parts = [part.strip() for part in _PARTS.split(stem) if part.strip()]
    for number, part in enumerate(parts):
        if mark := _in_part(part, stem):
            return mark
        if part.upper() in MARKS and not _is_compound(parts, number):
            return part.upper()
    return ""


def _is_compound(parts: Sequence[str], number: int) -> bool:
    """Say whether a part is only one syllable of a word (bảo-mật) written with hyphens."""
    before = _words(parts[number - 1])[-1:] if number else []
    after = _words(parts[number + 1])[:1] if number + 1 < len(parts) else []
    return bool(_BEFORE & {*before} or _AFTER & {*after})


def _in_part(part: str, stem: str) -> str:
    """Return a mark in capitals among other words, unless the file is about marks."""
    if _ABOUT.search(stem):
        return ""
    words = part.split()
    for place, word in enumerate(words):
        if word != "MẬT" or len(words) == 1:
            continue
        before, after = words[place - 1] if place else "", "".join(words[place + 1 : place + 2])
        if before in ("TUYỆT", "TỐI"):
            return f"{before} MẬT"
        if before.casefold() not in _BEFORE and after.casefold() not in _AFTER:
            return "MẬT"
    return ""


def _words(line: str) -> list[str]:
    return [word.strip(_EDGES).casefold() for word in line.split()]
