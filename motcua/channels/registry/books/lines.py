"""What the pages of books share: lines with their columns, places in a book, further registers."""

from typing import Any, NamedTuple

from django.http import HttpRequest

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Book, RegisterLine
from motcua.channels.kit.addresses import address
from motcua.foundation.papers.api import BookKind

_DIGITS = 9
SLUGS = {
    "theo-doi": BookKind.FOLLOW_UP,
    "chuyen-giao-den": BookKind.HAND_OVER_IN,
    "chuyen-giao-di": BookKind.HAND_OVER_OUT,
    "buu-dien": BookKind.DESPATCH,
    "ban-luu": BookKind.KEPT_COPIES,
}


class LineRow(NamedTuple):
    """One line of a register: texts with the names of their columns, and where it leads."""

    cells: list[tuple[str, str]]
    href: str
    is_cancelled: bool
    remind: str = ""


def row_of(line: RegisterLine, columns: tuple[str, ...]) -> LineRow:
    """Return a line as a page shows it."""
    href = address("registry:document", line.code) if line.code else ""
    return LineRow(list(zip(columns, line.cells, strict=True)), href, line.is_cancelled)


def number_in(request: HttpRequest, name: str) -> Any:
    """Return a number of the address, nothing if it is none."""
    word = request.GET.get(name, "")
    return int(word) if word.isascii() and word.isdigit() and len(word) <= _DIGITS else None


def place_in(request: HttpRequest, name: str, ordinal: int) -> str:
    """Return the address of the lines after or before a number."""
    query = request.GET.copy()
    for other in ("sau", "truoc"):
        query.pop(other, None)
    query[name] = str(ordinal)
    return f"{request.path}?{query.urlencode()}"


class Link(NamedTuple):
    """One further register of a book."""

    name: str
    href: str


def links_of(book: Book) -> list[Link]:
    """Return the further registers of a book."""
    by_kind = {kind: slug for slug, kind in SLUGS.items()}
    return [
        Link(kind.label, address("registry:further", book.pk, by_kind[kind]))
        for kind in documents.OF_DIRECTION[book.direction]
    ]
