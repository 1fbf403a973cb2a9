"""What a room above hands over to be sent, and what a receiver answers."""

from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.casework.exchange.choices import Status

from .edxml.messages import Answered, Business, OtherInfo, SignerInfo, StaffInfo


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is said of the document itself; `kind` is its order among the 29 kinds."""

    number: str
    notation: str
    issued_on: date
    kind: int
    kind_name: str
    subject: str
    place: str = ""
    content: str = ""
    signer: SignerInfo | None = None
    due_on: date | None = None
    other: OtherInfo | None = None
    answers: tuple[Answered, ...] = ()
    steering: int | None = None
    to_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A kept file that goes along, under this name; the main one first."""

    file_id: int
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingEnvelope:
    """One message to one or many agencies.

    `owner` is the sender's own key. The same `idempotency` of one sender is sent once. `signed_at`
    starts the clock of sending.
    """

    owner: str
    sender_id: int
    recipients: tuple[str, ...]
    document: DocumentFacts
    signed_at: datetime
    attachments: tuple[Attached, ...] = ()
    business: Business = field(default_factory=Business)
    idempotency: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver says of a message; `owner` is its own key for what it made of it."""

    agency_id: int
    status: Status
    reason: str = ""
    staff: StaffInfo = field(default_factory=StaffInfo)
    owner: str = ""
