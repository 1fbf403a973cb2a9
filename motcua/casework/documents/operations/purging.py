"""What turns out to be a state secret leaves the system: its files are destroyed, its end is told.

Source: docs/law/documents.md
"""

from datetime import datetime

from motcua.casework.documents.choices import Act, BookState, State, StepResult
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Book, Document, DocumentFile, DraftVersion
from motcua.casework.documents.rules.arrival import NOT_HERE, SECRET_MARKS
from motcua.casework.documents.rules.finding import KIND
from motcua.casework.exchange import api as exchange
from motcua.casework.mailboxes import api as mailboxes
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.search import api as search
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import fold, tidy

from .finding import remember
from .stepping import close_step, open_steps
from .telling import lock_document, tell
from .wording import index_words

GONE = "(đã xóa nội dung: văn bản mang bí mật nhà nước)"
_ENDS = {
    State.ARRIVED: State.REFUSED,
    State.REGISTERED: State.RETURNED,
    State.DIRECTED: State.RETURNED,
    State.DONE: State.DONE,
    State.DRAFT: State.DROPPED,
    State.SUBMITTED: State.DROPPED,
}
_PURGED = (
    "UPDATE documents_documentfile SET gone_at = %s WHERE document_id = %s AND gone_at IS NULL"
)
_EMPTIED = "UPDATE documents_draftversion SET body = NULL WHERE document_id = %s"


@work.story
def purge_secret(code: str, mark: str, *, by: Actor, at: datetime) -> Document:
    """Destroy the files and words of a document that is a state secret, and end it.

    An arrival is refused, what has a number keeps it without its subject, a draft is dropped. The
    sender of a message hears the reason; the contents go everywhere, whoever holds them.

    Raises: NoSuchDocument, NotAllowed, DocumentError once it is signed, BadInput without its mark.
    """
    document = lock_document(code)
    _check_purges(document, mark, by)
    was = State(document.state)
    files.purge(_contents(document), by=by, at=at)
    mailboxes.purge_mail(document.code, by=by, at=at)
    if document.envelope:
        exchange.purge(document.envelope, by=by, at=at)
    work.put(_PURGED, [at, document.pk])
    work.put(_EMPTIED, [document.pk])
    for step in open_steps(document):
        close_step(step, StepResult.SKIPPED, by=by, at=at)
    document.move_to(_ENDS[was])
    document.ended_reason = f"Văn bản mang dấu “{tidy(mark).upper()}”. {NOT_HERE}"[:1000]
    if not _stands_for_ever(document):
        document.subject = GONE
    changed = ("ended_reason", "subject")
    tell(document, Act.PURGE, by=by, at=at, was=was, changed=changed, note=document.ended_reason)
    search.forget_text(KIND, document.pk)
    remember(document)
    return document


def _check_purges(document: Document, mark: str, by: Actor) -> None:
    """Raises: NotAllowed, DocumentError, BadInput."""
    if document.drafter_id != by.id:
        by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if fold(mark).strip() not in SECRET_MARKS:
        raise BadInput("Hãy chọn dấu độ mật ghi trên văn bản.", field="mark")
    if document.state not in _ENDS:
        label = State(document.state).label
        message = (
            f"Văn bản đang ở “{label}”. Hãy báo ngay người phụ trách bảo mật của cơ quan và "
            "quản trị hệ thống để xử lý."
        )
        raise DocumentError(message)


def _contents(document: Document) -> list[int]:
    """Return the keys of everything that was sent in for a document."""
    kept = DocumentFile.objects.filter(document=document).values_list("file_id", flat=True)
    drafts = DraftVersion.objects.filter(document=document, file__isnull=False)
    return sorted({*kept, *drafts.values_list("file_id", flat=True)})


def _stands_for_ever(document: Document) -> bool:
    """Say whether the subject stands in a book that says for ever what it says."""
    return Book.objects.filter(pk=document.book_id or 0, state=BookState.CLOSED).exists()


def forget_purged(file_id: int) -> None:
    """Read anew, for the search, the documents that held a content which is gone."""
    held = DocumentFile.objects.filter(file_id=file_id).select_related("document")
    for code in held.values_list("document__code", flat=True).order_by("document_id"):
        index_words(code)
