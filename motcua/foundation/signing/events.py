"""What signing announces: ids, codes, days and numbers only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class _OfRequest(Event):
    """Anything about one request: its code, and whose it is."""

    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str


@dataclass(frozen=True, slots=True)
class TurnReady(_OfRequest):
    """It is somebody's turn to sign: an account's, or whoever holds the power in the unit."""

    topic: ClassVar[str] = "signing.turn_ready"

    role: str
    unit_id: int
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class TurnSigned(_OfRequest):
    """One turn was fulfilled."""

    topic: ClassVar[str] = "signing.turn_signed"

    role: str
    turn_id: int


@dataclass(frozen=True, slots=True)
class TurnRefused(_OfRequest):
    """Somebody refused to sign; the request has ended."""

    topic: ClassVar[str] = "signing.turn_refused"

    role: str
    turn_id: int


@dataclass(frozen=True, slots=True)
class SignaturesCompleted(_OfRequest):
    """Everybody has signed; the document is issued."""

    topic: ClassVar[str] = "signing.completed"

    kind: str
    file_id: int
    number: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentLifted(_OfRequest):
    """An issued document can be proven for longer; its newest version is another file."""

    topic: ClassVar[str] = "signing.lifted"

    file_id: int
    level: str


@dataclass(frozen=True, slots=True)
class PaperStateChanged(_OfRequest):
    """A decision corrected, replaced or revoked an issued paper."""

    topic: ClassVar[str] = "signing.paper_state_changed"

    state: str


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(_OfRequest):
    """The owner took the request back before all had signed."""

    topic: ClassVar[str] = "signing.withdrawn"


@dataclass(frozen=True, slots=True)
class OwnPapersSigned(Event):
    """Somebody signed own papers; `owner` is where they belong."""

    topic: ClassVar[str] = "signing.own_papers_signed"
    aggregate: ClassVar[str] = "own_signing"

    owner: str
