"""Series of numbers as an agency's head decides them, and the books of each year."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.casework.documents.choices import BookState, Direction
from motcua.foundation.files.api import StoredFile
from motcua.lib.dated import Dated, days_in_order, one_at_a_time


class Series(Dated):
    """One row of numbers of one agency, beginning at 1 every year.

    All arrivals of an agency share one. Departures have one for all kinds, one for each kind or
    one for a group of kinds, as the head decides; `kinds` is empty for all others.
    """

    agency_id = models.BigIntegerField("cơ quan")
    direction = models.CharField("chiều", max_length=8, choices=Direction.choices)
    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên sổ", max_length=200)
    kinds = ArrayField(models.SmallIntegerField(), default=list, verbose_name="loại văn bản")
    basis = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        constraints = [
            days_in_order("documents_series_days_in_order"),
            models.UniqueConstraint(
                name="documents_series_code_once", fields=["agency_id", "code"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}:{self.code}"


class SeriesKind(Dated):
    """One kind of document that a series numbers; on each day it stands in one series only.

    Written with its series and ended with it; the common series has none: it numbers the rest.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+", db_index=False)
    agency_id = models.BigIntegerField("cơ quan")
    kind = models.SmallIntegerField("loại văn bản")

    class Meta:
        constraints = [one_at_a_time("documents_kind_in_one_series", "agency_id", "kind")]
        indexes = [models.Index(name="documents_kinds_of_series", fields=["series"])]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.kind}"


class Book(models.Model):
    """What one series holds in one year (sổ); closed at the year's end, and never opened again.

    `first` is above 1 only where a series began within a year: its kinds go on from the numbers
    that they had. `closed_marks` has a hash of each entry as it stood when the book was closed,
    one after the other; `closed_hash` binds them. What was printed then is in `BookVolume`.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_id = models.BigIntegerField("cơ quan")
    direction = models.CharField("chiều", max_length=8, choices=Direction.choices)
    year = models.PositiveSmallIntegerField("năm")
    first = models.PositiveIntegerField("số đầu", default=1, db_default=1)
    state = models.CharField("tình trạng", max_length=8, choices=BookState.choices)
    opened_at = models.DateTimeField("mở lúc")
    closed_at = models.DateTimeField("khóa lúc", null=True)
    closed_by_id = models.BigIntegerField("mã người khóa", null=True)
    closed_by_name = models.CharField("người khóa", max_length=200, blank=True)
    latest = models.PositiveIntegerField("số cuối khi khóa", null=True)
    closed_hash = models.CharField("dấu vết khi khóa", max_length=64, blank=True)
    closed_marks = models.BinaryField("dấu vết từng dòng khi khóa", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documents_book_once", fields=["series", "year"]),
            models.CheckConstraint(
                name="documents_book_closed_at_a_time",
                condition=Q(state=BookState.OPEN, closed_at__isnull=True)
                | Q(state=BookState.CLOSED, closed_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="documents_books", fields=["agency_id", "-year"])]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.year}"


class BookVolume(models.Model):
    """One volume of a closed book as it was printed; sealed where the agency has a seal.

    Born when its book is closed; only the code of its signing request is ever written beside.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField("tập")
    of = models.PositiveSmallIntegerField("trong số tập")
    first = models.PositiveIntegerField("từ số")
    last = models.PositiveIntegerField("đến số")
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="bản in khi khóa",
    )
    print_request = models.CharField("yêu cầu ký bản in", max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documents_volume_once", fields=["book", "number"]),
            models.CheckConstraint(
                name="documents_volume_is_one_of_them",
                condition=Q(number__gte=1, number__lte=models.F("of")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}: {self.number}/{self.of}"


class CancelledNumber(models.Model):
    """A number that was given and will never stand on a document; it stays visible in its book."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    ordinal = models.PositiveIntegerField("số")
    reason = models.CharField("lý do", max_length=500)
    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("mã người hủy")
    by_name = models.CharField("người hủy", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documents_cancelled_once", fields=["book", "ordinal"])
        ]

    def __str__(self) -> str:
        return f"{self.book_id}#{self.ordinal}"
