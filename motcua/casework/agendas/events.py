"""What calendars announce."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class EntryMoved(Event):
    """Any act on an entry; `was_public` says that its week had been published before."""

    topic: ClassVar[str] = "agendas.entry_moved"
    aggregate: ClassVar[str] = "agenda_entry"

    act: str
    code: str
    state: str
    agency_id: int
    day: date
    was_published: bool = False
