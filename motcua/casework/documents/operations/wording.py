"""The words of documents' files, for the full-text search; in the worker."""

from motcua.casework.documents.choices import FileRole
from motcua.casework.documents.models import Document, DocumentFile
from motcua.casework.documents.rules.finding import KIND
from motcua.foundation.files import api as files
from motcua.foundation.search import api as search
from motcua.lib import work

from .finding import scope_of


def index_words(code: str) -> None:
    """Read all files of a document and remember what stands on their pages, one after the other.

    The subject stands on the first page, so that a scanned document is found by it.
    Costs: a process of its own for each file, and some statements.
    """
    document = Document.objects.filter(code=code).first()
    if document is None:
        return
    rows = DocumentFile.objects.filter(document=document, gone_at=None).select_related("file")
    rows = rows.exclude(role=FileRole.STAMPED)  # a copy of what is read already
    found = [one.file for one in rows.order_by("seq") if not one.file.is_locked]
    pages = [page for file in found for page in files.read_text(file)]
    first = "\n".join([document.subject, *pages[:1]])
    _remember(document, [first, *pages[1:]])


@work.story
def _remember(document: Document, pages: list[str]) -> None:
    scope = scope_of(document.pk)
    search.rescope(KIND, document.pk, scope)
    search.remember_text(KIND, document.pk, pages, scope, document.sort_at)
