"""Books and their numbers.

Source: docs/law/documents.md
"""

from datetime import date, datetime

from motcua.casework.documents.choices import BookState, Direction
from motcua.casework.documents.errors import BookClosed
from motcua.casework.documents.models import Book, Document, Series
from motcua.casework.documents.queries.books import numbers_of
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.clock import local_day

ARRIVALS = "den"
DEPARTURES = "di"
_NAMES = {ARRIVALS: "Sổ đăng ký văn bản đến", DEPARTURES: "Sổ đăng ký văn bản đi"}
_DIRECTIONS = {ARRIVALS: Direction.INCOMING, DEPARTURES: Direction.OUTGOING}
_FIRST_SERIES = """
INSERT INTO documents_series
  (agency_id, direction, code, name, kinds, basis, valid_from)
VALUES (%s, %s, %s, %s, '{}', '', %s)
ON CONFLICT (agency_id, code) DO NOTHING
"""
_OPEN_BOOK = """
INSERT INTO documents_book
  (series_id, agency_id, direction, year, state, opened_at, closed_by_name, closed_hash,
   print_request)
VALUES (%s, %s, %s, %s, 'open', %s, '', '', '')
ON CONFLICT (series_id, year) DO NOTHING
"""
_BOOK = f"""
SELECT {work.columns(Book, "b")} FROM documents_book b
WHERE b.series_id = %s AND b.year = %s FOR SHARE
"""  # noqa: S608 -- only names of our own columns are put in


def standard_series(agency_id: int, code: str, day: date) -> Series:
    """Return the series every agency has: `den` for arrivals, `di` for departures.

    The first use lays it down.
    """
    found = Series.objects.filter(agency_id=agency_id, code=code).first()
    if found is None:
        first = date(day.year, 1, 1)
        values = [agency_id, str(_DIRECTIONS[code]), code, _NAMES[code], first]
        work.fetch(f"{_FIRST_SERIES} RETURNING id", values)
        found = Series.objects.get(agency_id=agency_id, code=code)
    return found


def open_book(series: Series, at: datetime) -> Book:
    """Return the book of the series for the year of that moment, opened by its first use.

    It cannot be closed while the story lasts. Raises: BookClosed.
    """
    year = local_day(at).year
    rows = work.fetch(_BOOK, [series.pk, year])
    if not rows:
        values = [series.pk, series.agency_id, str(series.direction), year, at]
        work.fetch(f"{_OPEN_BOOK} RETURNING id", values)
        rows = work.fetch(_BOOK, [series.pk, year])
    book = work.from_row(Book, rows[0])
    if book.state != BookState.OPEN:
        message = f"“{series.name}” năm {year} đã khóa; không vào thêm số được."
        raise BookClosed(message)
    return book


def check_book_open(document: Document) -> None:
    """Raises: BookClosed if the document stands in a book that says for ever what it says."""
    book = Book.objects.filter(pk=document.book_id or 0, state=BookState.CLOSED).first()
    if book is not None:
        raise BookClosed(f"Sổ năm {book.year} có văn bản này đã khóa; không sửa được nữa.")


def next_ordinal(series: Series, book: Book) -> int:
    """Return the next number of the book. Locks: its numbers until the story ends."""
    return numbering.allocate_number(numbers_of(series, book.year))
