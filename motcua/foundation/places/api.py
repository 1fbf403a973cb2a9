"""Provinces, communes and the districts of before, on any day, with what became of them."""

from .choices import PlaceChange, PlaceKind
from .models import Place, PlaceSuccession, PlaceVersion
from .operations import load_places
from .queries import (
    Kin,
    Renamed,
    find_places,
    former_names_in,
    parts_of,
    place_on,
    predecessors_of,
    successors_of,
    version_on,
)
from .rules.conversion import read_conversion
from .rules.rows import LinkRow, LoadReport, PlaceList, PlaceRow

__all__ = [
    "Kin",
    "LinkRow",
    "LoadReport",
    "Place",
    "PlaceChange",
    "PlaceKind",
    "PlaceList",
    "PlaceRow",
    "PlaceSuccession",
    "PlaceVersion",
    "Renamed",
    "find_places",
    "former_names_in",
    "load_places",
    "parts_of",
    "place_on",
    "predecessors_of",
    "read_conversion",
    "successors_of",
    "version_on",
]
