"""The elements of a message: order of writing, how often, how long, in which form.

One table for the writer, the validator, the schema and the pages of documentation.
Source: docs/law/exchange.md
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Form(StrEnum):
    """What the text of an element must be."""

    TEXT = "chữ"
    CODE = "mã định danh"
    DAY = "ngày"
    MOMENT = "thời điểm"
    NUMBER = "số"
    FLAG = "0 hoặc 1"
    TRUTH = "true hoặc false"
    DOCUMENT_ID = "mã văn bản"
    FRAME = "nhóm"
    FILE = "base64"
    FOREIGN = "tùy ý"


@dataclass(frozen=True, slots=True)
class Part:
    """One element inside another. `most` 0: any number; `is_free`: samples differ on its place.

    `is_kept` is written even when it is empty; `least` 1 must be there and say something, but for
    a part that is kept.
    """

    name: str
    form: Form = Form.TEXT
    least: int = 0
    most: int = 1
    longest: int = 0
    holds: tuple["Part", ...] = ()
    is_free: bool = False
    is_kept: bool = False
    is_prefixed: bool = True


def _frame(name: str, *holds: Part, least: int = 0, most: int = 1, is_free: bool = False) -> Part:
    return Part(name, Form.FRAME, least, most, holds=holds, is_free=is_free)


def _text(name: str, longest: int, least: int = 0) -> Part:
    return Part(name, Form.TEXT, least, longest=longest)


def _kept(name: str, longest: int) -> Part:
    return Part(name, Form.TEXT, longest=longest, is_kept=True)


_CODE = Part("OrganId", Form.CODE, 1, longest=35)
_IN_CHARGE = replace(_kept("OrganizationInCharge", 500), is_free=True)
_ORGAN_NAME = Part("OrganName", Form.TEXT, 1, longest=200)
_REACHED = (
    _kept("OrganAdd", 500),
    _kept("Email", 100),
    _kept("Telephone", 20),
    _kept("Fax", 20),
    _kept("Website", 100),
)
_ORGAN = (_CODE, _IN_CHARGE, _ORGAN_NAME, *_REACHED)
_STATUS_ORGAN = (_CODE, _ORGAN_NAME, _IN_CHARGE, *_REACHED)
_DAY = Part("PromulgationDate", Form.DAY, 1, is_free=True)
_DOCUMENT_ID = Part("DocumentId", Form.DOCUMENT_ID, 1, longest=200)
_FREE_ID = replace(_DOCUMENT_ID, is_free=True)
_ANSWERED_CODE = _text("Code", 100, 1)
_STAFF = (
    _kept("Department", 200),
    _kept("Staff", 100),
    replace(_kept("Email", 100), is_free=True),
    replace(_kept("Mobile", 20), is_free=True),
    _text("DepartmentId", 50),
    _text("StaffId", 50),
)
_STATUS_STAFF = (*_STAFF[:2], _STAFF[3], _STAFF[2], *_STAFF[4:])

DOCUMENT_HEADER = _frame(
    "MessageHeader",
    _frame("From", *_ORGAN, least=1),
    _frame("To", *_ORGAN, least=1, most=0),
    _DOCUMENT_ID,
    _frame("Code", _text("CodeNumber", 11, 1), _text("CodeNotation", 30, 1), least=1),
    _frame("PromulgationInfo", _text("Place", 50), _DAY, least=1),
    _frame(
        "DocumentType",
        Part("Type", Form.NUMBER, 1),
        Part("TypeDetail", Form.NUMBER),
        _text("TypeName", 100, 1),
        least=1,
    ),
    _text("Subject", 500, 1),
    _text("Content", 500),
    _frame(
        "SignerInfo", _text("Competence", 100), _text("Position", 100), _text("FullName", 50, 1)
    ),
    Part("DueDate", Form.DAY),
    _frame(
        "OtherInfo",
        Part("Priority", Form.NUMBER),
        _text("SphereOfPromulgation", 100),
        _text("TyperNotation", 10),
        Part("PromulgationAmount", Form.NUMBER),
        Part("PageAmount", Form.NUMBER),
        Part("Direction", Form.TRUTH),
        _frame("Appendixes", Part("Appendix", Form.TEXT, 1, 0, 500)),
        Part("ReferenceCodes", Form.FOREIGN),
        Part("ReplyFors", Form.FOREIGN),
    ),
    _frame("ResponseFor", _CODE, _ANSWERED_CODE, _FREE_ID, _DAY, most=0, is_free=True),
    Part("SteeringType", Form.NUMBER, is_free=True),
    _frame("ToPlaces", Part("Place", Form.TEXT, 1, 0, 150), is_free=True),
    _frame("ResponseForTask", Part("TaskCode", Form.TEXT, 1, 0, 100), is_free=True),
    replace(_text("ApplicationType", 50), is_free=True),
)
_CHANGED_ORGAN = replace(_CODE, least=1)
TRACE = _frame(
    "TraceHeaderList",
    _frame("TraceHeader", _CODE, Part("Timestamp", Form.MOMENT, 1), most=0),
    _frame(
        "Bussiness",
        replace(_FREE_ID, least=0),
        Part("BussinessDocType", Form.NUMBER, 1),
        _text("BussinessDocReason", 500),
        Part("Paper", Form.FLAG, is_kept=True),
        _frame(
            "BussinessDocumentInfo",
            Part("DocumentInfo", Form.FLAG, 1),
            Part("DocumentReceiver", Form.FLAG, 1),
            _frame(
                "ReceiverList",
                _frame("Receiver", _CHANGED_ORGAN, Part("ReceiverType", Form.FLAG, 1), most=0),
            ),
        ),
        _frame(
            "ReplacementInfoList",
            _frame(
                "ReplacementInfo",
                _DOCUMENT_ID,
                _frame("OrganIdList", replace(_CODE, most=0)),
                least=1,
                most=0,
            ),
        ),
        _frame("StaffInfo", *_STAFF, is_free=True),
        least=1,
    ),
    least=1,
)
STATUS_HEADER = _frame(
    "MessageHeader",
    _frame("From", *_STATUS_ORGAN, least=1),
    _frame("ResponseFor", _CODE, _ANSWERED_CODE, _DAY, replace(_FREE_ID, least=1), least=1),
    _frame("StaffInfo", *_STATUS_STAFF),
    _text("StatusCode", 2, 1),
    replace(_text("Description", 1000), is_kept=True),
    Part("Timestamp", Form.MOMENT, 1),
)
_SIGNATURES = (
    Part("Signature", Form.FOREIGN, most=0),
    Part("DigitalSignature", Form.FOREIGN),
)
_REFERENCE = _frame(
    "Reference",
    _text("ContentId", 200, 1),
    _text("ContentType", 200),
    replace(_text("Description", 500), is_free=True),
    _text("AttachmentName", 500, 1),
    most=0,
)
BODY = _frame("edXMLBody", _frame("edXMLManifest", _REFERENCE, least=1))
FILES = replace(
    _frame(
        "AttachmentEncoded",
        replace(
            _frame(
                "Attachment",
                replace(_text("ContentId", 200, 1), is_prefixed=False),
                replace(_text("AttachmentName", 500, 1), is_prefixed=False),
                replace(_text("Description", 500), is_free=True, is_prefixed=False),
                replace(_text("ContentType", 200), is_prefixed=False),
                Part("ContentTransferEncoded", Form.FILE, 1),
                most=0,
            ),
            is_prefixed=False,
        ),
    ),
    is_prefixed=False,
)


def _whole(*header: Part, body: tuple[Part, ...], files: tuple[Part, ...]) -> Part:
    inner = _frame("edXMLHeader", *header, *_SIGNATURES, least=1)
    envelope = _frame("edXMLEnvelope", inner, *body, least=1)
    return replace(_frame("edXML", envelope, *files, least=1), is_prefixed=False)


DOCUMENT = _whole(replace(DOCUMENT_HEADER, least=1), TRACE, body=(BODY,), files=(FILES,))
STATUS = _whole(replace(STATUS_HEADER, least=1), body=(), files=())


def parts_of(whole: Part, above: str = "") -> Iterator[tuple[str, Part]]:
    """Yield every element with its path below the header, in the order of writing."""
    for part in whole.holds:
        path = f"{above}/{part.name}" if above else part.name
        yield path, part
        yield from parts_of(part, path)
