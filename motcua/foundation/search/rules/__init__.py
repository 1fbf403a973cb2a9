"""Pure decisions: how words become terms, and how a text answers a question."""

from .snippets import Piece, snippet_of
from .terms import (
    Query,
    as_code,
    asked,
    asks_for_tones,
    exact_query,
    folded_query,
    mark_terms,
    marked,
    pairs,
    terms_of,
)
from .texts import (
    Asked,
    answers,
    asked_numbers,
    kind_number,
    months_back,
    page_numbers,
    read_question,
    shortened,
)

__all__ = [
    "Asked",
    "Piece",
    "Query",
    "answers",
    "as_code",
    "asked",
    "asked_numbers",
    "asks_for_tones",
    "exact_query",
    "folded_query",
    "kind_number",
    "mark_terms",
    "marked",
    "months_back",
    "page_numbers",
    "pairs",
    "read_question",
    "shortened",
    "snippet_of",
    "terms_of",
]
