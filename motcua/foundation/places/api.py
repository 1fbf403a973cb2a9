"""Provinces, communes and the districts of before, on any day, with what became of them."""

from .choices import PlaceChange, PlaceKind
from .models import Place, PlaceSuccession, PlaceVersion

__all__ = ["Place", "PlaceChange", "PlaceKind", "PlaceSuccession", "PlaceVersion"]
