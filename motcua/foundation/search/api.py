"""Find things by words or code; rooms remember here how their things are found."""

from .errors import NoSuchSource
from .operations import forget, rebuild, remember, rescope
from .ports import Entry, source, sources
from .queries import Hit, find, forget_terms

__all__ = [
    "Entry",
    "Hit",
    "NoSuchSource",
    "find",
    "forget",
    "forget_terms",
    "rebuild",
    "remember",
    "rescope",
    "source",
    "sources",
]
