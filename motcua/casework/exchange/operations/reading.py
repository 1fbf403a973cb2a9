"""Read what came from outside: a document becomes a message with its receivers, a status is heard.

Files are taken out before anything is locked; a crash in between leaves the arrival as it was.

Source: docs/law/exchange.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, cast

from django.conf import settings

from motcua.casework.exchange.choices import ArrivalState, Axis, MessageKind, Transport
from motcua.casework.exchange.errors import Finding
from motcua.casework.exchange.models import (
    Envelope,
    EnvelopeArrival,
    EnvelopeFile,
    EnvelopeRecipient,
)
from motcua.casework.exchange.queries.partners import counterparts
from motcua.casework.exchange.queries.routing import Route, route_to
from motcua.casework.exchange.rules.edxml.findings import finding
from motcua.casework.exchange.rules.edxml.messages import (
    Attachment,
    DocumentMessage,
    StatusMessage,
)
from motcua.casework.exchange.rules.edxml.reader import Reading, read_message
from motcua.casework.exchange.rules.edxml.values import todays_code
from motcua.casework.exchange.rules.edxml.writer import unchecked_head
from motcua.casework.exchange.rules.line import Line, line_findings
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

from .delivering import deliver
from .hearing import hear_status
from .signatures import signature_findings
from .telling import tell, trace

_MOST_URGENT = 4
_SEVERE, _SECRET = "error", "attachment-secret"


@dataclass(frozen=True, slots=True)
class _KeptFile:
    """A file of a message that may be used, and where its bytes are kept."""

    attachment: Attachment
    file_id: int


def read_one(arrival_id: int, *, at: datetime) -> None:
    """Read one arrival that was kept; nothing happens to one that was read already.

    Raises: OSError.
    """
    row = EnvelopeArrival.objects.select_related("file").get(pk=arrival_id)
    if row.state != ArrivalState.KEPT:
        return
    reading = _reading(row, at)
    found = [*reading.findings]
    if reading.message is None:
        _leave(row.pk, found, at=at)
        return
    found += signature_findings(row, reading.signature_line, at=at)
    found += line_findings(reading.message, _line(row), counterparts(local_day(at)), _ours())
    if isinstance(reading.message, StatusMessage):
        _hear(row.pk, reading.message, found, at=at)
        return
    known = _held_as(row)
    kept = [] if known is not None else list(_take_files(reading.message, found, at))
    _settle(row.pk, reading.message, found, kept, at=at)


def _reading(row: EnvelopeArrival, at: datetime) -> Reading:
    if row.file is None:
        return Reading(None, (finding("file-empty", 0, ""),))
    with files.open_file(row.file) as stream:
        return read_message(stream, at=at)


def _line(row: EnvelopeArrival) -> Line:
    return Line(
        counterpart=row.counterpart,
        sender_code=row.sender_code,
        receiver_code=row.receiver_code,
        number=row.number,
        their_code=row.their_code,
        about=row.about,
    )


def _ours() -> frozenset[str]:
    """Return the codes of all agencies that live here."""
    return frozenset(one.code for one in organisation.tree().agencies() if one.is_living)


def _take_files(
    message: DocumentMessage, found: list[Finding], at: datetime
) -> Iterator[_KeptFile]:
    """Keep the files of a message; one that is not taken is named in the findings."""
    for one in message.attachments:
        with one.content.open() as stream:
            try:
                kept = files.keep_file(
                    one.name,
                    cast("BinaryIO", stream),
                    by=SYSTEM,
                    at=at,
                    most=settings.EXCHANGE_MOST_FILE_BYTES,
                    is_drawn=False,
                )
            except files.FileRefused as error:
                is_secret = isinstance(error, files.SecretFile)
                rule = _SECRET if is_secret else "attachment-refused"
                found.append(finding(rule, 0, "Attachment", why=error))
                continue
        yield _KeptFile(one, kept.pk)


@work.story
def _leave(arrival_id: int, found: Sequence[Finding], *, at: datetime) -> None:
    """Leave to a person what cannot be read."""
    row = work.lock(EnvelopeArrival, id=arrival_id)
    _close_reading(row, ArrivalState.TROUBLE, found, at)


@work.story
def _hear(arrival_id: int, message: StatusMessage, found: list[Finding], *, at: datetime) -> None:
    """Apply a status from outside, unless its sender is not who the line belongs to."""
    row = work.lock(EnvelopeArrival, id=arrival_id)
    if row.state != ArrivalState.KEPT:
        return
    row.kind = MessageKind.STATUS
    state = ArrivalState.TROUBLE
    if not any(one.rule.startswith("sender-") for one in found):
        if hear_status(message, _line(row), at=at):
            state = ArrivalState.READ
        else:
            about = message.about.document_id
            found.append(finding("status-unknown-document", 0, "ResponseFor", found=about))
    _close_reading(row, state, found, at)


@work.story
def _settle(
    arrival_id: int,
    message: DocumentMessage,
    found: list[Finding],
    kept: Sequence[_KeptFile],
    *,
    at: datetime,
) -> None:
    """Make a message of what came, with a row for each receiver who lives here.

    Locks: the arrival, then the content, so that one message to many comes together.
    """
    row = work.lock(EnvelopeArrival, id=arrival_id)
    if row.state != ArrivalState.KEPT:
        return
    row.kind = MessageKind.DOCUMENT
    routes = _routes(row, message, at)
    if not routes:
        found.append(finding("receiver-not-here", 0, "To"))
        _close_reading(row, ArrivalState.TROUBLE, found, at)
        return
    work.fetch("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [row.sha256])
    envelope = _held_as(row)
    if envelope is None:
        envelope = _envelope(row, message, at)
        work.add(envelope, *_files(envelope, kept))
        trace("arrived", envelope, by=SYSTEM, at=at, counterpart=row.counterpart)
    row.envelope_id = envelope.pk
    added = _add_receivers(envelope, row, routes, at)
    _close_reading(row, ArrivalState.READ if added else ArrivalState.KNOWN, found, at)


def _held_as(row: EnvelopeArrival) -> Envelope | None:
    """Return the message that the same bytes became before."""
    rows = EnvelopeArrival.objects.filter(
        sha256=row.sha256, counterpart=row.counterpart, envelope__isnull=False
    )
    earlier = rows.select_related("envelope").order_by("id").first()
    return earlier.envelope if earlier is not None else None


def _routes(row: EnvelopeArrival, message: DocumentMessage, at: datetime) -> list[Route]:
    """Return where the message goes here, each place once; agencies elsewhere are left out."""
    if row.receiver_code:
        codes = [row.receiver_code]
    else:
        codes = [one.code for one in message.receivers if one.code]
    found: dict[str, Route] = {}
    for code in codes:
        route = route_to(code, local_day(at))
        if route.agency_id is not None or (route.trouble and route.name != route.routed_code):
            found.setdefault(route.routed_code, route)
    return list(found.values())


def _envelope(row: EnvelopeArrival, message: DocumentMessage, at: datetime) -> Envelope:
    head = unchecked_head(message).decode()
    sent_at = next((one.at for one in message.hops if one.at is not None), None)
    urgency = message.other.priority if message.other else 0
    return Envelope(
        id=work.new_id(Envelope),
        code=f"GN-{(todays_code(message.sender.code) or 'X')[:35]}-{row.pk}",
        sender_code=(todays_code(message.sender.code) or message.sender.code)[:35],
        sender_name=(message.sender.name or message.sender.code)[:200],
        business=message.business.kind,
        document_ref=message.document_id[:200],
        subject=message.subject[:500],
        urgency=min(max(urgency, 0), _MOST_URGENT),
        head=head,
        head_sha256=sha256(head.encode()).hexdigest(),
        signed_at=min(sent_at, at) if sent_at is not None else at,
        created_at=at,
    )


def _files(envelope: Envelope, kept: Sequence[_KeptFile]) -> Iterator[EnvelopeFile]:
    seen: set[str] = set()
    for seq, one in enumerate(kept, start=1):
        name = one.attachment.content_id[:190]
        name = f"{name}#{seq}" if name in seen else name
        seen.add(name)
        yield EnvelopeFile(
            envelope_id=envelope.pk,
            seq=seq,
            content_id=name,
            name=one.attachment.name[:500],
            description=one.attachment.description[:500],
            file_id=one.file_id,
        )


def _add_receivers(
    envelope: Envelope, row: EnvelopeArrival, routes: Sequence[Route], at: datetime
) -> int:
    """Add who receives here and has it not yet; return how many."""
    there = EnvelopeRecipient.objects.filter(envelope=envelope)
    known = set(there.values_list("routed_code", flat=True))
    new = [one for one in routes if one.routed_code not in known]
    for seq, route in enumerate(new, start=len(known) + 1):
        work.add(_receiver(envelope, row, seq, route, at))
    return len(new)


def _receiver(
    envelope: Envelope, row: EnvelopeArrival, seq: int, route: Route, at: datetime
) -> EnvelopeRecipient:
    made = EnvelopeRecipient(
        id=work.new_id(EnvelopeRecipient),
        envelope_id=envelope.pk,
        seq=seq,
        sender_code=envelope.sender_code,
        code=route.code[:35],
        routed_code=route.routed_code,
        name=route.name,
        agency_id=route.agency_id,
        transport=Transport.UNROUTED,
        trouble=route.trouble,
        send_due_at=at,
        send_late_at=at,
        sent_at=at,
        counterpart=row.counterpart,
        arrival_id=row.pk,
    )
    if route.trouble:
        words = route.trouble
        tell(made, envelope, Axis.TRANSPORT, Transport.UNROUTED, by=SYSTEM, at=at, reason=words)
    else:
        deliver(made, envelope, at, their_code=row.their_code)
    return made


def _close_reading(
    row: EnvelopeArrival, state: ArrivalState, found: Sequence[Finding], at: datetime
) -> None:
    row.state, row.read_at = state, at
    row.findings = [one.plain() for one in found]
    if state == ArrivalState.TROUBLE:
        errors = (one.words for one in found if one.severity.value == _SEVERE)
        row.words = " ".join(errors)[:1000] or "Cần người xem."
    work.update(row, "kind", "state", "read_at", "findings", "words", "envelope")
    if row.file_id is not None and any(one.rule == _SECRET for one in found):
        files.purge([row.file_id], by=SYSTEM, at=at)
