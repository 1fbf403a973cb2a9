"""The sheets of the story, printed by our own press: what came in, and what was signed by pen."""

import io
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.files import api as files
from motcua.foundation.papers import api as papers
from motcua.lib.actor import SYSTEM

PLACE = "Điện Biên"
NO_VALUE = "(Văn bản do hệ thống dựng để dùng thử; không có giá trị pháp lý.)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet."""

    issuer: str
    number: str
    notation: str
    day: date
    kind: papers.DocumentKind
    subject: str
    signer: str
    title: str = "Thủ trưởng cơ quan"
    profile: str = papers.LayoutProfile.GOVERNMENT
    superior: str = ""
    capacity: str = ""


def printed(sheet: Sheet) -> bytes:
    """Return the sheet as PDF."""
    wants = "thực hiện và báo cáo kết quả đúng thời hạn"
    body = f"Về việc: {sheet.subject}.\n{sheet.issuer} đề nghị các đơn vị {wants}./.\n*{NO_VALUE}*"
    is_ordered = papers.form_of(sheet.kind).needs_authority
    return papers.render_document(
        papers.AdministrativeDocument(
            kind=sheet.kind,
            letterhead=papers.Letterhead(
                superior=sheet.superior,
                issuer=sheet.issuer,
                place=PLACE,
                issued_on=sheet.day,
                number=int(sheet.number),
                notation=sheet.notation,
            ),
            body=papers.body_from(body),
            signers=(papers.Signer(title=sheet.title, name=sheet.signer, capacity=sheet.capacity),),
            profile=papers.LayoutProfile(sheet.profile),
            subject=sheet.subject,
            authority=sheet.title if is_ordered else "",
            bases=("Luật Tổ chức chính quyền địa phương",) if is_ordered else (),
            addressees=("UBND phường Điện Biên Phủ",),
            recipients=("Như trên", "Lưu: VT"),
        )
    )


def kept(sheet: Sheet, at: datetime) -> int:
    """Return the key of the sheet as a file that was sent in."""
    content = io.BytesIO(printed(sheet))
    return files.keep_file("van-ban.pdf", content, by=SYSTEM, at=at).pk
