"""Tell agencies outside what became of a message: one status message each, queued like any other.

Source: docs/law/exchange.md
"""

from datetime import datetime
from io import BytesIO

from motcua.casework.exchange.choices import Status, Transport
from motcua.casework.exchange.errors import CannotWrite
from motcua.casework.exchange.models import (
    Envelope,
    EnvelopeArrival,
    EnvelopeRecipient,
    StatusNotice,
)
from motcua.casework.exchange.queries.routing import organ_named
from motcua.casework.exchange.rules.edxml.messages import (
    Answered,
    DocumentMessage,
    StaffInfo,
    StatusMessage,
    document_id,
)
from motcua.casework.exchange.rules.edxml.reader import read_message
from motcua.casework.exchange.rules.edxml.values import DOCUMENT_ID
from motcua.casework.exchange.rules.edxml.writer import head_of, unchecked_head
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

_UNKNOWN = "KXD"


def queue_notice(  # noqa: PLR0913 -- what is said, of what, by whom; each by name
    row: EnvelopeRecipient,
    envelope: Envelope,
    status: Status,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    staff: StaffInfo | None = None,
    their_code: str | None = None,
) -> None:
    """Queue a status message: to the sender outside, or to a receiver who is asked for it back."""
    is_asking = status == Status.ASKED_BACK
    sender, receiver = row.routed_code, envelope.sender_code
    if is_asking:
        sender, receiver = receiver, sender
    about = envelope.code if is_asking else _their_code(row, their_code)
    staff = staff if staff is not None and staff.staff else StaffInfo(staff=by.name[:100])
    message = StatusMessage(
        sender=organ_named(sender),
        about=_about(envelope, receiver),
        code=status,
        description=reason or status.label,
        at=at,
        staff=staff,
    )
    notice = StatusNotice(
        id=work.new_id(StatusNotice),
        recipient_id=row.pk,
        status=status,
        sender_code=sender,
        receiver_code=receiver,
        counterpart=row.counterpart,
        document_ref=envelope.document_ref,
        about=about,
        content=_written(message, at),
        transport=Transport.QUEUED,
        next_try_at=at,
        created_at=at,
    )
    work.add(notice)


def _their_code(row: EnvelopeRecipient, known: str | None) -> str:
    if known is not None or row.arrival_id is None:
        return known or ""
    return EnvelopeArrival.objects.values_list("their_code", flat=True).get(pk=row.arrival_id)


def _about(envelope: Envelope, receiver: str) -> Answered:
    """Return which document is spoken of, to be written strictly though it came as it came."""
    message = read_message(BytesIO(envelope.head.encode()), at=envelope.created_at).message
    number, notation, issued_on = _UNKNOWN, _UNKNOWN, local_day(envelope.created_at)
    if isinstance(message, DocumentMessage):
        number, notation = message.number or number, message.notation or notation
        issued_on = message.issued_on or issued_on
    known = DOCUMENT_ID.fullmatch(envelope.document_ref) is not None
    ref = envelope.document_ref
    if not known:
        ref = document_id(receiver, issued_on, number, notation)
    return Answered(receiver, f"{number}/{notation}"[:100], issued_on, ref)


def _written(message: StatusMessage, at: datetime) -> str:
    """Return the message as strictly as what it speaks of allows."""
    try:
        return head_of(message, at=at).decode()
    except CannotWrite:
        return unchecked_head(message).decode()
