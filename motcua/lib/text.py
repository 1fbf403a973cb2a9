"""Vietnamese text: one spelling for storing, keys for sorting and for search without tones."""

import re
import unicodedata
from functools import lru_cache

_MOST_DIGITS = 18
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[0-9a-zđà-ỹ]+")
_D_STROKE = str.maketrans("đĐ", "dD")
# The alphabet's own order: letters with hats are letters, tones come after them.
_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x21 + 2 * index) for index, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_HATS = {"\u0302", "\u0306", "\u031b"}


def whole_number(typed: str) -> int | None:
    """Return the number that typed digits say; None for other text and for more than we can keep.

    Python refuses thousands of digits with an error, the database more than nineteen.
    """
    return int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else None


def tidy(text: str) -> str:
    """Return the text in NFC with single spaces: the only form that is stored."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the text in lower case without tones and hats, for search without tones."""
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(bare).translate(_D_STROKE).lower()


def _syllable_key(syllable: str) -> str:
    """Spell a syllable with its tone last, so that “hoà” and “hòa” are the same."""
    tone, letters = "", []
    for mark in unicodedata.normalize("NFD", syllable):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            letters.append(mark)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


@lru_cache(maxsize=4096)
def exact(text: str) -> str:
    """Return the text in lower case with tones at one place, for search with tones.

    “Hòa” and “Hoà” give the same result; “hoa” does not.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    return _WORD.sub(lambda word: _syllable_key(word[0]), lowered)


def has_tones(text: str) -> bool:
    """Say whether anything in the text distinguishes it from its folded form."""
    return fold(text) != unicodedata.normalize("NFC", text).lower()


def words(text: str) -> list[str]:
    """Return the words of the text in lower case, tones kept."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _letter_rank(letter: str) -> str:
    return _RANK.get(letter, letter)


def _collate(word: str) -> str:
    """Return a key that sorts one word by the Vietnamese alphabet under plain C order."""
    ranks, tones = [], []
    for letter in unicodedata.normalize("NFC", word).lower():
        base, tone = "", "0"
        for mark in unicodedata.normalize("NFD", letter):
            if mark in _TONES:
                tone = _TONES[mark]
            elif not unicodedata.combining(mark) or mark in _HATS:
                base += mark
        ranks.append(_letter_rank(unicodedata.normalize("NFC", base)))
        tones.append(tone)
    return "".join(ranks) + "\x20" + "".join(tones).rstrip("0")


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """Return a key for sorting titles and places by the Vietnamese alphabet."""
    return "\x1f".join(_collate(word) for word in words(name))


@lru_cache(maxsize=4096)
def person_sort_key(full_name: str) -> str:
    """Return a key for sorting people: given name first, then family and middle names."""
    parts = words(full_name)
    return "\x1f".join(_collate(word) for word in (parts[-1:] + parts[:-1]))
