"""Pages of invented Vietnamese text: chains of words that follow one another in our own papers."""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

from motcua.foundation.search import api as search

SENTENCES, SENTENCES_PER_PAGE, PAGES_PER_DOCUMENT = 60_000, 16, 3
AGENCIES, UNITS = 111, 8
DAYS = 730
_NOVELTY = 0.08  # how often a word follows that nobody wrote there yet
_SOURCES = ("CHANGELOG.md", "docs/law/*.md", "docs/glossary.md", "demo/procedures/*.yaml")
_WORD = re.compile(r"[a-zđà-ỹ]+")
_CODE = re.compile(r"`[^`]*`")
_VIETNAMESE = re.compile(r"[ăâđêôơưà-ỹ]")


@dataclass(frozen=True, slots=True)
class Made:
    """One page as it is kept."""

    subject_id: int
    page: int
    scope_ids: Sequence[int]
    numbers: Sequence[int]
    sort_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Some words, and the numbers they add to a page."""

    text: str
    numbers: frozenset[int]


class Writer:
    """Writes pages, always the same for the same seed."""

    def __init__(self, root: Path, at: datetime, seed: int = 26) -> None:
        self.random, self.at = Random(seed), at
        self.follow = _followers(root)
        self.words = sorted(self.follow)
        self.sentences = [self._sentence() for _ in range(SENTENCES)]

    def _sentence(self) -> Sentence:
        word = self.random.choice(self.words)
        said = [word.capitalize()]
        for _ in range(self.random.randint(14, 34)):
            word = self._next(word)
            said.append(word)
        text = " ".join(said) + "."
        return Sentence(text, frozenset(search.page_numbers(text, "", self.at)[2:]))

    def _next(self, word: str) -> str:
        if word not in self.follow or self.random.random() < _NOVELTY:
            return self.random.choice(self.words)
        names, weights = self.follow[word]
        place = bisect(weights, self.random.random() * weights[-1])
        return names[min(place, len(names) - 1)]

    def own_line(self) -> str:
        """Return a line that hardly any other page has."""
        one, two = self.random.choices(self.words, k=2)
        number, day = self.random.randint(1, 9_999), self.random.randint(1, 28)
        return f"Số {number}/QĐ-UBND ngày {day:02} của ông {one.title()} {two.title()}"

    def pages(self, count: int) -> Iterator[Made]:
        """Yield so many pages, the oldest first."""
        documents = count // PAGES_PER_DOCUMENT + 1
        step = timedelta(days=DAYS) / documents
        for document in range(documents):
            moment = self.at - timedelta(days=DAYS) + step * document
            scope = self._scope()
            left = count - document * PAGES_PER_DOCUMENT
            for page in range(min(PAGES_PER_DOCUMENT, left)):
                body, numbers = self._page(moment)
                yield Made(document + 1, page + 1, scope, numbers, moment, body)

    def _scope(self) -> list[int]:
        agency = self.random.randrange(AGENCIES)
        units = self.random.sample(range(UNITS), 2)
        return [agency * 100 + 100, *(agency * 100 + 101 + unit for unit in units)]

    def _page(self, moment: datetime) -> tuple[str, Sequence[int]]:
        chosen = self.random.choices(self.sentences, k=SENTENCES_PER_PAGE)
        own = self.own_line()
        numbers = set(search.page_numbers(own, "document", moment)).union(
            *(sentence.numbers for sentence in chosen)
        )
        return "\n".join((own, *(sentence.text for sentence in chosen))), sorted(numbers)


def _followers(root: Path) -> dict[str, tuple[list[str], list[int]]]:
    """Return for each Vietnamese word which words follow it, and how often."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for source in sorted(path for pattern in _SOURCES for path in root.glob(pattern)):
        for line in source.read_text().lower().splitlines():
            if _VIETNAMESE.search(line):
                words = _WORD.findall(_CODE.sub(" ", line))
                for one, other in pairwise(words):
                    pairs[one][other] += 1
    kept = {word: found for word, found in pairs.items() if sum(found.values()) > 1}
    return {
        word: (names, list(accumulate(found[name] for name in names)))
        for word, found in kept.items()
        if (names := sorted(name for name in found if name in kept))
    }
