"""What is loaded: places and the links between them, as plain rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.places.choices import PlaceChange, PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One version of a place.

    `continues` is the code under which the same place stood on the day before; without it, a row
    that is not yet known founds a new place.
    """

    code: str
    name: str
    kind: PlaceKind
    parent_code: str
    valid_from: date
    valid_to: date | None = None
    basis: str = ""
    continues: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One succession: codes as they were on the day before and on the day itself."""

    from_code: str
    to_code: str
    kind: PlaceChange
    on: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Rows to load, and what in their source cannot be right, in words."""

    places: Sequence[PlaceRow]
    links: Sequence[LinkRow]
    doubts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many versions and links a loading added, changed or found as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    linked: int = 0
