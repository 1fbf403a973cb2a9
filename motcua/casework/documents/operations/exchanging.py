"""An issued document goes to its recipients, and is recalled; what they answer is kept.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from motcua.casework.documents.choices import (
    Act,
    Direction,
    FileRole,
    State,
    StepKind,
    StepResult,
    Way,
)
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentFile, Recipient
from motcua.casework.documents.queries.letterheads import letterhead_of
from motcua.casework.documents.rules.drafts import RecipientIn
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import Business, BusinessKind
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .drafting import write_recipients
from .following import PREFIX
from .stepping import close_step, open_steps
from .telling import lock_document, tell

BY_WIRE = frozenset({Way.INSIDE, Way.AXIS, Way.SITE})
_LONGEST = {"subject": 500, "place": 50, "signer": 50, "position": 100, "notation": 30}


@work.story
def send(code: str, *, by: Actor, at: datetime) -> Document:
    """Send an issued document to everybody who has not got it; paper goes by hand or post.

    Raises: NoSuchDocument, NotAllowed, DocumentError, NotToBeRouted, CannotWrite, BadInput.
    Source: docs/law/documents.md
    """
    document = lock_document(code)
    _check_sends(document, by)
    waiting = [one for one in _recipients(document) if one.sent_at is None and not one.envelope]
    if not waiting:
        raise DocumentError("Không còn nơi nhận nào chưa gửi; hãy thêm nơi nhận trước.")
    by_wire = [one for one in waiting if one.way in BY_WIRE]
    if by_wire:
        envelope = _envelope(document, [one.code for one in by_wire], _business(document), at)
        sent = exchange.send(envelope, by=by, at=at)
        for one in by_wire:
            one.envelope = sent
            work.update(one, "envelope")
    for one in waiting:
        if one.way not in BY_WIRE:
            one.sent_at = at
            work.update(one, "sent_at")
    for step in open_steps(document):
        if step.kind == StepKind.SEND:
            close_step(step, StepResult.DONE, by=by, at=at)
    note = "; ".join(one.name for one in waiting)
    detail = {"recipients": len(waiting), "by_wire": len(by_wire)}
    tell(document, Act.SEND, by=by, at=at, was=document.state, note=note, detail=detail)
    return document


def _check_sends(document: Document, by: Actor) -> None:
    """Raises: NotAllowed, DocumentError."""
    registry = Power.REGISTER_DOCUMENTS
    if not by.can(registry) or by.agency_id != document.agency_id:
        by.require(registry, unit_id=document.unit_id)
    if document.state != State.ISSUED:
        message = f"Văn bản đang ở “{State(document.state).label}”, chưa gửi hoặc thu hồi được."
        raise DocumentError(message)


def _recipients(document: Document) -> list[Recipient]:
    found = Recipient.objects.filter(document=document, removed_at=None)
    return list(found.order_by("seq"))


def _business(document: Document) -> Business:
    """Return what the message does: something new, or in the place of an older document."""
    if document.replaces_id is None:
        return Business()
    older = Document.objects.get(pk=document.replaces_id)
    organs = tuple(one.code for one in _recipients(older) if one.code)
    replaced = exchange.Replaced(older.identifier, organs)
    words = f"Thay thế văn bản {older.number}/{older.notation}"
    return Business(kind=BusinessKind.REPLACE, reason=words, replaced=(replaced,))


def _envelope(
    document: Document, receivers: Sequence[str], business: Business, at: datetime
) -> exchange.OutgoingEnvelope:
    signer = exchange.SignerInfo(
        full_name=document.signer_name[: _LONGEST["signer"]],
        position=document.signer_title[: _LONGEST["position"]],
    )
    facts = exchange.DocumentFacts(
        number=document.number,
        notation=document.notation[: _LONGEST["notation"]],
        issued_on=document.issued_on or local_day(at),
        kind=document.kind,
        kind_name=document.kind_name,
        subject=document.subject[: _LONGEST["subject"]],
        place=letterhead_of(document.agency_id, local_day(at)).place[: _LONGEST["place"]],
        signer=signer if document.signer_name else None,
        due_on=document.due_on,
        other=exchange.OtherInfo(priority=document.urgency),
    )
    files = DocumentFile.objects.filter(
        document=document, role__in=[FileRole.MAIN, FileRole.ATTACHMENT], gone_at=None
    )
    return exchange.OutgoingEnvelope(
        owner=f"{PREFIX}{document.code}",
        sender_id=document.agency_id,
        recipients=tuple(receivers),
        document=facts,
        signed_at=document.issued_at or at,
        attachments=tuple(
            exchange.Attached(one.file_id, one.name) for one in files.order_by("seq")
        ),
        business=business,
        idempotency=f"{document.code}.{document.version}",
    )


@work.story
def add_recipients(
    code: str, recipients: Sequence[RecipientIn], *, by: Actor, at: datetime
) -> Document:
    """Add places that are to get an issued document too; `send` then sends it to them alone.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput.
    """
    document = lock_document(code)
    _check_sends(document, by)
    known = {one.code or one.name.casefold() for one in _recipients(document)}
    new = [one for one in recipients if (one.code or one.name.casefold()) not in known]
    if not new:
        raise BadInput("Hãy chọn nơi nhận chưa có trong danh sách.", field="recipients")
    write_recipients(document, new, at)
    note = "; ".join(one.name for one in new)
    tell(document, Act.UPDATE_SENT, by=by, at=at, was=document.state, note=note)
    return document


@work.story
def recall(code: str, reason: str, *, by: Actor, at: datetime) -> Document:
    """Recall a document that was issued: whoever has it is asked to give it back.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput without a reason.
    """
    document = lock_document(code)
    _check_sends(document, by)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do thu hồi; nơi nhận sẽ đọc lý do này.", field="reason")
    told = [one.code for one in _recipients(document) if one.envelope]
    if told:
        business = Business(
            kind=BusinessKind.RECALL, reason=reason.strip(), document_id=document.identifier
        )
        envelope = _envelope(document, told, business, at)
        exchange.send(replace(envelope, attachments=()), by=by, at=at)
    was = document.state
    document.move_to(State.RECALLED)
    document.ended_reason = reason.strip()[:1000]
    for step in open_steps(document):
        close_step(step, StepResult.SKIPPED, by=by, at=at)
    tell(
        document,
        Act.RECALL,
        by=by,
        at=at,
        was=was,
        changed=("ended_reason",),
        note=reason,
        detail={"told": len(told)},
    )
    return document


@work.story
def take_state(code: str, receiver_code: str, envelope: str, *, at: datetime) -> None:
    """Keep how a message stands at one recipient; what is known already changes nothing."""
    row = Recipient.objects.filter(
        document__code=code, code=receiver_code, envelope=envelope, removed_at=None
    ).first()
    shown = exchange.find_envelope(envelope)
    found = [one for one in shown.recipients if one.code == receiver_code] if shown else []
    if row is None or not found:
        return
    now = found[0]
    row.status = now.side or now.status or str(now.transport)
    row.status_words = now.trouble[:1000] or now.words
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


def is_incoming(document: Document) -> bool:
    """Say whether the document came in by a message."""
    return document.direction == Direction.INCOMING and bool(document.envelope)
