"""What goes into a message about an issued document, and who may send one.

Source: docs/law/documents.md
"""

import re
from collections.abc import Sequence
from datetime import datetime

from motcua.casework.documents.choices import Direction, FileRole, State, Way
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentFile, Recipient
from motcua.casework.documents.queries.letterheads import letterhead_of
from motcua.casework.exchange import api as exchange
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .following import PREFIX

# Code, day, number and notation: what a receiver can find a document by.
_IDENTIFIER = re.compile(r"[^,]+,\d{4}/\d{2}/\d{2},[^,/]+/[^,]+")
BY_WIRE = frozenset({Way.INSIDE, Way.AXIS, Way.SITE})
_LONGEST = {"subject": 500, "place": 50, "signer": 50, "position": 100, "notation": 30}


def check_sends(document: Document, by: Actor) -> None:
    """Raises: NotAllowed, DocumentError unless it is issued."""
    registry = Power.REGISTER_DOCUMENTS
    if not by.can(registry) or by.agency_id != document.agency_id:
        by.require(registry, unit_id=document.unit_id)
    if document.state != State.ISSUED:
        message = f"Văn bản đang ở “{State(document.state).label}”, chưa gửi hoặc thu hồi được."
        raise DocumentError(message)


def recipients_now(document: Document) -> list[Recipient]:
    """Return to whom the document goes now, in their order."""
    found = Recipient.objects.filter(document=document, removed_at=None)
    return list(found.order_by("seq"))


def envelope_for(
    document: Document, receivers: Sequence[str], business: exchange.Business, at: datetime
) -> exchange.OutgoingEnvelope:
    """Return the message that carries the document, or changes it, at these receivers."""
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
        answers=_answered(document),
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


def _answered(document: Document) -> tuple[exchange.Answered, ...]:
    """Return the document that this one answers, as its sender can find it."""
    if document.answers_id is None:
        return ()
    found = Document.objects.filter(
        pk=document.answers_id, agency_id=document.agency_id, direction=Direction.INCOMING
    ).first()
    if found is None or found.issued_on is None or not found.issuer_code:
        return ()
    if not _IDENTIFIER.fullmatch(found.identifier):
        return ()
    words = f"{found.number}/{found.notation}"
    return (exchange.Answered(found.issuer_code, words, found.issued_on, found.identifier),)
