"""Drafts with their versions, and what people say of them."""

from typing import Any

from django.db import models

from motcua.foundation.files.api import StoredFile

from .parts import Part


class DraftVersion(Part):
    """One version of a draft: a Word file, or the answers of a web form for simple kinds."""

    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("mã người soạn")
    by_name = models.CharField("người soạn", max_length=200)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    file_name = models.CharField("tên tệp", max_length=500, blank=True)
    body: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        "nội dung", null=True
    )
    note = models.CharField("thay đổi gì", max_length=1000, blank=True)


class Opinion(Part):
    """What somebody says of a version of the draft, and what came of it."""

    version_seq = models.PositiveIntegerField("về bản")
    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("mã người góp ý")
    by_name = models.CharField("người góp ý", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    words = models.CharField("ý kiến", max_length=2000)
    answer = models.CharField("giải trình", max_length=2000, blank=True)
    settled_at = models.DateTimeField("xử lý lúc", null=True)
    settled_by_name = models.CharField("người xử lý", max_length=200, blank=True)
    is_taken = models.BooleanField("tiếp thu", null=True)
