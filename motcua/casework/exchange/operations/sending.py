"""Send a message: checked as its receivers would check it, then queued for each of them.

Source: docs/law/exchange.md
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256

from motcua.casework.exchange.choices import Axis, Transport
from motcua.casework.exchange.errors import NotToBeRouted, SentBefore
from motcua.casework.exchange.models import Envelope, EnvelopeFile, EnvelopeRecipient
from motcua.casework.exchange.queries.routing import Route, organ_named, route_to
from motcua.casework.exchange.rules.clocks import Limits, limits_from
from motcua.casework.exchange.rules.edxml.contents import Content
from motcua.casework.exchange.rules.edxml.messages import (
    Attachment,
    DocumentMessage,
    DocumentType,
    Hop,
    Organ,
    document_id,
)
from motcua.casework.exchange.rules.edxml.writer import head_of
from motcua.casework.exchange.rules.outgoing import OutgoingEnvelope
from motcua.foundation.files import api as files
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local, local_day
from motcua.lib.errors import BadInput

from .telling import tell, trace


@work.story
def send(outgoing: OutgoingEnvelope, *, by: Actor, at: datetime) -> str:
    """Queue a message for all its receivers; return its code. The same is sent once.

    Receivers that have become one are one; who became several waits for a person to choose.

    Raises: BadInput (CannotWrite says what a receiver would refuse), NotToBeRouted, SentBefore.
    """
    sender = organisation.tree().agency(outgoing.sender_id)
    if not sender.is_living:
        raise BadInput(f"{sender.name} đã kết thúc hoạt động, không gửi văn bản được nữa.")
    routes = routes_to(outgoing.recipients, at)
    message = _message(outgoing, sender, routes, at)
    earlier = _sent_before(sender.code, outgoing, message)
    if earlier is not None:
        return earlier
    head = head_of(message, at=at).decode()
    year = local(at).year
    series = numbering.series_of_year("exchange.sent", sender.code, year)
    envelope = Envelope(
        id=work.new_id(Envelope),
        code=f"GT-{sender.code}-{year}-{numbering.allocate_number(series):06}",
        owner=outgoing.owner,
        idempotency=outgoing.idempotency,
        sender_code=sender.code,
        sender_name=sender.name,
        sender_agency_id=sender.id,
        business=outgoing.business.kind,
        document_ref=message.document_id,
        subject=message.subject,
        urgency=message.other.priority if message.other else 0,
        head=head,
        head_sha256=sha256(head.encode()).hexdigest(),
        signed_at=outgoing.signed_at,
        created_at=at,
    )
    work.add(envelope, *_files(envelope, outgoing))
    facts = organisation.facts_of_agency(sender.code)
    limits = limits_from(outgoing.signed_at, envelope.urgency, facts)
    for seq, route in enumerate(routes, start=1):
        queue(envelope, seq, route, limits, by=by, at=at)
    trace("sent", envelope, by=by, at=at, receivers=len(routes))
    return envelope.code


def queue(
    envelope: Envelope, seq: int, route: Route, limits: Limits, *, by: Actor, at: datetime
) -> None:
    """Add one receiver to a message."""
    row = EnvelopeRecipient(
        id=work.new_id(EnvelopeRecipient),
        envelope_id=envelope.pk,
        seq=seq,
        sender_code=envelope.sender_code,
        code=route.code,
        routed_code=route.routed_code,
        name=route.name,
        agency_id=route.agency_id,
        transport=Transport.QUEUED,
        trouble=route.trouble,
        next_try_at=at,
        send_due_at=limits.due_at,
        send_late_at=limits.late_at,
    )
    state = Transport.UNROUTED if route.trouble else Transport.QUEUED
    tell(row, envelope, Axis.TRANSPORT, state, by=by, at=at, reason=route.trouble)
    work.add(row)


def routes_to(codes: Sequence[str], at: datetime) -> list[Route]:
    """Return where a message goes, each place once. Raises: NotToBeRouted."""
    found: dict[str, Route] = {}
    for code in codes:
        route = route_to(code.strip(), local_day(at))
        if route.trouble and route.routed_code == route.name:
            raise NotToBeRouted(route.trouble, field="recipients")
        found.setdefault(route.routed_code, route)
    if not found:
        raise NotToBeRouted("Hãy chọn ít nhất một nơi nhận.", field="recipients")
    return list(found.values())


def _message(
    outgoing: OutgoingEnvelope, sender: organisation.AgencyInfo, routes: list[Route], at: datetime
) -> DocumentMessage:
    document = outgoing.document
    return DocumentMessage(
        sender=organ_named(sender.code),
        receivers=tuple(Organ(one.routed_code, one.name) for one in routes),
        document_id=document_id(
            sender.code, document.issued_on, document.number, document.notation
        ),
        number=document.number,
        notation=document.notation,
        place=document.place,
        issued_on=document.issued_on,
        kind=DocumentType(document.kind_name, document.kind),
        subject=document.subject,
        content=document.content,
        signer=document.signer,
        due_on=document.due_on,
        other=document.other,
        answers=document.answers,
        steering=document.steering,
        to_places=document.to_places,
        hops=(Hop(sender.code, at),),
        business=outgoing.business,
        attachments=attachments_of(outgoing),
    )


def attachments_of(outgoing: OutgoingEnvelope) -> tuple[Attachment, ...]:
    """Return the files of a message. Raises: BadInput if one is not kept here."""
    ids = [one.file_id for one in outgoing.attachments]
    kept = {one.pk: one for one in files.StoredFile.objects.filter(pk__in=ids)}
    if len(kept) < len(set(ids)):
        raise BadInput("Một tệp gửi kèm không còn được lưu ở đây.", field="attachments")
    return tuple(
        Attachment(f"cid:{seq}", one.name, content_of(kept[one.file_id]), one.description)
        for seq, one in enumerate(outgoing.attachments, start=1)
    )


def content_of(kept: files.StoredFile) -> Content:
    """Return the bytes of a kept file, opened when they are read."""
    return Content(kept.sha256, kept.size, partial(files.open_file, kept))


def _files(envelope: Envelope, outgoing: OutgoingEnvelope) -> list[EnvelopeFile]:
    return [
        EnvelopeFile(
            envelope_id=envelope.pk,
            seq=seq,
            content_id=f"cid:{seq}",
            name=one.name,
            description=one.description,
            file_id=one.file_id,
        )
        for seq, one in enumerate(outgoing.attachments, start=1)
    ]


def _sent_before(
    sender_code: str, outgoing: OutgoingEnvelope, message: DocumentMessage
) -> str | None:
    """Return the code under which the same was sent. Raises: SentBefore if it was not the same."""
    if not outgoing.idempotency:
        return None
    earlier = Envelope.objects.filter(
        sender_code=sender_code, idempotency=outgoing.idempotency
    ).first()
    if earlier is None:
        return None
    if (earlier.document_ref, earlier.business) != (message.document_id, outgoing.business.kind):
        raise SentBefore("Gói tin này đã được gửi với nội dung khác.")
    return earlier.code
