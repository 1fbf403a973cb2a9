"""Ask for the signature of a file that is not one of our own papers: a PDF or XML."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from motcua.foundation.signing.choices import DocumentKind, Level, TurnRole
from motcua.foundation.signing.errors import DocumentUnfit, FileNotPdf, NotYourTurn
from motcua.foundation.signing.models import SigningRequest
from motcua.foundation.signing.queries.rights import block_for
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.safexml import MOST_BYTES, BrokenXml, UnsafeXml, looks_like_xml, read_xml

from .requesting import TurnIn, Wanted, leader_turn, new_token, registry_unit, request_signatures
from .turns import begin_attempt, number_and_seal

_PDF_MAGIC = b"%PDF-"
_SIGNED = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class XmlIn:
    """An XML file to be signed: under which name, how strongly, by hand or with the seal."""

    name: str
    content: bytes = field(repr=False)
    title: str
    level: Level = Level.B_B
    is_sealed: bool = False
    hand: str = ""


@work.story
def ask_for_file(
    name: str, content: bytes, *, by: Actor, at: datetime, level: Level = Level.B_B
) -> SigningRequest:
    """Ask for one's own signature on a PDF, where it is not seen, or on XML.

    Raises: FileNotPdf, DocumentUnfit, NotYourTurn without a post, NoCertificate, NotAllowed.
    """
    if looks_like_xml(content):
        return sign_xml_file(XmlIn(name, content, "Tệp XML ký riêng", level), by=by, at=at)
    if not content.startswith(_PDF_MAGIC):
        raise FileNotPdf("Chỉ ký được tệp PDF hoặc XML.", field="file")
    agency_id, unit_id = _place_of(by)
    turn = TurnIn(TurnRole.LEADER, unit_id, by.id, by.name, by.title)
    wanted = Wanted(
        kind=DocumentKind.MODULE_PDF,
        owner=f"file:{secrets.token_hex(8)}",
        title="Văn bản ký riêng",
        about=name,
        pdf=content,
        agency_id=agency_id,
        unit_id=unit_id,
        turns=(turn,),
        level=level,
        token=new_token(),
    )
    request = request_signatures(wanted, by=by, at=at)
    begin_attempt(request.code, by=by, at=at)
    return request


@work.story
def sign_xml_file(given: XmlIn, *, by: Actor, at: datetime) -> SigningRequest:
    """Take an XML file in and sign it at once (XAdES): in one's own name, or with the seal.

    Raises: DocumentUnfit, BadInput, NotYourTurn, NoSigningRight, NoCertificate, NotAllowed.
    Source: docs/law/signing.md
    """
    if not given.title.strip():
        raise BadInput("Hãy ghi tên tệp, nội dung.", field="title")
    _check_xml(given.content)
    agency_id, unit_id = _place_of(by)
    if given.is_sealed:
        turn = TurnIn(TurnRole.SEAL, registry_unit(agency_id, at))
    else:
        block = block_for(by, agency_id, DocumentKind.XML, at)
        turn = leader_turn(unit_id, by.id, block)
    wanted = Wanted(
        kind=DocumentKind.XML,
        owner=f"own_document:{secrets.token_hex(8)}",
        title=given.title.strip()[:_LONGEST_TITLE],
        about=given.name,
        pdf=given.content,
        agency_id=agency_id,
        unit_id=unit_id,
        turns=(turn,),
        level=given.level,
        token=new_token(),
    )
    request = request_signatures(wanted, by=by, at=at)
    if given.is_sealed:
        number_and_seal(request.code, by=by, at=at)
    else:
        begin_attempt(request.code, by=by, at=at, hand=given.hand)
    return request


def _check_xml(content: bytes) -> None:
    """Raises: DocumentUnfit."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise DocumentUnfit(f"Tệp XML lớn hơn {most} MB, không ký được.", field="file")
    try:
        root = read_xml(content)
    except UnsafeXml as error:
        message = "Tệp XML khai báo kiểu tài liệu hoặc thực thể, không ký được; hãy bỏ phần đó."
        raise DocumentUnfit(message, field="file") from error
    except BrokenXml as error:
        message = "Tệp không phải XML đọc được: bị hỏng hoặc thiếu thẻ đóng."
        raise DocumentUnfit(message, field="file") from error
    if root.find(f".//{_SIGNED}") is not None or root.tag == _SIGNED:
        message = "Tệp XML đã có chữ ký số; ký thêm sẽ làm hỏng chữ ký đó. Hãy gửi tệp chưa ký."
        raise DocumentUnfit(message, field="file")


def _place_of(by: Actor) -> tuple[int, int]:
    """Return agency and unit in whose name somebody signs. Raises: NotYourTurn."""
    if by.agency_id is None or not by.unit_ids:
        raise NotYourTurn("Tài khoản này không giữ vị trí nào để ký.")
    return by.agency_id, by.unit_ids[0]
