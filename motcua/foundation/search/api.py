"""Find things by words or code; rooms remember here how their things are found."""

from .errors import NoSuchSource
from .operations import (
    forget,
    forget_text,
    rebuild,
    remember,
    remember_text,
    rescope,
    rescope_text,
)
from .ports import Entry, source, sources
from .queries import Hit, TextHit, Tier, find, find_text, forget_terms
from .rules import Piece, page_numbers

__all__ = [
    "Entry",
    "Hit",
    "NoSuchSource",
    "Piece",
    "TextHit",
    "Tier",
    "find",
    "find_text",
    "forget",
    "forget_terms",
    "forget_text",
    "page_numbers",
    "rebuild",
    "remember",
    "remember_text",
    "rescope",
    "rescope_text",
    "source",
    "sources",
]
