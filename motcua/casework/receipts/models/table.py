"""Tables of a day's receipts that went to the tax authority."""

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.foundation.organisation.api import HistoricKey


class DayTable(models.Model):
    """One table 01/TH-BLĐT of an agency and a day, as sent; what comes later is a supplement.

    Born when somebody marks it as sent; never changed.
    """

    agency = HistoricKey(
        "organisation.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="cơ quan thu",
    )
    on = models.DateField("ngày")
    supplement = models.PositiveSmallIntegerField("bổ sung lần thứ")
    number = models.PositiveIntegerField("số của bảng trong năm")
    body_name = models.CharField("tên cơ quan thu", max_length=300)
    tax_code = models.CharField("mã số thuế", max_length=14)
    rows: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField("dòng")
    sent_at = models.DateTimeField("gửi lúc")
    sent_by_name = models.CharField("người gửi", max_length=200)
    sent_words = models.CharField("mã giao dịch, ghi chú", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "on", "supplement"], name="receipts_table_once"
            ),
            models.CheckConstraint(
                name="receipts_table_is_named", condition=~Q(body_name="") & ~Q(tax_code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.on} bổ sung {self.supplement}"
