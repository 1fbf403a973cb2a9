"""Remember what stands on the pages of long texts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from motcua.foundation.search.models import TextPage
from motcua.foundation.search.rules import page_numbers, shortened
from motcua.lib import work

_FORGET = "DELETE FROM search_page WHERE kind = %s AND subject_id = %s"
_RESCOPE = """
UPDATE search_page SET scope_ids = %s::bigint[]
WHERE kind = %s AND subject_id = %s AND scope_ids IS DISTINCT FROM %s::bigint[]
"""
_PAGES_AT_ONCE = 100
_ROW = "(%s, %s, %s, %s::bigint[], %s::int[], %s, %s)"
_PUT = """
INSERT INTO search_page (kind, subject_id, page, scope_ids, numbers, sort_at, body) VALUES {rows}
"""


def remember_text(
    kind: str, subject_id: int, pages: Sequence[str], scope_ids: Collection[int], sort_at: datetime
) -> None:
    """Hand over the pages of a subject, first page first, in place of what it had.

    Empty pages keep their number and are not found. Call inside a story, best in the worker:
    a page costs a millisecond.
    """
    work.put(_FORGET, [kind, subject_id])
    rows = [page_row(kind, subject_id, n, text, sort_at) for n, text in enumerate(pages, 1)]
    kept = [row for row in rows if row.body]
    scope = sorted(scope_ids)
    for first in range(0, len(kept), _PAGES_AT_ONCE):
        batch = kept[first : first + _PAGES_AT_ONCE]
        values = [value for row in batch for value in _values(row, scope)]
        work.put(_PUT.format(rows=", ".join([_ROW] * len(batch))), values)


def rescope_text(kind: str, subject_id: int, scope_ids: Collection[int]) -> None:
    """Hand over who may find the pages of a subject from now on; call inside its story."""
    scope = sorted(scope_ids)
    work.put(_RESCOPE, [scope, kind, subject_id, scope])


def forget_text(kind: str, subject_id: int) -> None:
    """Hand over that the pages of a subject are not to be found any more; call inside its story."""
    work.put(_FORGET, [kind, subject_id])


def page_row(kind: str, subject_id: int, page: int, text: str, sort_at: datetime) -> TextPage:
    """Return a page as it is kept, unsaved, without its scope."""
    body = shortened(text).strip()
    numbers = page_numbers(body, kind, sort_at)
    return TextPage(
        kind=kind, subject_id=subject_id, page=page, numbers=numbers, sort_at=sort_at, body=body
    )


def _values(row: TextPage, scope: list[int]) -> list[object]:
    key = [row.kind, row.subject_id, row.page]
    return [*key, scope, row.numbers, row.sort_at, row.body]
