"""Find subjects by words or code, and pages of long texts by what stands on them."""

from .entries import (
    COMMON_SHARE,
    FREQUENT,
    Hit,
    Newest,
    Tier,
    find,
    find_newest,
    forget_terms,
    recent_since,
)
from .saved import searches_of
from .texts import TextHit, find_text

__all__ = [
    "COMMON_SHARE",
    "FREQUENT",
    "Hit",
    "Newest",
    "TextHit",
    "Tier",
    "find",
    "find_newest",
    "find_text",
    "forget_terms",
    "recent_since",
    "searches_of",
]
