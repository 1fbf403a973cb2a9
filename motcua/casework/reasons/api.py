"""The door: the library of standard reasons, what it offers, what was given most."""

from .choices import ReasonKind
from .errors import NoSuchReason
from .models import ReasonUse, ReasonVersion, StandardReason
from .operations.keeping import (
    Place,
    WordsIn,
    add_reason,
    retire_reason,
    say_otherwise,
    take_up_reason,
)
from .operations.using import Subject, note_uses
from .queries.figures import Often, agencies_counted_for, most_given, most_given_for
from .queries.library import (
    InLibrary,
    LibraryFilter,
    Suggestion,
    get_reason_for,
    keeps_for,
    library_for,
    suggestions,
    uses_in,
    uses_of,
    versions_of,
)
from .rules.places import ANSWER, PLACES, fill

__all__ = [
    "ANSWER",
    "PLACES",
    "InLibrary",
    "LibraryFilter",
    "NoSuchReason",
    "Often",
    "Place",
    "ReasonKind",
    "ReasonUse",
    "ReasonVersion",
    "StandardReason",
    "Subject",
    "Suggestion",
    "WordsIn",
    "add_reason",
    "agencies_counted_for",
    "fill",
    "get_reason_for",
    "keeps_for",
    "library_for",
    "most_given",
    "most_given_for",
    "note_uses",
    "retire_reason",
    "say_otherwise",
    "suggestions",
    "take_up_reason",
    "uses_in",
    "uses_of",
    "versions_of",
]
