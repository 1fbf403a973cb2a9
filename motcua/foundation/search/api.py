"""Find things by words or code; rooms remember here how their things are found."""

from .errors import NoSuchSource
from .models import SavedSearch
from .operations import (
    drop_search,
    forget,
    forget_text,
    keep_recent,
    rebuild,
    remember,
    remember_all,
    remember_text,
    rescope,
    rescope_text,
    save_search,
)
from .ports import Entry, source, sources
from .queries import (
    Hit,
    Newest,
    TextHit,
    Tier,
    find,
    find_newest,
    find_text,
    forget_terms,
    searches_of,
)
from .rules import Piece, page_numbers, terms_of

__all__ = [
    "Entry",
    "Hit",
    "Newest",
    "NoSuchSource",
    "Piece",
    "SavedSearch",
    "TextHit",
    "Tier",
    "drop_search",
    "find",
    "find_newest",
    "find_text",
    "forget",
    "forget_terms",
    "forget_text",
    "keep_recent",
    "page_numbers",
    "rebuild",
    "remember",
    "remember_all",
    "remember_text",
    "rescope",
    "rescope_text",
    "save_search",
    "searches_of",
    "source",
    "sources",
    "terms_of",
]
