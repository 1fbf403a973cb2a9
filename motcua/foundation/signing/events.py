"""What signing announces: ids, codes, days and numbers only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class TurnReady(Event):
    """It is somebody's turn to sign: an account's, or whoever holds the power in the unit."""

    topic: ClassVar[str] = "signing.turn_ready"
    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str
    role: str
    unit_id: int
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class TurnSigned(Event):
    """One turn was fulfilled."""

    topic: ClassVar[str] = "signing.turn_signed"
    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str
    role: str
    turn_id: int


@dataclass(frozen=True, slots=True)
class TurnRefused(Event):
    """Somebody refused to sign; the request has ended."""

    topic: ClassVar[str] = "signing.turn_refused"
    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str
    role: str
    turn_id: int


@dataclass(frozen=True, slots=True)
class SignaturesCompleted(Event):
    """Everybody has signed; the document is issued."""

    topic: ClassVar[str] = "signing.completed"
    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str
    kind: str
    file_id: int
    number: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentLifted(Event):
    """An issued document can be proven for longer; its newest version is another file."""

    topic: ClassVar[str] = "signing.lifted"
    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str
    file_id: int
    level: str


@dataclass(frozen=True, slots=True)
class PaperStateChanged(Event):
    """A decision corrected, replaced or revoked an issued paper."""

    topic: ClassVar[str] = "signing.paper_state_changed"
    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str
    state: str


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(Event):
    """The owner took the request back before all had signed."""

    topic: ClassVar[str] = "signing.withdrawn"
    aggregate: ClassVar[str] = "signing_request"

    code: str
    owner: str
