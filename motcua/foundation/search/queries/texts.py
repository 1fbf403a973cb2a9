"""Find pages of long texts: the words one after the other first, tones as asked first, then newest.

Every statement looks for pages that have all numbers of a question; each reads at most a few rows
more than a page of hits needs. The newest month is asked first, then the newest year: a common
word is found there at once and its long list is never walked; only what is rare asks all years.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from motcua.foundation.search.rules import (
    Asked,
    Piece,
    answers,
    asked_numbers,
    kind_number,
    months_back,
    read_question,
    snippet_of,
)
from motcua.lib import work
from motcua.lib.paging import Cursor, Page

from .entries import Tier

PAGE = 20
_NEWEST = "SELECT sort_at FROM search_page ORDER BY sort_at DESC, subject_id DESC LIMIT 1"
# The fence (OFFSET 0) keeps the planner from walking the newest pages: it takes a word that nobody
# wrote for a common one, and would read every page there is.
_LOOK = """
SELECT kind, subject_id, page, sort_at, body FROM (
  SELECT * FROM search_page WHERE numbers @> %s::int[]{also} OFFSET 0
) p
ORDER BY sort_at DESC, subject_id DESC, kind, page LIMIT %s
"""
_MONTHS = " AND numbers && %s::int[]"
_KINDS = " AND numbers && %s::int[]"
_SCOPE = " AND scope_ids && %s::bigint[]"
_FURTHER = " AND (sort_at, subject_id) < (%s, %s)"
# Read by their key: the words alone, without a scope, may stand on a hundred thousand pages.
_OTHER_PAGES = """
SELECT p.kind, p.subject_id, p.body
FROM unnest(%s::text[], %s::bigint[]) AS k(kind, subject_id)
CROSS JOIN LATERAL (
  SELECT * FROM search_page o WHERE o.kind = k.kind AND o.subject_id = k.subject_id OFFSET 0
) p
WHERE p.numbers @> %s::int[]
"""
_MONTH, _YEAR = 1, 12
_FEW = 3
_PAGES_PER_HIT = 3
# What has the neighbours but not one after the other comes again with the words anywhere.
_FEW_ROUNDS, _MOST_ROUNDS = 2, 5
Key = tuple[str, int]
# What fits a phrase with its tones fits it without: one question less.
_WITHIN = {Tier.EXACT: (Tier.PHRASE,), Tier.FOLDED: (Tier.PHRASE,)}


class _Row(NamedTuple):
    kind: str
    subject_id: int
    page: int
    sort_at: datetime
    body: str

    @property
    def key(self) -> Key:
        return self.kind, self.subject_id


class _Wanted(NamedTuple):
    """How many hits more, and what was found in better tiers; None if that must be asked."""

    most: int
    known: set[Key] | None


@dataclass(frozen=True, slots=True)
class TextHit:
    """One subject found by its text: the first page that answers, and the words around."""

    kind: str
    subject_id: int
    page: int
    sort_at: datetime
    tier: Tier
    snippet: tuple[Piece, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the very words were found, and not only without their tones."""
        return bool(self.tier % 2)

    @property
    def place(self) -> Cursor:
        """Where a search goes on after this hit; the tier stands in the lowest bits of its id."""
        return Cursor(self.sort_at, self.subject_id * len(Tier) + self.tier)


def find_text(
    question: str,
    *,
    kinds: Collection[str] = (),
    scope_ids: Collection[int] | None = None,
    limit: int = PAGE,
    after: Cursor | None = None,
) -> Page[TextHit]:
    """Return one page of subjects whose text answers; None as scope is the whole province.

    Words in quotation marks must follow one another. Other words come first where they do, exact
    tones before others if the question has any, and of equals the newest. Without kinds all are
    searched. There is no way back but the first page.

    Costs: one statement, and for each of at most four tiers one to three, until the page is full.
    """
    asked = read_question(question)
    if asked.is_empty or (scope_ids is not None and not scope_ids):
        return Page(())
    newest = after.sort_at if after else _newest()
    if newest is None:
        return Page(())
    look = _Look(asked, tuple(kinds), scope_ids, limit)
    hits = look.hits(after, newest)
    return Page(hits[:limit], next=hits[limit - 1].place if len(hits) > limit else None)


def _newest() -> datetime | None:
    rows = work.fetch(_NEWEST, [])
    return rows[0][0] if rows else None


@dataclass(frozen=True, slots=True)
class _Look:
    """One question, made into statements."""

    asked: Asked
    kinds: tuple[str, ...]
    scope_ids: Collection[int] | None
    limit: int

    def hits(self, after: Cursor | None, newest: datetime) -> list[TextHit]:
        """Return one hit more than a page, if there are so many."""
        found: list[TextHit] = []
        begun = Tier(after.id % len(Tier)) if after else None
        for tier in self._tiers():
            if begun is not None and tier > begun:
                continue
            place = after if tier == begun else None
            known = None if after else {(hit.kind, hit.subject_id) for hit in found}
            found += self._of_tier(tier, place, newest, _Wanted(self.limit + 1 - len(found), known))
            if len(found) > self.limit:
                break
        return found

    def _tiers(self) -> list[Tier]:
        loose = len(self.asked.words) > 1
        tiers = [Tier.PHRASE, Tier.FOLDED_PHRASE] if loose else []
        tiers += [Tier.EXACT, Tier.FOLDED]
        return tiers if self.asked.has_tones else [one for one in tiers if not one % 2]

    def _of_tier(
        self, tier: Tier, after: Cursor | None, newest: datetime, wanted: "_Wanted"
    ) -> list[TextHit]:
        """Return the hits of a tier that fit no better one, newest first.

        On a first page the better tiers were read to their ends: what fits them is known. Further
        on it is asked.
        """
        found: dict[Key, TextHit] = {}
        place = (after.sort_at, after.id // len(Tier)) if after else None
        for _ in range(_FEW_ROUNDS if tier > Tier.EXACT else _MOST_ROUNDS):
            rows = self._rows(tier, place, newest)
            better = wanted.known
            if better is None:
                better = self._better(tier, {row.key for row in rows} - found.keys())
            for row in rows:
                if row.key not in found and row.key not in better and self._fits(row.body, tier):
                    found[row.key] = self._hit(row, tier)
            if len(found) >= wanted.most or len(rows) < self._batch:
                break
            place = rows[-1].sort_at, rows[-1].subject_id
        return list(found.values())[: wanted.most]

    @property
    def _batch(self) -> int:
        return (self.limit + 1) * _PAGES_PER_HIT

    def _rows(self, tier: Tier, place: tuple[datetime, int] | None, newest: datetime) -> list[_Row]:
        """Ask the newest month; if it has not enough the newest year; and then all."""
        start = place[0] if place else newest
        rows = self._ask(tier, place, months_back(start, _MONTH))
        if _FEW <= len(rows) < self._batch:
            rows = self._ask(tier, place, months_back(start, _YEAR))
        return rows if len(rows) == self._batch else self._ask(tier, place, ())

    def _ask(
        self, tier: Tier, place: tuple[datetime, int] | None, months: Sequence[int]
    ) -> list[_Row]:
        also = ""
        params: list[Any] = [self._numbers(tier)]
        conditions: list[tuple[str, Any]] = [
            (_MONTHS, list(months) or None),
            (_KINDS, [kind_number(kind) for kind in self.kinds] or None),
            (_SCOPE, None if self.scope_ids is None else list(self.scope_ids)),
        ]
        for words, value in conditions:
            if value is not None:
                also += words
                params.append(value)
        if place is not None:
            also += _FURTHER
            params += place
        found = work.fetch(_LOOK.format(also=also), [*params, self._batch], prepare=False)
        return [_Row(*row) for row in found]

    def _better(self, tier: Tier, keys: Collection[Key]) -> set[Key]:
        """Return those subjects that stand in a better tier already."""
        better: set[Key] = set()
        for other in self._tiers():
            if other > tier and other not in _WITHIN.get(tier, ()) and keys:
                better |= self._that_fit(other, keys)
        return better

    def _that_fit(self, tier: Tier, keys: Iterable[Key]) -> set[Key]:
        kinds, ids = zip(*keys, strict=True)
        rows = work.fetch(_OTHER_PAGES, [list(kinds), list(ids), self._numbers(tier)])
        return {(kind, subject) for kind, subject, body in rows if self._fits(body, tier)}

    def _fits(self, body: str, tier: Tier) -> bool:
        return answers(body, self._of(tier), with_tones=bool(tier % 2))

    def _numbers(self, tier: Tier) -> list[int]:
        return asked_numbers(self._of(tier), with_tones=bool(tier % 2))

    def _of(self, tier: Tier) -> Asked:
        return self.asked.as_phrase if tier > Tier.EXACT else self.asked

    def _hit(self, row: _Row, tier: Tier) -> TextHit:
        snippet = snippet_of(row.body, self.asked, with_tones=bool(tier % 2))
        return TextHit(*row[:4], tier, snippet)
