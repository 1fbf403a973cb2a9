"""Read, check and write messages of the document exchange."""

from .choices import BusinessKind, Status
from .errors import CannotWrite
from .rules.edxml.contents import Content, content_of, file_content
from .rules.edxml.findings import Finding, Severity
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

__all__ = [
    "Answered",
    "Attachment",
    "Business",
    "BusinessKind",
    "CannotWrite",
    "Content",
    "DocumentMessage",
    "DocumentType",
    "Finding",
    "Hop",
    "Message",
    "Organ",
    "OtherInfo",
    "Priority",
    "Reading",
    "ReceiverChange",
    "Replaced",
    "Severity",
    "SignerInfo",
    "StaffInfo",
    "Status",
    "StatusMessage",
    "Steering",
    "UpdateInfo",
    "content_of",
    "document_id",
    "file_content",
    "line_of",
    "message_from",
    "read_message",
    "told",
    "write_message",
]
