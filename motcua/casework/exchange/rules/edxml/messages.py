"""What edXML messages say, as frozen values; text is in NFC, moments carry their zone.

Source: docs/law/exchange.md
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import TypeAlias

from motcua.casework.exchange.choices import BusinessKind

from .contents import Content

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
LEGACY_SPACE = "http://www.e-doc.vn/Schema/"


class Priority(IntEnum):
    """How urgent a document is (độ khẩn)."""

    NORMAL = 0
    URGENT = 1
    VERY_URGENT = 2
    EXPRESS = 3
    EXPRESS_TIMED = 4

    @property
    def label(self) -> str:
        """Return the Vietnamese word."""
        return ("Thường", "Khẩn", "Thượng khẩn", "Hỏa tốc", "Hỏa tốc hẹn giờ")[self]


class Steering(IntEnum):
    """Whether a document directs others or reports to them."""

    NONE = 1
    DIRECTIVE = 2
    REPORT = 3

    @property
    def label(self) -> str:
        """Return the Vietnamese word."""
        return ("", "Không chỉ đạo", "Chỉ đạo", "Báo cáo")[self]


@dataclass(frozen=True, slots=True)
class Organ:
    """An agency as a message names it (From, To)."""

    code: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """The kind of a document; `name` counts, the number is read differently by everybody."""

    name: str
    number: int = 0
    detail: int = 0


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """Who signed, in which capacity (TM., KT., TL., TUQ., Q.)."""

    full_name: str
    position: str = ""
    competence: str = ""


@dataclass(frozen=True, slots=True)
class OtherInfo:
    """Further facts of a document."""

    priority: int = 0
    sphere: str = ""
    typist: str = ""
    copies: int | None = None
    pages: int | None = None
    is_directive: bool | None = None
    appendixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An earlier document that is answered, or that a status speaks of (ResponseFor)."""

    organ: str
    code: str
    issued_on: date | None
    document_id: str


@dataclass(frozen=True, slots=True)
class StaffInfo:
    """Who sent a message."""

    department: str = ""
    staff: str = ""
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One station on the way of a message (TraceHeader)."""

    organ: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceiverChange:
    """A receiver taken from the list or added to it by an update."""

    organ: str
    is_added: bool


@dataclass(frozen=True, slots=True)
class UpdateInfo:
    """What an update changes: facts of the document, the list of receivers, or both."""

    changes_document: bool = False
    changes_receivers: bool = False
    receivers: tuple[ReceiverChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """An earlier document that is replaced, for these receivers."""

    document_id: str
    organs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Business:
    """Which business a document message does."""

    kind: BusinessKind = BusinessKind.NEW
    reason: str = ""
    document_id: str = ""
    has_paper: bool = False
    staff: StaffInfo = field(default_factory=StaffInfo)
    update: UpdateInfo | None = None
    replaced: tuple[Replaced, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that goes along; `content_id` ties its description to its bytes."""

    content_id: str
    name: str
    content: Content
    description: str = ""


@dataclass(frozen=True, slots=True)
class DocumentMessage:
    """A message that carries a document, or changes one that was sent."""

    sender: Organ
    receivers: tuple[Organ, ...]
    document_id: str
    number: str
    notation: str
    place: str
    issued_on: date | None
    kind: DocumentType
    subject: str
    content: str = ""
    signer: SignerInfo | None = None
    due_on: date | None = None
    other: OtherInfo | None = None
    answers: tuple[Answered, ...] = ()
    steering: int | None = None
    to_places: tuple[str, ...] = ()
    for_tasks: tuple[str, ...] = ()
    application: str = ""
    hops: tuple[Hop, ...] = ()
    business: Business = field(default_factory=Business)
    attachments: tuple[Attachment, ...] = ()

    @property
    def code(self) -> str:
        """Number and notation as people write them."""
        return f"{self.number}/{self.notation}"

    def concerns(self) -> Iterator[str]:
        """Yield the identifiers of the earlier documents that a change is about."""
        if self.business.kind == BusinessKind.REPLACE:
            yield from (one.document_id for one in self.business.replaced)
        elif self.business.kind != BusinessKind.NEW:
            yield self.business.document_id or self.document_id


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """A message that says what became of a document at a receiver."""

    sender: Organ
    about: Answered
    code: str
    description: str
    at: datetime | None
    staff: StaffInfo = field(default_factory=StaffInfo)


Message: TypeAlias = DocumentMessage | StatusMessage


def document_id(organ: str, issued_on: date, number: str, notation: str) -> str:
    """Return the identifier of a document: agency, day, number and notation."""
    return f"{organ},{issued_on:%Y/%m/%d},{number}/{notation}"
