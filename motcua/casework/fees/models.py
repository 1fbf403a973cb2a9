"""Fee tables and their versions; what was published is never changed."""

from django.db import models
from django.db.models import F, Q

from .choices import TableState


class FeeTable(models.Model):
    """One fee or charge decided by a table; what it says stands in its versions."""

    code = models.CharField("mã", max_length=60, unique=True)
    name = models.CharField("tên", max_length=300)
    sort_key = models.CharField("khóa sắp xếp", max_length=1200)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FeeTableVersion(models.Model):
    """What a table says from one day to another: a DMN model, its basis, examples reckoned by hand.

    `examples` are rows of {"name", "facts", "amount_vnd"}. Once published only `state` and
    `valid_to` are written (a trigger sees to it).
    """

    table = models.ForeignKey(
        FeeTable, on_delete=models.PROTECT, related_name="+", verbose_name="bảng"
    )
    number = models.PositiveIntegerField("số phiên bản")
    state = models.CharField("trạng thái", max_length=10, choices=TableState.choices)
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("đến hết", null=True, blank=True)
    basis = models.CharField("số, ký hiệu văn bản quy định", max_length=500)
    basis_on = models.DateField("ngày văn bản", null=True, blank=True)
    basis_issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    model = models.TextField("mô hình DMN")
    digest = models.CharField("mã băm", max_length=64)
    examples = models.JSONField("ví dụ", default=list)
    edited_by_name = models.CharField("người sửa", max_length=200)
    edited_at = models.DateTimeField("sửa lúc")
    published_by_name = models.CharField("người công bố", max_length=200, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="fees_version_number_once"),
            models.UniqueConstraint(
                fields=["table"],
                condition=Q(state=TableState.DRAFT),
                name="fees_one_draft_per_table",
            ),
            models.CheckConstraint(
                name="fees_state_is_known", condition=Q(state__in=TableState.values)
            ),
            models.CheckConstraint(
                name="fees_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_id} v{self.number}"

    @property
    def basis_words(self) -> str:
        """Return the text that sets the amounts as people cite it."""
        day = f" ngày {self.basis_on:%d/%m/%Y}" if self.basis_on else ""
        issuer = f" của {self.basis_issuer}" if self.basis_issuer else ""
        return f"{self.basis}{day}{issuer}"
