"""Standard reasons, their versions, and where each was used."""

from django.db import models
from django.db.models import Q

from motcua.casework.procedures.api import Procedure
from motcua.lib.dated import Dated, days_in_order, one_at_a_time

from .choices import ReasonKind


class StandardReason(models.Model):
    """One reason officers give again and again (lý do mẫu): for what, and where it is offered.

    Without an agency it is the province's; with a procedure it is offered for that one only, with a
    paper first where that paper is missing. Retired at a moment, never deleted.
    """

    kind = models.CharField("dùng khi", max_length=12, choices=ReasonKind.choices)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="thủ tục"
    )
    paper_code = models.CharField("mã giấy tờ", max_length=60, blank=True)
    made_at = models.DateTimeField("lập lúc")
    made_by_name = models.CharField("người lập", max_length=200)
    retired_at = models.DateTimeField("thôi dùng lúc", null=True)
    retired_by_name = models.CharField("người cho thôi dùng", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reasons_kind_is_known", condition=Q(kind__in=ReasonKind.values)
            ),
            models.CheckConstraint(
                name="reasons_paper_of_a_procedure",
                condition=Q(paper_code="") | Q(procedure__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="reasons_offered",
                fields=["kind", "agency_id", "procedure"],
                condition=Q(retired_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}#{self.pk}"


class ReasonVersion(Dated):
    """The words of a reason from a first day on, with their basis in law; never changed."""

    reason = models.ForeignKey(StandardReason, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("lần")
    title = models.CharField("tên gọi", max_length=200)
    text = models.CharField("lời mẫu", max_length=1000)
    legal_basis = models.CharField("căn cứ pháp lý", max_length=500, blank=True)
    made_at = models.DateTimeField("ghi lúc")
    made_by_name = models.CharField("người ghi", max_length=200)

    class Meta:
        constraints = [
            days_in_order("reasons_version_days_in_order"),
            one_at_a_time("reasons_one_version_at_a_time", "reason"),
            models.UniqueConstraint(fields=["reason", "number"], name="reasons_version_once"),
            models.CheckConstraint(
                name="reasons_version_says_something", condition=~Q(title="") & ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason_id}/{self.number} {self.title}"


class ReasonUse(models.Model):
    """One reason as it was given: the library's words as offered, and what was written in the end.

    Append-only. `subject` is another room's word.
    """

    reason = models.ForeignKey(
        StandardReason, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.ForeignKey(
        ReasonVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    subject = models.CharField("việc", max_length=60)
    kind = models.CharField("dùng khi", max_length=12, choices=ReasonKind.choices)
    agency_id = models.BigIntegerField("cơ quan")
    procedure_id = models.BigIntegerField("thủ tục")
    offered = models.CharField("lời của thư viện", max_length=2000)
    written = models.CharField("lời đã ghi", max_length=4000)
    is_changed = models.BooleanField("có sửa")
    used_on = models.DateField("ngày")
    used_at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("tài khoản")
    by_name = models.CharField("người dùng", max_length=200)

    class Meta:
        indexes = [
            models.Index(name="reasons_used_on", fields=["used_on", "agency_id"]),
            models.Index(name="reasons_uses_of_reason", fields=["reason", "-id"]),
            models.Index(name="reasons_uses_of_subject", fields=["subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason_id}"
