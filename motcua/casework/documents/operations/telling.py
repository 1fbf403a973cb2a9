"""What every act on a document ends with: the move, the trace, the fact, the changed row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from motcua.casework.documents.choices import Act, ScopeRole, State
from motcua.casework.documents.errors import DocumentError, NoSuchDocument
from motcua.casework.documents.events import DocumentMoved
from motcua.casework.documents.models import Document, DocumentMove
from motcua.casework.documents.queries.chained import hashed
from motcua.casework.documents.queries.promised import seen
from motcua.casework.documents.rules.promising import leaf_of
from motcua.foundation.access.api import Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.ledger import api as ledger
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.chained import chain
from motcua.lib.clock import local_day

_SCOPE = """
INSERT INTO documents_documentscope (unit_id, role, secrecy, sort_at, document_id, direction)
SELECT x.unit_id, x.role, %s, %s, %s, %s
FROM unnest(%s::bigint[], %s::text[]) AS x(unit_id, role)
ON CONFLICT (document_id, unit_id) DO NOTHING
"""
_PARTS_PER_ACT = 1000
ALWAYS = ("version", "latest_hash", "state", "is_open")


def lock_document(code: str, *, also_imported: bool = False) -> Document:
    """Return the document, locked until the story ends.

    What was imported is there to be found: most acts do not reach it.

    Raises: NoSuchDocument, DocumentError.
    """
    try:
        document = work.lock(Document, code=code)
    except Document.DoesNotExist as error:
        message = f"Không tìm thấy văn bản {code}."
        raise NoSuchDocument(message) from error
    if document.imported_from and not also_imported:
        raise DocumentError("Văn bản nhập từ hệ thống cũ chỉ để tra cứu, không xử lý ở đây.")
    return document


def part_seq(document: Document, index: int = 0) -> int:
    """Return the number of a part made by the act now under way; parts of one act follow it."""
    return (document.version + 1) * _PARTS_PER_ACT + index


def tell(  # noqa: PLR0913 -- the one place where an act is told, every word of it by name
    document: Document,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    was: State | str,
    changed: Iterable[str] = (),
    note: str = "",
    unit_id: int | None = None,
    detail: Mapping[str, object] | None = None,
    is_new: bool = False,
) -> None:
    """Bring an act to an end: raise the version, chain the move, trace, announce, save."""
    document.version += 1
    move = DocumentMove(
        document_id=document.pk,
        seq=document.version,
        at=at,
        act=act,
        was=str(was),
        state=document.state,
        by_id=by.id,
        by_name=by.name,
        by_title=by.title,
        unit_id=unit_id,
        note=note[:2000],
        detail=dict(detail or {}),
        prev_hash=document.latest_hash,
    )
    move.hash = chain(document.latest_hash, hashed(move))
    document.latest_hash = move.hash
    if is_new:
        work.add(document)
    else:
        work.update(document, *dict.fromkeys((*ALWAYS, *changed)))
    work.add(move)
    _promise(document, move)
    audit.record(f"documents.{act}", f"document:{document.code}", by=by, at=at)
    outbox.announce(_fact(document, act, at=at, was=was), by=by, at=at)


def _promise(document: Document, move: DocumentMove) -> None:
    """Write the leaf of an act that enters, issues, recalls or replaces; most have none.

    Source: docs/law/documents.md
    """
    leaf = leaf_of(seen(document, move)) if document.promise_salt else None
    if leaf is not None:
        agency = organisation.tree().agency(document.agency_id)
        ledger.promise(replace(leaf, agency_code=agency.code), salt=document.promise_salt)


def _fact(document: Document, act: Act, *, at: datetime, was: State | str) -> DocumentMoved:
    return DocumentMoved(
        aggregate_id=document.pk,
        seq=document.version,
        act=str(act),
        code=document.code,
        was=str(was),
        state=str(document.state),
        direction=str(document.direction),
        agency_id=document.agency_id,
        unit_id=document.unit_id,
        kind=document.kind,
        on=local_day(at),
        envelope=document.envelope,
    )


def let_see(document: Document, interests: Sequence[tuple[int, ScopeRole]]) -> None:
    """Write the scope rows of the units with an interest and all above them in their agency.

    A negative number stands for a person's account. Of what is kept closely only those named.
    Source: docs/law/access.md
    """
    roles: dict[int, str] = {}
    for unit_id, role in interests:
        roles.setdefault(unit_id, str(role))
        for above in _above(document, unit_id):
            roles.setdefault(above, str(ScopeRole.ABOVE))
    params = [
        document.secrecy,
        document.sort_at,
        document.pk,
        str(document.direction),
        [*roles],
        [*roles.values()],
    ]
    work.put(_SCOPE, params)


def _above(document: Document, unit_id: int) -> tuple[int, ...]:
    """Return all units above this one in its agency; none for persons or what is kept closely."""
    if unit_id < 0 or document.secrecy != Secrecy.OPEN:
        return ()
    return organisation.tree().ancestors(unit_id)[1:]
