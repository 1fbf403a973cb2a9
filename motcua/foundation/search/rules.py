"""From words to terms and back: exact with tones, folded without.

A term is two letters of its kind, a sign, and the word: “do=nguyên3” is the word with its tone,
“do~nguyen” without. So one index serves all kinds, and the words of one never meet another's.
"""

import re
from dataclasses import dataclass

from motcua.lib.text import exact, fold, has_tones, words

_MOST_WORDS = 12
_LONGEST_WORD = 40
_SHORTEST_PREFIX = 2
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Z]+(?:[.\-/][0-9A-Z]+)+")


def terms_of(kind: str, text: str) -> list[str]:
    """Return the terms under which a text is found, each once, sorted."""
    return sorted(
        term
        for word in set(words(text))
        for term in {_folded(kind, word[:_LONGEST_WORD]), _exact(kind, word[:_LONGEST_WORD])}
    )


def asked(text: str) -> list[str]:
    """Return the words asked for; what is too long or too many is left out."""
    return [word[:_LONGEST_WORD] for word in words(text)[:_MOST_WORDS]]


def asks_for_tones(question: list[str]) -> bool:
    """Say whether the question distinguishes tones; if not, there is no better hit than another."""
    return any(has_tones(word) for word in question)


@dataclass(frozen=True, slots=True)
class Query:
    """What the word index is asked, and what is checked of each row it finds.

    The beginning of a word is checked where there are whole words to ask for: the index would have
    to gather every word that begins so.
    """

    indexed: str
    checked: str = ""

    @property
    def whole(self) -> str:
        return f"{self.indexed} & {self.checked}" if self.checked else self.indexed


def exact_query(kind: str, question: list[str], *, typing: bool) -> Query:
    """Return the query for the very words; a word still being typed may go on without its tone."""
    *whole, last = question
    terms = [_quoted(_exact(kind, word)) for word in whole]
    if typing and not has_tones(last) and len(last) >= _SHORTEST_PREFIX:
        return _beginning(terms, kind, last)
    return Query(" & ".join([*terms, _quoted(_exact(kind, last))]))


def folded_query(kind: str, question: list[str], *, typing: bool) -> Query:
    """Return the query for the words whatever their tones."""
    *whole, last = question
    terms = [_quoted(_folded(kind, word)) for word in whole]
    if typing and len(last) >= _SHORTEST_PREFIX:
        return _beginning(terms, kind, last)
    return Query(" & ".join([*terms, _quoted(_folded(kind, last))]))


def _beginning(terms: list[str], kind: str, last: str) -> Query:
    beginning = _quoted(_folded(kind, last)) + ":*"
    return Query(" & ".join(terms), beginning) if terms else Query(beginning)


def as_code(text: str) -> str:
    """Return the text as a code is stored, or nothing if it does not look like one."""
    code = text.strip().upper()
    return code if _CODE.fullmatch(code) else ""


def _folded(kind: str, word: str) -> str:
    return f"{kind[:2]}~{fold(word)}"


def _exact(kind: str, word: str) -> str:
    """Numbers have no tones, so one term is enough for them."""
    return f"{kind[:2]}={exact(word)}" if not word.isdecimal() else _folded(kind, word)


def _quoted(term: str) -> str:
    return f"'{term}'"
