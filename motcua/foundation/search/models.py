"""The table of what can be found."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """One subject of one room as it is found: its terms, its code, who may find it.

    Written by the room that owns the subject, with the subject; never a source of truth: it can be
    made again from the rooms' own rows.
    """

    pk = models.CompositePrimaryKey("kind", "subject_id")
    kind = models.CharField("loại", max_length=40)
    subject_id = models.BigIntegerField("mã đối tượng")
    code = models.CharField("mã", max_length=60, blank=True)
    scope_ids = ArrayField(models.BigIntegerField(), verbose_name="phạm vi", default=list)
    terms = SearchVectorField("từ")
    sort_at = models.DateTimeField("lúc")

    class Meta:
        db_table = "search_entry"
        indexes = [
            models.Index(name="search_newest", fields=["kind", "-sort_at", "-subject_id"]),
            models.Index(name="search_code", fields=["kind", "code"], condition=~models.Q(code="")),
            # Every question reads the whole list of what is not yet sorted in: it is kept short.
            GinIndex(
                name="search_terms", fields=["terms", "scope_ids"], gin_pending_list_limit=256
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id}"


class TextPage(models.Model):
    """One page of a long text as it is found: the numbers of its words, and the words themselves.

    Written by the room that owns the subject, all pages at once; never a source of truth. The
    words are kept beside for the lines around a hit; they lie apart from what is searched.
    """

    pk = models.CompositePrimaryKey("kind", "subject_id", "page")
    kind = models.CharField("loại", max_length=40)
    subject_id = models.BigIntegerField("mã đối tượng")
    page = models.PositiveIntegerField("trang")
    scope_ids = ArrayField(models.BigIntegerField(), verbose_name="phạm vi", default=list)
    numbers = ArrayField(models.IntegerField(), verbose_name="số của từ", default=list)
    sort_at = models.DateTimeField("lúc")
    body = models.TextField("lời")

    class Meta:
        db_table = "search_page"
        indexes = [
            models.Index(
                name="search_page_newest", fields=["-sort_at", "-subject_id", "kind", "page"]
            ),
            GinIndex(
                name="search_page_numbers",
                fields=["numbers", "scope_ids"],
                gin_pending_list_limit=1024,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id}, tr. {self.page}"


class SavedSearch(models.Model):
    """One question that somebody has given a name; `where` says what it was put to."""

    account_id = models.BigIntegerField("tài khoản")
    name = models.CharField("tên", max_length=60)
    question = models.CharField("câu hỏi", max_length=1000)
    where = models.CharField("nơi tìm", max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="search_saved_once", fields=["account_id", "name"])
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.name}"
