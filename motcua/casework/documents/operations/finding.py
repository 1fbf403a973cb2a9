"""How documents are found: by their words, and by their numbers, issuers, kinds and days."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from motcua.casework.documents.models import Document, DocumentScope
from motcua.casework.documents.rules.finding import KIND, Facts, marks_of
from motcua.casework.documents.rules.names import in_words
from motcua.foundation.access.api import Secrecy
from motcua.foundation.organisation import api as organisation
from motcua.foundation.search import api as search
from motcua.lib import work
from motcua.lib.clock import local_day

_CHUNK = 1_000


def remember(document: Document) -> None:
    """Hand over how a document is found: by its own unit at once, by others when they see it.

    The worker spreads it over the scope rows after every act (`rescope`).
    Costs: one statement, none for a document of this very story.
    """
    scope = {document.unit_id, *scope_of(document.pk)} if document.version > 1 else set[int]()
    if document.secrecy == Secrecy.OPEN:
        scope |= set(organisation.tree().ancestors(document.unit_id))
    search.remember(_entry(document, {document.unit_id, *scope}))


@work.story
def rescope(document_id: int) -> None:
    """Let those find a document who may see it now. Costs: three statements."""
    scope = scope_of(document_id)
    search.rescope(KIND, document_id, scope)
    search.rescope_text(KIND, document_id, scope)


def scope_of(document_id: int) -> list[int]:
    """Return the units and people (negative) that may see a document. Costs: one query."""
    rows = DocumentScope.objects.filter(document_id=document_id).order_by("unit_id")
    return list(rows.values_list("unit_id", flat=True))


def _entry(document: Document, scope: Collection[int]) -> search.Entry:
    named = in_words(document.number, document.notation)
    other = document.kind_name if not document.kind else ""
    lines = [document.subject, document.issuer_name, named, document.signer_name, other]
    entered = document.registered_at
    facts = Facts(
        number=document.number,
        notation=document.notation,
        issuer=document.issuer_name,
        kind=document.kind,
        direction=str(document.direction),
        issued_on=document.issued_on,
        entered_on=local_day(entered) if entered else None,
        ordinal=document.ordinal,
    )
    return search.Entry(
        kind=KIND,
        subject_id=document.pk,
        text="\n".join(line for line in lines if line),
        sort_at=document.sort_at,
        code=named[:60],
        scope_ids=tuple(sorted(scope)),
        marks=marks_of(facts),
    )


def every_entry() -> Iterator[search.Entry]:
    """Yield how each document is found, by its key; for rebuilding."""
    latest = 0
    while chunk := list(Document.objects.filter(pk__gt=latest).order_by("pk")[:_CHUNK]):
        latest = chunk[-1].pk
        scopes: dict[int, list[int]] = defaultdict(list)
        rows = DocumentScope.objects.filter(document_id__in=[one.pk for one in chunk])
        for document_id, unit_id in rows.values_list("document_id", "unit_id"):
            scopes[document_id].append(unit_id)
        yield from (_entry(document, scopes[document.pk]) for document in chunk)
