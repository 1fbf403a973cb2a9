"""What the parts of a message say must fit together.

Source: docs/law/exchange.md
"""

from collections.abc import Iterator

from motcua.casework.exchange.choices import BusinessKind, Status
from motcua.lib.clock import local_day

from .findings import Finding, finding
from .messages import Business, DocumentMessage, Priority, StatusMessage, Steering
from .parsing import Node
from .values import DOCUMENT_ID, day_of, todays_code, written_day, written_moment
from .walking import number_of

_HEADER = ("edXMLEnvelope", "edXMLHeader", "MessageHeader")
_TRACE = ("edXMLEnvelope", "edXMLHeader", "TraceHeaderList")


def check_document(message: DocumentMessage, root: Node) -> Iterator[Finding]:
    """Yield what contradicts itself in a document message."""
    header = root.child(*_HEADER) or root
    yield from _receivers(message, header)
    yield from _identity(message, header)
    yield from _numbers(header)
    if message.due_on and message.issued_on and message.due_on < message.issued_on:
        line, found = _line(header, "DueDate"), written_day(message.due_on)
        yield finding("due-before-issue", line, "DueDate", found=found)
    trace = root.child(*_TRACE)
    if trace is None:
        return
    if not message.hops:
        yield finding("trace-missing", trace.line, trace.name)
    business = trace.child("Bussiness")
    if business is not None:
        yield from _business(message, business)


def _line(node: Node, *path: str) -> int:
    found = node.child(*path)
    return found.line if found is not None else node.line


def _receivers(message: DocumentMessage, header: Node) -> Iterator[Finding]:
    seen: set[str] = set()
    sender = todays_code(message.sender.code)
    for node, organ in zip(header.named("To"), message.receivers, strict=True):
        line = _line(node, "OrganId")
        code = todays_code(organ.code) or organ.code
        if code and code in seen:
            yield finding("receiver-repeated", line, "OrganId", found=organ.code)
        if code and code == sender:
            yield finding("receiver-is-sender", line, "OrganId", found=organ.code)
        seen.add(code)


def _identity(message: DocumentMessage, header: Node) -> Iterator[Finding]:
    """Yield where the document's identifier says other than the message."""
    found = DOCUMENT_ID.fullmatch(message.document_id)
    if found is None:
        return
    organ, day, number, notation = found.groups()
    said = {
        "nơi gửi": todays_code(organ) == todays_code(message.sender.code),
        "ngày ban hành": day_of(day) == message.issued_on,
        "số, ký hiệu": (number, notation) == (message.number, message.notation),
    }
    what = ", ".join(name for name, is_same in said.items() if not is_same)
    if what:
        line = _line(header, "DocumentId")
        yield finding(
            "document-id-differs", line, "DocumentId", found=message.document_id, what=what
        )


def _numbers(header: Node) -> Iterator[Finding]:
    """Yield numbers that stand for nothing."""
    closed = {
        ("OtherInfo", "Priority"): {one.value for one in Priority},
        ("SteeringType",): {one.value for one in Steering},
    }
    for path, allowed in closed.items():
        node = header.child(*path)
        number = number_of(node.text) if node is not None else None
        if node is not None and number is not None and number not in allowed:
            yield finding("number", node.line, node.name, found=node.text, name=node.name)


def _business(message: DocumentMessage, node: Node) -> Iterator[Finding]:
    text = node.value("BussinessDocType")
    number = number_of(text)
    if text and (number is None or number >= len(BusinessKind)):
        line = _line(node, "BussinessDocType")
        yield finding("business-kind", line, "BussinessDocType", found=text)
        return
    business = message.business
    needed, unused = _parts_of_business(business)
    for name in needed:
        yield finding("business-part", node.line, node.name, kind=business.kind.label, name=name)
    for name in unused:
        line = _line(node, name)
        yield finding("business-superfluous", line, name, kind=business.kind.label, name=name)
    if business.kind == BusinessKind.UPDATE and business.update:
        yield from _changed_receivers(message, node)


def _parts_of_business(business: Business) -> tuple[list[str], list[str]]:
    """Return which parts a kind of business lacks, and which say nothing in it."""
    is_there = {
        "DocumentId": bool(business.document_id),
        "BussinessDocReason": bool(business.reason),
        "BussinessDocumentInfo": business.update is not None,
        "ReplacementInfoList": bool(business.replaced),
    }
    wanted, unwanted = _BUSINESS[business.kind]
    needed = [name for name in wanted if not is_there[name]]
    return needed, [name for name in unwanted if is_there[name]]


_UPDATE, _REPLACE = "BussinessDocumentInfo", "ReplacementInfoList"
_BUSINESS = {
    BusinessKind.NEW: ((), ("DocumentId", _UPDATE, _REPLACE)),
    BusinessKind.RECALL: (("BussinessDocReason",), (_UPDATE, _REPLACE)),
    BusinessKind.UPDATE: (("DocumentId", "BussinessDocReason", _UPDATE), (_REPLACE,)),
    BusinessKind.REPLACE: (("BussinessDocReason", _REPLACE), ("DocumentId", _UPDATE)),
}


def _changed_receivers(message: DocumentMessage, node: Node) -> Iterator[Finding]:
    """Yield those taken away whom nobody named, for they will hear nothing of it."""
    update = message.business.update
    if update is not None and update.changes_receivers and not update.receivers:
        kind = message.business.kind.label
        yield finding("business-part", node.line, node.name, kind=kind, name="ReceiverList")
    sent_to = {todays_code(one.code) for one in message.receivers}
    line = _line(node, _UPDATE)
    for one in update.receivers if update is not None else ():
        if todays_code(one.organ) not in sent_to:
            yield finding("receiver-unknown", line, "Receiver", found=one.organ)


def check_status(message: StatusMessage, root: Node) -> Iterator[Finding]:
    """Yield what contradicts itself in a status message."""
    header = root.child(*_HEADER) or root
    line = _line(header, "StatusCode")
    if message.code not in Status.values:
        if message.code:
            yield finding("status-code", line, "StatusCode", found=message.code)
        return
    issued_on = message.about.issued_on
    if message.at and issued_on and local_day(message.at) < issued_on:
        found, at = written_moment(message.at), _line(header, "Timestamp")
        yield finding("status-before-issue", at, "Timestamp", found=found)
    status = Status(message.code)
    if status.needs_reason and not message.description:
        line = _line(header, "Description")
        yield finding("status-reason", line, "Description", code=status.value, label=status.label)
