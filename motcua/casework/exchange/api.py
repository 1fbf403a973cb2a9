"""Read, check, write and send messages; follow them at each receiver; answer for one of ours."""

from .choices import Alarm, Axis, BusinessKind, Status, Transport
from .errors import (
    CannotWrite,
    CarrierAway,
    Finding,
    MoveNotAllowed,
    NoSuchEnvelope,
    NotToBeRouted,
    SentBefore,
    Severity,
)
from .events import EnvelopeArrived, EnvelopeStateChanged
from .models import Envelope, EnvelopeRecipient
from .operations.answering import answer, ask_back, choose_successor, retry
from .operations.carrying import carry_due
from .operations.purging import purge
from .operations.sending import send
from .ports import Carrier, Handed, Parcel, register
from .queries.evidence import evidence_of
from .queries.gaps import gaps_between
from .queries.routing import Route, heirs_shown, route_to
from .queries.shown import (
    EnvelopeShown,
    FileShown,
    MoveShown,
    OpenEnvelope,
    RecipientShown,
    arrivals_of,
    envelopes_of,
    find_envelope,
    not_registered_in_time,
    not_sent_in_time,
    open_envelope,
    troubled_of,
)
from .rules.edxml.contents import Content, content_of, file_content
from .rules.edxml.messages import (
    Answered,
    Attachment,
    Business,
    DocumentMessage,
    DocumentType,
    Hop,
    Message,
    Organ,
    OtherInfo,
    Priority,
    ReceiverChange,
    Replaced,
    SignerInfo,
    StaffInfo,
    StatusMessage,
    Steering,
    UpdateInfo,
    document_id,
)
from .rules.edxml.reader import Reading, read_message
from .rules.edxml.spec import message_from
from .rules.edxml.telling import line_of, told
from .rules.edxml.writer import write_message
from .rules.outgoing import Answer, Attached, DocumentFacts, OutgoingEnvelope

__all__ = [
    "Alarm",
    "Answer",
    "Answered",
    "Attached",
    "Attachment",
    "Axis",
    "Business",
    "BusinessKind",
    "CannotWrite",
    "Carrier",
    "CarrierAway",
    "Content",
    "DocumentFacts",
    "DocumentMessage",
    "DocumentType",
    "Envelope",
    "EnvelopeArrived",
    "EnvelopeRecipient",
    "EnvelopeShown",
    "EnvelopeStateChanged",
    "FileShown",
    "Finding",
    "Handed",
    "Hop",
    "Message",
    "MoveNotAllowed",
    "MoveShown",
    "NoSuchEnvelope",
    "NotToBeRouted",
    "OpenEnvelope",
    "Organ",
    "OtherInfo",
    "OutgoingEnvelope",
    "Parcel",
    "Priority",
    "Reading",
    "ReceiverChange",
    "RecipientShown",
    "Replaced",
    "Route",
    "SentBefore",
    "Severity",
    "SignerInfo",
    "StaffInfo",
    "Status",
    "StatusMessage",
    "Steering",
    "Transport",
    "UpdateInfo",
    "answer",
    "arrivals_of",
    "ask_back",
    "carry_due",
    "choose_successor",
    "content_of",
    "document_id",
    "envelopes_of",
    "evidence_of",
    "file_content",
    "find_envelope",
    "gaps_between",
    "heirs_shown",
    "line_of",
    "message_from",
    "not_registered_in_time",
    "not_sent_in_time",
    "open_envelope",
    "purge",
    "read_message",
    "register",
    "retry",
    "route_to",
    "send",
    "told",
    "troubled_of",
    "write_message",
]
