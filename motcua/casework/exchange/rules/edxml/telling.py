"""What an officer sees of a message, as lines of text."""

from collections.abc import Iterator
from datetime import date, datetime

from motcua.casework.exchange.choices import BusinessKind, Status
from motcua.lib.clock import local

from .findings import Finding
from .messages import DocumentMessage, Organ, Priority, StatusMessage, Steering
from .reader import Reading

_KILO = 1_000


def told(reading: Reading) -> Iterator[str]:
    """Yield the message in words, then what is wrong with it."""
    message = reading.message
    if isinstance(message, DocumentMessage):
        yield from _document(message)
    elif isinstance(message, StatusMessage):
        yield from _status(message)
    else:
        yield "Không đọc được gói tin."
    yield ""
    if reading.is_valid:
        yield "Gói tin hợp lệ."
    else:
        yield "Gói tin không hợp lệ; văn thư từ chối tiếp nhận với lý do:"
    yield from (f"  {line_of(one)}" for one in reading.findings)


def line_of(one: Finding) -> str:
    """Return a finding in one line: how bad, where, what, and by which rule."""
    place = f"dòng {one.line}, {one.element}: " if one.line else ""
    return f"{one.severity.label}: {place}{one.words} [{one.rule}]"


def _document(message: DocumentMessage) -> Iterator[str]:
    business, kind = message.business, message.kind.name or "Văn bản"
    yield f"{kind} {message.code} ngày {_day(message.issued_on)} – {message.subject}"
    yield f"Nghiệp vụ: {business.kind.label}" + (f" ({business.reason})" if business.reason else "")
    yield from _changes(message)
    yield f"Mã văn bản: {message.document_id}"
    yield f"Nơi gửi: {_organ(message.sender)}"
    yield from (f"Nơi nhận: {_organ(one)}" for one in message.receivers)
    if message.to_places:
        yield f"Nơi nhận ghi trên văn bản: {'; '.join(message.to_places)}"
    if message.signer:
        one = message.signer
        yield "Người ký: " + ", ".join(
            part for part in (one.competence, one.position, one.full_name) if part
        )
    yield from _further(message)
    yield f"Bản giấy: {'có gửi kèm' if business.has_paper else 'không gửi'}"
    yield from (f"Chặng: {one.organ} lúc {_moment(one.at)}" for one in message.hops)
    for file in message.attachments:
        words = f" – {file.description}" if file.description else ""
        size = f"{-(-file.content.size // _KILO)} kB"
        yield f"Tệp: {file.name} ({size}, SHA-256 {file.content.sha256[:16]}…){words}"


def _changes(message: DocumentMessage) -> Iterator[str]:
    business = message.business
    if business.kind != BusinessKind.NEW:
        yield from (f"Đối với văn bản: {one}" for one in message.concerns())
    for one in business.update.receivers if business.update else ():
        yield f"{'Thêm' if one.is_added else 'Bỏ'} nơi nhận: {one.organ}"


def _further(message: DocumentMessage) -> Iterator[str]:
    other = message.other
    if other and other.priority in set(Priority):
        yield f"Độ khẩn: {Priority(other.priority).label}"
    if message.steering in set(Steering):
        yield f"Tính chất: {Steering(message.steering or 1).label}"
    if message.due_on:
        yield f"Hạn xử lý: {_day(message.due_on)}"
    for one in message.answers:
        yield f"Trả lời văn bản: {one.code} ngày {_day(one.issued_on)} của {one.organ}"


def _status(message: StatusMessage) -> Iterator[str]:
    is_known = message.code in Status.values
    label = Status(message.code).label if is_known else "không rõ"
    about = message.about
    yield f"Trạng thái {message.code} ({label}) lúc {_moment(message.at)}"
    yield f"Của văn bản: {about.code} ngày {_day(about.issued_on)} ({about.document_id})"
    yield f"Nơi báo: {_organ(message.sender)}"
    yield f"Gửi tới: {about.organ}"
    if message.description:
        yield f"Nội dung: {message.description}"
    if message.staff.staff:
        yield f"Người báo: {message.staff.staff}, {message.staff.department}".rstrip(", ")


def _organ(one: Organ) -> str:
    return f"{one.name} ({one.code})" if one.name else one.code


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "không rõ"


def _moment(at: datetime | None) -> str:
    return f"{local(at):%H:%M:%S %d/%m/%Y}" if at else "không rõ"
