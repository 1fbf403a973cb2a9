"""Find things by words or code; rooms remember here how their things are found."""

from .errors import NoSuchSource
from .operations import forget, rebuild, remember, rescope
from .ports import Entry, source, sources
from .queries import Hit, find

__all__ = [
    "Entry",
    "Hit",
    "NoSuchSource",
    "find",
    "forget",
    "rebuild",
    "remember",
    "rescope",
    "source",
    "sources",
]
