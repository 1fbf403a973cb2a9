"""Tables of documents."""

from .alarms import DocumentAlarm
from .books import Book, BookVolume, CancelledNumber, Series, SeriesKind
from .directing import Directive, DirectiveLine
from .document import Document, DocumentMove, DocumentScope, DocumentStep
from .drafting import DraftVersion, Opinion
from .kept import KeptCopyUse
from .parts import DocumentFile, Part
from .sending import AddressGroup, Recipient

__all__ = [
    "AddressGroup",
    "Book",
    "BookVolume",
    "CancelledNumber",
    "Directive",
    "DirectiveLine",
    "Document",
    "DocumentAlarm",
    "DocumentFile",
    "DocumentMove",
    "DocumentScope",
    "DocumentStep",
    "DraftVersion",
    "KeptCopyUse",
    "Opinion",
    "Part",
    "Recipient",
    "Series",
    "SeriesKind",
]
