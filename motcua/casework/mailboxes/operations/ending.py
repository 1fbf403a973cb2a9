"""A clerk takes a message in, or refuses it with words that may be sent to who wrote it."""

from datetime import datetime

from motcua.casework.mailboxes.choices import MailState
from motcua.casework.mailboxes.errors import MailError, NoSuchMail
from motcua.casework.mailboxes.models import MailFile, MailMessage
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

_SUBJECT = "Trả lời: {subject}"


def _agencies(agency_id: int, at: datetime) -> list[int]:
    """Return an agency with those in whose place it stands."""
    return [agency_id, *organisation.predecessors_of_agency(agency_id, local_day(at))]


def lock_mail(code: str, *, by: Actor, at: datetime) -> MailMessage:
    """Return a message that waits, locked until the story ends.

    Raises: NoSuchMail, NotAllowed, MailError.
    """
    try:
        message = work.lock(MailMessage, code=code)
    except MailMessage.DoesNotExist as error:
        raise NoSuchMail("Không tìm thấy thư này.") from error
    if by.agency_id is None or message.agency_id not in _agencies(by.agency_id, at):
        raise NoSuchMail("Không tìm thấy thư này.", hidden=f"mail:{code}")
    units = organisation.tree().units_of(by.agency_id)
    if not any(by.can(Power.REGISTER_DOCUMENTS, unit_id=unit.id) for unit in units):
        raise NotAllowed("Chỉ văn thư của cơ quan xử lý thư đến.")
    if message.state != MailState.WAITING:
        label = MailState(message.state).label.lower()
        raise MailError(f"Thư này {label}; hãy mở lại danh sách.")
    return message


@work.story
def mark_taken(code: str, document_code: str, *, by: Actor, at: datetime) -> MailMessage:
    """Note that a message became an incoming document.

    Raises: NoSuchMail, NotAllowed, MailError.
    """
    message = lock_mail(code, by=by, at=at)
    message.document_code = document_code
    _end(message, MailState.TAKEN, by=by, at=at)
    work.update(message, "state", "document_code", "ended_at", "ended_by_name")
    return message


def _end(message: MailMessage, state: MailState, *, by: Actor, at: datetime) -> None:
    message.state, message.ended_at, message.ended_by_name = state, at, by.name
    audit.record(f"mailboxes.{state}", f"mail:{message.code}", by=by, at=at)


@work.story
def refuse_mail(code: str, reason: str, answer: str, *, by: Actor, at: datetime) -> MailMessage:
    """Refuse a message; with an answer, it is sent to the address that the message came from.

    Raises: NoSuchMail, NotAllowed, MailError, BadInput without a reason or an address.
    """
    message = lock_mail(code, by=by, at=at)
    if not tidy(reason):
        raise BadInput("Hãy ghi lý do không tiếp nhận.", field="reason")
    message.reason = tidy(reason)[:1000]
    if answer.strip():
        if "@" not in message.from_address:
            raise BadInput("Thư không có địa chỉ người gửi để trả lời.", field="answer")
        subject = _SUBJECT.format(subject=message.subject or "thư của ông/bà")[:200]
        notifications.queue_mail(message.from_address, subject, answer.strip(), by=by, at=at)
        message.answered_at = at
    _end(message, MailState.REFUSED, by=by, at=at)
    work.update(message, "state", "reason", "answered_at", "ended_at", "ended_by_name")
    return message


@work.story
def purge_mail(document_code: str, *, by: Actor, at: datetime) -> None:
    """Destroy what a message held whose document turned out to be a state secret."""
    for message in MailMessage.objects.filter(document_code=document_code):
        rows = MailFile.objects.filter(message=message).exclude(file=None)
        held = [row.file_id for row in rows if row.file_id]
        if message.raw_id:
            held.append(message.raw_id)
        files.purge(held, by=by, at=at)
        message.subject, message.text = "(đã xóa: bí mật nhà nước)", ""
        work.update(message, "subject", "text")
