"""Mailboxes are read: each message becomes something that waits for a clerk, and nothing is lost.

Source: docs/law/documents.md
"""

import io
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from motcua.casework.mailboxes.choices import MailState, Sender
from motcua.casework.mailboxes.errors import BoxAway
from motcua.casework.mailboxes.models import Mailbox, MailFile, MailMessage
from motcua.casework.mailboxes.ports import Found
from motcua.casework.mailboxes.rules.reading import (
    Attached,
    ReadMail,
    is_verified,
    read_head,
    read_mail,
)
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .setting import open_box
from .telling import tell_clerks

logger = logging.getLogger(__name__)
LARGEST = 60_000_000
AT_ONCE = 50
MESSAGE = "message/rfc822"
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOO_LARGE = (
    "Thư lớn quá 60 MB nên chỉ lấy phần đầu; hãy mở hộp thư để xem, hoặc xin gửi bằng cách khác."
)
_MARKED = (
    "{what} mang dấu mật: không lưu lại gì của thư này. Hãy xóa thư khỏi hộp thư, đăng ký ở "
    "sổ văn bản mật bằng giấy và báo người phụ trách bảo mật của cơ quan."
)
_DIFFERS = "Trùng Message-ID với một thư khác nhưng nội dung khác: có thể là thư giả."
_REPEATED = "Thư trùng với thư đã nhận (cùng Message-ID)."


def read_mailboxes(*, at: datetime) -> int:
    """Read what is new in every mailbox; return how many messages were kept.

    One that cannot be read says so, and does not hold up the others. Costs: network.
    """
    return sum(_read_or_say(box, at=at) for box in Mailbox.objects.filter(is_on=True))


def _read_or_say(box: Mailbox, *, at: datetime) -> int:
    """Read one mailbox; what nobody foresaw stands on its page, and the others are read."""
    try:
        return read_mailbox(box, at=at)
    except Exception as error:
        logger.exception("mailbox_failed", extra={"agency": box.agency_id})
        why = f"Lỗi không lường trước ({type(error).__name__}); báo bộ phận kỹ thuật xem nhật ký."
        Mailbox.objects.filter(pk=box.pk).update(read_at=at, trouble=why)
        return 0


def read_mailbox(box: Mailbox, *, at: datetime) -> int:
    """Read what is new in one mailbox, each message in a story of its own."""
    kept, trouble = 0, ""
    try:
        with open_box(box) as opened:
            for found in opened.after(box.mark, AT_ONCE):
                kept += _take(box, found, at)
                opened.put_away(found.mark)
    except BoxAway as error:
        trouble = str(error)[:500]
        logger.warning("mailbox_away", extra={"agency": box.agency_id})
    box.read_at, box.trouble = at, trouble
    box.save(update_fields=["read_at", "trouble"])
    tell_clerks(box, at=at)
    return kept


def _take(box: Mailbox, found: Found, at: datetime) -> int:
    if found.size > LARGEST:
        head = found.head()
        return int(take_in(box, head, mark=found.mark, size=found.size, at=at) is not None)
    raw = found.read()
    return int(take_in(box, raw, mark=found.mark, at=at) is not None)


def take_in(
    box: Mailbox, raw: bytes, *, mark: str, at: datetime, size: int = 0
) -> MailMessage | None:
    """Keep one message with its files; None if it was kept before. `size` says that it is a head.

    Its files are looked at like any other's, outside of the story; one that is refused is named,
    and is still in the message as it came.
    """
    digest = sha256(raw).hexdigest()
    if MailMessage.objects.filter(mailbox=box, digest=digest).exists():
        _go_on(box, mark)
        return None
    mail = read_head(raw, _TOO_LARGE) if size else read_mail(raw)
    kept = [_kept(one, at) for one in mail.attached]
    message = _message(box, mail, size=size or len(raw), digest=digest, at=at)
    secret = _secret(mail, kept)
    if secret:
        _forget_words(message, secret)
        files.purge([one.row.file_id for one in kept if one.row.file_id], by=SYSTEM, at=at)
        for one in kept:
            one.row.file = None
    return _keep(box, message, kept, None if secret or size else raw, mark=mark, at=at)


def _secret(mail: ReadMail, kept: Sequence["_Kept"]) -> str:
    """Return what of a message is marked as a state secret, or nothing."""
    marked = next((one.row.name for one in kept if one.is_secret), None)
    if marked is not None:
        return f"Tệp “{marked[:100]}”"
    if files.mark_in_name(f"{mail.subject}.") or files.mark_in_words(mail.subject):
        return "Tiêu đề thư"
    return "Lời thư" if files.mark_in_words(mail.text) else ""


class _Kept:
    """One file as it was looked at: its row, and whether it is marked as a state secret."""

    def __init__(self, row: MailFile, *, is_secret: bool = False) -> None:
        self.row, self.is_secret = row, is_secret


def _kept(one: Attached, at: datetime) -> _Kept:
    row = MailFile(name=one.name, size=len(one.content))
    try:
        content = io.BytesIO(one.content)
        row.file = files.keep_file(one.name, content, by=SYSTEM, at=at, is_drawn=False)
    except files.SecretFile as error:
        row.refusal = str(error)[:500]
        return _Kept(row, is_secret=True)
    except files.FileRefused as error:
        row.refusal = str(error)[:500]
    return _Kept(row)


def _message(box: Mailbox, mail: ReadMail, *, size: int, digest: str, at: datetime) -> MailMessage:
    verified = is_verified(mail.results, box.trusted, mail.from_address)
    findings = [one[:500] for one in mail.findings]
    earlier = None
    if mail.message_id:
        same = MailMessage.objects.filter(agency_id=box.agency_id, message_id=mail.message_id)
        earlier = same.order_by("id").first()
    if earlier is not None:
        is_same = (earlier.subject, earlier.text) == (mail.subject, mail.text)
        findings.append(_REPEATED if is_same else _DIFFERS)
    return MailMessage(
        code="".join(secrets.choice(_LETTERS) for _ in range(10)),
        mailbox=box,
        agency_id=box.agency_id,
        digest=digest,
        message_id=mail.message_id,
        from_name=mail.from_name,
        from_address=mail.from_address,
        sender=Sender.VERIFIED if verified else Sender.UNVERIFIED,
        subject=mail.subject,
        sent_at=mail.sent_at,
        taken_at=at,
        size=size,
        text=mail.text,
        findings=findings,
        same_as=earlier,
        state=MailState.WAITING,
    )


def _forget_words(message: MailMessage, what: str) -> None:
    """Keep nothing of what a message with a state secret says but from whom it came."""
    message.subject, message.text = "(thư mang dấu mật)", ""
    message.findings = [_MARKED.format(what=what)]


@work.story
def _keep(
    box: Mailbox,
    message: MailMessage,
    kept: Sequence[_Kept],
    raw: bytes | None,
    *,
    mark: str,
    at: datetime,
) -> MailMessage:
    if raw is not None:
        message.raw = files.keep_bytes(raw, MESSAGE, by=SYSTEM, at=at)
    message.save(force_insert=True)
    for seq, one in enumerate(kept, start=1):
        one.row.message, one.row.seq = message, seq
    MailFile.objects.bulk_create([one.row for one in kept])
    _go_on(box, mark)
    audit.record("mailboxes.arrived", f"mail:{message.code}", by=SYSTEM, at=at)
    return message


def _go_on(box: Mailbox, mark: str) -> None:
    box.mark = mark
    box.save(update_fields=["mark"])
