"""What was sent is recalled, brought up to date, replaced or put right by a letter.

What is signed never changes: an update brings a deadline or what was left out; a mistake in what
it says needs another document of the same kind, a mistake in its form a letter that corrects it.

Source: docs/law/documents.md
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from motcua.casework.documents.choices import Act, Direction, FileRole, State, StepResult
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentFile, DocumentMove
from motcua.casework.documents.rules.arrival import FileIn
from motcua.casework.documents.rules.names import in_words
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import Business, BusinessKind
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .attaching import add_files
from .enveloping import check_sends, envelope_for, recipients_now
from .stepping import close_step, open_steps
from .telling import lock_document, tell

_LONGEST_REASON = 1000


def checked_reason(reason: str, what: str) -> str:
    """Return the reason. Raises: BadInput without one."""
    if not reason.strip():
        raise BadInput(f"Hãy ghi lý do {what}; nơi nhận sẽ đọc lý do này.", field="reason")
    return reason.strip()[:_LONGEST_REASON]


@work.story
def recall(
    code: str, reason: str, *, by: Actor, at: datetime, only: Collection[str] = ()
) -> Document:
    """Recall a document that was issued: whoever has it is asked to give it back.

    With `only`, those places alone are asked, which got it by mistake; for all others it stands.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput without a reason.
    """
    document = lock_document(code)
    check_sends(document, by)
    why = checked_reason(reason, "thu hồi")
    told = [one for one in recipients_now(document) if one.envelope]
    if only:
        told = [one for one in told if one.code in only]
        if not told:
            raise BadInput("Hãy chọn nơi đã gửi nhầm.", field="places")
    sent = ""
    if told:
        business = Business(kind=BusinessKind.RECALL, reason=why, document_id=document.identifier)
        sent = _send_change(document, [one.code for one in told], business, (), by=by, at=at)
    was = document.state
    if not only:
        document.move_to(State.RECALLED)
        document.ended_reason = why
        for step in open_steps(document):
            close_step(step, StepResult.SKIPPED, by=by, at=at)
    detail: dict[str, object] = {"told": len(told), "envelope": sent}
    if only:
        detail["places"] = [one.name for one in told]
    changed = ("ended_reason",)
    tell(document, Act.RECALL, by=by, at=at, was=was, changed=changed, note=why, detail=detail)
    return document


def _send_change(
    document: Document,
    codes: Sequence[str],
    business: Business,
    files: Sequence[exchange.Attached],
    *,
    by: Actor,
    at: datetime,
) -> str:
    """Send a change of a document to places that have it; the clock of sending begins now."""
    envelope = envelope_for(document, codes, business, at)
    return exchange.send(replace(envelope, attachments=tuple(files), signed_at=at), by=by, at=at)


@dataclass(frozen=True, slots=True)
class UpdateIn:
    """What is brought up to date: another deadline, files that were left out; and why."""

    reason: str
    due_on: date | None = None
    files: Sequence[FileIn] = ()


@work.story
def update_sent(code: str, update: UpdateIn, *, by: Actor, at: datetime) -> Document:
    """Bring a sent document up to date, here and at everybody who has it by wire.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput without a reason or a change.
    """
    document = lock_document(code)
    check_sends(document, by)
    why = checked_reason(update.reason, "cập nhật")
    changes = _changes(document, update, at)
    told = [one.code for one in recipients_now(document) if one.envelope]
    if not told:
        raise DocumentError("Văn bản chưa gửi nơi nào qua mạng; hãy gửi trước rồi mới cập nhật.")
    document.due_on = update.due_on or document.due_on
    add_files(document, update.files, by=by, at=at)
    info = exchange.UpdateInfo(changes_document=True)
    business = Business(
        kind=BusinessKind.UPDATE, reason=why, document_id=document.identifier, update=info
    )
    attached = [exchange.Attached(one.file_id, one.name) for one in update.files]
    sent = _send_change(document, told, business, attached, by=by, at=at)
    detail: dict[str, object] = {"told": len(told), "envelope": sent, "changes": changes}
    changed = ("due_on",)
    was = document.state
    tell(document, Act.UPDATE_SENT, by=by, at=at, was=was, changed=changed, note=why, detail=detail)
    return document


def _changes(document: Document, update: UpdateIn, at: datetime) -> dict[str, list[str]]:
    """Return what changes, as it was and as it will be. Raises: BadInput if nothing does."""
    found: dict[str, list[str]] = {}
    if update.due_on is not None and update.due_on != document.due_on:
        if update.due_on < local_day(at):
            raise BadInput("Hạn mới không thể ở trước hôm nay.", field="due_on")
        was = document.due_on.isoformat() if document.due_on else ""
        found["due_on"] = [was, update.due_on.isoformat()]
    if update.files:
        found["files"] = [one.name for one in update.files]
    if not found:
        raise BadInput("Chưa có gì thay đổi: hãy ghi hạn mới hoặc thêm tệp.", field="due_on")
    return found


def changed_document(code: str, agency_id: int) -> Document:
    """Return the issued document of the agency that another is to replace or correct.

    Raises: BadInput if there is none such.
    """
    found = Document.objects.filter(code=code, agency_id=agency_id).first()
    if found is None or found.direction != Direction.OUTGOING or found.state != State.ISSUED:
        message = "Chỉ thay thế, đính chính văn bản đi của cơ quan mình đang có hiệu lực."
        raise BadInput(message, field="reason")
    return found


def end_older(document: Document, *, by: Actor, at: datetime) -> None:
    """Note, when a document is issued, what it does to the one it replaces or corrects."""
    named = f"{document.kind_name} {in_words(document.number, document.notation)}"
    if document.replaces_id is not None:
        _supersede(document, document.replaces_id, f"Thay thế bằng {named}", by=by, at=at)
    if document.amends_id is not None:
        older = _lock(document.amends_id)
        note = f"Đính chính bằng {named}: {document.change_reason}"
        detail = {"letter": document.code}
        tell(older, Act.AMEND, by=by, at=at, was=older.state, note=note, detail=detail)


def _lock(document_id: int) -> Document:
    return lock_document(Document.objects.only("code").get(pk=document_id).code)


def _supersede(document: Document, older_id: int, words: str, *, by: Actor, at: datetime) -> None:
    older = _lock(older_id)
    if older.state != State.ISSUED:
        return
    was = older.state
    older.move_to(State.REPLACED)
    older.replaced_by_id = document.pk
    older.ended_reason = f"{words}: {document.change_reason}"[:1000]
    for step in open_steps(older):
        close_step(step, StepResult.SKIPPED, by=by, at=at)
    changed = ("replaced_by_id", "ended_reason")
    detail = {"by": document.code}
    note = older.ended_reason
    tell(older, Act.SUPERSEDE, by=by, at=at, was=was, changed=changed, note=note, detail=detail)


def tell_left_out(newer: Document, *, by: Actor, at: datetime) -> None:
    """Ask the older document back where it lies and the newer one does not go; once."""
    if newer.replaces_id is None:
        return
    older = _lock(newer.replaces_id)
    if older.replaced_by_id != newer.pk:  # it was taken back, or replaced by another before
        return
    asked = DocumentMove.objects.filter(document=older, act=Act.RECALL, detail__newer=newer.code)
    kept = {one.code for one in recipients_now(newer)}
    told = [one for one in recipients_now(older) if one.envelope and one.code not in kept]
    if not told or asked.exists():
        return
    named = f"{newer.kind_name} {in_words(newer.number, newer.notation)}"
    why = f"Đã thay thế bằng {named}: {newer.change_reason}"[:_LONGEST_REASON]
    business = Business(kind=BusinessKind.RECALL, reason=why, document_id=older.identifier)
    sent = _send_change(older, [one.code for one in told], business, (), by=by, at=at)
    detail: dict[str, object] = {
        "told": len(told),
        "envelope": sent,
        "newer": newer.code,
        "places": [one.name for one in told],
    }
    tell(older, Act.RECALL, by=by, at=at, was=older.state, note=why, detail=detail)


def tell_amended(letter: Document, codes: Collection[str], *, by: Actor, at: datetime) -> None:
    """Tell those who get a letter of correction, and hold what it corrects, to put it beside that.

    The letter goes to them as a document of its own, too.
    """
    if letter.amends_id is None:
        return
    older = _lock(letter.amends_id)
    told = [one.code for one in recipients_now(older) if one.envelope and one.code in codes]
    if not told or older.state != State.ISSUED:
        return
    words = f"Đính chính bằng {letter.kind_name} {in_words(letter.number, letter.notation)}"
    why = f"{words}: {letter.change_reason}"[:_LONGEST_REASON]
    business = Business(
        kind=BusinessKind.UPDATE,
        reason=why,
        document_id=older.identifier,
        update=exchange.UpdateInfo(changes_document=True),
    )
    mains = DocumentFile.objects.filter(document=letter, role=FileRole.MAIN, gone_at=None)
    attached = [exchange.Attached(one.file_id, one.name) for one in mains.order_by("seq")]
    sent = _send_change(older, told, business, attached, by=by, at=at)
    detail = {"told": len(told), "envelope": sent, "letter": letter.code}
    tell(older, Act.UPDATE_SENT, by=by, at=at, was=older.state, note=why, detail=detail)
