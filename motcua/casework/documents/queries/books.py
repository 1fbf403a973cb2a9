"""The books of an agency: which there are, who keeps them, what is missing in them.

Source: docs/law/documents.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.casework.documents.errors import NoSuchBook
from motcua.casework.documents.models import (
    Book,
    BookVolume,
    CancelledNumber,
    Document,
    Series,
)
from motcua.casework.documents.rules.entries import changed_entries, mark_of, seal_of
from motcua.foundation.access.api import Power
from motcua.foundation.files.api import StoredFile
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor

KEEPING = (Power.REGISTER_DOCUMENTS, Power.MANAGE_BOOKS)
_UNKNOWN = "Không tìm thấy sổ này, hoặc sổ của cơ quan khác."
_GAPS = """
SELECT n FROM generate_series(%s::int, %s::int) AS n
WHERE NOT EXISTS (SELECT FROM documents_document d WHERE d.book_id = %s AND d.ordinal = n)
  AND NOT EXISTS (SELECT FROM documents_cancellednumber c WHERE c.book_id = %s AND c.ordinal = n)
ORDER BY n
"""


def numbers_of(series: Series, year: int) -> str:
    """Return the name of the numbers of one book, as the room of numbers keeps it."""
    return numbering.series_of_year("documents", f"{series.agency_id}.{series.code}", year)


def keeps_books(actor: Actor, agency_id: int) -> bool:
    """Say whether the actor may read the books of an agency: who keeps them there, nobody else."""
    return any(holds_there(actor, power, agency_id) for power in KEEPING)


def holds_there(actor: Actor, power: Power, agency_id: int) -> bool:
    """Say whether the actor works in the agency, or in an heir of it, with the power in a unit.

    Costs: nothing, but for an agency that ended some queries.
    """
    own = actor.agency_id
    if own is None:
        return False
    if own != agency_id and own not in organisation.living_heirs_of_agency(agency_id):
        return False
    return any(actor.can(power, unit_id=unit.id) for unit in organisation.tree().units_of(own))


@dataclass(frozen=True, slots=True)
class BookShown:
    """One book as a list shows it."""

    book: Book
    name: str
    latest: int


def books_of(agency_id: int) -> Sequence[BookShown]:
    """Return the books of an agency, the newest year first.

    Costs: two queries.
    """
    rows = Book.objects.filter(agency_id=agency_id).defer("closed_marks").select_related("series")
    books = list(rows.order_by("-year", "direction", "series__code"))
    names = {book.pk: numbers_of(book.series, book.year) for book in books}
    latest = numbering.latest_of_each(list(names.values()))
    return [BookShown(one, one.series.name, latest.get(names[one.pk], 0)) for one in books]


def get_book_for(actor: Actor, book_id: int) -> Book:
    """Return the book. Raises: NoSuchBook, alike for one of another agency. Costs: one query."""
    found = Book.objects.select_related("series").defer("closed_marks").filter(pk=book_id).first()
    if found is None or not keeps_books(actor, found.agency_id):
        raise NoSuchBook(_UNKNOWN)
    return found


def latest_in(book: Book) -> int:
    """Return the latest number given in the book. Costs: one query."""
    return numbering.latest_of(numbers_of(book.series, book.year))


def is_over(book: Book, today: date) -> bool:
    """Say whether nothing more can be numbered in the book: its year or its series has ended."""
    last = book.series.valid_to
    return today.year > book.year or (last is not None and today > last)


def owner_of(book_id: int, volume: int) -> str:
    """Return under which name the print of a volume is signed."""
    return f"book:{book_id}:{volume}"


def volumes_kept(book: Book) -> list[BookVolume]:
    """Return the printed volumes of a closed book, in order. Costs: one query."""
    return list(BookVolume.objects.filter(book=book).order_by("number"))


def print_of(book: Book, number: int) -> StoredFile | None:
    """Return the print of a volume of a closed book: the sealed one if its seal was given.

    Costs: two queries, three more for a sealed one.
    """
    volume = BookVolume.objects.filter(book=book, number=number).select_related("file").first()
    if volume is None:
        return None
    owner = owner_of(book.pk, number)
    done = signing.completed_of(owner) if volume.print_request else None
    return volume.file if done is None else StoredFile.objects.get(pk=done.file_id)


def gaps_in(book: Book, latest: int) -> list[int]:
    """Return the numbers that stand on no document and are not said to be cancelled.

    Costs: one query.
    """
    return [row[0] for row in work.fetch(_GAPS, [book.first, latest, book.pk, book.pk])]


def marks_in(book: Book) -> list[tuple[int, bytes]]:
    """Return the mark of each entry as it stands now, in order of number.

    Costs: two queries, read in pieces.
    """
    documents = Document.objects.filter(book=book).only(*ENTRY, "registered_at")
    found = [(one.ordinal or 0, mark_of(_values(one))) for one in documents.iterator()]
    cancelled = CancelledNumber.objects.filter(book=book)
    found += [(one.ordinal, mark_of(_cancelled(one))) for one in cancelled.iterator()]
    return sorted(found)


ENTRY = (
    "code",
    "ordinal",
    "number",
    "notation",
    "issued_on",
    "issuer_name",
    "kind_name",
    "subject",
    "signer_name",
    "registered_by_name",
)


def _values(document: Document) -> dict[str, object]:
    day = document.issued_on
    plain = {name: getattr(document, name) for name in ENTRY}
    return plain | {
        "issued_on": day.isoformat() if day else "",
        "registered_at": document.registered_at,
    }


def _cancelled(one: CancelledNumber) -> dict[str, object]:
    return {"ordinal": one.ordinal, "reason": one.reason, "at": one.at, "by": one.by_name}


def wrong_in(book: Book) -> Iterator[str]:
    """Yield in words what does not fit in a book: numbers that are missing, entries changed.

    Costs: three queries for an open book, six for a closed one.
    """
    for ordinal in gaps_in(book, latest_in(book)):
        yield f"số {ordinal} không có văn bản và chưa ghi là đã hủy"
    if book.closed_at is None:
        return
    marks = bytes(book.closed_marks or b"")
    if seal_of(marks) != book.closed_hash:
        yield "dấu vết các dòng không khớp mã băm ghi khi khóa sổ"
    for ordinal in changed_entries(marks, marks_in(book), book.first):
        yield f"số {ordinal} không còn như lúc khóa sổ"
