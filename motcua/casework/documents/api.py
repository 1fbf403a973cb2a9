"""The door of documents: take in, register, read; lists for those who may know."""

from .choices import (
    Act,
    BookState,
    Direction,
    DocumentKind,
    FileRole,
    ScopeRole,
    Source,
    State,
    StepKind,
    StepResult,
    Urgency,
    Way,
)
from .errors import (
    AlreadyRegistered,
    BookClosed,
    DocumentError,
    MoveNotAllowed,
    NoSuchDocument,
    SecretDocument,
)
from .events import DocumentMoved
from .models import (
    Book,
    Directive,
    DirectiveLine,
    Document,
    DocumentFile,
    DocumentMove,
    DocumentStep,
    Series,
)
from .operations.arriving import (
    correct_entry,
    link_duplicate,
    refuse_arrival,
    register,
    take_arrival,
)
from .operations.books import standard_series
from .operations.directing import (
    bring_before,
    direct,
    finish,
    give_back,
    mark_read,
    pass_on,
    reopen,
)
from .operations.stepping import RouteIn, is_hand
from .queries.chained import verify_moves
from .queries.directives import DirectiveShown, directives_for
from .queries.duplicates import duplicates_of, same_as
from .queries.lists import StepFilter, StepShown, arrivals_at, documents_for, steps_for
from .queries.one import WholeDocument, find_document, get_document_for, titles_of, whole
from .rules.arrival import NOT_HERE, ArrivalIn, EntryIn, FileIn, check_open
from .rules.directing import DirectiveIn, LineIn
from .rules.names import Notation, in_words, split_notation

__all__ = [
    "NOT_HERE",
    "Act",
    "AlreadyRegistered",
    "ArrivalIn",
    "Book",
    "BookClosed",
    "BookState",
    "Direction",
    "Directive",
    "DirectiveIn",
    "DirectiveLine",
    "DirectiveShown",
    "Document",
    "DocumentError",
    "DocumentFile",
    "DocumentKind",
    "DocumentMove",
    "DocumentMoved",
    "DocumentStep",
    "EntryIn",
    "FileIn",
    "FileRole",
    "LineIn",
    "MoveNotAllowed",
    "NoSuchDocument",
    "Notation",
    "RouteIn",
    "ScopeRole",
    "SecretDocument",
    "Series",
    "Source",
    "State",
    "StepFilter",
    "StepKind",
    "StepResult",
    "StepShown",
    "Urgency",
    "Way",
    "WholeDocument",
    "arrivals_at",
    "bring_before",
    "check_open",
    "correct_entry",
    "direct",
    "directives_for",
    "documents_for",
    "duplicates_of",
    "find_document",
    "finish",
    "get_document_for",
    "give_back",
    "in_words",
    "is_hand",
    "link_duplicate",
    "mark_read",
    "pass_on",
    "refuse_arrival",
    "register",
    "reopen",
    "same_as",
    "split_notation",
    "standard_series",
    "steps_for",
    "take_arrival",
    "titles_of",
    "verify_moves",
    "whole",
]
