"""What documents announce: ids, codes, days and numbers only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class DocumentMoved(Event):
    """Any act that changed a document; one fact for each move.

    `state` is what it is now, `was` what it was before ("" for a new one).
    """

    topic: ClassVar[str] = "documents.moved"
    aggregate: ClassVar[str] = "document"

    act: str
    code: str
    was: str
    state: str
    direction: str
    agency_id: int
    unit_id: int
    kind: int
    on: date
    envelope: str = ""
    detail: str = ""
