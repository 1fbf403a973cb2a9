"""Small readings of published words, shared by all sources."""

import re
import unicodedata
from collections.abc import Iterator

from motcua.casework.procedures.errors import RowBroken

NOTHING_SAID = "Không có thông tin"
LONGEST_FIELD = 200_000

_LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha()]
# For character classes: À-Ỹ would hold small letters too, they alternate.
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
LOWER = "".join(letter for letter in _LETTERS if letter.islower())

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_EDGE_BLANKS = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")
_CODE = re.compile(r"(\d\.\d{6})(?:\.([A-Z\d][A-Z\d.]{0,30}))?")


def clean(words: str) -> str:
    """Return the words in NFC without control characters; lines stay, blanks become single."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", words).replace("\r\n", "\n"))
    text = _EDGE_BLANKS.sub("\n", _BLANKS.sub(" ", text.replace("\r", "\n")))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def one_line(words: str) -> str:
    """Return the words on one line."""
    return " ".join(clean(words).split())


def said(words: str) -> str:
    """Return the words, or nothing where the source says that it knows nothing."""
    text = clean(words)
    return "" if text == NOTHING_SAID else text


def listed(words: str) -> tuple[str, ...]:
    """Split an enumeration at its commas and lines, but not inside brackets."""
    return tuple(dict.fromkeys(part for part in map(one_line, _parts(said(words))) if part))


def _parts(text: str) -> Iterator[str]:
    start = depth = 0
    for place, letter in enumerate(text):
        if letter == "\n" or (letter in ",;" and depth == 0):
            yield text[start:place]
            start, depth = place + 1, 0
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
    yield text[start:]


def split_code(words: str) -> tuple[str, str]:
    """Divide a procedure's code into the national part and what an agency puts behind it.

    “1.001193.000.00.00.H49” is “1.001193” and “000.00.00.H49”.

    Raises: RowBroken for anything else.
    """
    match = _CODE.fullmatch(words.strip())
    if not match:
        raise RowBroken(f"Mã thủ tục “{words[:60]}” không đúng mẫu d.dddddd.")
    return match[1], match[2] or ""
