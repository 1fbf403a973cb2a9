"""Numbers and symbols as people write them, and as they are compared.

Source: docs/law/documents.md
"""

import re
import secrets
from datetime import date
from typing import NamedTuple

from motcua.lib.text import fold

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nobody reads them wrongly
_CODE_LENGTH = 10
_BLANKS = re.compile(r"\s+")
_LEADING_WORDS = re.compile(r"^[^\d/]*\s(?=\d+[A-Za-zĐđ]?\s*/)")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = re.compile(r"['’‘`\"“”]")
_NOTED = re.compile(r"^(?P<number>\d{1,9}[A-Za-zĐđ]?)(?:[/.\-](?P<notation>\S.*))?$")


def new_code() -> str:
    """Return the code under which a new document stands in addresses; nobody can guess it."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


class Notation(NamedTuple):
    """A document's number and symbol, taken apart: “0123/SNV-CCHC” is (0123, SNV-CCHC)."""

    number: str
    notation: str


def split_notation(text: str) -> Notation:
    """Take “Số: 15/QĐ-UBND” apart, mending what people and machines do to it.

    Quotation marks, words in front, blanks, doubled strokes and long dashes go; what has no number
    in front is all symbol. Never raises.
    """
    mended = _QUOTES.sub("", _DASHES.sub("-", text)).strip()
    mended = re.sub(r"^\s*số\s*:?\s*", "", mended, flags=re.IGNORECASE)
    mended = _LEADING_WORDS.sub("", mended)
    mended = _BLANKS.sub("", mended)
    mended = re.sub(r"-{2,}", "-", mended)
    mended = re.sub(r"/{2,}", "/", mended).strip("/-.,;")
    found = _NOTED.match(mended)
    if found is None:
        return Notation("", mended.upper() if mended.islower() else mended)
    notation = found["notation"] or ""
    return Notation(found["number"], notation.upper() if notation.islower() else notation)


def in_words(number: str, notation: str) -> str:
    """Return number and symbol as they stand on paper: “0123/SNV-CCHC”."""
    return "/".join(part for part in (number, notation) if part)


def padded(number: int) -> str:
    """Return a number as it is written: below ten with a nought in front."""
    return f"{number:02d}"


def match_key(number: str, notation: str, issuer: str, issued_on: date | None) -> str:
    """Return what two registrations of one document have in common; empty if too little is known.

    Number without leading noughts, symbol and issuer without tones, case and strokes, and the day.
    """
    if not number or issued_on is None:
        return ""
    plain = re.sub(r"[^0-9a-z]+", "", fold(f"{notation}"))
    return f"{number.lstrip('0').lower()}|{plain}|{agency_key(issuer)}|{issued_on:%Y%m%d}"


def agency_key(name: str) -> str:
    """Return an agency's name as it is compared: without tones, case, blanks and long words."""
    return re.sub(r"[^0-9a-z]+", "", short_name(fold(name)))


def short_name(issuer: str) -> str:
    """Write the common words of agencies' names, which bear no tones, in one way."""
    return issuer.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")


def identifier_of(agency_code: str, issued_on: date, number: str, notation: str) -> str:
    """Return the identifier under which the document travels.

    Source: docs/law/documents.md
    """
    return f"{agency_code},{issued_on:%Y/%m/%d},{in_words(number, notation)}"
