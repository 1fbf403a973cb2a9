"""Whether documents and books still say what was written.

Source: docs/law/documents.md
"""

from collections.abc import Iterator
from itertools import groupby

from motcua.casework.documents.models import Book, Document, DocumentMove

from .books import wrong_in
from .chained import verify_moves

_AT_ONCE = 500


def findings() -> Iterator[str]:
    """Yield in words what does not fit, book by book and document by document.

    Costs: reads all moves once.
    """
    for book in Book.objects.select_related("series").order_by("pk").iterator():
        name = f"Sổ {book.pk} ({book.series.name}, cơ quan {book.agency_id}, năm {book.year})"
        yield from (f"{name}: {words}" for words in wrong_in(book))
    yield from _wrong_documents()


def _wrong_documents() -> Iterator[str]:
    after = 0
    while found := list(Document.objects.filter(pk__gt=after).order_by("pk")[:_AT_ONCE]):
        moves = DocumentMove.objects.filter(document__in=found).order_by("document_id", "seq")
        own = {pk: list(group) for pk, group in groupby(moves, key=lambda one: one.document_id)}
        for document in found:
            words = wrong_with(document, own.get(document.pk, []))
            if words:
                yield f"Văn bản {document.code}: {words}"
        after = found[-1].pk


def wrong_with(document: Document, moves: list[DocumentMove]) -> str:
    """Return what does not fit within the rows of one document, nothing if all does."""
    broken = verify_moves(moves)
    if broken is not None:
        return f"việc thứ {broken} không còn như lúc ghi"
    if not moves or (document.version, document.latest_hash) != (moves[-1].seq, moves[-1].hash):
        return "việc cuối cùng không phải việc được ghi sau cùng"
    return ""
