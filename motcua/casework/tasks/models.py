"""Tasks, who takes part in them, and all that happens to them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.casework.processes.api import NO_LIMIT
from motcua.casework.tasks.choices import (
    Act,
    AlarmKind,
    ExtensionState,
    Origin,
    PartRole,
    ReportKind,
    TaskState,
)
from motcua.foundation.access.api import ScopeRow, kept_closely, newest_first, one_row_per_unit
from motcua.foundation.files.api import StoredFile


class Task(models.Model):
    """One thing to be done, given by one agency to one or more who lead it (nhiệm vụ).

    Born when it is given; its state follows its leads'; `due_originally_at` is written once. What
    it came from is named, never pointed to: `origin_ref` is another room's word.
    """

    code = models.CharField("mã", max_length=10, unique=True)
    version = models.PositiveIntegerField("số lần thay đổi", default=0)
    latest_hash = models.CharField("dấu vết mới nhất", max_length=64, blank=True)
    title = models.CharField("tên nhiệm vụ", max_length=300)
    words = models.TextField("nội dung", blank=True)
    origin_kind = models.CharField("nguồn", max_length=10, choices=Origin.choices)
    origin_ref = models.CharField("mã nguồn", max_length=80, blank=True)
    origin_words = models.CharField("căn cứ", max_length=500, blank=True)
    agency_id = models.BigIntegerField("cơ quan giao")
    unit_id = models.BigIntegerField("đơn vị giao")
    given_by_id = models.BigIntegerField("mã người giao")
    given_by_name = models.CharField("người giao", max_length=200)
    given_by_title = models.CharField("chức danh người giao", max_length=200, blank=True)
    given_at = models.DateTimeField("giao lúc")
    parent_id = models.BigIntegerField("thuộc nhiệm vụ", null=True)
    parent_seq = models.PositiveIntegerField("phần việc của nhiệm vụ đó", null=True)
    state = models.CharField("trạng thái", max_length=10, choices=TaskState.choices)
    secrecy = models.SmallIntegerField("độ mật", default=0)
    sort_at = models.DateTimeField("xếp theo lúc")
    due_at = models.DateTimeField("hạn", default=NO_LIMIT)
    due_originally_at = models.DateTimeField("hạn giao lần đầu", default=NO_LIMIT)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tasks_state_is_known", condition=Q(state__in=TaskState.values)
            ),
            models.CheckConstraint(
                name="tasks_origin_is_known", condition=Q(origin_kind__in=Origin.values)
            ),
            models.CheckConstraint(
                name="tasks_parent_and_part_together",
                condition=Q(parent_id__isnull=True, parent_seq__isnull=True)
                | Q(parent_id__isnull=False, parent_seq__isnull=False),
            ),
            models.CheckConstraint(
                name="tasks_due_after_given", condition=Q(due_originally_at__gt=F("given_at"))
            ),
        ]
        indexes = [
            models.Index(name="tasks_newest", fields=["-sort_at", "-id"]),
            models.Index(
                name="tasks_given_open",
                fields=["given_by_id", "due_at", "id"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                name="tasks_of_unit_open",
                fields=["unit_id", "due_at", "id"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                name="tasks_of_origin", fields=["origin_ref"], condition=~Q(origin_ref="")
            ),
            models.Index(
                name="tasks_of_parent", fields=["parent_id"], condition=Q(parent_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"


class PartOfTask(models.Model):
    """What all rows below a task share: keyed by (task, seq), so that a history is one range."""

    pk = models.CompositePrimaryKey("task_id", "seq")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField("thứ tự")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.task_id}#{self.seq}"


class TaskPart(PartOfTask):
    """One unit's or person's part in a task: its own limit, its own state.

    `unit_id` answers for it to the giver, `desk_unit_id` is the unit inside that agency where it
    lies now; both are living: in a reorganisation they go to the heir. `due_originally_at` is
    written once; more time is granted by rows (`ExtensionRequest`).
    """

    role = models.CharField("vai trò", max_length=10, choices=PartRole.choices)
    agency_id = models.BigIntegerField("cơ quan thực hiện")
    unit_id = models.BigIntegerField("đơn vị chịu trách nhiệm")
    desk_unit_id = models.BigIntegerField("nơi đang giữ việc")
    account_id = models.BigIntegerField("người thực hiện", null=True)
    account_name = models.CharField("tên người thực hiện", max_length=200, blank=True)
    words = models.TextField("yêu cầu riêng", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=TaskState.choices)
    percent = models.PositiveSmallIntegerField("phần trăm", default=0)
    given_at = models.DateTimeField("giao lúc")
    due_at = models.DateTimeField("hạn", default=NO_LIMIT)
    due_originally_at = models.DateTimeField("hạn giao lần đầu", default=NO_LIMIT)
    accepted_at = models.DateTimeField("nhận lúc", null=True)
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    reported_at = models.DateTimeField("báo cáo kết quả lúc", null=True)
    finished_at = models.DateTimeField("xong lúc (theo báo cáo được xác nhận)", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    asks_extension = models.BooleanField("đang xin gia hạn", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tasks_part_state_is_known", condition=Q(state__in=TaskState.values)
            ),
            models.CheckConstraint(
                name="tasks_part_role_is_known", condition=Q(role__in=PartRole.values)
            ),
            models.CheckConstraint(
                name="tasks_part_percent_in_range", condition=Q(percent__lte=100)
            ),
            models.CheckConstraint(
                name="tasks_part_closed_by_state",
                condition=Q(
                    closed_at__isnull=False,
                    state__in=[TaskState.DONE, TaskState.ENDED, TaskState.CANCELLED],
                )
                | Q(closed_at__isnull=True)
                & ~Q(state__in=[TaskState.DONE, TaskState.ENDED, TaskState.CANCELLED]),
            ),
            models.CheckConstraint(
                name="tasks_part_done_has_its_day",
                condition=~Q(state=TaskState.DONE) | Q(finished_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="tasks_part_of_desk_open",
                fields=["desk_unit_id", "due_at", "task"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                name="tasks_part_mine_open",
                fields=["account_id", "due_at", "task"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                name="tasks_part_due_open",
                fields=["due_at", "task"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(name="tasks_part_of_unit", fields=["unit_id", "given_at"]),
        ]


class TaskReport(PartOfTask):
    """What one part reported: how far it is, in words and per cent, or that it is done."""

    part_seq = models.PositiveIntegerField("phần việc")
    kind = models.CharField("loại", max_length=10, choices=ReportKind.choices)
    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("mã người báo cáo")
    by_name = models.CharField("người báo cáo", max_length=200)
    percent = models.PositiveSmallIntegerField("phần trăm")
    words = models.TextField("nội dung", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tasks_report_percent_in_range", condition=Q(percent__lte=100)
            ),
        ]


class TaskFile(PartOfTask):
    """One file with a task (`report_seq` 0) or with one of its reports."""

    report_seq = models.PositiveIntegerField("báo cáo", default=0)
    name = models.CharField("tên tệp", max_length=200)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp"
    )
    added_at = models.DateTimeField("thêm lúc")
    added_by_name = models.CharField("người thêm", max_length=200)


class ExtensionRequest(PartOfTask):
    """More time asked for one part and decided by the giver, or changed by the giver alone.

    Never changed once decided; the first limit stays where it was.
    """

    part_seq = models.PositiveIntegerField("phần việc")
    state = models.CharField("tình trạng", max_length=10, choices=ExtensionState.choices)
    asked_at = models.DateTimeField("xin lúc")
    by_id = models.BigIntegerField("mã người xin")
    by_name = models.CharField("người xin", max_length=200)
    due_was = models.DateTimeField("hạn khi đó")
    due_asked = models.DateTimeField("hạn xin")
    due_now = models.DateTimeField("hạn được cho", null=True)
    reason = models.TextField("lý do")
    decided_at = models.DateTimeField("quyết định lúc", null=True)
    decided_by_name = models.CharField("người quyết định", max_length=200, blank=True)
    decision = models.TextField("ý kiến", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="tasks_extension_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="tasks_extension_decided_together",
                condition=Q(state=ExtensionState.ASKED, decided_at__isnull=True)
                | ~Q(state=ExtensionState.ASKED) & Q(decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="tasks_one_open_extension",
                fields=["task", "part_seq"],
                condition=Q(state=ExtensionState.ASKED),
            ),
        ]


class TaskMove(PartOfTask):
    """One act on one task: who, when, from which state to which, bound to the move before.

    Written in the act's transaction, never changed; history and figures read these. `hash` covers
    the values and `prev_hash`.
    """

    at = models.DateTimeField("lúc")
    act = models.CharField("việc", max_length=20, choices=[(a.value, a.label) for a in Act])
    part_seq = models.PositiveIntegerField("phần việc", default=0)
    was = models.CharField("từ trạng thái", max_length=10, blank=True)
    state = models.CharField("sang trạng thái", max_length=10)
    part_state = models.CharField("trạng thái phần việc", max_length=10, blank=True)
    by_id = models.BigIntegerField("mã người làm")
    by_name = models.CharField("người làm", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    note = models.TextField("nội dung", blank=True)
    due_at = models.DateTimeField("hạn khi đó")
    detail: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "chi tiết", default=dict
    )
    prev_hash = models.CharField("dấu vết trước", max_length=64, blank=True)
    hash = models.CharField("dấu vết", max_length=64)


class TaskScope(ScopeRow):
    """One unit's or person's part in one task: what lists read and the task's page asks."""

    SUBJECT: ClassVar[str] = "task"

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [one_row_per_unit("task", "tasks_scope_once")]
        indexes = [
            newest_first("task", "tasks_scope_newest"),
            kept_closely("task", "tasks_scope_kept_closely"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.task_id} ({self.role})"


class TaskAlarm(models.Model):
    """One warning sent about one part and one limit, so that nobody is warned of it twice."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)
    part_seq = models.PositiveIntegerField("phần việc")
    kind = models.CharField("loại", max_length=10, choices=AlarmKind.choices)
    due_at = models.DateTimeField("hạn")
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tasks_alarm_once", fields=["task", "part_seq", "kind", "due_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}#{self.part_seq} {self.kind}"
