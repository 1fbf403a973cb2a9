"""One document with its parts, for those who may know of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import Model

from motcua.casework.documents.errors import NoSuchDocument
from motcua.casework.documents.models import (
    Directive,
    DirectiveLine,
    Document,
    DocumentFile,
    DocumentMove,
    DocumentScope,
    DocumentStep,
    DraftVersion,
    KeptCopyUse,
    Opinion,
    Recipient,
)
from motcua.foundation.access import api as access
from motcua.lib.actor import Actor

P = TypeVar("P", bound=Model)


def reading(actor: Actor) -> Actor:
    """Return the actor as this room sees him: who reads all dossiers reads no documents by it.

    Source: docs/law/access.md
    """
    return replace(actor, sees_all=False)


def get_document_for(actor: Actor, code: str) -> Document:
    """Return the document if the actor may see it. Raises: NoSuchDocument, for either reason.

    Costs: two statements.
    """
    document = Document.objects.filter(code=code).first()
    message = f"Không tìm thấy văn bản {code}, hoặc ông/bà không có quyền xem."
    if document is None:
        raise NoSuchDocument(message)
    if not access.may_see(DocumentScope, reading(actor), document.pk):
        raise NoSuchDocument(message, hidden=f"document:{code}")
    return document


def find_document(code: str) -> Document | None:
    """Return the document with this code, whoever asks; for rooms, never for pages."""
    return Document.objects.filter(code=code).first()


def titles_of(actor: Actor, codes: Collection[str]) -> dict[str, Document]:
    """Return, by code, those of the documents that the actor may see.

    Costs: two statements.
    """
    found = {one.pk: one for one in Document.objects.filter(code__in=list(codes))}
    visible = access.visible_among(DocumentScope, reading(actor), found)
    return {found[pk].code: found[pk] for pk in visible}


def documents_by_ids(actor: Actor, ids: Collection[int]) -> dict[int, Document]:
    """Return, by key, those of the documents that the actor may see; for the search.

    Costs: two statements.
    """
    visible = access.visible_among(DocumentScope, reading(actor), ids)
    return Document.objects.in_bulk(list(visible))


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """A document with everything that belongs to it."""

    document: Document
    files: list[DocumentFile]
    moves: list[DocumentMove]
    steps: list[DocumentStep]
    directives: list[Directive]
    lines: list[DirectiveLine]
    versions: list[DraftVersion]
    opinions: list[Opinion]
    recipients: list[Recipient]
    copy_uses: list[KeptCopyUse]

    def open_steps(self) -> list[DocumentStep]:
        """Return what the document waits for now."""
        return [step for step in self.steps if step.closed_at is None]


def whole(document: Document) -> WholeDocument:
    """Return the document with everything that belongs to it.

    Costs: one query per kind of part.
    """
    files = DocumentFile.objects.filter(document=document).select_related("file").order_by("seq")
    versions = DraftVersion.objects.filter(document=document).select_related("file")
    return WholeDocument(
        document=document,
        files=list(files),
        moves=_parts(DocumentMove, document),
        steps=_parts(DocumentStep, document),
        directives=_parts(Directive, document),
        lines=_parts(DirectiveLine, document),
        versions=list(versions.order_by("seq")),
        opinions=_parts(Opinion, document),
        recipients=_parts(Recipient, document),
        copy_uses=_parts(KeptCopyUse, document),
    )


def _parts(model: type[P], document: Document) -> list[P]:
    return list(model._default_manager.filter(document=document).order_by("seq"))
