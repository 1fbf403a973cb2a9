"""What stands on a page of a long text, as numbers; and what is asked of such pages.

A page is found by numbers made of its words: each word without tones, each with them, and each
two neighbours without tones. In Vietnamese most words are two syllables, and every syllable alone
stands on a large part of all pages: it is the neighbours that tell pages apart. Numbers below zero
tell the kind of subject and the month, so that one index answers “these words, in this kind, this
month”.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from motcua.lib.clock import local
from motcua.lib.text import exact, fold, has_tones

LONGEST_PAGE = 20_000
MOST_WORDS = 12
_LONGEST_WORD = 40
_WORD = re.compile(r"[0-9A-Za-zĐđÀ-ỹ]+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_POSITIVE = 0x7FFFFFFF
_KINDS = 0x0FFFFFFF
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared: without tones, with them at one place, and both as numbers."""

    folded: str
    exact: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: phrases in quotation marks, and loose words."""

    phrases: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """Return the phrases, and each loose word as a phrase of its own."""
        return (*self.phrases, *((word,) for word in self.words))

    @property
    def is_empty(self) -> bool:
        return not self.phrases and not self.words

    @property
    def has_tones(self) -> bool:
        return any(has_tones(word) for part in self.parts for word in part)

    @property
    def as_phrase(self) -> "Asked":
        """Return the same with the loose words one after the other."""
        return Asked((*self.phrases, self.words), ()) if len(self.words) > 1 else self


def shortened(text: str) -> str:
    """Return the text of a page as it is kept: NFC, without odd marks, not without end."""
    clean = unicodedata.normalize("NFC", text).replace("\x00", " ")
    return clean[:LONGEST_PAGE]


def page_numbers(body: str, kind: str, sort_at: datetime) -> list[int]:
    """Return the numbers under which a page is found, each once, sorted."""
    words = [as_word(word) for word in words_of(body)]
    found = {number for word in words for number in word.numbers}
    found.update(_neighbours(one.folded, other.folded) for one, other in pairwise(words))
    found.update((kind_number(kind), month_number(sort_at)))
    return sorted(found)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [word[:_LONGEST_WORD].lower() for word in _WORD.findall(text)]


@lru_cache(maxsize=1 << 16)
def as_word(word: str) -> Word:
    folded, spelled = fold(word), exact(word)
    return Word(folded, spelled, tuple({_number(f"~{folded}"), _exact_number(folded, spelled)}))


def kind_number(kind: str) -> int:
    return -(1 << 30) - (crc32(kind.encode()) & _KINDS)


def month_number(moment: datetime) -> int:
    """Return the number of a month in Hà Nội; an earlier month has the greater one."""
    day = local(moment)
    return -(day.year * _MONTHS + day.month - 1)


def months_back(moment: datetime, count: int) -> list[int]:
    """Return the numbers of so many months, that of the moment and those before it."""
    newest = month_number(moment)
    return [newest + back for back in range(count)]


def read_question(text: str) -> Asked:
    """Return what is asked; what is too long or too many is left out."""
    clean = unicodedata.normalize("NFC", text)
    left = MOST_WORDS
    phrases: list[tuple[str, ...]] = []
    loose: list[tuple[str, ...]] = []
    for quoted in _QUOTED.findall(clean):
        words = tuple(words_of(quoted)[:left])
        left -= len(words)
        (phrases if len(words) > 1 else loose).append(words)
    loose.append(tuple(words_of(_QUOTED.sub(" ", clean))[:left]))
    words = tuple(word for part in loose for word in part)
    return Asked(tuple(phrases), words)


def asked_numbers(asked: Asked, *, with_tones: bool) -> list[int]:
    """Return the numbers a page must have to answer."""
    found: set[int] = set()
    for part in asked.parts:
        words = [as_word(word) for word in part]
        found.update(_neighbours(one.folded, other.folded) for one, other in pairwise(words))
        if with_tones:
            found.update(_exact_number(word.folded, word.exact) for word in words)
        elif len(words) == 1:
            found.add(_number(f"~{words[0].folded}"))
    return sorted(found)


def answers(body: str, asked: Asked, *, with_tones: bool) -> bool:
    """Say whether the page really has each phrase, word after word, and each word.

    The numbers alone do not say so: neighbours may lie apart, and “hoa” has one number with “hoà”.
    """
    spelled = _line(words_of(body), with_tones=with_tones)
    return all(_line(part, with_tones=with_tones) in spelled for part in asked.parts)


def _line(words: Iterable[str], *, with_tones: bool) -> str:
    spelled = (as_word(word).exact if with_tones else as_word(word).folded for word in words)
    return f" {' '.join(spelled)} "


def _exact_number(folded: str, spelled: str) -> int:
    """Words without tones have one number for both."""
    return _number(f"~{folded}" if folded == spelled else f"={spelled}")


def _neighbours(one: str, other: str) -> int:
    return _number(f"{one} {other}")


@lru_cache(maxsize=1 << 18)
def _number(term: str) -> int:
    return crc32(term.encode()) & _POSITIVE


def all_words(asked: Asked) -> Sequence[str]:
    return [word for part in asked.parts for word in part]
