"""Words kept in Vietnamese that can also be said in English, and in which language to say them.

Rooms speak Vietnamese only. What they say to the public is `said(…)`: a plain string for everybody
who stores, compares or joins it, which still knows of which sentence and values it was made. Pages
and letters ask it for its English words at their edge (ADR 94).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils.translation import gettext, ngettext, override

VIETNAMESE, ENGLISH = "vi", "en"
Find = Callable[[str, int | None], str]
_language: ContextVar[str] = ContextVar("language", default=VIETNAMESE)
_COUNTS = ("count", "days")  # the values after which English words take their number
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def language() -> str:
    """Return the language in which to answer whoever is being answered."""
    return _language.get()


def is_english() -> bool:
    return _language.get() == ENGLISH


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Answer in this language for a while; Django's own words too."""
    token = _language.set(code)
    try:
        with override(code):
            yield
    finally:
        _language.reset(token)


def speak(code: str) -> None:
    """Answer in this language from now on, until told otherwise."""
    _language.set(code)


class Spoken(str):
    """A Vietnamese string that knows how it is said in English."""

    __slots__ = ()

    def in_english(self, find: Find) -> str:
        """Return the English words; `find` looks sentences up in the catalogue."""
        raise NotImplementedError


class Said(Spoken):
    """A sentence of the catalogue, with the values put into it."""

    __slots__ = ("sentence", "values")
    sentence: str
    values: Mapping[str, object]

    def in_english(self, find: Find) -> str:
        return filled(find, self.sentence, self.values)


class Dong(Spoken):
    """A sum of money."""

    __slots__ = ("amount_vnd",)
    amount_vnd: int

    def in_english(self, _find: Find) -> str:
        return english_money(self.amount_vnd)


class Day(Spoken):
    """A day, or a moment with its hour."""

    __slots__ = ("day",)
    day: date

    def in_english(self, _find: Find) -> str:
        return english_moment(self.day) if isinstance(self.day, datetime) else english_day(self.day)


class Hour(Spoken):
    """An hour of the day."""

    __slots__ = ("at",)
    at: datetime

    def in_english(self, _find: Find) -> str:
        return f"{self.at:%H:%M}"


class Joined(Spoken):
    """Several strings with others between them."""

    __slots__ = ("between", "parts")
    between: str
    parts: tuple[str, ...]

    def in_english(self, find: Find) -> str:
        return english_of(self.between, find).join(english_of(one, find) for one in self.parts)


class Lowered(Spoken):
    """Words without capitals, as they stand inside a sentence."""

    __slots__ = ("words",)
    words: str

    def in_english(self, find: Find) -> str:
        return english_of(self.words, find).lower()


def said(sentence: str, /, **values: object) -> Said:
    """Return the sentence with its values, in Vietnamese; it keeps both for the English page."""
    told = Said(sentence % values if values else sentence)
    told.sentence, told.values = sentence, values
    return told


def sentence(words: str) -> str:
    """Mark a sentence that is `said` later with its values."""
    return words


def dong(text: str, amount_vnd: int) -> Dong:
    told = Dong(text)
    told.amount_vnd = amount_vnd
    return told


def on_day(text: str, day: date) -> Day:
    told = Day(text)
    told.day = day
    return told


def on_hour(text: str, at: datetime) -> Hour:
    told = Hour(text)
    told.at = at
    return told


def joined(between: str, parts: Iterable[str]) -> Joined:
    """Return the parts with `between` between them, each still able to speak English."""
    kept = tuple(parts)
    told = Joined(between.join(kept))
    told.between, told.parts = between, kept
    return told


def lowered(words: str) -> Lowered:
    """Return the words without capitals, still able to speak English."""
    told = Lowered(words.lower())
    told.words = words
    return told


def words_of(error: BaseException) -> str:
    """Return what an error says, still able to say it in English."""
    told = error.args[0] if error.args else ""
    return told if isinstance(told, Spoken) else str(error)


def english_of(value: object, find: Find) -> str:
    """Return a value as it is said in English; plain strings stay as they are."""
    if isinstance(value, Spoken):
        return value.in_english(find)
    return str(value)


def find(sentence: str, count: int | None) -> str:
    """Return the sentence of the catalogue in the language that is spoken."""
    return gettext(sentence) if count is None else ngettext(sentence, sentence, count)


def in_english(value: object) -> str:
    """Return a value in English, whatever is spoken now: for letters and papers."""
    with override(ENGLISH):
        return english_of(value, find)


def filled(find: Find, sentence: str, values: Mapping[str, object]) -> str:
    """Return the English sentence with its values."""
    if not values:
        return find(sentence, None)
    count = next((v for name in _COUNTS if isinstance(v := values.get(name), int)), None)
    spoken = {name: english_of(value, find) for name, value in values.items()}
    if count is not None and "count" in values:
        spoken["count"] = english_number(count)
    return find(sentence, count) % spoken


def english_number(value: int) -> str:
    return f"{value:,}"


def english_money(amount_vnd: int) -> str:
    return f"VND {amount_vnd:,}"


def english_day(day: date) -> str:
    """Return “7 January 2026”."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def english_moment(at: datetime) -> str:
    """Return “16:30, 7 January 2026”."""
    return f"{at.hour:02}:{at.minute:02}, {english_day(at)}"
