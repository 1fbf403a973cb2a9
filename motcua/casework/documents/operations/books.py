"""Books and their numbers.

Source: docs/law/documents.md
"""

from datetime import date, datetime

from django.db.models import Max, Q

from motcua.casework.documents.choices import BookState, Direction, State
from motcua.casework.documents.errors import BookClosed, DocumentError
from motcua.casework.documents.models import Book, Document, Series, SeriesKind
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
  (series_id, agency_id, direction, year, state, opened_at, closed_by_name, closed_hash, first)
VALUES (%s, %s, %s, %s, 'open', %s, '', '', %s)
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
        first = _first_of(series, year)
        if work.fetch(f"{_OPEN_BOOK} RETURNING id", [*values, first]) and first > 1:
            numbering.allocate_numbers(numbers_of(series, year), first - 1)
        rows = work.fetch(_BOOK, [series.pk, year])
    book = work.from_row(Book, rows[0])
    if book.state != BookState.OPEN:
        message = f"“{series.name}” năm {year} đã khóa; không vào thêm số được."
        raise BookClosed(message)
    return book


def _first_of(series: Series, year: int) -> int:
    """Return with which number a new book begins: after those its kinds have in that year.

    Elsewhere a number and symbol would come twice. Raises: DocumentError while such a number is
    being given.
    """
    if series.direction != Direction.OUTGOING:
        return 1
    kinds = kinds_of(series, year)
    others = Document.objects.filter(
        kinds, agency_id=series.agency_id, direction=Direction.OUTGOING
    )
    waiting = others.filter(state=State.SIGNING).exclude(series_id=series.pk).first()
    if waiting is not None:
        message = f"“{waiting.subject}” đang lấy số theo sổ cũ; hãy cấp số xong rồi ký tiếp."
        raise DocumentError(message)
    latest = others.filter(book__year=year).aggregate(latest=Max("ordinal"))["latest"]
    return int(latest or 0) + 1


def kinds_of(series: Series, year: int) -> Q:
    """Return the condition that a document is of the kinds the series numbers in that year."""
    if series.kinds:
        return Q(kind__in=series.kinds)
    last = date(year, 12, 31)
    held = SeriesKind.objects.filter(agency_id=series.agency_id, valid_from__lte=last)
    return ~Q(kind__in=held.exclude(valid_to__lt=last).values("kind"))


def check_book_open(document: Document) -> None:
    """Raises: BookClosed if the document stands in a book that says for ever what it says."""
    book = Book.objects.filter(pk=document.book_id or 0, state=BookState.CLOSED).first()
    if book is not None:
        raise BookClosed(f"Sổ năm {book.year} có văn bản này đã khóa; không sửa được nữa.")


def next_ordinal(series: Series, book: Book) -> int:
    """Return the next number of the book. Locks: its numbers until the story ends."""
    return numbering.allocate_number(numbers_of(series, book.year))
