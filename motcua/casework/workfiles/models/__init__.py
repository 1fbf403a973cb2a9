"""Tables of work files."""

from .handing import HandOver
from .listing import FileList, ListedFile
from .workfile import WorkFile, WorkFileItem, WorkFileMove, WorkFileScope

__all__ = [
    "FileList",
    "HandOver",
    "ListedFile",
    "WorkFile",
    "WorkFileItem",
    "WorkFileMove",
    "WorkFileScope",
]
