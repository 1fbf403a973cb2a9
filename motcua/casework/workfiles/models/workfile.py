"""The work file, what lies in it, its moves, and who may know of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from motcua.casework.workfiles.choices import Act, ItemKind, State
from motcua.casework.workfiles.rules.moves import check_move
from motcua.foundation.access.api import ScopeRow, newest_first, one_row_per_unit
from motcua.foundation.files.api import StoredFile

from .handing import HandOver
from .listing import ListedFile


class WorkFile(models.Model):
    """Everything that belongs to one matter, in one place (hồ sơ công việc).

    `state` changes only through `move_to`. Units are those of the day (historic).
    """

    code = models.CharField("mã", max_length=20, unique=True)
    version = models.PositiveIntegerField("số lần thay đổi", default=0)
    latest_hash = models.CharField("dấu vết mới nhất", max_length=64, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=State.choices)
    is_open = models.BooleanField("đang lập", default=True)
    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("đơn vị lập")
    sort_at = models.DateTimeField("mở lúc")
    secrecy = models.SmallIntegerField("mức giữ kín", default=0)
    line = models.ForeignKey(
        ListedFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField("năm")
    symbol = models.CharField("số, ký hiệu", max_length=20, blank=True)
    title = models.CharField("tiêu đề", max_length=500)
    retention_years = models.PositiveSmallIntegerField("thời hạn bảo quản")
    is_construction = models.BooleanField("xây dựng cơ bản", default=False)
    account_id = models.BigIntegerField("người lập")
    person_name = models.CharField("tên người lập", max_length=200)
    note = models.CharField("chú giải", max_length=500, blank=True)
    ended_on = models.DateField("công việc kết thúc ngày", null=True)
    closed_at = models.DateTimeField("kết thúc hồ sơ lúc", null=True)
    documents = models.PositiveIntegerField("số văn bản", default=0)
    pages = models.PositiveIntegerField("số trang", default=0)
    due_on = models.DateField("hạn nộp lưu", null=True)
    kept_until = models.DateField("được giữ lại đến", null=True)
    warned_on = models.DateField("đã nhắc ngày", null=True)
    hand_over = models.ForeignKey(
        HandOver, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="workfiles_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="workfiles_closed_with_its_day",
                condition=Q(state=State.OPEN, closed_at__isnull=True)
                | Q(closed_at__isnull=False, ended_on__isnull=False) & ~Q(state=State.OPEN),
            ),
            models.CheckConstraint(
                name="workfiles_offered_in_a_hand_over",
                condition=Q(hand_over__isnull=True) & Q(state__in=(State.OPEN, State.CLOSED))
                | Q(hand_over__isnull=False) & Q(state__in=(State.OFFERED, State.HANDED_OVER)),
            ),
        ]
        indexes = [
            models.Index(name="workfiles_of_person", fields=["account_id", "-sort_at", "-id"]),
            models.Index(name="workfiles_of_line", fields=["line", "id"]),
            models.Index(
                name="workfiles_due",
                fields=["due_on", "id"],
                condition=Q(state=State.CLOSED, due_on__isnull=False),
            ),
            models.Index(name="workfiles_handed", fields=["hand_over", "symbol"]),
            models.Index(name="workfiles_newest", fields=["-sort_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"

    def move_to(self, target: State) -> None:
        """Raises: MoveNotAllowed."""
        check_move(State(self.state), target)
        self.state = target
        self.is_open = target == State.OPEN

    @property
    def hand_over_by(self) -> "Any":
        """Return the last day on which it may go to the archive, leave to keep it counted."""
        return self.kept_until or self.due_on


class WorkFileMove(models.Model):
    """One act on a work file: never changed, never deleted, bound to the one before it."""

    pk = models.CompositePrimaryKey("work_file_id", "seq")
    work_file = models.ForeignKey(
        WorkFile, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    act = models.CharField("việc", max_length=12, choices=Act.choices)
    was = models.CharField("từ trạng thái", max_length=12, blank=True)
    state = models.CharField("sang trạng thái", max_length=12)
    by_id = models.BigIntegerField("mã người làm")
    by_name = models.CharField("người làm", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    note = models.CharField("nội dung", max_length=2000, blank=True)
    detail: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "chi tiết", default=dict
    )
    prev_hash = models.CharField("dấu vết trước", max_length=64, blank=True)
    hash = models.CharField("dấu vết", max_length=64)

    def __str__(self) -> str:
        return f"{self.work_file_id}#{self.seq} {self.act}"


class WorkFileItem(models.Model):
    """One thing in a work file; taken out it stays as a line that nobody prints.

    What is known of it is kept here, so that the table of contents never changes by itself.
    """

    work_file = models.ForeignKey(
        WorkFile, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")
    position = models.PositiveIntegerField("vị trí")
    kind = models.CharField("loại", max_length=10, choices=ItemKind.choices)
    ref = models.CharField("mã", max_length=60, blank=True)
    title = models.CharField("trích yếu", max_length=1000)
    type_name = models.CharField("tên loại", max_length=100, blank=True)
    notation = models.CharField("số, ký hiệu", max_length=80, blank=True)
    author = models.CharField("tác giả", max_length=300, blank=True)
    day = models.DateField("ngày", null=True)
    pages = models.PositiveIntegerField("số trang", null=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    added_at = models.DateTimeField("thêm lúc")
    added_by_name = models.CharField("người thêm", max_length=200)
    gone_at = models.DateTimeField("bỏ ra lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="workfiles_item_seq", fields=["work_file", "seq"]),
            models.UniqueConstraint(
                name="workfiles_item_once",
                fields=["work_file", "kind", "ref"],
                condition=Q(gone_at__isnull=True) & ~Q(ref=""),
            ),
            models.CheckConstraint(
                name="workfiles_item_is_something", condition=~Q(ref="") | Q(file__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                name="workfiles_items_of",
                fields=["kind", "ref"],
                condition=Q(gone_at__isnull=True) & ~Q(ref=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.work_file_id}#{self.seq}"


class WorkFileScope(ScopeRow):
    """One unit's or person's part in one work file: what lists read and pages ask."""

    SUBJECT: ClassVar[str] = "work_file"

    work_file = models.ForeignKey(
        WorkFile, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [one_row_per_unit("work_file", "workfiles_scope_once")]
        indexes = [newest_first("work_file", "workfiles_scope_newest")]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.work_file_id} ({self.role})"
