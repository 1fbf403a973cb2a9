"""What was sent and what came, with every receiver and every change."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from io import BytesIO

from motcua.casework.exchange.choices import Alarm, Status, Transport
from motcua.casework.exchange.errors import Finding, NoSuchEnvelope
from motcua.casework.exchange.models import (
    Envelope,
    EnvelopeFile,
    EnvelopeMove,
    EnvelopeRecipient,
)
from motcua.casework.exchange.rules.clocks import REGISTERING, SENDING, alarm_of
from motcua.casework.exchange.rules.edxml.contents import Content
from motcua.casework.exchange.rules.edxml.messages import Attachment, DocumentMessage
from motcua.casework.exchange.rules.edxml.reader import read_message
from motcua.casework.exchange.rules.moves import WAITING
from motcua.foundation.files import api as files

from .intake import findings_of


@dataclass(frozen=True, slots=True)
class MoveShown:
    """One change of one state."""

    axis: str
    to: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecipientShown:
    """One receiver with its states; `code` as the sender wrote it, `routed_code` as of today."""

    code: str
    routed_code: str
    name: str
    agency_id: int | None
    owner: str
    number: int | None
    transport: Transport
    status: str
    side: str
    trouble: str
    attempts: int
    sent_at: datetime | None
    delivered_at: datetime | None
    answered_at: datetime | None
    send_due_at: datetime
    send_late_at: datetime
    register_due_at: datetime | None
    register_late_at: datetime | None
    moves: tuple[MoveShown, ...] = ()

    @property
    def words(self) -> str:
        """What there is to say of it in one phrase: the side branch, the status, the transport."""
        for state in (self.side, self.status):
            if state:
                return Status(state).label
        return self.transport.label

    def alarm_at(self, at: datetime) -> Alarm:
        """Return what the legal clocks say at a moment; what happened late stays late."""
        if self.transport == Transport.CANCELLED:
            return Alarm.NONE
        sent = alarm_of(self.send_due_at, self.send_late_at, self.sent_at or at, SENDING)
        if self.sent_at is None or sent == Alarm.SEND_LATE:
            return sent
        done = self.answered_at or at
        return alarm_of(self.register_due_at, self.register_late_at, done, REGISTERING)


@dataclass(frozen=True, slots=True)
class EnvelopeShown:
    """One message with its receivers."""

    code: str
    owner: str
    business: str
    sender_code: str
    sender_name: str
    document_ref: str
    subject: str
    urgency: int
    signed_at: datetime
    created_at: datetime
    recipients: tuple[RecipientShown, ...]


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file of a message; what it holds is asked of `files`."""

    file_id: int
    name: str
    description: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenEnvelope:
    """A message as it is read: what it says, its files, what was wrong with it when it came.

    `came_through` is the partner it came from, nothing if it was sent here.
    """

    shown: EnvelopeShown
    message: DocumentMessage
    files: tuple[FileShown, ...]
    findings: tuple[Finding, ...] = ()
    came_through: str = ""


def envelopes_of(owner: str) -> list[EnvelopeShown]:
    """Return what was sent for this key, and what was received under it, oldest first.

    Costs: four queries.
    """
    if not owner:
        return []
    received = EnvelopeRecipient.objects.filter(owner=owner).values("envelope_id")
    rows = Envelope.objects.filter(owner=owner).union(Envelope.objects.filter(id__in=received))
    return _shown(sorted(rows, key=lambda one: one.pk))


def find_envelope(code: str) -> EnvelopeShown | None:
    """Return a message by its code. Costs: three queries."""
    found = _shown(Envelope.objects.filter(code=code))
    return found[0] if found else None


def arrivals_of(agency_id: int, *, only_new: bool = True, most: int = 100) -> list[EnvelopeShown]:
    """Return what came to an agency, the latest first; new is what it has not answered.

    Each message shows this receiver only: what others think of it is the sender's to know.
    Costs: three queries.
    """
    rows = EnvelopeRecipient.objects.filter(agency=agency_id, transport=Transport.DELIVERED)
    if only_new:
        rows = rows.filter(status=Status.ARRIVED)
    return _received(rows.order_by("-delivered_at", "-id")[:most])


def not_registered_in_time(agency_id: int, *, at: datetime, most: int = 100) -> list[EnvelopeShown]:
    """Return what came to an agency and should have been registered or refused by now.

    The longest overdue first; each shows this receiver only.
    Costs: three queries.
    Source: docs/law/exchange.md
    """
    rows = EnvelopeRecipient.objects.filter(
        agency=agency_id, transport=Transport.DELIVERED, status=Status.ARRIVED
    )
    return _received(rows.filter(register_due_at__lt=at).order_by("register_due_at", "id")[:most])


@dataclass(frozen=True, slots=True)
class LateAgencies:
    """Which agencies should have sent, by their codes, or registered, by their keys."""

    senders: frozenset[str]
    receivers: frozenset[int]


def late_agencies(*, at: datetime) -> LateAgencies:
    """Return who is late now; what is late they are asked one by one.

    Costs: two queries.
    """
    waiting = EnvelopeRecipient.objects.filter(transport__in=WAITING, send_due_at__lt=at)
    arrived = EnvelopeRecipient.objects.filter(
        transport=Transport.DELIVERED,
        status=Status.ARRIVED,
        register_due_at__lt=at,
        agency__isnull=False,
    )
    senders = waiting.order_by("sender_code").values_list("sender_code", flat=True).distinct()
    receivers = arrived.order_by("agency").values_list("agency", flat=True).distinct()
    return LateAgencies(frozenset(senders), frozenset(receivers))


def not_sent_in_time(sender_code: str, *, at: datetime, most: int = 100) -> list[EnvelopeShown]:
    """Return what an agency should have sent by now, the longest overdue first.

    Costs: four queries.
    Source: docs/law/exchange.md
    """
    rows = EnvelopeRecipient.objects.filter(
        sender_code=sender_code, transport__in=WAITING, send_due_at__lt=at
    ).order_by("send_due_at", "id")
    ids = list(dict.fromkeys(rows.values_list("envelope_id", flat=True)[:most]))
    shown = _shown(Envelope.objects.filter(id__in=ids))
    return sorted(shown, key=lambda one: min(r.send_due_at for r in one.recipients))


def _received(rows: Iterable[EnvelopeRecipient]) -> list[EnvelopeShown]:
    """Return messages as one receiver sees them: what others think of them is not shown."""
    chosen = list(rows)
    by_id = {one.pk: one for one in Envelope.objects.filter(id__in=[r.envelope_id for r in chosen])}
    moves = _moves(chosen)
    return [_of(by_id[row.envelope_id], [_recipient(row, moves[row.pk])]) for row in chosen]


def troubled_of(sender_code: str, *, most: int = 100) -> list[EnvelopeShown]:
    """Return what an agency sent and somebody must see to: given up, or without a way.

    Costs: three queries.
    """
    rows = EnvelopeRecipient.objects.filter(
        sender_code=sender_code, transport__in=(Transport.FAILED, Transport.UNROUTED)
    ).order_by("id")
    ids = list(dict.fromkeys(rows.values_list("envelope_id", flat=True)[:most]))
    return _shown(Envelope.objects.filter(id__in=ids).order_by("id"))


def open_envelope(code: str) -> OpenEnvelope:
    """Return a message with all it says and its files.

    Raises: NoSuchEnvelope.
    Costs: five queries, seven for what came from outside.
    """
    envelope = Envelope.objects.filter(code=code).first()
    if envelope is None:
        raise NoSuchEnvelope(f"Không có gói tin nào mang mã {code}.")
    rows = _files(envelope)
    shown = tuple(
        FileShown(one.file_id, one.name, one.description, one.file.size, one.file.sha256)
        for one in rows
    )
    through = ""
    if envelope.sender_agency_id is None:
        through = EnvelopeRecipient.objects.filter(envelope=envelope)[0].counterpart
    return OpenEnvelope(
        _shown([envelope])[0],
        _message(envelope, rows),
        shown,
        findings_of(code) if through else (),
        through,
    )


def whole_message(envelope: Envelope) -> DocumentMessage:
    """Return the message as it was sent, its files opened when they are read."""
    return _message(envelope, _files(envelope))


def _files(envelope: Envelope) -> list[EnvelopeFile]:
    rows = EnvelopeFile.objects.filter(envelope=envelope).select_related("file")
    return list(rows.order_by("seq"))


def _message(envelope: Envelope, rows: Sequence[EnvelopeFile]) -> DocumentMessage:
    reading = read_message(BytesIO(envelope.head.encode()), at=envelope.created_at)
    message = reading.message
    if not isinstance(message, DocumentMessage):
        text = f"envelope {envelope.pk} holds no document message"
        raise TypeError(text)
    attachments = tuple(
        Attachment(
            one.content_id,
            one.name,
            Content(one.file.sha256, one.file.size, partial(files.open_file, one.file)),
            one.description,
        )
        for one in rows
    )
    return replace(message, attachments=attachments)


def _shown(envelopes: Iterable[Envelope]) -> list[EnvelopeShown]:
    kept = list(envelopes)
    rows = EnvelopeRecipient.objects.filter(envelope__in=[one.pk for one in kept])
    recipients = list(rows.order_by("envelope_id", "seq"))
    moves = _moves(recipients)
    by_envelope: dict[int, list[RecipientShown]] = defaultdict(list)
    for row in recipients:
        by_envelope[row.envelope_id].append(_recipient(row, moves[row.pk]))
    return [_of(one, by_envelope[one.pk]) for one in kept]


def _moves(rows: Iterable[EnvelopeRecipient]) -> dict[int, list[MoveShown]]:
    found: dict[int, list[MoveShown]] = defaultdict(list)
    ids = [one.pk for one in rows]
    for move in EnvelopeMove.objects.filter(recipient__in=ids).order_by("recipient_id", "seq"):
        shown = MoveShown(move.axis, move.to, move.reason, move.by_name, move.at)
        found[move.recipient_id].append(shown)
    return found


def _of(envelope: Envelope, recipients: Sequence[RecipientShown]) -> EnvelopeShown:
    return EnvelopeShown(
        code=envelope.code,
        owner=envelope.owner,
        business=envelope.business,
        sender_code=envelope.sender_code,
        sender_name=envelope.sender_name,
        document_ref=envelope.document_ref,
        subject=envelope.subject,
        urgency=envelope.urgency,
        signed_at=envelope.signed_at,
        created_at=envelope.created_at,
        recipients=tuple(recipients),
    )


_SAME = (
    *("code", "routed_code", "name", "agency_id", "owner", "number", "status", "side"),
    *("trouble", "attempts", "sent_at", "delivered_at", "answered_at"),
    *("send_due_at", "send_late_at", "register_due_at", "register_late_at"),
)


def _recipient(row: EnvelopeRecipient, moves: Sequence[MoveShown]) -> RecipientShown:
    same = {name: getattr(row, name) for name in _SAME}
    return RecipientShown(transport=Transport(row.transport), moves=tuple(moves), **same)
