"""Find subjects by words or code, the very words first, then the same without tones.

Each tier is sorted newest first and read only as far as the page needs: a common word stops after
some hundred rows of the newest-first index, rare ones come from the word index. The planner chooses
well because the statement is planned for its own words each time; but it thinks that words come
together by chance. So several common ones (a surname, a middle name, a name) are first looked for
among the newest rows of the province, and within a scope by the rarest of them alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from motcua.lib import work
from motcua.lib.paging import Cursor, Page

from .rules import Query, as_code, asked, asks_for_tones, exact_query, folded_query

PAGE = 20
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
) AS newest WHERE terms @@ %s::tsquery
ORDER BY sort_at DESC, subject_id DESC LIMIT %s
"""
FREQUENT = """
SELECT word, share FROM pg_stats,
  unnest(most_common_elems::text::text[], most_common_elem_freqs) AS found(word, share)
WHERE schemaname = current_schema() AND tablename = 'search_entry' AND attname = 'terms'
  AND word IS NOT NULL AND share > %s
"""
_CODE = """
SELECT subject_id, sort_at, 1 FROM search_entry
WHERE kind = %s AND code = %s AND code <> ''{scope}
ORDER BY sort_at DESC, subject_id DESC LIMIT %s
"""
_SCOPE = " AND (scope_ids && %s::bigint[])"
_FURTHER = " AND (sort_at, subject_id) < (%s, %s)"
_NOT_EXACT = " AND NOT terms @@ %s::tsquery"
# No index can answer a CASE: the rows are found by the other words first.
_CHECKED = " AND CASE WHEN terms @@ %s::tsquery THEN true ELSE false END"
_EXACT, _FOLDED = 1, 0
_NEWEST_ROWS = 6000
COMMON_SHARE = 0.002
_QUESTIONS_PER_LOOK, _FIRST_LOOK = 2000, 250
_common: dict[str, float] = {}
_questions = count()


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject found, by the very words or only without tones."""

    subject_id: int
    sort_at: datetime
    is_exact: bool


def find(
    kind: str,
    text: str,
    *,
    scope_ids: Collection[int] | None = None,
    limit: int = PAGE,
    after: Cursor | None = None,
    typing: bool = False,
) -> Page[Hit]:
    """Return one page of subjects in the given scope; None is the whole province.

    Exact tones come first if the question has any; with `typing` the last word may go on. There
    is no way back but the first page: the cursor of a hit without its tones carries a negative id.

    Costs: one statement; two if the text looks like a code that does not exist, or for several
    common words in the whole province that the newest rows do not have.
    """
    code = as_code(text)
    if code and after is None and (rows := _by_code(kind, code, scope_ids, limit)):
        return _page(rows, limit)
    question = asked(text)
    if not question or (scope_ids is not None and not scope_ids):
        return Page(())
    look = _Look(kind, question, scope_ids, limit, typing)
    return _page(look.rows(after), limit)


@dataclass(frozen=True, slots=True)
class _Look:
    """One question, made into statements."""

    kind: str
    question: list[str]
    scope_ids: Collection[int] | None
    limit: int
    typing: bool

    def rows(self, after: Cursor | None) -> list[tuple[Any, ...]]:
        if after is None and len(newest := self._newest()) > self.limit:
            return newest
        if not asks_for_tones(self.question):
            return self._run(*self._tier(_FOLDED, after))
        if after is not None and after.id < 0:
            place = Cursor(after.sort_at, -after.id)
            return self._run(*self._tier(_FOLDED, place, without_exact=True))
        first, first_params = self._tier(_EXACT, after)
        second, second_params = self._tier(_FOLDED, None, without_exact=True)
        wanted = self.limit + 1
        sql = _BOTH.format(first=first, second=second)
        return self._run(sql, [*first_params, *second_params, wanted, wanted])

    def _newest(self) -> list[tuple[Any, ...]]:
        """Return what the newest rows have of several common words, in the whole province."""
        tier = _EXACT if asks_for_tones(self.question) else _FOLDED
        query = self._query(tier)
        if self.scope_ids is not None or not query.is_common(common_terms()):
            return []
        params = [self.kind, _NEWEST_ROWS, query.whole, self.limit + 1]
        return self._run(_NEWEST.format(tier=tier), params)

    def _tier(
        self, tier: int, after: Cursor | None, *, without_exact: bool = False
    ) -> tuple[str, list[Any]]:
        is_scoped = self.scope_ids is not None
        indexed, checked = self._query(tier).split(common_terms(), is_scoped=is_scoped)
        params: list[Any] = [self.kind, indexed]
        scope, also = "", ""
        if self.scope_ids is not None:
            scope = _SCOPE
            params.append(list(self.scope_ids))
        if checked:
            also += _CHECKED
            params.append(checked)
        if after is not None:
            also += _FURTHER
            params += [after.sort_at, after.id]
        if without_exact:
            also += _NOT_EXACT
            params.append(self._query(_EXACT).whole)
        return _TIER.format(tier=tier, scope=scope, also=also), [*params, self.limit + 1]

    def _query(self, tier: int) -> Query:
        make = exact_query if tier == _EXACT else folded_query
        return make(self.kind, self.question, typing=self.typing)

    def _run(self, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
        return work.fetch(sql, params, prepare=False)


def common_terms() -> dict[str, float]:
    """Return the share of rows that each frequent term stands in, as the planner last saw it.

    Costs: one statement for every two thousand questions of a process, first at the 250th.
    """
    if next(_questions) % _QUESTIONS_PER_LOOK == _FIRST_LOOK:
        _common.clear()
        _common.update(work.fetch(FREQUENT, [COMMON_SHARE]))
    return _common


def _by_code(
    kind: str, code: str, scope_ids: Collection[int] | None, limit: int
) -> list[tuple[Any, ...]]:
    scope = "" if scope_ids is None else _SCOPE
    params = [kind, code, *([] if scope_ids is None else [list(scope_ids)]), limit + 1]
    return work.fetch(_CODE.format(scope=scope), params, prepare=False)


def _page(rows: list[tuple[Any, ...]], limit: int) -> Page[Hit]:
    hits = [Hit(subject, at, is_exact=tier == _EXACT) for subject, at, tier in rows[:limit]]
    if len(rows) <= limit:
        return Page(hits)
    latest = hits[-1]
    place = latest.subject_id if latest.is_exact else -latest.subject_id
    return Page(hits, next=Cursor(latest.sort_at, place))
