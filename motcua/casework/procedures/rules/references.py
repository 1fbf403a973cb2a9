"""Legal documents and results, flattened by their publisher into one string each."""

import re
from itertools import pairwise

from motcua.casework.procedures.rules.wording import NOTHING_SAID, UPPER, one_line, said

BASIS_HEADER = "Tên văn bản pháp lýMã văn bản"

_BODIES = (
    r"QH\d{2}|UBTVQH\d{2}|CP|TTg|BCA|BTC|BTP|BXD|BGTVT|BNNMT|BNNPTNT|BTNMT|NHNN|BKHĐT|BLĐTBXH|BNV|"
    r"BCT|BVHTTDL|BTTTT|BKHCN|BGDĐT|BQP|BNG|BYT|VPCP|TANDTC|VKSNDTC|TTCP|UBDT|HĐTP|BHXH|KTNN|"
    r"TLĐLĐVN|HĐND|UBND|TCHQ|TCT|CTN|TW|BVHTT|BXDBTC"
)
_NUMBER = re.compile(
    rf"(?<!\d)\d+/(?:\d{{4}}/)?(?:(?:NĐ|TT|TTLT|QĐ|NQ|CT|VBHN|NQLT|TTLB|PL|L|LB)(?:-(?:{_BODIES}))+"
    rf"|(?:{_BODIES}))"
)
_PREFIX = re.compile(
    r"(?<=[^\s])(?:Nghị định|Thông tư liên tịch|Thông tư|Nghị quyết|Quyết định|Luật|Pháp lệnh|NĐ"
    r"|TT)(?: số)?\s*$"
)
# A title ends in a year and its number is glued to it: “… năm 2026” and “40/2026/NĐ-CP”.
_YEAR_GLUED = re.compile(r"((?:19|20)\d\d)(\d{1,4}/.*)")
_GOES_ON = re.compile(r"[\s,;.:)\]”\"-]")
_CODE = re.compile(r"Mã: ((?:KQ|[A-Z\d]+\.)[A-Z\d.\-]*\d)")
_KEYWORDS, _NOTE = "Từ khóa", "Mô tả"


def read_legal_basis(flat: str) -> tuple[tuple[str, str], ...]:
    """Read pairs of number and title; what shows no number keeps its words as the title.

    A number is the cell of its row where the next title, or nothing, is glued to it; the same
    number within a title is followed by a blank, a stop, or by its own cell.
    """
    text = said(flat).removeprefix(BASIS_HEADER)
    found = []
    start = 0
    numbers = [*_NUMBER.finditer(text), None]
    for number, following in pairwise(numbers):
        if number is None or _is_in_title(text, number, following):
            continue
        glued = _YEAR_GLUED.fullmatch(number[0])
        year, own = glued.groups() if glued else ("", number[0])
        title = _PREFIX.sub("", text[start : number.start()] + year)
        found.append((own, one_line(title) or own))
        start = number.end()
    if rest := one_line(text[start:]):
        found.append(("", rest))
    return tuple(found)


def read_results(flat: str) -> tuple[tuple[str, str], ...]:
    """Read pairs of code and name; a result without a code keeps an empty one."""
    text = _cut_tail(flat)[0]
    found = []
    start = 0
    for code in _CODE.finditer(text):
        found.append((code[1], one_line(text[start : code.start()])))
        start = code.end()
    rest = one_line(text)
    return tuple(found) if found or rest in {"", NOTHING_SAID} else (("", rest),)


def read_keywords(flat: str) -> str:
    """Return the keywords that the publisher's page shows behind the results."""
    return one_line(said(_cut_tail(flat)[1]))


def cut_page_words(words: str) -> str:
    """Cut the words of the publisher's page from the end of a field."""
    return said(_cut_tail(words)[0])


def _cut_tail(text: str) -> tuple[str, str]:
    """Divide a field from what the page shows below it: its keywords, and what follows them."""
    head, _, tail = text.partition(_KEYWORDS)
    keywords, note, _ = tail.partition(_NOTE)
    return (head, keywords) if note else (text, "")


def _is_in_title(text: str, number: re.Match[str], following: re.Match[str] | None) -> bool:
    if _GOES_ON.match(text, number.end()):
        return True
    if following is None:
        return False
    between = text[number.end() : following.start()]
    return not between or (between[0] not in UPPER and len(between) < len("Nghị định số "))
