"""The mailbox of the ward's registry: a folder of .eml files with what people write to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from pathlib import Path

from django.conf import settings

from motcua.casework.mailboxes import api as mailboxes
from motcua.casework.mailboxes.api import BoxKind, MailboxIn
from motcua.foundation.papers import api as papers
from motcua.lib.clock import HANOI, local_day

from .cast import founder
from .duties import WARD
from .press import Sheet, printed
from .registry import home

# Folded in two, a subject loses the space between both halves.
_WHOLE_LINES = default.clone(max_line_length=500)
ADDRESS, SERVER = "vanthu.dienbienphu@dienbien.example", "mx.dienbien.example"
COMPANY = "Công ty cổ phần Hoa Ban (mẫu)"


@dataclass(frozen=True, slots=True)
class Mail:
    """One message: from whom, about what; `name` is its file's."""

    name: str
    sender: str
    domain: str
    hours_ago: int
    subject: str
    words: str
    file: str = ""


MAILS = (
    Mail(
        "1-de-nghi",
        COMPANY,
        "hoaban.example",
        20,
        "Đề nghị xác nhận mặt bằng tổ chức phiên chợ cuối năm",
        "Kính gửi UBND phường Điện Biên Phủ,\nCông ty gửi kèm công văn số 12/CV-HB, đề nghị phường "
        "xác nhận trước ngày 30. Trân trọng cảm ơn.",
        "cong-van-12.pdf",
    ),
    Mail(
        "2-to-dan-pho",
        "Tổ dân phố 5",
        "thudientu.example",
        6,
        "Báo cáo thiệt hại do mưa đá đêm qua",
        "Kính gửi phường,\nĐêm qua mưa đá làm hỏng mái 7 nhà ở tổ dân phố 5, không có người bị "
        "thương. Tổ đề nghị phường cử người xuống kiểm tra.",
    ),
    Mail(
        "3-quang-cao",
        "Trung tâm Đào tạo Sao Việt (mẫu)",
        "quangcao.example",
        3,
        "Mời tham gia khóa học kỹ năng văn thư, giảm 50 %",
        "Kính mời quý cơ quan đăng ký khóa học trước ngày 30 để được giảm học phí.",
    ),
    Mail(
        "4-hoa-don",
        "Phòng Kế toán",
        "hoadon.example",
        1,
        "Hóa đơn cần thanh toán gấp",
        "Mở tệp kèm theo để xem hóa đơn.",
        "hoa-don.exe",
    ),
)


def fill_mailbox(at: datetime) -> int:
    """Give the ward's registry a mailbox, once; return how many messages wait in it."""
    if mailboxes.mailbox_of(home().id) is not None:
        return 0
    folder = Path(settings.MAILBOX_DIR) / WARD
    folder.mkdir(parents=True, exist_ok=True)
    for one in MAILS:
        (folder / f"{one.name}.eml").write_bytes(_written(one, at).as_bytes(policy=_WHOLE_LINES))
    box = MailboxIn(ADDRESS, BoxKind.FOLDER, trusted=SERVER)
    mailboxes.set_mailbox(home().id, box, by=founder(), at=at)
    return len(MAILS)


def _written(one: Mail, at: datetime) -> EmailMessage:
    message, sent = EmailMessage(), at - timedelta(hours=one.hours_ago)
    message["From"] = f"{one.sender} <lienhe@{one.domain}>"
    message["To"] = ADDRESS
    message["Subject"] = one.subject
    message["Date"] = format_datetime(sent.astimezone(HANOI))
    message["Message-ID"] = f"<{one.name}.{sent:%Y%m%d}@{one.domain}>"
    if one.sender == COMPANY:
        message["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={one.domain}"
    message.set_content(one.words)
    if one.file.endswith(".pdf"):
        letter = printed(_letter(one, sent))
        message.add_attachment(letter, maintype="application", subtype="pdf", filename=one.file)
    elif one.file:
        program = b"MZ" + bytes(200)
        message.add_attachment(
            program, maintype="application", subtype="octet-stream", filename=one.file
        )
    return message


def _letter(one: Mail, sent: datetime) -> Sheet:
    return Sheet(
        issuer=COMPANY,
        number="12",
        notation="CV-HB",
        day=local_day(sent),
        kind=papers.DocumentKind.OFFICIAL_LETTER,
        subject=one.subject,
        signer="Trần Thị Ban",
        title="Giám đốc",
    )
