"""The series of an agency as its head decided them, with their numbers in one year.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.casework.documents.choices import KINDS, Direction
from motcua.casework.documents.models import Book, CancelledNumber, Series
from motcua.lib.dated import holding_on

from .books import gaps_in, latest_in


@dataclass(frozen=True, slots=True)
class SeriesShown:
    """One series: what it numbers, by which decision, and how its numbers stand this year."""

    series: Series
    kinds: tuple[str, ...]
    book: Book | None
    latest: int
    gaps: tuple[int, ...]
    cancelled: tuple[CancelledNumber, ...]
    holds: bool

    @property
    def is_of_arrivals(self) -> bool:
        """Say whether the series numbers what comes in."""
        return self.series.direction == Direction.INCOMING

    @property
    def may_end(self) -> bool:
        """Say whether the series can end: the common ones never do."""
        return bool(self.series.kinds) and self.series.valid_to is None

    @property
    def next(self) -> int | None:
        """Return the number that comes next this year, none where the series gives no more."""
        return self.latest + 1 if self.holds else None

    @property
    def went_on_from(self) -> int | None:
        """Return the first number of a book that began within a year."""
        return self.book.first if self.book is not None and self.book.first > 1 else None


def series_of(agency_id: int, today: date) -> Sequence[SeriesShown]:
    """Return the series of an agency: those in use first, then those to come and those that ended.

    Costs: one query, and three for each series with a book.
    """
    rows = Series.objects.filter(agency_id=agency_id).order_by("direction", "valid_from", "pk")
    books = Book.objects.filter(agency_id=agency_id, year=today.year).defer("closed_marks")
    by_series = {one.series_id: one for one in books.select_related("series")}
    shown = [_shown(one, by_series.get(one.pk), today) for one in rows]
    return sorted(shown, key=lambda one: not one.holds)


def _shown(series: Series, book: Book | None, today: date) -> SeriesShown:
    names = dict(KINDS)
    latest = latest_in(book) if book else 0
    cancelled = CancelledNumber.objects.filter(book=book).order_by("ordinal") if book else []
    return SeriesShown(
        series=series,
        kinds=tuple(str(names[kind]) for kind in series.kinds),
        book=book,
        latest=latest,
        gaps=tuple(gaps_in(book, latest)) if book else (),
        cancelled=tuple(cancelled),
        holds=series.holds_on(today),
    )


def free_kinds(agency_id: int, on: date) -> list[tuple[int, str]]:
    """Return the kinds that the common series numbers on a day. Costs: one query."""
    held: set[int] = set()
    special = Series.objects.filter(holding_on(on), agency_id=agency_id)
    for one in special.filter(direction=Direction.OUTGOING):
        held.update(one.kinds)
    return [(kind, str(name)) for kind, name in KINDS if kind and kind not in held]
