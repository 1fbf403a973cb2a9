"""What mandates announce."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class MandateEntered(Event):
    """Something happened under a mandate; the entry tells what."""

    topic: ClassVar[str] = "mandates.entered"
    aggregate: ClassVar[str] = "mandate_entry"
