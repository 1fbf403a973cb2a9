"""The words of documents' files, for the full-text search; in the worker."""

from motcua.casework.documents.models import Document, DocumentFile, DocumentScope
from motcua.foundation.files import api as files
from motcua.foundation.search import api as search
from motcua.lib import work

from .finding import KIND


def index_words(code: str) -> None:
    """Read all files of a document and remember what stands on their pages, one after the other.

    The subject stands on the first page, so that a scanned document is found by it.
    Costs: a process of its own for each file, and some statements.
    """
    document = Document.objects.filter(code=code).first()
    if document is None:
        return
    rows = DocumentFile.objects.filter(document=document, gone_at=None).select_related("file")
    found = [one.file for one in rows.order_by("seq") if not one.file.is_locked]
    pages = [page for file in found for page in files.read_text(file)]
    first = "\n".join([document.subject, *pages[:1]])
    _remember(document, [first, *pages[1:]])


@work.story
def _remember(document: Document, pages: list[str]) -> None:
    search.remember_text(KIND, document.pk, pages, _scope_of(document.pk), document.sort_at)


@work.story
def rescope_words(document_id: int) -> None:
    """Let those find a document by its words who may see it now. Costs: two statements."""
    search.rescope_text(KIND, document_id, _scope_of(document_id))


def _scope_of(document_id: int) -> list[int]:
    rows = DocumentScope.objects.filter(document_id=document_id).order_by("unit_id")
    return list(rows.values_list("unit_id", flat=True))
