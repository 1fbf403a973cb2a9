"""What the documents' own rows say must stand in the public ledger.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from itertools import groupby

from motcua.casework.documents.choices import Act
from motcua.casework.documents.models import Document, DocumentMove
from motcua.casework.documents.rules.promising import Seen, leaf_of, subject_of
from motcua.foundation.ledger import api as ledger
from motcua.lib.clock import local_day

from .wholeness import wrong_with

_PREFIX = subject_of("")
_NUMBERING = (Act.REGISTER, Act.ISSUE)


def seen(document: Document, move: DocumentMove, agency_id: int | None = None) -> Seen:
    """Return of a move what the ledger needs; `agency_id` is who held the document then."""
    return Seen(
        code=document.code,
        agency_id=agency_id or document.agency_id,
        direction=str(document.direction),
        seq=move.seq,
        at=move.at,
        act=str(move.act),
        was=str(move.was),
        state=str(move.state),
        by_id=move.by_id,
        detail=move.detail,
        hash=move.hash,
    )


class Documents:
    """The witness of all documents that have a secret word of their own."""

    def testimonies(self, after: int, most: int) -> Sequence[ledger.Testimony]:
        """Return what there is about the next documents, in order of id. Costs: two queries."""
        rows = Document.objects.filter(pk__gt=after).exclude(promise_salt="")
        return _told(list(rows.order_by("pk")[:most]))

    def testimony(self, subject: str) -> ledger.Testimony | None:
        """Return what there is about one document, None if there is none of that name."""
        code = subject.removeprefix(_PREFIX)
        if code == subject:
            return None
        told = _told(list(Document.objects.filter(code=code).exclude(promise_salt="")))
        return told[0] if told else None


def _told(documents: Sequence[Document]) -> list[ledger.Testimony]:
    rows = DocumentMove.objects.filter(document__in=documents).order_by("document_id", "seq")
    own = {pk: list(group) for pk, group in groupby(rows, key=lambda move: move.document_id)}
    return [_testimony(document, own.get(document.pk, [])) for document in documents]


def _testimony(document: Document, moves: list[DocumentMove]) -> ledger.Testimony:
    held = zip(moves, _holders(document, moves), strict=True)
    leaves = (leaf_of(seen(document, move, agency_id)) for move, agency_id in held)
    return ledger.Testimony(
        id=document.pk,
        subject=subject_of(document.code),
        salt=document.promise_salt,
        leaves=tuple(leaf for leaf in leaves if leaf is not None),
        wrong=wrong_with(document, moves) or _wrong_number(document, moves),
    )


def _holders(document: Document, moves: Sequence[DocumentMove]) -> list[int]:
    """Return which agency held the document at each move: it may have passed to an heir."""
    found: list[int] = []
    holder = document.agency_id
    for move in reversed(moves):
        found.append(holder)
        if move.act == Act.CARRY_OVER:
            holder = int(move.detail["from_agency"])
    return found[::-1]


def _wrong_number(document: Document, moves: Sequence[DocumentMove]) -> str:
    """Return what number and day of entry say against the move that gave them."""
    given = next((move for move in moves if move.act in _NUMBERING), None)
    if given is None:
        return "có số mà không có việc cấp số" if document.ordinal is not None else ""
    if document.ordinal != given.detail.get("ordinal"):
        return f"số trong sổ khác số đã cấp ở việc thứ {given.seq}"
    day = given.detail.get("on") or local_day(given.at).isoformat()
    if document.registered_at is None or local_day(document.registered_at).isoformat() != day:
        return f"ngày vào sổ khác ngày cấp số ở việc thứ {given.seq}"
    return ""
