"""Agencies, kept files and sent messages for the tests of this and higher rooms."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from motcua.casework.exchange.api import Attached, DocumentFacts, OutgoingEnvelope, send
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient
from motcua.casework.exchange.operations.carrying import carry_due
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

from .messages import PDF

THURSDAY = datetime(2026, 10, 1, 9, 15, tzinfo=HANOI)
LATER = THURSDAY + timedelta(minutes=1)
CLERK = Actor(id=7, name="Trần Thị Bình")
RECEIVING = Actor(id=8, name="Lò Thị Hoa")
EDITOR = replace(CLERK, province_powers=frozenset({Power.EDIT_ORGANISATION}))


def make_agencies() -> tuple[organisation.Agency, organisation.Agency]:
    """Make the department that sends and the commune that receives."""
    sender = make_agency("H18.5", "Sở Nội vụ", place_code="")
    return sender, make_agency()


def keep(content: bytes = PDF) -> int:
    """Keep a file; return its number."""
    return files.keep_bytes(content, "application/pdf", by=CLERK, at=THURSDAY).pk


def make_outgoing(sender_id: int, **changes: Any) -> OutgoingEnvelope:
    """Describe a new document for Mường Phăng."""
    document: dict[str, Any] = {
        "number": "0123",
        "notation": "SNV-CCHC",
        "issued_on": date(2026, 10, 1),
        "kind": 18,
        "kind_name": "Công văn",
        "subject": "V/v báo cáo kết quả giải quyết TTHC quý III",
    }
    document |= changes.pop("document", {})
    given: dict[str, Any] = {
        "owner": "documents.outgoing:1",
        "sender_id": sender_id,
        "recipients": ("H18.101",),
        "document": DocumentFacts(**document),
        "signed_at": THURSDAY,
    }
    return OutgoingEnvelope(**{**given, **changes})


def make_sent(sender_id: int, *, at: datetime = THURSDAY, **changes: Any) -> str:
    """Send such a document with one file."""
    attached = (Attached(keep(), "0123.pdf", "Văn bản chính"),)
    outgoing = make_outgoing(sender_id, **{"attachments": attached, **changes})
    return send(outgoing, by=CLERK, at=at)


def make_delivered(sender_id: int, **changes: Any) -> str:
    """Send such a document and let it arrive."""
    code = make_sent(sender_id, **changes)
    carry_due(at=LATER)
    return code


def row_of(code: str, receiver: str = "H18.101") -> EnvelopeRecipient:
    """Return one receiver of a message."""
    envelope = Envelope.objects.get(code=code)
    return EnvelopeRecipient.objects.get(envelope=envelope, code=receiver)


def end_agency(agency: organisation.Agency, *heirs: organisation.Agency) -> None:
    """Let an agency end on the last day of September, with these in its place."""
    kind = organisation.Change.SPLIT if len(heirs) > 1 else organisation.Change.MERGE
    for heir in heirs:
        link = organisation.Link(agency.pk, heir.pk, kind, date(2026, 10, 1), "NQ 1")
        organisation.record_agency_succession(link, by=EDITOR, at=THURSDAY)
    organisation.forget_tree()
