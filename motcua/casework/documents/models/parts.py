"""Parts of a document: each keyed by (document, seq)."""

from django.db import models

from motcua.casework.documents.choices import FileRole
from motcua.foundation.files.api import StoredFile

from .document import Document


class Part(models.Model):
    """What all parts share."""

    pk = models.CompositePrimaryKey("document_id", "seq")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.document_id}#{self.seq}"


class DocumentFile(Part):
    """One file of a document, as it came or was made; its bytes never change."""

    role = models.CharField("là", max_length=12, choices=FileRole.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField("tên tệp", max_length=500)
    description = models.CharField("mô tả", max_length=500, blank=True)
    at = models.DateTimeField("lúc")
    by_name = models.CharField("người thêm", max_length=200)
    gone_at = models.DateTimeField("thôi dùng từ", null=True)
