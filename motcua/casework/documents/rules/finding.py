"""The facts by which a document is found, beside its words; and what people ask for.

A mark is a short plain word: “so:123” is the number, “kh:ubnd” a part of the symbol. A span of
days is asked as whole years, whole months, and days at its ends.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from motcua.lib.text import fold

from .names import short_name, split_notation

KIND = "document"
EARLIEST = date(1945, 1, 1)
_PIECES = re.compile(r"[a-z0-9]+")
_SAYS_NUMBER = re.compile(r"^\s*số\s*:?\s*\d", re.IGNORECASE)
_LETTERS = re.compile(r"[a-zđ]", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """What marks are made of."""

    number: str
    notation: str
    issuer: str
    kind: int
    direction: str
    issued_on: date | None
    entered_on: date | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is empty is not asked for.

    `since` and `until` are days of issue, or of entry in a book if `by_entry`.
    """

    words: str = ""
    named: str = ""
    issuer: str = ""
    kind: int | None = None
    direction: str = ""
    ordinal: int | None = None
    since: date | None = None
    until: date | None = None
    by_entry: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return self == Wanted(by_entry=self.by_entry)

    def parted(self) -> "Wanted":
        """Return the same with a number typed among the words put where it belongs."""
        if self.named or not says_number(self.words):
            return self
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Wanted(**{**plain, "named": self.words, "words": ""})


def says_number(text: str) -> bool:
    """Say whether somebody typed a document's number: “123/QĐ-UBND”, “Số: 05”."""
    parted = split_notation(text)
    if not parted.number:
        return False
    return bool(_SAYS_NUMBER.match(text) or _LETTERS.search(parted.notation))


def marks_of(facts: Facts) -> tuple[str, ...]:
    """Return the marks under which a document is found."""
    found = [f"lo:{facts.kind}", f"ch:{facts.direction}"]
    if facts.number:
        found.append(f"so:{_plain(facts.number)}")
    found += [f"kh:{piece}" for piece in _pieces(facts.notation)]
    found += [f"nb:{word}" for word in _with_pairs(_pieces(short_name(fold(facts.issuer))))]
    if facts.ordinal is not None:
        found.append(f"st:{facts.ordinal}")
    for prefix, day in (("bh", facts.issued_on), ("vs", facts.entered_on)):
        if day is not None:
            found += [f"{prefix}:{day:%Y}", f"{prefix}:{day:%Y%m}", f"{prefix}:{day:%Y%m%d}"]
    return tuple(dict.fromkeys(found))


def asked_marks(wanted: Wanted, today: date) -> list[list[str]]:
    """Return groups of marks: a document must have one of each group."""
    groups = [*_numbered(wanted.named)]
    issuer = _pieces(short_name(fold(wanted.issuer)))
    groups += [[f"nb:{one}"] for one in (list(_pairs(issuer)) or issuer)]
    if wanted.kind is not None:
        groups.append([f"lo:{wanted.kind}"])
    if wanted.direction:
        groups.append([f"ch:{wanted.direction}"])
    if wanted.ordinal is not None:
        groups.append([f"st:{wanted.ordinal}"])
    if wanted.since or wanted.until:
        prefix = "vs" if wanted.by_entry else "bh"
        first = max(wanted.since or EARLIEST, EARLIEST)
        found = spans(first, min(wanted.until or today, today))
        groups.append([f"{prefix}:{span}" for span in found] or [f"{prefix}:-"])
    return groups


def _numbered(named: str) -> Iterator[list[str]]:
    """Yield what a number and symbol ask for; a year in front may belong to the symbol."""
    parted = split_notation(named)
    if parted.number:
        number = [f"so:{_plain(parted.number)}"]
        yield [*number, f"kh:{parted.number}"] if _YEAR.fullmatch(parted.number) else number
    for piece in _pieces(parted.notation):
        yield [f"kh:{piece}"]


def spans(first: date, last: date) -> list[str]:
    """Return the days from one to the other as whole years, whole months and days.

    Of a span of centuries the years are many, and still few: one word each.
    """
    found: list[str] = []
    day = first
    while day <= last:
        end_of_year = date(day.year, _MONTHS, 31)
        end_of_month = day.replace(day=monthrange(day.year, day.month)[1])
        if (day.month, day.day) == (1, 1) and end_of_year <= last:
            found, day = [*found, f"{day:%Y}"], end_of_year
        elif day.day == 1 and end_of_month <= last:
            found, day = [*found, f"{day:%Y%m}"], end_of_month
        else:
            found = [*found, f"{day:%Y%m%d}"]
        day += timedelta(days=1)
    return found


def _plain(number: str) -> str:
    return fold(number).lstrip("0") or "0"


def _pieces(text: str) -> list[str]:
    return _PIECES.findall(fold(text))


def _pairs(words: Iterable[str]) -> Iterator[str]:
    return (f"{one} {following}" for one, following in pairwise(words))


def _with_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *_pairs(words)]
