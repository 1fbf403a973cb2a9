"""From words to terms and back: exact with tones, folded without.

A term is two letters of its kind, a sign, and the word: “do=nguyên3” is the word with its tone,
“do~nguyen” without. So one index serves all kinds, and the words of one never meet another's.
Two neighbours on a line are a term too, “do=nguyên3 văn”: a surname, a middle name and a name are
each borne by thousands, but few bear them one after the other. A mark is a fact, “do#kind:3”:
nothing that anybody writes can be taken for one.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from motcua.lib.text import exact, fold, has_tones, words

_MOST_WORDS = 12
_LONGEST_WORD = 40
_SHORTEST_PREFIX = 2
_NO_MARK = re.compile(r"[^0-9a-z:. ]+")
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Z]+(?:[.\-/][0-9A-Z]+)+")


def terms_of(kind: str, text: str, code: str = "", marks: Iterable[str] = ()) -> list[str]:
    """Return the terms under which a text, a code and marks are found, each once, sorted.

    What stands on one line belongs together: no pair goes over the end of a line.
    """
    found = {word[:_LONGEST_WORD] for word in words(code)}
    for line in text.splitlines():
        ours = [word[:_LONGEST_WORD] for word in words(line)]
        found.update(ours, pairs(ours))
    terms = {make(kind, one) for one in found for make in (_folded, _exact)}
    return sorted(terms | {_mark(kind, one) for one in marks})


def marked(kind: str, marks: Iterable[Collection[str]]) -> str:
    """Return the query for marks: of each group one is enough, of the groups all are needed."""
    groups = [" | ".join(map(_quoted, group)) for group in mark_terms(kind, marks)]
    return " & ".join(f"({group})" for group in groups)


def mark_terms(kind: str, marks: Iterable[Collection[str]]) -> list[list[str]]:
    """Return the terms of marks, group by group; empty groups ask for nothing."""
    return [[_mark(kind, one) for one in group] for group in marks if group]


def asked(text: str) -> list[str]:
    """Return the words asked for; what is too long or too many is left out."""
    return [word[:_LONGEST_WORD] for word in words(text)[:_MOST_WORDS]]


def pairs(question: list[str]) -> list[str]:
    """Return each word with the one after it; nothing for a single word."""
    return [f"{one} {following}" for one, following in pairwise(question)]


def asks_for_tones(question: list[str]) -> bool:
    """Say whether the question distinguishes tones; if not, there is no better hit than another."""
    return any(has_tones(word) for word in question)


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of whole words, and that of a word still being typed."""

    words: tuple[str, ...]
    beginning: str = ""

    @property
    def whole(self) -> str:
        return " & ".join([*map(_quoted, self.words), *self._begun()])

    def split(self, common: Mapping[str, float], *, is_scoped: bool) -> tuple[str, str]:
        """Return what the word index is asked, and what is checked of each row it finds.

        The beginning of a word is checked where there are whole words to ask for: the index would
        have to gather every word that begins so. Within a scope only the rarest of common words is
        asked for: walking the long lists of the others costs more than looking at the rows.
        """
        if not self.words:
            return self.whole, ""
        asked_for = self.words
        if is_scoped and self.is_common(common):
            asked_for = (self.rarest(common),)
        left = [_quoted(word) for word in self.words if word not in asked_for]
        return " & ".join(map(_quoted, asked_for)), " & ".join([*left, *self._begun()])

    def is_common(self, common: Mapping[str, float]) -> bool:
        """Say whether there are several words and none of them is rare."""
        return len(self.words) > 1 and all(word in common for word in self.words)

    def rarest(self, common: Mapping[str, float]) -> str:
        """Return the rarest of words that are all common."""
        return min(self.words, key=lambda word: common[word])

    def _begun(self) -> list[str]:
        return [f"{_quoted(self.beginning)}:*"] if self.beginning else []


def exact_query(kind: str, question: list[str], *, typing: bool) -> Query:
    """Return the query for the very words; a word still being typed may go on without its tone."""
    *whole, last = question
    if typing and not has_tones(last) and len(last) >= _SHORTEST_PREFIX:
        return Query(tuple(_exact(kind, word) for word in whole), _folded(kind, last))
    return Query(tuple(_exact(kind, word) for word in question))


def folded_query(kind: str, question: list[str], *, typing: bool) -> Query:
    """Return the query for the words whatever their tones."""
    *whole, last = question
    if typing and len(last) >= _SHORTEST_PREFIX:
        return Query(tuple(_folded(kind, word) for word in whole), _folded(kind, last))
    return Query(tuple(_folded(kind, word) for word in question))


def as_code(text: str) -> str:
    """Return the text as a code is stored, or nothing if it does not look like one."""
    code = text.strip().upper()
    return code if _CODE.fullmatch(code) else ""


def _mark(kind: str, mark: str) -> str:
    return f"{kind[:2]}#{_NO_MARK.sub('', fold(mark))}"


def _folded(kind: str, word: str) -> str:
    return f"{kind[:2]}~{fold(word)}"


def _exact(kind: str, word: str) -> str:
    """Numbers have no tones, so one term is enough for them."""
    return f"{kind[:2]}={exact(word)}" if not word.isdecimal() else _folded(kind, word)


def _quoted(term: str) -> str:
    return f"'{term}'"
