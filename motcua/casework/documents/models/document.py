"""The document itself, its moves, what it waits for, and who may know of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from motcua.casework.documents.choices import (
    KINDS,
    Act,
    Direction,
    Source,
    State,
    StepKind,
    StepResult,
)
from motcua.casework.documents.rules.moves import ENDS, check_move
from motcua.foundation.access.api import ScopeRow, newest_first, one_row_per_unit
from motcua.foundation.papers.api import Urgency

from .books import Book

_NUMBERED = Q(ordinal__isnull=False)


class Document(models.Model):
    """One document as one agency holds it (văn bản), from arrival or first draft to its end.

    What another agency received of it is that agency's own row; `identifier` and the envelope tie
    them. `state` changes only through `move_to`. Units are those of the day (historic).
    """

    code = models.CharField("mã", max_length=20, unique=True)
    direction = models.CharField("chiều", max_length=8, choices=Direction.choices)
    version = models.PositiveIntegerField("số lần thay đổi", default=0)
    latest_hash = models.CharField("dấu vết mới nhất", max_length=64, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=State.choices)
    is_open = models.BooleanField("đang xử lý", default=True)
    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("đơn vị văn thư hoặc soạn thảo")
    sort_at = models.DateTimeField("xếp theo lúc")
    secrecy = models.SmallIntegerField("mức giữ kín", default=0)

    kind = models.SmallIntegerField("loại", choices=KINDS)
    kind_name = models.CharField("tên loại", max_length=100)
    number = models.CharField("số", max_length=11, blank=True)
    notation = models.CharField("ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    issuer_name = models.CharField("cơ quan ban hành", max_length=300)
    issuer_code = models.CharField("mã cơ quan ban hành", max_length=35, blank=True)
    signer_name = models.CharField("người ký", max_length=200, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    subject = models.CharField("trích yếu", max_length=1000)
    urgency = models.SmallIntegerField("độ khẩn", choices=Urgency.choices, default=Urgency.NORMAL)
    circulation = models.CharField("chỉ dẫn lưu hành", max_length=100, blank=True)
    pages = models.PositiveIntegerField("số trang", null=True)
    copies = models.PositiveIntegerField("số bản", default=1)
    due_on = models.DateField("hạn nêu trong văn bản", null=True)
    sphere = models.CharField("lĩnh vực", max_length=100, blank=True)
    identifier = models.CharField("mã định danh văn bản", max_length=150, blank=True)
    match_key = models.CharField("dấu nhận trùng", max_length=300, blank=True)
    replaces_id = models.BigIntegerField("thay cho", null=True)
    replaced_by_id = models.BigIntegerField("được thay bằng", null=True)
    promise_salt = models.CharField("chữ bí mật trong sổ cam kết", max_length=22, blank=True)

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ordinal = models.PositiveIntegerField("số trong sổ", null=True)
    registered_at = models.DateTimeField("vào sổ lúc", null=True)
    registered_by_id = models.BigIntegerField("mã người vào sổ", null=True)
    registered_by_name = models.CharField("người vào sổ", max_length=200, blank=True)

    source = models.CharField("đến bằng", max_length=8, choices=Source.choices, blank=True)
    arrived_at = models.DateTimeField("đến lúc", null=True)
    envelope = models.CharField("gói tin", max_length=60, blank=True)
    received_by_id = models.BigIntegerField("cơ quan nhận gói tin", null=True)
    addressed_to = models.CharField("gửi cho cơ quan trước đây", max_length=300, blank=True)
    duplicate_of_id = models.BigIntegerField("trùng với", null=True)
    paper_follows = models.BooleanField("có bản giấy gửi sau", default=False)
    answer_wanted = models.BooleanField("cần trả lời", default=False)
    due_at = models.DateTimeField("hạn xử lý", null=True)
    started_at = models.DateTimeField("bắt đầu xử lý lúc", null=True)
    done_at = models.DateTimeField("xong lúc", null=True)

    drafter_id = models.BigIntegerField("mã người soạn", null=True)
    drafter_name = models.CharField("người soạn", max_length=200, blank=True)
    profile = models.CharField("thể thức", max_length=20, blank=True)
    series_id = models.BigIntegerField("sổ sẽ lấy số", null=True)
    signing_request = models.CharField("yêu cầu ký", max_length=40, blank=True)
    answers_id = models.BigIntegerField("trả lời văn bản", null=True)
    amends_id = models.BigIntegerField("đính chính văn bản", null=True)
    change_reason = models.CharField("lý do thay thế, đính chính", max_length=1000, blank=True)
    issued_at = models.DateTimeField("phát hành lúc", null=True)
    recipients_words = models.CharField("nơi nhận", max_length=2000, blank=True)
    ended_reason = models.CharField("lý do kết thúc", max_length=1000, blank=True)
    imported_from = models.CharField(
        "nhập từ", max_length=60, blank=True, default="", db_default=""
    )
    imported_ref = models.CharField(
        "mã ở hệ thống cũ", max_length=100, blank=True, default="", db_default=""
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_state_is_known", condition=Q(state__in=State.values)
            ),
            models.UniqueConstraint(
                name="documents_number_once", fields=["book", "ordinal"], condition=_NUMBERED
            ),
            models.CheckConstraint(
                name="documents_number_stands_in_a_book",
                condition=Q(ordinal__isnull=True, book__isnull=True)
                | Q(ordinal__isnull=False, book__isnull=False, registered_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="documents_envelope_once",
                fields=["received_by_id", "envelope"],
                condition=~Q(envelope="") & Q(direction=Direction.INCOMING),
            ),
            models.UniqueConstraint(
                name="documents_imported_once",
                fields=["agency_id", "imported_from", "imported_ref"],
                condition=~Q(imported_from=""),
            ),
            models.CheckConstraint(
                name="documents_imported_takes_no_number",
                condition=Q(imported_from="") | Q(ordinal__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="documents_waiting_registry",
                fields=["unit_id", "arrived_at", "id"],
                condition=Q(state=State.ARRIVED),
            ),
            models.Index(
                name="documents_same_identifier",
                fields=["agency_id", "identifier"],
                condition=~Q(identifier=""),
            ),
            models.Index(
                name="documents_same_document",
                fields=["agency_id", "match_key"],
                condition=~Q(match_key=""),
            ),
            models.Index(
                name="documents_answers",
                fields=["answers_id"],
                condition=Q(answers_id__isnull=False),
            ),
            models.Index(
                name="documents_amends",
                fields=["amends_id"],
                condition=Q(amends_id__isnull=False),
            ),
            models.Index(
                name="documents_signing",
                fields=["signing_request"],
                condition=~Q(signing_request=""),
            ),
            models.Index(
                name="documents_unanswered",
                fields=["agency_id", "due_at", "id"],
                condition=Q(direction=Direction.INCOMING, is_open=True, due_at__isnull=False),
            ),
            models.Index(
                name="documents_answers_due",
                fields=["agency_id", "due_on", "id"],
                condition=Q(direction=Direction.OUTGOING, state=State.ISSUED, due_on__isnull=False),
            ),
            models.Index(name="documents_newest", fields=["-sort_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.code

    def move_to(self, target: State) -> None:
        """Raises: MoveNotAllowed."""
        if target != self.state:
            check_move(State(self.state), target)
            self.state = target
            self.is_open = target not in ENDS


class DocumentMove(models.Model):
    """One act on a document: never changed, never deleted, bound to the one before it."""

    pk = models.CompositePrimaryKey("document_id", "seq")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    act = models.CharField("việc", max_length=16, choices=Act.choices)
    was = models.CharField("từ trạng thái", max_length=12, blank=True)
    state = models.CharField("sang trạng thái", max_length=12)
    by_id = models.BigIntegerField("mã người làm")
    by_name = models.CharField("người làm", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    unit_id = models.BigIntegerField("đơn vị", null=True)
    note = models.CharField("nội dung", max_length=2000, blank=True)
    detail: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "chi tiết", default=dict
    )
    prev_hash = models.CharField("dấu vết trước", max_length=64, blank=True)
    hash = models.CharField("dấu vết", max_length=64)

    def __str__(self) -> str:
        return f"{self.document_id}#{self.seq} {self.act}"


class DocumentStep(models.Model):
    """What a document waits for at one unit or person; closed once, never opened again."""

    pk = models.CompositePrimaryKey("document_id", "seq")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")
    kind = models.CharField("việc", max_length=8, choices=StepKind.choices)
    unit_id = models.BigIntegerField("đơn vị")
    assignee_id = models.BigIntegerField("người được giao", null=True)
    assignee_name = models.CharField("tên người được giao", max_length=200, blank=True)
    words = models.CharField("lời dặn", max_length=2000, blank=True)
    opened_at = models.DateTimeField("mở lúc")
    opened_by_name = models.CharField("người chuyển", max_length=200, blank=True)
    due_at = models.DateTimeField("hạn")
    read_at = models.DateTimeField("đã mở đọc lúc", null=True)
    closed_at = models.DateTimeField("xong lúc", null=True)
    closed_by_id = models.BigIntegerField("mã người làm xong", null=True)
    closed_by_name = models.CharField("tên người làm xong", max_length=200, blank=True)
    result = models.CharField("kết quả", max_length=8, choices=StepResult.choices, blank=True)
    comment = models.CharField("ý kiến", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_step_closed_with_result",
                condition=Q(closed_at__isnull=True, result="")
                | Q(closed_at__isnull=False) & ~Q(result=""),
            ),
        ]
        indexes = [
            models.Index(
                name="documents_open_steps",
                fields=["unit_id", "due_at", "document_id"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                name="documents_my_open_steps",
                fields=["assignee_id", "due_at", "document_id"],
                condition=Q(closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.seq} {self.kind}"


class DocumentScope(ScopeRow):
    """One unit's or person's part in one document: what lists read and pages ask."""

    SUBJECT: ClassVar[str] = "document"

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    direction = models.CharField("chiều", max_length=8, choices=Direction.choices)

    class Meta:
        constraints = [one_row_per_unit("document", "documents_scope_once")]
        indexes = [
            newest_first("document", "documents_scope_newest"),
            models.Index(
                name="documents_scope_direction",
                fields=["unit_id", "direction", "-sort_at", "-document"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.document_id} ({self.role})"
