"""Write a message: one order, one spelling, the same bytes for the same message every time.

Files are zipped, then written in base64, piece by piece: what is in memory is the head.

Source: docs/law/exchange.md
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Protocol, TypeAlias
from unicodedata import normalize
from xml.sax.saxutils import escape

from motcua.casework.exchange.choices import BusinessKind
from motcua.casework.exchange.errors import CannotWrite

from .contents import MOST_BYTES, MOST_WORDS, as_base64, wrapped
from .findings import Severity, finding
from .kinds import trouble_with_kind
from .messages import (
    QCVN,
    Answered,
    Business,
    DocumentMessage,
    Message,
    Organ,
    OtherInfo,
    StaffInfo,
    StatusMessage,
)
from .reader import read_message
from .structure import BODY, DOCUMENT_HEADER, FILES, STATUS_HEADER, TRACE, Form, Part
from .values import todays_code, written_day, written_moment

Value: TypeAlias = "str | Mapping[str, Value] | Sequence[Value] | None"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OPEN = (
    f'<edXML xmlns="{QCVN}">\n <edXML:edXMLEnvelope xmlns:edXML="{QCVN}">\n  <edXML:edXMLHeader>\n'
)
_CLOSE_HEADER = "  </edXML:edXMLHeader>\n"
_CLOSE_ENVELOPE = " </edXML:edXMLEnvelope>\n"
_CLOSE = "</edXML>\n"
_ATTRIBUTES = {"edXMLManifest": ' version="1.0"'}
_ZIP = "application/zip"
_KEPT_CONTROLS = "\n\t"
# Said of a head alone, or of what writing mends by itself.
_NOT_OF_HEADS = frozenset({"attachment-absent"})


class Sink(Protocol):
    """Whatever takes bytes."""

    def write(self, piece: bytes, /) -> object:
        """Take the next bytes."""


def write_message(message: Message, target: Sink, *, at: datetime) -> None:
    """Write a message as of a moment.

    Raises: CannotWrite.
    """
    head = head_of(message, at=at)
    _check_files(message)
    if isinstance(message, StatusMessage) or not message.attachments:
        target.write(head)
        return
    target.write(head.removesuffix(_CLOSE.encode()))
    for piece in _files(message):
        target.write(piece)
    target.write(_CLOSE.encode())


def written(message: Message, *, at: datetime) -> bytes:
    """Return a message as bytes; for small ones. Raises: CannotWrite."""
    target = BytesIO()
    write_message(message, target, at=at)
    return target.getvalue()


def head_of(message: Message, *, at: datetime) -> bytes:
    """Return the message without its files, a document of its own.

    Raises: CannotWrite, if a reader would find an error in it.
    """
    head = unchecked_head(message)
    found = read_message(BytesIO(head), at=at).findings
    errors = [
        one for one in found if one.severity is Severity.ERROR and one.rule not in _NOT_OF_HEADS
    ]
    if errors:
        raise CannotWrite(errors)
    return head


def unchecked_head(message: Message) -> bytes:
    """Return a message that came from others without its files, whatever a reader would say of it.

    For keeping what was understood; what is sent from here goes through `head_of`.
    """
    return "".join((_DECLARATION, _OPEN, *_header(message), _CLOSE)).encode()


def _check_files(message: Message) -> None:
    """Raises: CannotWrite."""
    if isinstance(message, StatusMessage):
        return
    errors = []
    for one in message.attachments:
        trouble = trouble_with_kind(one.content, one.name)
        if not one.content.size:
            trouble = ("attachment-empty", {"name": one.name})
        if one.content.size > MOST_BYTES:
            trouble = ("attachment-too-large", {"name": one.name, "most": MOST_WORDS})
        if trouble is not None:
            errors.append(finding(trouble[0], 0, "Attachment", **trouble[1]))
    if errors:
        raise CannotWrite(errors)


def _header(message: Message) -> Iterator[str]:
    if isinstance(message, StatusMessage):
        yield from _written(STATUS_HEADER, _status_values(message), 3)
        yield _CLOSE_HEADER + _CLOSE_ENVELOPE
        return
    yield from _written(DOCUMENT_HEADER, _document_values(message), 3)
    yield from _written(TRACE, _trace_values(message), 3)
    yield _CLOSE_HEADER
    if message.attachments:
        yield from _written(BODY, _body_values(message), 2)
    yield _CLOSE_ENVELOPE


def _written(part: Part, value: Value, depth: int) -> Iterator[str]:
    """Yield an element as the table of elements orders it."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _written(part, one, depth)
        return
    name = f"edXML:{part.name}" if part.is_prefixed else part.name
    indent = " " * depth
    if isinstance(value, Mapping):
        yield f"{indent}<{name}{_ATTRIBUTES.get(part.name, '')}>\n"
        for inner in part.holds:
            yield from _written(inner, value.get(inner.name), depth + 1)
        yield f"{indent}</{name}>\n"
    elif value:
        yield f"{indent}<{name}>{_text(value)}</{name}>\n"
    elif part.is_kept or (value is not None and part.least and part.form is not Form.FRAME):
        yield f"{indent}<{name}/>\n"


def _text(value: str) -> str:
    tidy = normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    legal = (
        letter
        for letter in tidy
        if (letter >= " " or letter in _KEPT_CONTROLS)
        and not "\ud800" <= letter <= "\udfff"
        and letter not in "\ufffe\uffff"
    )
    return escape("".join(legal))


def _code(code: str) -> str:
    """Return a code in today's form; what cannot be understood stays, and is refused."""
    return todays_code(code) or code


def _organ_values(organ: Organ) -> dict[str, Value]:
    return {
        "OrganId": _code(organ.code),
        "OrganizationInCharge": organ.in_charge,
        "OrganName": organ.name,
        "OrganAdd": organ.address,
        "Email": organ.email,
        "Telephone": organ.telephone,
        "Fax": organ.fax,
        "Website": organ.website,
    }


def _document_values(message: DocumentMessage) -> dict[str, Value]:
    kind, signer = message.kind, message.signer
    return {
        "From": _organ_values(message.sender),
        "To": [_organ_values(one) for one in message.receivers],
        "DocumentId": message.document_id,
        "Code": {"CodeNumber": message.number, "CodeNotation": message.notation},
        "PromulgationInfo": {
            "Place": message.place or None,
            "PromulgationDate": written_day(message.issued_on) if message.issued_on else "",
        },
        "DocumentType": {
            "Type": str(kind.number),
            "TypeDetail": str(kind.detail),
            "TypeName": kind.name,
        },
        "Subject": message.subject,
        "Content": message.content or None,
        "SignerInfo": {
            "Competence": signer.competence or None,
            "Position": signer.position or None,
            "FullName": signer.full_name,
        }
        if signer
        else None,
        "DueDate": written_day(message.due_on) if message.due_on else None,
        "OtherInfo": _other_values(message.other) if message.other else None,
        "ResponseFor": [_answered_values(one) for one in message.answers],
        "SteeringType": _number(message.steering),
        "ToPlaces": {"Place": [*message.to_places]} if message.to_places else None,
        "ResponseForTask": {"TaskCode": [*message.for_tasks]} if message.for_tasks else None,
        "ApplicationType": message.application or None,
    }


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)


def _other_values(other: OtherInfo) -> dict[str, Value]:
    truth = {None: None, True: "true", False: "false"}
    return {
        "Priority": str(other.priority),
        "SphereOfPromulgation": other.sphere or None,
        "TyperNotation": other.typist or None,
        "PromulgationAmount": _number(other.copies),
        "PageAmount": _number(other.pages),
        "Direction": truth[other.is_directive],
        "Appendixes": {"Appendix": [*other.appendixes]} if other.appendixes else None,
    }


def _answered_values(one: Answered) -> dict[str, Value]:
    return {
        "OrganId": _code(one.organ),
        "Code": one.code,
        "PromulgationDate": written_day(one.issued_on) if one.issued_on else "",
        "DocumentId": one.document_id,
    }


def _staff_values(staff: StaffInfo) -> dict[str, Value]:
    return {
        "Department": staff.department,
        "Staff": staff.staff,
        "Email": staff.email,
        "Mobile": staff.mobile,
    }


def _trace_values(message: DocumentMessage) -> dict[str, Value]:
    hops: list[Value] = [
        {"OrganId": _code(one.organ), "Timestamp": written_moment(one.at) if one.at else ""}
        for one in message.hops
    ]
    return {"TraceHeader": hops, "Bussiness": _business_values(message.business)}


def _business_values(business: Business) -> dict[str, Value]:
    update, flag = business.update, ("0", "1")
    return {
        "DocumentId": business.document_id or None,
        "BussinessDocType": str(BusinessKind(business.kind).number),
        "BussinessDocReason": business.reason or None,
        "Paper": flag[business.has_paper],
        "BussinessDocumentInfo": {
            "DocumentInfo": flag[update.changes_document],
            "DocumentReceiver": flag[update.changes_receivers],
            "ReceiverList": {
                "Receiver": [
                    {"OrganId": _code(one.organ), "ReceiverType": flag[one.is_added]}
                    for one in update.receivers
                ]
            }
            if update.receivers
            else None,
        }
        if update
        else None,
        "ReplacementInfoList": {
            "ReplacementInfo": [
                {
                    "DocumentId": one.document_id,
                    "OrganIdList": {"OrganId": [_code(organ) for organ in one.organs]}
                    if one.organs
                    else None,
                }
                for one in business.replaced
            ]
        }
        if business.replaced
        else None,
        "StaffInfo": _staff_values(business.staff),
    }


def _status_values(message: StatusMessage) -> dict[str, Value]:
    return {
        "From": _organ_values(message.sender),
        "ResponseFor": _answered_values(message.about),
        "StaffInfo": _staff_values(message.staff),
        "StatusCode": message.code,
        "Description": message.description,
        "Timestamp": written_moment(message.at) if message.at else "",
    }


def _body_values(message: DocumentMessage) -> dict[str, Value]:
    references: list[Value] = [
        {
            "ContentId": one.content_id,
            "ContentType": _ZIP,
            "Description": one.description or None,
            "AttachmentName": one.name,
        }
        for one in message.attachments
    ]
    return {"edXMLManifest": {"Reference": references}}


def _files(message: DocumentMessage) -> Iterator[bytes]:
    """Yield the files of a message, each zipped under its name and then in base64."""
    attachment = FILES.holds[0]
    yield f" <{FILES.name}>\n".encode()
    for one in message.attachments:
        values: Mapping[str, Value] = {
            "ContentId": one.content_id,
            "AttachmentName": one.name,
            "Description": one.description or None,
            "ContentType": _ZIP,
        }
        yield f"  <{attachment.name}>\n".encode()
        for part in attachment.holds[:-1]:
            yield "".join(_written(part, values.get(part.name), 3)).encode()
        yield f'   <edXML:ContentTransferEncoded xmlns:edXML="{QCVN}">'.encode()
        yield from as_base64(wrapped(one.content, _entry_name(one.name)))
        yield f"</edXML:ContentTransferEncoded>\n  </{attachment.name}>\n".encode()
    yield f" </{FILES.name}>\n".encode()


def _entry_name(name: str) -> str:
    """Return the name inside the zip: never a path."""
    tidy = "".join("_" if letter in "/\\\0" else letter for letter in _text(name))
    return tidy or "tep"
