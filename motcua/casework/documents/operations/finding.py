"""How documents are found by their numbers, issuers and words."""

from collections.abc import Iterator

from motcua.casework.documents.models import Document
from motcua.casework.documents.rules.names import in_words
from motcua.foundation.organisation import api as organisation
from motcua.foundation.search import api as search

KIND = "document"
_CHUNK = 1_000


def remember(document: Document) -> None:
    """Hand over how a document is found in its agency; who sees the hit, its scope rows say."""
    search.remember(_entry(document))


def _entry(document: Document) -> search.Entry:
    named = in_words(document.number, document.notation)
    lines = [document.subject, document.issuer_name, named, document.signer_name]
    return search.Entry(
        kind=KIND,
        subject_id=document.pk,
        text="\n".join(line for line in lines if line),
        sort_at=document.sort_at,
        code=named[:60],
        scope_ids=(organisation.tree().agency(document.agency_id).root_unit_id,),
    )


def every_entry() -> Iterator[search.Entry]:
    """Yield how each document is found, by its key; for rebuilding."""
    latest = 0
    while chunk := list(Document.objects.filter(pk__gt=latest).order_by("pk")[:_CHUNK]):
        latest = chunk[-1].pk
        yield from (_entry(document) for document in chunk)
