"""Lists written out for spreadsheets that take longer than a page may."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import ExportState


class ListExport(models.Model):
    """One list that somebody wants as a file: what of, how far it is.

    Written by the worker piece by piece, from newest to oldest; the place it has reached stands
    here, so that a process that was killed goes on where it was. `tries` counts what failed though
    nobody foresaw it. Swept after a day.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(
        "tình trạng", max_length=8, choices=ExportState.choices, default=ExportState.WAITING
    )
    first = models.DateField("từ ngày")
    latest = models.DateField("đến ngày")
    asked_at = models.DateTimeField("yêu cầu lúc")
    rows = models.PositiveIntegerField("số dòng", default=0)
    place_at = models.DateTimeField("đến lúc", null=True)
    place_id = models.BigIntegerField("đến hồ sơ", null=True)
    ended_at = models.DateTimeField("xong lúc", null=True)
    tries = models.PositiveSmallIntegerField("số lần lỗi", default=0, db_default=0)
    retry_at = models.DateTimeField("thử lại lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_export_state_is_known", condition=Q(state__in=ExportState.values)
            ),
            models.UniqueConstraint(
                name="dossiers_one_export_at_a_time",
                fields=["owner"],
                condition=Q(state=ExportState.WAITING),
            ),
        ]
        indexes = [models.Index(name="dossiers_exports_of", fields=["owner", "-id"])]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.first} – {self.latest}"


class ListExportPart(models.Model):
    """One piece of the file, compressed; pieces follow each other by number."""

    pk = models.CompositePrimaryKey("export_id", "seq")
    export = models.ForeignKey(
        ListExport, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")
    content = models.BinaryField("nội dung")

    def __str__(self) -> str:
        return f"{self.export_id}#{self.seq}"
