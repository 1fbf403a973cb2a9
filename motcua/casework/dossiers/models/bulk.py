"""Many like dossiers of one sender, taken from a spreadsheet and filed in one act."""

from typing import Any

from django.db import models
from django.db.models import Q


class BulkFiling(models.Model):
    """One spreadsheet beside one draft: the answers of each row, later the codes and the order.

    The draft is the pattern of all of them: who applies, the papers, how the outcomes come back.
    """

    token = models.CharField("mã", max_length=32, unique=True)
    draft_id = models.BigIntegerField("bản nháp làm mẫu", unique=True)
    account_id = models.BigIntegerField("tài khoản", db_index=True)
    procedure_version_id = models.BigIntegerField("phiên bản")
    file_name = models.CharField("tên tệp", max_length=200)
    rows: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        "các dòng", default=list
    )
    codes: "models.JSONField[list[str], list[str]]" = models.JSONField("mã hồ sơ", default=list)
    order_code = models.CharField("đơn nộp tiền", max_length=40, blank=True)
    taken_at = models.DateTimeField("nhận tệp lúc")
    filed_at = models.DateTimeField("nộp lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_bulk_filed_with_codes",
                condition=Q(filed_at__isnull=True, codes=[]) | Q(filed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.token
