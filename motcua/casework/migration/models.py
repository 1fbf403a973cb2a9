"""The old systems, what they handed over, what was done with it, and which dossier is which."""

from django.db import models
from django.db.models import Q

from motcua.foundation.files.api import StoredFile

from .choices import ACTIVE, FileKind, LikenessState, RunKind, RunState, Verdict


class Source(models.Model):
    """One old system of one agency, or of all: its name makes its keys its own.

    `mapping` is text (`rules.mapping`); `agency_id` is whose dossiers they are where no column
    says so.
    """

    code = models.CharField("mã", max_length=12, unique=True)
    name = models.CharField("hệ thống cũ", max_length=60, unique=True)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    mapping = models.TextField("ánh xạ", blank=True)
    made_at = models.DateTimeField("lập lúc")
    made_by_name = models.CharField("người lập", max_length=200)

    def __str__(self) -> str:
        return self.name


class SourceFile(models.Model):
    """One file that was handed over: a table, or a ZIP of papers."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=6, choices=FileKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên tệp", max_length=200)
    added_at = models.DateTimeField("thêm lúc")
    added_by_name = models.CharField("người thêm", max_length=200)

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One passage through one table: a trial, or the real thing; its mapping is frozen.

    `place` is where in the spooled table the next batch begins, written with the batch: whoever
    goes on after a crash begins there.
    """

    code = models.CharField("mã", max_length=12, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=6, choices=RunKind.choices)
    state = models.CharField("tình trạng", max_length=8, choices=RunState.choices)
    mapping = models.TextField("ánh xạ")
    asked_at = models.DateTimeField("lập lúc")
    asked_by_id = models.BigIntegerField("mã người lập")
    asked_by_name = models.CharField("người lập", max_length=200)
    approved_at = models.DateTimeField("duyệt lúc", null=True)
    approved_by_name = models.CharField("người duyệt", max_length=200, blank=True)
    begun_at = models.DateTimeField("bắt đầu lúc", null=True)
    ended_at = models.DateTimeField("xong lúc", null=True)
    place = models.BigIntegerField("đến chỗ", default=0)
    rows = models.PositiveIntegerField("số dòng đã qua", default=0)
    total = models.PositiveIntegerField("số dòng", null=True)
    totals: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(
        "tổng hợp", default=dict
    )
    unmapped: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(
        "chưa ánh xạ", default=dict
    )
    notes: "models.JSONField[list[str], list[str]]" = models.JSONField("lưu ý", default=list)
    trouble = models.CharField("trở ngại", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="migration_one_run_at_a_time",
                fields=["source"],
                condition=Q(state__in=[str(one) for one in ACTIVE]),
            ),
            models.CheckConstraint(
                name="migration_carried_out_after_approval",
                condition=Q(kind=RunKind.CHECK)
                | Q(state=RunState.ASKED)
                | Q(state=RunState.STOPPED)
                | Q(approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Line(models.Model):
    """What became, or would become, of one row."""

    pk = models.CompositePrimaryKey("run_id", "row")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+", db_index=False)
    row = models.PositiveIntegerField("dòng")
    ref = models.CharField("khóa", max_length=100, blank=True)
    code = models.CharField("mã hồ sơ", max_length=60, blank=True)
    verdict = models.CharField("kết quả", max_length=7, choices=Verdict.choices)
    column = models.CharField("cột", max_length=200, blank=True)
    reason = models.CharField("lý do, lưu ý", max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(name="migration_line_ref", fields=["run", "ref"]),
            models.Index(name="migration_line_verdict", fields=["run", "verdict", "row"]),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.row} {self.verdict}"


class Item(models.Model):
    """Which dossier a key of an old system became, and at which version our import left it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    ref = models.CharField("khóa", max_length=100)
    dossier_id = models.BigIntegerField("hồ sơ")
    code = models.CharField("mã hồ sơ", max_length=60)
    version = models.PositiveIntegerField("lần thay đổi khi nhập")
    digest = models.CharField("dấu nội dung", max_length=32)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="migration_key_once", fields=["source", "ref"]),
        ]
        indexes = [models.Index(name="migration_item_run", fields=["run", "id"])]

    def __str__(self) -> str:
        return f"{self.ref} → {self.code}"


class Likeness(models.Model):
    """A question: is the applicant of a row somebody we know? Nobody is taken for it unanswered.

    `told` are the row's words; when they change, the question is asked anew.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    ref = models.CharField("khóa", max_length=100)
    person_id = models.BigIntegerField("người đã biết")
    told = models.CharField("hệ thống cũ ghi", max_length=400)
    state = models.CharField(
        "trả lời", max_length=5, choices=LikenessState.choices, default=LikenessState.ASKED
    )
    asked_at = models.DateTimeField("hỏi lúc")
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by_name = models.CharField("người trả lời", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="migration_asked_once", fields=["source", "ref", "person_id"]
            ),
            models.UniqueConstraint(
                name="migration_one_person_a_key",
                fields=["source", "ref"],
                condition=Q(state=LikenessState.SAME),
            ),
            models.CheckConstraint(
                name="migration_likeness_state_is_known",
                condition=Q(state__in=LikenessState.values),
            ),
            models.CheckConstraint(
                name="migration_answered_by_somebody",
                condition=Q(state=LikenessState.ASKED) | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="migration_likeness_open", fields=["source", "state", "id"])]

    def __str__(self) -> str:
        return f"{self.ref} ~ {self.person_id} ({self.state})"
