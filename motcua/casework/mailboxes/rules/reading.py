"""What a message of e-mail says: who, what, when, which files; within bounds.

Source: docs/law/documents.md
"""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage, Message, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from motcua.lib.text import tidy

MOST_PARTS = 100
LONGEST_TEXT = 20_000
_ODD = (ValueError, LookupError, RecursionError, AttributeError, TypeError, IndexError, KeyError)
_BROKEN = "Thư có cấu trúc khác thường, hệ thống không tách được; bản gốc được giữ nguyên."
_PASSED = re.compile(r"\b(dkim|spf|dmarc)=pass\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of a message, as it came."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a message says; what cannot be read is empty, and named among the findings."""

    message_id: str = ""
    from_name: str = ""
    from_address: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""
    attached: Sequence[Attached] = ()
    findings: Sequence[str] = ()
    results: Sequence[str] = ()


def read_mail(raw: bytes) -> ReadMail:
    """Return what a message says. Never raises: what is odd is said to be so.

    More parts than a person sends are not taken apart at all.
    """
    if raw.lower().count(b"content-type:") > MOST_PARTS:
        return _head_of(raw, f"Thư có hơn {MOST_PARTS} phần; bản gốc được giữ nguyên.")
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        return _read(message)
    except _ODD:
        return _head_of(raw, _BROKEN)


def _head_of(raw: bytes, finding: str) -> ReadMail:
    """Return what the first lines say of a message that is not taken apart."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0][:50_000]
    try:
        message = email.message_from_bytes(head, policy=email.policy.default)
        name, address = _sender(message)
        subject, message_id = _text(message, "Subject"), _text(message, "Message-ID")
    except _ODD:
        return ReadMail(findings=(finding,))
    return ReadMail(message_id[:255], name, address, subject, findings=(finding,))


def read_head(head: bytes, finding: str) -> ReadMail:
    """Return what the head of a message says whose body was not fetched."""
    return _head_of(head, finding)


def _read(message: EmailMessage) -> ReadMail:
    name, address = _sender(message)
    files, findings = _attached(message)
    return ReadMail(
        message_id=_text(message, "Message-ID")[:255],
        from_name=name,
        from_address=address,
        subject=_text(message, "Subject")[:1000],
        sent_at=_sent_at(message),
        text=_body(message)[:LONGEST_TEXT],
        attached=files,
        findings=findings,
        results=[str(one) for one in message.get_all("Authentication-Results", [])],
    )


def _text(message: EmailMessage, name: str) -> str:
    return tidy(str(message.get(name, "")))


def _sender(message: EmailMessage) -> tuple[str, str]:
    name, address = parseaddr(_text(message, "From"))
    return tidy(name)[:200], address.strip()[:254]


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        found = parsedate_to_datetime(_text(message, "Date"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _attached(message: EmailMessage) -> tuple[list[Attached], list[str]]:
    """Return the files, and what is to be said of parts that could not be read."""
    found, findings = [], []
    for place, part in enumerate(_files(message), start=1):
        name = tidy(part.get_filename() or f"tep-dinh-kem-{place}.{part.get_content_subtype()}")
        try:
            content = _content(part)
        except _ODD:
            findings.append(f"Không đọc được tệp “{name}”; bản gốc của thư được giữ nguyên.")
            continue
        found.append(Attached(name[:255], content))
    return found, findings


def _files(message: EmailMessage) -> Iterator[EmailMessage]:
    body = _bodies(message)
    for part in message.walk():
        is_text = part in body or part.is_multipart()
        if not is_text or part.get_content_type() == "message/rfc822":
            yield part


def _bodies(message: EmailMessage) -> list[MIMEPart]:
    """Return the parts that are the words of the message itself."""
    shown = (message.get_body(("plain",)), message.get_body(("html",)))
    return [one for one in shown if one is not None]


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        whole = inner if isinstance(inner, list) else []
        return b"".join(one.as_bytes() for one in whole if isinstance(one, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _body(message: EmailMessage) -> str:
    plain = message.get_body(("plain",))
    if plain is not None:
        return _decoded(plain).strip()
    html = message.get_body(("html",))
    return words_of(_decoded(html)) if html is not None else ""


def _decoded(part: MIMEPart) -> str:
    content = _content(part)
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset, "replace").replace("\0", "")
    except LookupError:
        return content.decode("utf-8", "replace").replace("\0", "")


_BLOCKS = ("p", "div", "tr", "li")


class _Words(HTMLParser):
    """Takes the words out of a page; nothing of it is ever shown as a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser's shape
        if tag in ("script", "style"):
            self.hidden += 1
        if tag in _BLOCKS or tag == "br":
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.hidden = max(self.hidden - 1, 0)
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def words_of(page: str) -> str:
    """Return what a person would read of a page, a paragraph a line."""
    parser = _Words()
    parser.feed(page)
    lines = (" ".join(line.split()) for line in "".join(parser.words).split("\n"))
    return "\n".join(line for line in lines if line)


def is_verified(results: Sequence[str], trusted: str, address: str) -> bool:
    """Say whether our own mail server found that the message is of the domain it names.

    Only the result of the server named by the administrator counts, and only the topmost one: a
    sender can write others below it himself.
    """
    if not trusted or not results:
        return False
    server, _, said = results[0].partition(";")
    if server.split()[:1] != [trusted]:
        return False
    domain = address.rpartition("@")[2].casefold()
    passed = {found.lower() for found in _PASSED.findall(said)}
    aligned = re.search(rf"header\.(from|d|i)=@?{re.escape(domain)}\b", said, re.IGNORECASE)
    return bool(domain) and "dmarc" in passed and aligned is not None
