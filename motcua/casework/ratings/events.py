"""What ratings announce."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class DossierRated(Event):
    """A dossier has been rated; `overall` is one of the three levels."""

    topic: ClassVar[str] = "ratings.given"
    aggregate: ClassVar[str] = "rating"

    agency_id: int
    overall: int
    on: date
