"""Find subjects by words or code: what fits best first, then the newest.

There are four tiers: the words one after the other as they are, the same without tones, the very
words anywhere, the same without tones. The first two are looked at together, the others only if
they do not fill the page. Each tier is read only as far as the page needs: a common word stops
after some hundred rows of the newest-first index, rare ones come from the word index. The planner
chooses well because the statement is planned for its own words each time; but it thinks that words
come together by chance. So several common ones are first looked for among the newest rows of the
province, and within a scope by the rarest of them alone. Where there are many millions of rows the
newest have a word index of their own, which is asked first (ADR 103).
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from itertools import count
from math import ceil
from typing import Any

from motcua.foundation.search.rules import (
    Query,
    as_code,
    asked,
    asks_for_tones,
    exact_query,
    folded_query,
    mark_terms,
    marked,
    pairs,
)
from motcua.lib import work
from motcua.lib.paging import Cursor, Page

PAGE = 20
Newest = Callable[[int], Sequence[int]]
_TIER = """
SELECT subject_id, sort_at, {tier} AS tier FROM search_entry
WHERE kind = %s AND terms @@ %s::tsquery{scope}{also}
ORDER BY sort_at DESC, subject_id DESC LIMIT %s
"""
# The second tier is not even begun when the first one fills the page.
_BOTH = """
WITH first AS MATERIALIZED ({first}),
second AS MATERIALIZED (
  SELECT * FROM ({second}) AS rest WHERE (SELECT count(*) FROM first) < %s
)
SELECT * FROM first UNION ALL SELECT * FROM second
ORDER BY tier DESC, sort_at DESC, subject_id DESC LIMIT %s
"""
_NEWEST = """
SELECT subject_id, sort_at, {tier} AS tier FROM (
  SELECT subject_id, sort_at, terms FROM search_entry WHERE kind = %s
  ORDER BY sort_at DESC, subject_id DESC LIMIT %s
) AS newest WHERE terms @@ %s::tsquery{also}
ORDER BY sort_at DESC, subject_id DESC LIMIT %s
"""
# No index of words can answer a CASE: they are read by their keys.
_AMONG = """
SELECT e.subject_id, e.sort_at, {tier} AS tier
FROM unnest(%s::bigint[]) AS asked(id)
JOIN search_entry e ON e.kind = %s AND e.subject_id = asked.id
WHERE e.scope_ids && %s::bigint[]
  AND CASE WHEN e.terms @@ %s::tsquery THEN true ELSE false END
ORDER BY e.sort_at DESC, e.subject_id DESC LIMIT %s
"""
FREQUENT = """
SELECT word, share FROM pg_stats,
  unnest(most_common_elems::text::text[], most_common_elem_freqs) AS found(word, share)
WHERE schemaname = current_schema() AND tablename = 'search_entry' AND attname = 'terms'
  AND word IS NOT NULL AND share > %s
"""
_RECENT = """
SELECT pg_get_expr(indpred, indrelid) FROM pg_index
WHERE indexrelid = to_regclass('search_recent') AND indisvalid
"""
_BOUND = re.compile(r"sort_at > '([^']+)'")
_CODE = """
SELECT subject_id, sort_at, {tier} FROM search_entry
WHERE kind = %s AND code = %s AND code <> ''{scope}
ORDER BY sort_at DESC, subject_id DESC LIMIT %s
"""
_SCOPE = " AND (scope_ids && %s::bigint[])"
_SINCE = " AND sort_at > %s"
_FURTHER = " AND (sort_at, subject_id) < (%s, %s)"
_BUT_NOT = " AND NOT terms @@ %s::tsquery"
# No index can answer a CASE: the rows are found by the other words first.
_CHECKED = " AND CASE WHEN terms @@ %s::tsquery THEN true ELSE false END"
_NEWEST_ROWS = 6000
_MOST_KNOWN, _SPARE = 500, 1.5
COMMON_SHARE = 0.002
_QUESTIONS_PER_LOOK, _FIRST_LOOK = 2000, 250


@dataclass(slots=True)
class _Held:
    """What this process knows of frequent terms and of the newest rows; how often it was asked."""

    common: Mapping[str, float] = field(default_factory=dict)
    since: datetime | None = None
    questions: Iterator[int] = field(default_factory=count)


_held = _Held()


class Tier(IntEnum):
    """How well a subject fits; odd ones with their tones."""

    FOLDED = 0
    EXACT = 1
    FOLDED_PHRASE = 2
    PHRASE = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject found, and how well it fits."""

    subject_id: int
    sort_at: datetime
    tier: Tier

    @property
    def is_exact(self) -> bool:
        """Whether the very words were found, and not only without their tones."""
        return bool(self.tier % 2)

    @property
    def place(self) -> Cursor:
        """Where a search goes on after this hit; the tier stands in the lowest bits of its id."""
        return Cursor(self.sort_at, self.subject_id * len(Tier) + self.tier)


def _tier_of(place: Cursor) -> Tier:
    return Tier(place.id % len(Tier))


def find(  # noqa: PLR0913 -- what may be asked, each by its name
    kind: str,
    text: str,
    *,
    scope_ids: Collection[int] | None = None,
    limit: int = PAGE,
    after: Cursor | None = None,
    typing: bool = False,
    marks: Sequence[Collection[str]] = (),
) -> Page[Hit]:
    """Return one page of subjects in the given scope; None is the whole province.

    Words one after the other come first, exact tones before others if the question has any; with
    `typing` the last word may go on. There is no way back but the first page. `marks` are groups
    of facts: of each group the subject must have one; with marks there need not be words.

    Costs: one statement; one more for several words that do not fill the page one after the other,
    for a text that looks like a code that does not exist, for several common words in the whole
    province that the newest rows do not have, and among many millions where the newest million
    does not fill the page.
    """
    code, facts = as_code(text), marked(kind, marks)
    if code and not facts and after is None and (rows := _by_code(kind, code, scope_ids, limit)):
        return _page(rows, limit)
    question = asked(text)
    if not (question or facts) or (scope_ids is not None and not scope_ids):
        return Page(())
    look = _Look(kind, question, scope_ids, limit, typing, facts)
    return _page(look.rows(after), limit)


def find_newest(
    kind: str,
    text: str,
    *,
    scope_ids: Collection[int],
    newest: Newest,
    limit: int = PAGE,
    marks: Sequence[Collection[str]] = (),
) -> Page[Hit] | None:
    """Return the first page from the newest subjects the asker knows of, if they fill it.

    None where they do not, or what is asked for is too rare for that: then `find` says. However
    many subjects there are, this costs the same; the word index gathers all that fit.

    `newest` returns the keys of so many newest subjects; all who ask may know of them.

    Costs: nothing for what is rare; else one statement and that of `newest`.
    """
    question, groups = asked(text), mark_terms(kind, marks)
    if as_code(text) or not (question or groups) or not scope_ids:
        return None
    look = _Look(kind, question, scope_ids, limit, typing=False, facts=marked(kind, marks))
    share = look.share(groups)
    if share * _MOST_KNOWN < _SPARE * (limit + 1):
        return None
    rows = look.among(newest(ceil(_SPARE * (limit + 1) / share)))
    return _page(rows, limit) if len(rows) > limit else None


@dataclass(frozen=True, slots=True)
class _Look:
    """One question, made into statements."""

    kind: str
    question: list[str]
    scope_ids: Collection[int] | None
    limit: int
    typing: bool
    facts: str

    def rows(self, after: Cursor | None) -> list[tuple[Any, ...]]:
        """Return one row more than a page, if there are so many."""
        found: list[tuple[Any, ...]] = []
        if self._has_phrase and (after is None or _tier_of(after) > Tier.EXACT):
            found, after = self._look(Tier.PHRASE, after), None
        if len(found) <= self.limit:
            found += self._look(Tier.EXACT, after)
        return found[: self.limit + 1]

    def _look(self, best: Tier, after: Cursor | None) -> list[tuple[Any, ...]]:
        """Return what fits with tones or, if there are none or too few, without."""
        folded = Tier(best - 1)
        if after is None and len(newest := self._newest(best)) > self.limit:
            return newest
        if not asks_for_tones(self.question):
            return self._first_of(folded, after)
        if after is not None and _tier_of(after) == folded:
            return self._first_of(folded, after, but_not=best)
        if len(recent := self._recent(best, after)) > self.limit:
            return recent
        first, first_params = self._tier(best, after)
        second, second_params = self._tier(folded, None, but_not=best)
        wanted = self.limit + 1
        sql = _BOTH.format(first=first, second=second)
        return self._run(sql, [*first_params, *second_params, wanted, wanted])

    def _first_of(
        self, tier: Tier, after: Cursor | None, *, but_not: Tier | None = None
    ) -> list[tuple[Any, ...]]:
        """Return what fits in one way; what is recent need not be looked for among all."""
        if len(recent := self._recent(tier, after, but_not=but_not)) > self.limit:
            return recent
        return self._run(*self._tier(tier, after, but_not=but_not))

    def _recent(
        self, tier: Tier, after: Cursor | None, *, but_not: Tier | None = None
    ) -> list[tuple[Any, ...]]:
        """Return what the index of the newest rows has; nothing where there is none."""
        since = _held.since
        if since is None or (after is not None and after.sort_at <= since):
            return []
        return self._run(*self._tier(tier, after, but_not=but_not, since=since))

    @property
    def _best(self) -> Tier:
        """Return the tier that fills the page first."""
        best = Tier.PHRASE if self._has_phrase else Tier.EXACT
        return best if asks_for_tones(self.question) else Tier(best - 1)

    def share(self, groups: Sequence[Collection[str]]) -> float:
        """Return of how many subjects the best hits may be one: 0 where something is rare."""
        common, words = common_terms(), self._query(self._best).words
        found = min((common.get(word, 0.0) for word in words), default=1.0)
        for group in groups:
            found *= min(1.0, sum(common.get(mark, 0.0) for mark in group))
        return found

    def among(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return the best hits among these subjects, one more than a page if there are so many."""
        tier = self._best
        query = " & ".join(filter(None, (self.facts, self._query(tier).whole)))
        params = [list(ids), self.kind, list(self.scope_ids or ()), query, self.limit + 1]
        return self._run(_AMONG.format(tier=tier.value), params)

    def _newest(self, best: Tier) -> list[tuple[Any, ...]]:
        """Return what the newest rows have of several common words, in the whole province.

        They are not read if even the rarest word is too rare to fill a page from them.
        """
        tier = best if asks_for_tones(self.question) else Tier(best - 1)
        query, common = self._query(tier), common_terms()
        if self.facts or self.scope_ids is not None or not query.is_common(common):
            return []
        if common[query.rarest(common)] * _NEWEST_ROWS <= self.limit:
            return []
        also, others = self._without_phrase(tier)
        params = [self.kind, _NEWEST_ROWS, query.whole, *others, self.limit + 1]
        return self._run(_NEWEST.format(tier=tier.value, also=also), params)

    def _tier(
        self,
        tier: Tier,
        after: Cursor | None,
        *,
        but_not: Tier | None = None,
        since: datetime | None = None,
    ) -> tuple[str, list[Any]]:
        is_scoped = self.scope_ids is not None
        indexed, checked = self._query(tier).split(common_terms(), is_scoped=is_scoped)
        params: list[Any] = [self.kind, " & ".join(filter(None, (self.facts, indexed)))]
        scope, also = "", ""
        if self.scope_ids is not None:
            scope = _SCOPE
            params.append(list(self.scope_ids))
        if checked:
            also += _CHECKED
            params.append(checked)
        if since is not None:
            also += _SINCE
            params.append(since)
        if after is not None:
            also += _FURTHER
            params += [after.sort_at, after.id // len(Tier)]
        if but_not is not None:
            also += _BUT_NOT
            params.append(self._query(but_not).whole)
        more, others = self._without_phrase(tier)
        sql = _TIER.format(tier=tier.value, scope=scope, also=also + more)
        return sql, [*params, *others, self.limit + 1]

    def _without_phrase(self, tier: Tier) -> tuple[str, list[str]]:
        """Leave out of the words anywhere what was found one after the other."""
        if tier > Tier.EXACT or not self._has_phrase:
            return "", []
        return _BUT_NOT, [self._query(Tier.FOLDED_PHRASE).whole]

    @property
    def _has_phrase(self) -> bool:
        return len(self.question) > 1 and not self.typing

    def _query(self, tier: Tier) -> Query:
        if not self.question:
            return Query(())
        make = exact_query if tier % 2 else folded_query
        words = pairs(self.question) if tier > Tier.EXACT else self.question
        return make(self.kind, words, typing=self.typing)

    def _run(self, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
        return work.fetch(sql, params, prepare=False)


def common_terms() -> Mapping[str, float]:
    """Return the share of rows that each frequent term stands in, as the planner last saw it.

    Costs: two statements for every two thousand questions of a process, first at the 250th.
    """
    if next(_held.questions) % _QUESTIONS_PER_LOOK == _FIRST_LOOK:
        _held.common = dict(work.fetch(FREQUENT, [COMMON_SHARE]))
        _held.since = recent_since()
    return _held.common


def recent_since() -> datetime | None:
    """Return from which moment on rows stand in the index of the newest; None if there is none."""
    rows = work.fetch(_RECENT, [])
    bound = _BOUND.search(rows[0][0]) if rows else None
    return datetime.fromisoformat(bound[1]) if bound else None


def forget_terms() -> None:
    """Begin to count questions anew, knowing no term to be frequent."""
    _held.common, _held.since, _held.questions = {}, None, count()


def _by_code(
    kind: str, code: str, scope_ids: Collection[int] | None, limit: int
) -> list[tuple[Any, ...]]:
    scope = "" if scope_ids is None else _SCOPE
    params = [kind, code, *([] if scope_ids is None else [list(scope_ids)]), limit + 1]
    return work.fetch(_CODE.format(scope=scope, tier=Tier.PHRASE.value), params, prepare=False)


def _page(rows: list[tuple[Any, ...]], limit: int) -> Page[Hit]:
    hits = [Hit(subject, at, Tier(tier)) for subject, at, tier in rows[:limit]]
    return Page(hits, next=hits[-1].place if len(rows) > limit else None)
