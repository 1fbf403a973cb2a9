"""Find documents by words, number, issuer, kind and days: only what the actor may see."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from motcua.casework.documents.models import Document, DocumentScope
from motcua.casework.documents.rules.finding import KIND, Wanted, asked_marks
from motcua.foundation.access import api as access
from motcua.foundation.search import api as search
from motcua.lib.actor import Actor
from motcua.lib.paging import Cursor, Page

from .one import documents_by_ids

_MOST_UNITS = 4  # of many the newest of each would be read


class FoundDocument(NamedTuple):
    """One document found; whether its words have the very tones that were asked for."""

    document: Document
    is_exact: bool


def search_documents(
    actor: Actor,
    wanted: Wanted,
    *,
    today: date,
    after: Cursor | None = None,
    limit: int = 20,
) -> Page[FoundDocument]:
    """Return one page of documents, exact tones first and of those the newest.

    A number typed among the words is taken as one. Nothing asked for finds nothing. There is no
    way back but the first page.

    Costs: that of the search (one or two statements) and two statements.
    """
    asked = wanted.parted()
    marks, scope = asked_marks(asked, today), actor.scope_ids

    def newest(most: int) -> Sequence[int]:
        return access.page(DocumentScope, actor, limit=most).rows

    hits = None
    if after is None and not actor.sees_all and len(scope) <= _MOST_UNITS:
        hits = search.find_newest(
            KIND, asked.words, scope_ids=scope, newest=newest, limit=limit, marks=marks
        )
    if hits is None:
        hits = search.find(
            KIND, asked.words, scope_ids=scope, limit=limit, after=after, marks=marks
        )
    known = documents_by_ids(actor, [hit.subject_id for hit in hits.rows]) if hits.rows else {}
    rows = [
        FoundDocument(known[hit.subject_id], hit.is_exact)
        for hit in hits.rows
        if hit.subject_id in known
    ]
    return Page(rows, next=hits.next)
