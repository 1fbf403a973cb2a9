"""Ratings: what applicants say of the handling of their dossiers."""

from .choices import Level
from .errors import NotYetRateable, RatedBefore
from .events import DossierRated
from .models import Rating
from .operations import rate_dossier
from .queries import can_rate, find_rating
from .rules import ASPECTS, GIVEN, SATISFIED, Marks

__all__ = [
    "ASPECTS",
    "GIVEN",
    "SATISFIED",
    "DossierRated",
    "Level",
    "Marks",
    "NotYetRateable",
    "RatedBefore",
    "Rating",
    "can_rate",
    "find_rating",
    "rate_dossier",
]
