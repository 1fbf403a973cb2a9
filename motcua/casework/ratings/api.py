"""Ratings: what applicants say of the handling of their dossiers."""

from .choices import Level
from .errors import NotYetRateable, RatedBefore
from .models import Rating
from .operations import rate_dossier
from .queries import Satisfaction, can_rate, find_rating, satisfaction_of
from .rules import ASPECTS, Marks

__all__ = [
    "ASPECTS",
    "Level",
    "Marks",
    "NotYetRateable",
    "RatedBefore",
    "Rating",
    "Satisfaction",
    "can_rate",
    "find_rating",
    "rate_dossier",
    "satisfaction_of",
]
