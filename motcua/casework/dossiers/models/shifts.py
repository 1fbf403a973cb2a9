"""What a change of a calendar does to open dossiers: looked at first, then done."""

from django.db import models
from django.db.models import Q

from motcua.foundation.calendar.api import ShiftKind


class ShiftRun(models.Model):
    """How the promises stand to one change of a calendar: measured when, with which calendars.

    One for each change; measured anew as often as somebody asks, and while it is applied.
    """

    change_id = models.BigIntegerField("thay đổi lịch", primary_key=True)
    measured_at = models.DateTimeField("tính lúc")
    measured_by_name = models.CharField("người tính", max_length=200)
    revision = models.PositiveIntegerField("lần sửa của dự thảo")
    version = models.BigIntegerField("phiên bản lịch")

    def __str__(self) -> str:
        return f"{self.change_id} ({self.measured_at:%Y-%m-%d %H:%M})"


class PromiseShift(models.Model):
    """What one change of a calendar does to one open dossier.

    Measured anew until it is applied, then kept. No foreign keys: a hundred thousand are written at
    once, and neither dossiers nor changes are ever deleted. `tries` counts what failed though
    nobody foresaw it, `trouble` says what.
    """

    pk = models.CompositePrimaryKey("change_id", "dossier_id")
    change_id = models.BigIntegerField("thay đổi lịch")
    dossier_id = models.BigIntegerField("hồ sơ")
    agency_id = models.BigIntegerField("cơ quan giải quyết")
    procedure_id = models.BigIntegerField("thủ tục")
    kind = models.CharField(
        "loại", max_length=8, choices=[(one.value, one.label) for one in ShiftKind]
    )
    due_was = models.DateTimeField("hẹn cũ", null=True)
    due_now = models.DateTimeField("hẹn mới", null=True)
    due_counted = models.DateTimeField("tính theo lịch mới", null=True)
    days = models.SmallIntegerField("số ngày dời")
    steps = models.PositiveSmallIntegerField("số bước đổi hạn")
    applied_at = models.DateTimeField("áp dụng lúc", null=True)
    tries = models.PositiveSmallIntegerField("số lần lỗi", default=0, db_default=0)
    trouble = models.CharField("trở ngại", max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_shift_kind_is_known",
                condition=Q(kind__in=[one.value for one in ShiftKind]),
            ),
        ]
        indexes = [
            models.Index(
                name="dossiers_shift_where",
                fields=["change_id", "agency_id", "procedure_id", "dossier_id"],
            ),
            models.Index(
                name="dossiers_shift_failed",
                fields=["change_id", "dossier_id"],
                condition=Q(tries__gt=0, applied_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.dossier_id} {self.kind}"
