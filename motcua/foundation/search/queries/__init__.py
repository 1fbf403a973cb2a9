"""Find subjects by words or code, and pages of long texts by what stands on them."""

from .entries import COMMON_SHARE, FREQUENT, Hit, Tier, find, forget_terms
from .saved import searches_of
from .texts import TextHit, find_text

__all__ = [
    "COMMON_SHARE",
    "FREQUENT",
    "Hit",
    "TextHit",
    "Tier",
    "find",
    "find_text",
    "forget_terms",
    "searches_of",
]
