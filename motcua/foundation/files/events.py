"""What files announce: keys of our own only."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class FilePurged(Event):
    """A content was destroyed because it was a state secret; `aggregate_id` is its key."""

    topic: ClassVar[str] = "files.purged"
    aggregate: ClassVar[str] = "file"
