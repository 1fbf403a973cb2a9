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
