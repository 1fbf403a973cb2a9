"""An issued document goes to its recipients; what they answer is kept.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.documents.choices import Act, Direction, StepKind, StepResult
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, Recipient
from motcua.casework.documents.rules.drafts import RecipientIn
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import Business, BusinessKind
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .changing import tell_amended, tell_left_out
from .drafting import write_recipients
from .enveloping import BY_WIRE, check_sends, envelope_for, recipients_now
from .stepping import close_step, open_steps
from .telling import lock_document, tell

_NAMED = 5


@work.story
def send(code: str, *, by: Actor, at: datetime) -> Document:
    """Send an issued document to everybody who has not got it; paper goes by hand or post.

    Raises: NoSuchDocument, NotAllowed, DocumentError, NotToBeRouted, CannotWrite, BadInput.
    Source: docs/law/documents.md
    """
    document = lock_document(code)
    check_sends(document, by)
    waiting = [one for one in recipients_now(document) if one.sent_at is None and not one.envelope]
    if not waiting:
        raise DocumentError("Không còn nơi nhận nào chưa gửi; hãy thêm nơi nhận trước.")
    by_wire = [one for one in waiting if one.way in BY_WIRE]
    if by_wire:
        envelope = envelope_for(document, [one.code for one in by_wire], _business(document), at)
        sent = exchange.send(envelope, by=by, at=at)
        for one in by_wire:
            one.envelope = sent
            work.update(one, "envelope")
        tell_amended(document, [one.code for one in by_wire], by=by, at=at)
    tell_left_out(document, by=by, at=at)
    for one in waiting:
        if one.way not in BY_WIRE:
            one.sent_at = at
            work.update(one, "sent_at")
    for step in open_steps(document):
        if step.kind == StepKind.SEND:
            close_step(step, StepResult.DONE, by=by, at=at)
    note = few([one.name for one in waiting])
    detail = {"recipients": len(waiting), "by_wire": len(by_wire)}
    tell(document, Act.SEND, by=by, at=at, was=document.state, note=note, detail=detail)
    return document


def few(names: Sequence[str]) -> str:
    """Return the first names, and how many there are besides; all stand among the recipients."""
    rest = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f" và {rest} nơi khác" if rest > 0 else "")


def _business(document: Document) -> Business:
    """Return what the message does: something new, or in the place of an older document."""
    if document.replaces_id is None:
        return Business()
    older = Document.objects.get(pk=document.replaces_id)
    organs = tuple(one.code for one in recipients_now(older) if one.envelope)
    if not organs:
        return Business()
    replaced = exchange.Replaced(older.identifier, organs)
    words = document.change_reason or f"Thay thế văn bản {older.number}/{older.notation}"
    return Business(kind=BusinessKind.REPLACE, reason=words, replaced=(replaced,))


@work.story
def add_recipients(
    code: str, recipients: Sequence[RecipientIn], *, by: Actor, at: datetime
) -> Document:
    """Add places that are to get an issued document too; `send` then sends it to them alone.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput.
    """
    document = lock_document(code)
    check_sends(document, by)
    known = {one.code or one.name.casefold() for one in recipients_now(document)}
    new = [one for one in recipients if (one.code or one.name.casefold()) not in known]
    if not new:
        raise BadInput("Hãy chọn nơi nhận chưa có trong danh sách.", field="recipients")
    write_recipients(document, new, at)
    note = "; ".join(one.name for one in new)
    tell(document, Act.UPDATE_SENT, by=by, at=at, was=document.state, note=note)
    return document


@work.story
def take_state(code: str, receiver_code: str, envelope: str, *, at: datetime) -> None:
    """Keep how a message stands at one recipient; what is known already changes nothing."""
    rows = Recipient.objects.filter(document__code=code, code=receiver_code, removed_at=None)
    shown = exchange.find_envelope(envelope)
    found = [one for one in shown.recipients if one.code == receiver_code] if shown else []
    if not found or shown is None:
        return
    if shown.business == BusinessKind.RECALL:
        _take_recall(rows.exclude(envelope="").first(), found[0])
        return
    row = rows.filter(envelope=envelope).first()
    if row is None:
        return
    now = found[0]
    # What is said of a replacement's side is said of the older document.
    side = "" if shown.business == BusinessKind.REPLACE else now.side
    row.status = side or now.status or str(now.transport)
    row.status_words = now.trouble[:1000] or _said(now, shown.business)
    row.sent_at, row.delivered_at = now.sent_at, now.delivered_at
    if now.status >= exchange.Status.ACCEPTED and row.registered_at is None:
        row.registered_at = now.answered_at or at
    if now.status == exchange.Status.FINISHED and row.done_at is None:
        row.done_at = at
    row.save(
        update_fields=[
            "status",
            "status_words",
            "sent_at",
            "delivered_at",
            "registered_at",
            "done_at",
        ]
    )


def _said(now: exchange.RecipientShown, business: str) -> str:
    """Return how a message stands in words; of a replacement, what is said of the older one too."""
    if business != BusinessKind.REPLACE or not now.side:
        return now.words
    about = {
        exchange.Status.AGREED: "đồng ý thay văn bản cũ",
        exchange.Status.DECLINED: "không đồng ý thay văn bản cũ",
    }.get(exchange.Status(now.side), "")
    stands = exchange.Status(now.status).label if now.status else now.transport.label
    return f"{stands}; {about}" if about else stands


def _take_recall(row: Recipient | None, now: exchange.RecipientShown) -> None:
    """Keep what a recipient answers to a recall; until it answers, the document stands there."""
    if row is not None and now.side in (exchange.Status.AGREED, exchange.Status.DECLINED):
        row.status, row.status_words = now.side, now.words
        row.save(update_fields=["status", "status_words"])


def is_incoming(document: Document) -> bool:
    """Say whether the document came in by a message."""
    return document.direction == Direction.INCOMING and bool(document.envelope)
