"""Reports of examinations that visitors asked to keep, on their way to the seal."""

from typing import Any

from django.db import models
from django.db.models import Q


class ReportPaper(models.Model):
    """One report of an examination as a paper, for whoever knows its token.

    Born when somebody asks for it and a seal is there; ended once by the signer, with the seal or
    with the reason why there is none. Forgotten after two hours, for the visitor keeps it.
    """

    token = models.CharField("mã", max_length=40, unique=True)
    mark = models.CharField("dấu vân tay của kết quả", max_length=64, unique=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("kết quả")
    as_of = models.DateTimeField("xét theo thời điểm")
    asked_at = models.DateTimeField("hỏi lúc")
    next_try_at = models.DateTimeField("làm từ lúc")
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    ended_at = models.DateTimeField("xong lúc", null=True)
    unsealed_why = models.CharField("vì sao không có con dấu", max_length=300, blank=True)
    pdf = models.BinaryField("biên bản", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_report_paper_is_whole",
                condition=Q(ended_at__isnull=True, pdf__isnull=True)
                | Q(ended_at__isnull=False, pdf__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="signing_report_paper_due",
                fields=["next_try_at", "id"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.token[:6]}… {self.ended_at or 'đang chờ'}"
