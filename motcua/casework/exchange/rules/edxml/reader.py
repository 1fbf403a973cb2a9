"""Read a message leniently, and say everything that is not as it should be.

Whatever can be understood is returned, also from a message with errors: the clerk sees what was
sent and why it cannot be taken.

Source: docs/law/exchange.md
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from unicodedata import normalize

from motcua.casework.exchange.choices import BusinessKind

from .attachments import attachments_in
from .consistency import check_document, check_status
from .findings import Finding, finding, has_errors
from .messages import (
    LEGACY_SPACE,
    Answered,
    Business,
    DocumentMessage,
    DocumentType,
    Hop,
    Message,
    Organ,
    OtherInfo,
    ReceiverChange,
    Replaced,
    SignerInfo,
    StaffInfo,
    StatusMessage,
    UpdateInfo,
)
from .parsing import Node, Parsed, Unreadable, parse
from .structure import DOCUMENT, STATUS
from .values import day_of, moment_of
from .walking import SPACES, number_of, walk

_DSIG = "http://www.w3.org/2000/09/xmldsig#"
_HEADER = ("edXMLEnvelope", "edXMLHeader", "MessageHeader")
_MANY = 500  # findings: a file made to have more is told no more about


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the message if there is one, and what is wrong, in the order of the lines.

    Whether the signature at `signature_line` holds is not said here.
    """

    message: Message | None
    findings: tuple[Finding, ...]
    sha256: str = ""
    size: int = 0
    signature_line: int = 0

    @property
    def is_valid(self) -> bool:
        """Whether nothing worse was found than a remark."""
        return self.message is not None and not has_errors(self.findings)


def read_message(
    stream: IO[bytes], *, at: datetime, known: Collection[str] | None = None
) -> Reading:
    """Read a message as of a moment.

    `known` are the codes of all agencies there are; without them every well-formed code will do.
    """
    try:
        parsed = parse(stream)
    except Unreadable as error:
        return Reading(None, (error.finding,))
    root = parsed.root
    if root.name != "edXML":
        return _unread(parsed, finding("root", root.line, root.name, found=root.name))
    if root.space not in SPACES:
        return _unread(parsed, finding("namespace", root.line, root.name, found=root.space))
    header = root.child(*_HEADER)
    if header is None:
        return _unread(parsed, _missing(root))
    is_status = header.child("StatusCode") is not None
    message, found = _status(root, header) if is_status else _document(root, header)
    found = [*walk(root, STATUS if is_status else DOCUMENT, at), *_spaces(root), *found]
    found += _known(root, known) if known is not None else ()
    found.sort(key=lambda one: one.line)
    told = tuple(dict.fromkeys(found))[:_MANY]
    return Reading(message, told, parsed.sha256, parsed.size, _signature_line(root))


def _signature_line(root: Node) -> int:
    """Return where a signature over the message begins that can be examined; 0 without one."""
    frames = (root, root.child("edXMLEnvelope"), root.child("edXMLEnvelope", "edXMLHeader"))
    signatures = (one for frame in frames if frame is not None for one in frame.named("Signature"))
    return next((one.line for one in signatures if one.children and one.space == _DSIG), 0)


def _unread(parsed: Parsed, found: Finding) -> Reading:
    return Reading(None, (found,), parsed.sha256, parsed.size)


def _missing(root: Node) -> Finding:
    """Return which frame around the header is not there."""
    above = root
    for name in _HEADER:
        inner = above.child(name)
        if inner is None:
            return finding("element-missing", above.line, above.name, name=name)
        above = inner
    return finding("element-missing", root.line, root.name, name=_HEADER[-1])


def _spaces(root: Node) -> Iterator[Finding]:
    if root.space == LEGACY_SPACE:
        yield finding("namespace-legacy", root.line, root.name)
    header = root.child("edXMLEnvelope", "edXMLHeader") or root
    for name in ("Signature", "DigitalSignature"):
        for one in header.named(name):
            if not one.children:
                yield finding("signature-empty", one.line, name)
            elif one.space != _DSIG:
                yield finding("signature-namespace", one.line, name)


def _known(root: Node, known: Collection[str]) -> Iterator[Finding]:
    """Yield senders and receivers that nobody knows."""
    header = root.child(*_HEADER) or root
    for organ in (*header.named("From"), *header.named("To")):
        code = organ.child("OrganId")
        if code is not None and code.text and code.text not in known:
            yield finding("organ-code-unknown", code.line, code.name, found=code.text)


def said(node: Node | None, *path: str) -> str:
    """Return what an element says, in the one spelling we keep."""
    return normalize("NFC", node.value(*path)) if node is not None else ""


def _document(root: Node, header: Node) -> tuple[DocumentMessage, list[Finding]]:
    trace = root.child("edXMLEnvelope", "edXMLHeader", "TraceHeaderList")
    attachments, about_files = attachments_in(root)
    signer, other = header.child("SignerInfo"), header.child("OtherInfo")
    message = DocumentMessage(
        sender=_organ(header.child("From")),
        receivers=tuple(_organ(one) for one in header.named("To")),
        document_id=said(header, "DocumentId"),
        number=said(header, "Code", "CodeNumber"),
        notation=said(header, "Code", "CodeNotation"),
        place=said(header, "PromulgationInfo", "Place"),
        issued_on=day_of(said(header, "PromulgationInfo", "PromulgationDate")),
        kind=_kind(header),
        subject=said(header, "Subject"),
        content=said(header, "Content"),
        signer=_signer(signer) if signer is not None and _says(signer) else None,
        due_on=day_of(said(header, "DueDate")),
        other=_other(other) if other is not None else None,
        answers=tuple(_answered(one) for one in header.named("ResponseFor") if _says(one)),
        steering=number_of(said(header, "SteeringType")),
        to_places=_texts(header.child("ToPlaces"), "Place"),
        for_tasks=_texts(header.child("ResponseForTask"), "TaskCode"),
        application=said(header, "ApplicationType"),
        hops=tuple(_hop(one) for one in trace.named("TraceHeader")) if trace else (),
        business=_business(trace.child("Bussiness") if trace else None),
        attachments=attachments,
    )
    return message, [*about_files, *check_document(message, root)]


def _says(node: Node) -> bool:
    """Say whether a group holds anything: samples carry groups of empty elements."""
    return bool(node.text) or any(_says(child) for child in node.children)


def _organ(node: Node | None) -> Organ:
    return Organ(
        code=said(node, "OrganId"),
        name=said(node, "OrganName"),
        in_charge=said(node, "OrganizationInCharge"),
        address=said(node, "OrganAdd"),
        email=said(node, "Email"),
        telephone=said(node, "Telephone"),
        fax=said(node, "Fax"),
        website=said(node, "Website"),
    )


def _kind(header: Node) -> DocumentType:
    kind = header.child("DocumentType")
    number, detail = (number_of(said(kind, name)) or 0 for name in ("Type", "TypeDetail"))
    return DocumentType(said(kind, "TypeName"), number, detail)


def _signer(node: Node) -> SignerInfo:
    return SignerInfo(said(node, "FullName"), said(node, "Position"), said(node, "Competence"))


def _other(node: Node) -> OtherInfo:
    direction = said(node, "Direction").lower()
    return OtherInfo(
        priority=number_of(said(node, "Priority")) or 0,
        sphere=said(node, "SphereOfPromulgation"),
        typist=said(node, "TyperNotation"),
        copies=number_of(said(node, "PromulgationAmount")),
        pages=number_of(said(node, "PageAmount")),
        is_directive=direction in ("true", "1") if direction else None,
        appendixes=_texts(node.child("Appendixes"), "Appendix"),
    )


def _texts(node: Node | None, name: str) -> tuple[str, ...]:
    texts = (said(one) for one in node.named(name)) if node is not None else ()
    return tuple(one for one in texts if one)


def _answered(node: Node | None) -> Answered:
    return Answered(
        organ=said(node, "OrganId"),
        code=said(node, "Code"),
        issued_on=day_of(said(node, "PromulgationDate")),
        document_id=said(node, "DocumentId"),
    )


def _hop(node: Node) -> Hop:
    return Hop(said(node, "OrganId"), moment_of(said(node, "Timestamp")))


def _staff(node: Node | None) -> StaffInfo:
    return StaffInfo(*(said(node, name) for name in ("Department", "Staff", "Email", "Mobile")))


def _business(node: Node | None) -> Business:
    if node is None:
        return Business()
    changes, replaced = node.child("BussinessDocumentInfo"), node.child("ReplacementInfoList")
    return Business(
        kind=_business_kind(said(node, "BussinessDocType")),
        reason=said(node, "BussinessDocReason"),
        document_id=said(node, "DocumentId"),
        has_paper=said(node, "Paper") == "1",
        staff=_staff(node.child("StaffInfo")),
        update=_update(changes) if changes is not None else None,
        replaced=_replaced(replaced) if replaced is not None else (),
    )


def _business_kind(text: str) -> BusinessKind:
    number = number_of(text)
    try:
        return BusinessKind.numbered(number if number is not None else 0)
    except IndexError:
        return BusinessKind.NEW


def _update(node: Node) -> UpdateInfo:
    receivers = node.child("ReceiverList")
    return UpdateInfo(
        changes_document=said(node, "DocumentInfo") == "1",
        changes_receivers=said(node, "DocumentReceiver") == "1",
        receivers=tuple(
            ReceiverChange(said(one, "OrganId"), is_added=said(one, "ReceiverType") == "1")
            for one in (receivers.named("Receiver") if receivers is not None else ())
        ),
    )


def _replaced(node: Node) -> tuple[Replaced, ...]:
    return tuple(
        Replaced(said(one, "DocumentId"), _texts(one.child("OrganIdList"), "OrganId"))
        for one in node.named("ReplacementInfo")
    )


def _status(root: Node, header: Node) -> tuple[StatusMessage, list[Finding]]:
    message = StatusMessage(
        sender=_organ(header.child("From")),
        about=_answered(header.child("ResponseFor")),
        code=said(header, "StatusCode"),
        description=said(header, "Description"),
        at=moment_of(said(header, "Timestamp")),
        staff=_staff(header.child("StaffInfo")),
    )
    return message, list(check_status(message, root))
