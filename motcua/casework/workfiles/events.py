"""What work files announce: ids, codes and days only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class WorkFileMoved(Event):
    """Any act that changed a work file; one fact for each move."""

    topic: ClassVar[str] = "workfiles.moved"
    aggregate: ClassVar[str] = "work_file"

    act: str
    code: str
    was: str
    state: str
    agency_id: int
    unit_id: int
    on: date
    item_seq: int = 0
