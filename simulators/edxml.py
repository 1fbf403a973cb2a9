"""Messages as partners write them, and as much of ours as an axis reads; independent of motcua."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import typst
from lxml import etree

from motcua.lib.clock import local

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
DOCUMENT, STATUS = "edoc", "status"
Element = etree._Element  # noqa: SLF001 -- the library has no other name for it
MARK = "MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
Who = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What an axis reads of a message."""

    kind: str
    sender: str
    receivers: tuple[str, ...]
    document_id: str
    number: str
    issued_on: str
    title: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a played agency sends."""

    number: str
    subject: str
    issued_on: date
    notation: str = "MH-VP"
    is_urgent: bool = False


def read(content: bytes) -> Told | None:
    """Return what a message says of itself, None if it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    header = root.find(f".//{{{QCVN}}}MessageHeader")
    if header is None:
        return None
    code = _text(header, "StatusCode")
    return _status(header, code) if code else _document(header)


def _document(header: Element) -> Told:
    number = f"{_text(header, 'Code/CodeNumber')}/{_text(header, 'Code/CodeNotation')}"
    organs = header.findall(f"{{{QCVN}}}To/{{{QCVN}}}OrganId")
    return Told(
        DOCUMENT,
        _text(header, "From/OrganId"),
        tuple((one.text or "").strip() for one in organs),
        _text(header, "DocumentId"),
        number,
        _text(header, "PromulgationInfo/PromulgationDate"),
        f"{number} – {_text(header, 'Subject')}",
    )


def _status(header: Element, code: str) -> Told:
    return Told(
        STATUS,
        _text(header, "From/OrganId"),
        (_text(header, "ResponseFor/OrganId"),),
        _text(header, "ResponseFor/DocumentId"),
        _text(header, "ResponseFor/Code"),
        _text(header, "ResponseFor/PromulgationDate"),
        f"{code} {_text(header, 'ResponseFor/Code')}: {_text(header, 'Description')}",
        code,
    )


def _text(node: Element, path: str) -> str:
    steps = "/".join(f"{{{QCVN}}}{one}" for one in path.split("/"))
    return (node.findtext(steps) or "").strip()


def document(sender: Who, receiver: str, paper: Paper, *, at: datetime) -> bytes:
    """Return a new document with one PDF, as the official samples are written."""
    number = f"{paper.number}/{paper.notation}"
    document_id = f"{sender[0]},{paper.issued_on:%Y/%m/%d},{number}"
    name = f"{paper.number}_{paper.notation}.pdf"
    header = _node(
        "MessageHeader",
        _organ("From", sender),
        _organ("To", (receiver, "")),
        _node("DocumentId", document_id),
        _node("Code", _node("CodeNumber", paper.number), _node("CodeNotation", paper.notation)),
        _node(
            "PromulgationInfo",
            _node("Place", "Hà Nội"),
            _node("PromulgationDate", f"{paper.issued_on:%Y/%m/%d}"),
        ),
        _node(
            "DocumentType",
            _node("Type", "18"),
            _node("TypeDetail", "0"),
            _node("TypeName", "Công văn"),
        ),
        _node("Subject", paper.subject),
        _node("Content", paper.subject),
        _node(
            "SignerInfo",
            _node("Competence", "TL. BỘ TRƯỞNG"),
            _node("Position", "Chánh Văn phòng"),
            _node("FullName", "Người ký minh họa"),
        ),
        _node("OtherInfo", _node("Priority", "1" if paper.is_urgent else "0")),
        _node("SteeringType", "1"),
    )
    business = _node(
        "Bussiness",
        _node("BussinessDocType", "0"),
        _node("BussinessDocReason", "Văn bản điện tử mới"),
        _node("Paper", "0"),
    )
    hop = _node("TraceHeader", _node("OrganId", sender[0]), _node("Timestamp", _moment(at)))
    body = (
        '<edXML:edXMLBody><edXML:edXMLManifest version="1.0">'
        + _node("Reference", *_file_words("edXML:", name))
        + "</edXML:edXMLManifest></edXML:edXMLBody>"
    )
    pdf = b64encode(_zipped(name, _pdf(sender[1], number, paper))).decode()
    attachment = (
        f"<AttachmentEncoded><Attachment>{''.join(_file_words('', name))}"
        f'<edXML:ContentTransferEncoded xmlns:edXML="{QCVN}">{pdf}'
        "</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded>"
    )
    trace = _node("TraceHeaderList", hop, business)
    return _whole(_node("edXMLHeader", header, trace) + body, attachment)


def status(sender: Who, about: Told, code: str, words: str, *, at: datetime) -> bytes:
    """Return what a receiver says of a document."""
    header = _node(
        "MessageHeader",
        _organ("From", sender),
        _node(
            "ResponseFor",
            _node("OrganId", about.sender),
            _node("Code", about.number),
            _node("PromulgationDate", about.issued_on),
            _node("DocumentId", about.document_id),
        ),
        _node("StaffInfo", _node("Department", "Văn thư"), _node("Staff", "Văn thư minh họa")),
        _node("StatusCode", code),
        _node("Description", words),
        _node("Timestamp", _moment(at)),
    )
    return _whole(_node("edXMLHeader", header))


def _whole(envelope: str, rest: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{QCVN}">'
        f'<edXML:edXMLEnvelope xmlns:edXML="{QCVN}">{envelope}</edXML:edXMLEnvelope>{rest}</edXML>'
    ).encode()


def _node(name: str, *inside: str) -> str:
    """Return an element around others, or around words."""
    content = "".join(one if one.startswith("<edXML:") else escape(one) for one in inside)
    return f"<edXML:{name}>{content}</edXML:{name}>"


def _organ(name: str, who: Who) -> str:
    code, words = who
    empty = ("OrganAdd", "Email", "Telephone", "Fax", "Website")
    own = (_node("OrganId", code), _node("OrganizationInCharge"), _node("OrganName", words or code))
    return _node(name, *own, *(_node(one) for one in empty))


def _file_words(prefix: str, name: str) -> list[str]:
    said = {
        "ContentId": "cid:1",
        "ContentType": "application/zip",
        "Description": "Văn bản chính",
        "AttachmentName": name,
    }
    order = list(said) if prefix else ["ContentId", "AttachmentName", "Description", "ContentType"]
    return [f"<{prefix}{one}>{escape(said[one])}</{prefix}{one}>" for one in order]


def _zipped(name: str, content: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as folder:
        folder.writestr(name, content)
    return target.getvalue()


def _pdf(agency: str, number: str, paper: Paper) -> bytes:
    """Return a page that looks like a công văn, and says that it is none."""
    words = {"agency": agency, "number": number, "subject": paper.subject, "mark": MARK}
    words["day"] = f"ngày {paper.issued_on:%d} tháng {paper.issued_on:%m} năm {paper.issued_on:%Y}"
    return bytes(typst.compile(_PAGE.encode(), sys_inputs=words))


def _moment(at: datetime) -> str:
    return f"{local(at):%Y/%m/%d %H:%M:%S}"


_PAGE = """
#let said = sys.inputs
#set page("a4", margin: (left: 30mm, rest: 20mm))
#set text(13pt, lang: "vi")
#set par(justify: true)
#text(11pt, fill: rgb("a00000"))[#said.mark]
#grid(columns: (2fr, 3fr), gutter: 8pt,
  align(center)[*#upper(said.agency)*],
  align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ *Độc lập – Tự do – Hạnh phúc*],
  align(center)[Số: #said.number\\ #text(12pt)[#said.subject]],
  align(center)[_Hà Nội, #said.day;_])
#v(12pt)
#align(center)[Kính gửi: Các cơ quan, đơn vị có tên trong nơi nhận]
#v(6pt)
#said.agency đề nghị quý cơ quan xem xét và thực hiện nội dung sau: #said.subject. Kết quả gửi về
#said.agency qua Trục liên thông văn bản.
#v(18pt)
#grid(columns: (1fr, 1fr), [], align(center)[*TL. BỘ TRƯỞNG*\\ *CHÁNH VĂN PHÒNG*
  #v(36pt)
  *Người ký minh họa*])
"""
