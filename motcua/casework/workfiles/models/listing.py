"""The yearly list of files of an agency."""

from django.db import models
from django.db.models import Q

from motcua.casework.workfiles.choices import ListState


class FileList(models.Model):
    """The list of the files an agency will make in one year (danh mục hồ sơ).

    Units draft its lines; the head of the agency approves it with a decision. It is never deleted;
    lines that come later name themselves so.
    """

    agency_id = models.BigIntegerField("cơ quan")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("tình trạng", max_length=10, choices=ListState.choices)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True)
    approved_at = models.DateTimeField("ban hành lúc", null=True)
    approved_by_name = models.CharField("người ban hành", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="workfiles_list_once", fields=["agency_id", "year"]),
            models.CheckConstraint(
                name="workfiles_approved_by_decision",
                condition=Q(state=ListState.DRAFT, approved_at__isnull=True)
                | Q(state=ListState.APPROVED, approved_at__isnull=False, decided_on__isnull=False)
                & ~Q(decision_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}"

    @property
    def is_approved(self) -> bool:
        return self.state == ListState.APPROVED


class ListedFile(models.Model):
    """One file that is expected: its symbol, its title, how long it is kept, who makes it."""

    list = models.ForeignKey(FileList, on_delete=models.PROTECT, related_name="+", db_index=False)
    symbol = models.CharField("số, ký hiệu", max_length=20)
    sort_key = models.CharField("thứ tự", max_length=60)
    heading = models.CharField("nhóm", max_length=200, blank=True)
    title = models.CharField("tiêu đề hồ sơ", max_length=500)
    retention_years = models.PositiveSmallIntegerField("thời hạn bảo quản")
    unit_id = models.BigIntegerField("đơn vị lập")
    account_id = models.BigIntegerField("người lập", null=True)
    person_name = models.CharField("tên người lập", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    added_later_at = models.DateTimeField("bổ sung lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="workfiles_symbol_once", fields=["list", "symbol"])
        ]
        indexes = [models.Index(name="workfiles_listed", fields=["list", "sort_key"])]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"
