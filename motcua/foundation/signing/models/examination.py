"""What was found out about the signatures of a kept file."""

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.foundation.files.api import StoredFile


class Examination(models.Model):
    """One look at one file's signatures: asked for, then found by the signer's process.

    Born when somebody who is to judge a paper opens it; written once by the signer, then never
    changed: a later look is another row. `next_try_at` is when it may be taken up (again).
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("hỏi lúc")
    next_try_at = models.DateTimeField("làm từ lúc")
    examined_at = models.DateTimeField("kiểm tra lúc", null=True)
    report: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        "báo cáo", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signing_examination_waits_once",
                fields=["file"],
                condition=Q(examined_at__isnull=True),
            ),
            models.CheckConstraint(
                name="signing_examination_is_whole",
                condition=Q(examined_at__isnull=True, report__isnull=True)
                | Q(examined_at__isnull=False, report__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="signing_examination_due",
                fields=["next_try_at", "id"],
                condition=Q(examined_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.examined_at or 'đang chờ'}"
