"""The copy that the registry keeps is used by somebody, and comes back.

Source: docs/law/registry-books.md
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.documents.choices import Act, Direction
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, KeptCopyUse
from motcua.casework.documents.queries.books import holds_there
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

from .telling import lock_document, part_seq, tell


@dataclass(frozen=True, slots=True)
class CopyUseIn:
    """Who uses the kept copy, who allows it, what for, and in which file it lies."""

    borrower: str
    allowed_by: str
    purpose: str = ""
    file_code: str = ""


@work.story
def lend_copy(code: str, use: CopyUseIn, *, by: Actor, at: datetime) -> KeptCopyUse:
    """Note that somebody uses the kept copy of a document of one's own.

    Raises: NoSuchDocument, NotAllowed, DocumentError while somebody has it, BadInput.
    """
    document = lock_document(code)
    _check_keeps(document, by)
    if document.direction != Direction.OUTGOING or document.ordinal is None:
        raise DocumentError("Chỉ văn bản đi đã có số mới có bản lưu.")
    if not tidy(use.borrower):
        raise BadInput("Hãy ghi họ tên người sử dụng.", field="borrower")
    if not tidy(use.allowed_by):
        raise BadInput("Hãy ghi người cho phép sử dụng.", field="allowed_by")
    out = KeptCopyUse.objects.filter(document=document, returned_at=None).first()
    if out is not None:
        raise DocumentError(f"Bản lưu đang do {out.borrower} giữ; hãy ghi trả trước.")
    kept = KeptCopyUse(
        document_id=document.pk,
        seq=part_seq(document),
        at=at,
        by_name=by.name,
        borrower=tidy(use.borrower)[:200],
        allowed_by=tidy(use.allowed_by)[:200],
        purpose=tidy(use.purpose)[:500],
        file_code=tidy(use.file_code)[:100],
    )
    work.add(kept)
    note = f"{kept.borrower}; {kept.allowed_by} cho phép"
    tell(document, Act.LEND, by=by, at=at, was=document.state, note=note)
    return kept


def _check_keeps(document: Document, by: Actor) -> None:
    if not holds_there(by, Power.REGISTER_DOCUMENTS, document.agency_id):
        raise NotAllowed("Bản lưu do văn thư của cơ quan giữ.")


@work.story
def take_copy_back(code: str, seq: int, *, by: Actor, at: datetime) -> KeptCopyUse:
    """Note that the kept copy came back.

    Raises: NoSuchDocument, NotAllowed, DocumentError if it is back.
    """
    document = lock_document(code)
    _check_keeps(document, by)
    kept = KeptCopyUse.objects.filter(document=document, seq=seq, returned_at=None).first()
    if kept is None:
        raise DocumentError("Bản lưu này đã trả rồi.")
    kept.returned_at, kept.returned_to = at, by.name
    work.update(kept, "returned_at", "returned_to")
    tell(document, Act.GET_BACK, by=by, at=at, was=document.state, note=kept.borrower)
    return kept
