"""Valid messages for the tests of this and higher rooms."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from motcua.casework.exchange.choices import BusinessKind
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.messages import (
    Answered,
    Attachment,
    Business,
    DocumentMessage,
    DocumentType,
    Hop,
    Organ,
    OtherInfo,
    ReceiverChange,
    Replaced,
    SignerInfo,
    StaffInfo,
    StatusMessage,
    UpdateInfo,
)
from motcua.casework.exchange.rules.edxml.reader import Reading, read_message
from motcua.casework.exchange.rules.edxml.writer import written
from motcua.lib.clock import HANOI

NOW = datetime(2026, 10, 1, 9, 15, tzinfo=HANOI)
PDF = b"%PDF-1.7\nmot van ban\n%%EOF\n"
EARLIER = "H18.5,2026/09/20,0110/SNV-CCHC"
STAFF = StaffInfo("Văn phòng Sở", "Trần Thị Mẫu", "vanthu@example.gov.vn", "84900000000")
SENDER = Organ(
    "H18.5",
    "Sở Nội vụ",
    "UBND tỉnh Điện Biên",
    "Phường Điện Biên Phủ",
    "vanthu@example.gov.vn",
    "02150000000",
    "02150000001",
    "snv.example.gov.vn",
)
RECEIVER = Organ("H18.101", "UBND xã Mường Phăng", "UBND tỉnh Điện Biên")


def make_message(**changes: Any) -> DocumentMessage:
    """Make a new document with one file, from Sở Nội vụ to Mường Phăng."""
    message = DocumentMessage(
        sender=SENDER,
        receivers=(RECEIVER,),
        document_id="H18.5,2026/10/01,0123/SNV-CCHC",
        number="0123",
        notation="SNV-CCHC",
        place="Điện Biên",
        issued_on=date(2026, 10, 1),
        kind=DocumentType("Công văn", 18),
        subject="V/v báo cáo kết quả giải quyết TTHC quý III",
        hops=(Hop("H18.5", NOW),),
        business=Business(reason="Văn bản điện tử mới", staff=STAFF),
        attachments=(Attachment("cid:1", "0123.pdf", content_of(PDF), "Văn bản chính"),),
    )
    return replace(message, **changes)


def make_full(kind: BusinessKind = BusinessKind.NEW) -> DocumentMessage:
    """Make a message in which everything is said that its business can say."""
    return make_message(
        receivers=(RECEIVER, Organ("H18.102", "UBND xã Nà Tấu")),
        content="Báo cáo trước ngày 10/10/2026",
        signer=SignerInfo("Nguyễn Văn Mẫu", "Phó Giám đốc", "KT. GIÁM ĐỐC"),
        due_on=date(2026, 10, 10),
        other=OtherInfo(1, "Cải cách hành chính", "NVM", 1, 2, True, ("Biểu mẫu báo cáo",)),  # noqa: FBT003 -- in the order of the elements
        answers=(
            Answered("H18.101", "25/UBND-VP", date(2026, 9, 28), "H18.101,2026/09/28,25/UBND-VP"),
        ),
        steering=2,
        to_places=("UBND các xã, phường", "Lưu: VT"),
        for_tasks=("NV-2026-15",),
        application="qlvb",
        business=make_business(kind),
        attachments=(
            Attachment("cid:1", "0123.pdf", content_of(PDF), "Văn bản chính"),
            Attachment("cid:2", "biểu mẫu.txt", content_of("Biểu mẫu".encode())),
        ),
    )


def make_business(kind: BusinessKind) -> Business:
    """Make the business part of that kind, with all it needs."""
    made = Business(kind, reason="Thay đổi nơi nhận", has_paper=True, staff=STAFF)
    if kind == BusinessKind.UPDATE:
        changes = (ReceiverChange("H18.102", False), ReceiverChange("H18.101", True))  # noqa: FBT003 -- taken away, added
        return replace(made, document_id=EARLIER, update=UpdateInfo(True, True, changes))  # noqa: FBT003 -- document, receivers
    if kind == BusinessKind.REPLACE:
        return replace(made, replaced=(Replaced(EARLIER, ("H18.101",)),))
    return made


def make_status(code: str = "03", **changes: Any) -> StatusMessage:
    """Make what Mường Phăng says of that document."""
    message = StatusMessage(
        sender=RECEIVER,
        about=Answered(
            "H18.5", "0123/SNV-CCHC", date(2026, 10, 1), "H18.5,2026/10/01,0123/SNV-CCHC"
        ),
        code=code,
        description="Đã vào sổ văn bản đến",
        at=NOW,
        staff=STAFF,
    )
    return replace(message, **changes)


def read(content: bytes, **options: Any) -> Reading:
    """Read a message as of the usual moment."""
    return read_message(BytesIO(content), at=NOW, **options)


def write(message: DocumentMessage | StatusMessage) -> bytes:
    """Write a message at the usual moment."""
    return written(message, at=NOW)


def rules_of(content: bytes, **options: Any) -> list[str]:
    """Return which rules are broken, in the order of the lines."""
    return [one.rule for one in read(content, **options).findings]
