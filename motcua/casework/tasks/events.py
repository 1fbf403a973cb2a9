"""What tasks announce: ids, codes, days and words of our own only."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class TaskMoved(Event):
    """Any act on a task; one fact for each move.

    `state` is where the task stands now, `was` where it stood. `part_seq` names the part the act
    concerned, 0 the whole task; `part_state` where that part stands, `part_role` its role.
    `agency_id` and `unit_id` are the giver's. A task given on from another has no `origin_ref`.
    """

    topic: ClassVar[str] = "tasks.moved"
    aggregate: ClassVar[str] = "task"

    act: str
    code: str
    origin_ref: str
    was: str
    state: str
    agency_id: int
    unit_id: int
    part_seq: int = 0
    part_state: str = ""
    part_role: str = ""
