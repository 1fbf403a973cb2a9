"""The dossier itself, its moves, its steps, and who takes part in it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.casework.dossiers.choices import (
    Act,
    ApplicantKind,
    Authority,
    ReturnWay,
    Status,
    SubState,
)
from motcua.casework.dossiers.rules.moves import check_move
from motcua.casework.dossiers.rules.promising import Told
from motcua.casework.procedures.api import FilingChannel
from motcua.casework.processes.api import StepRow
from motcua.foundation.access.api import ScopeRow, kept_closely, newest_first, one_row_per_unit

_RUNNING = Q(status__in=[Status.RECEIVED, Status.PROCESSING])


class Dossier(models.Model):
    """One applicant's request under one procedure version (hồ sơ), from arrival to result.

    `status` changes only through `move_to`; `due_originally_at` is written once. Units are those
    of the day (historic); names, codes and kinds of the past are read from their versions.
    """

    code = models.CharField("mã hồ sơ", max_length=60, unique=True)
    origin = models.CharField("nguồn mã", max_length=40, blank=True)
    version = models.PositiveIntegerField("số lần thay đổi", default=0)
    latest_hash = models.CharField("dấu vết mới nhất", max_length=64, blank=True)
    procedure = models.ForeignKey(
        "procedures.Procedure",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="thủ tục",
    )
    procedure_version_id = models.BigIntegerField("phiên bản thủ tục")
    case_code = models.CharField("trường hợp", max_length=40)
    channel = models.CharField("kênh nộp", max_length=8, choices=FilingChannel.choices)
    status = models.CharField("trạng thái", max_length=20, choices=Status.choices)
    sub_state = models.CharField(
        "chi tiết", max_length=12, choices=SubState.choices, blank=True, default=SubState.NONE
    )
    support_unit_id = models.BigIntegerField("nơi hỗ trợ")
    receiving_unit_id = models.BigIntegerField("nơi tiếp nhận")
    competent_unit_id = models.BigIntegerField("đơn vị giải quyết")
    agency_id = models.BigIntegerField("cơ quan giải quyết")
    return_unit_id = models.BigIntegerField("nơi trả kết quả")
    applicant_name = models.CharField("chủ hồ sơ", max_length=300)
    applicant_kind = models.CharField(
        "loại chủ hồ sơ", max_length=12, choices=ApplicantKind.choices
    )
    applicant_person_id = models.BigIntegerField("cá nhân", null=True)
    applicant_hint = models.CharField("ba số cuối", max_length=4, blank=True)
    subject_name = models.CharField("người được nói tới", max_length=300, blank=True)
    submitter_account_id = models.BigIntegerField("tài khoản nộp", null=True)
    submitter_name = models.CharField("người nộp", max_length=200)
    submitter_phone = models.CharField("điện thoại", max_length=20, blank=True)
    submitter_email = models.CharField("thư điện tử", max_length=200, blank=True)
    submitter_address = models.CharField("địa chỉ", max_length=400, blank=True)
    authority = models.CharField("tư cách nộp", max_length=16, choices=Authority.choices)
    authority_until = models.DateField("ủy quyền đến", null=True)
    helper_name = models.CharField("người hỗ trợ", max_length=200, blank=True)
    helper_account_id = models.BigIntegerField("tài khoản hỗ trợ", null=True)
    summary = models.CharField("trích yếu", max_length=1000, blank=True)
    number_of_sets = models.PositiveSmallIntegerField("số bộ", default=1)
    return_way = models.CharField("cách nhận", max_length=12, choices=ReturnWay.choices)
    return_address = models.CharField("địa chỉ nhận", max_length=400, blank=True)
    sort_at = models.DateTimeField("đến lúc")
    secrecy = models.SmallIntegerField("độ mật", default=0)
    submitted_at = models.DateTimeField("nộp lúc")
    check_due_at = models.DateTimeField("hạn kiểm tra tại quầy", null=True)
    received_at = models.DateTimeField("tiếp nhận lúc", null=True)
    received_by_id = models.BigIntegerField("người tiếp nhận", null=True)
    received_by_name = models.CharField("tên người tiếp nhận", max_length=200, blank=True)
    clock_from = models.DateTimeField("tính hạn từ", null=True)
    due_at = models.DateTimeField("hẹn trả", null=True)
    due_originally_at = models.DateTimeField("hẹn trả lần đầu", null=True)
    paused_at = models.DateTimeField("dừng tính từ", null=True)
    pause_ground = models.CharField("lý do dừng tính", max_length=20, blank=True)
    reappointed_at = models.DateTimeField("xin lỗi lúc", null=True)
    reappointed_late = models.BooleanField("xin lỗi muộn", default=False)
    supplements = models.PositiveSmallIntegerField("số lần yêu cầu bổ sung", default=0)
    resolved_at = models.DateTimeField("xong lúc", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    returned_at = models.DateTimeField("trả lúc", null=True)
    replaces_id = models.BigIntegerField("thay cho", null=True)
    replaced_by_id = models.BigIntegerField("được thay bằng", null=True)
    entered_late_at = models.DateTimeField("nhập muộn lúc", null=True)
    promise_salt = models.CharField(
        "chữ bí mật của giấy hẹn", max_length=22, blank=True, default="", db_default=""
    )

    # What the latest act left behind: no column, set when the row is locked for the next one.
    told = Told()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="dossiers_promise_means_received",
                condition=Q(due_originally_at__isnull=True)
                | Q(received_at__isnull=False, clock_from__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_due_keeps_its_first_promise",
                condition=Q(due_at__isnull=True, due_originally_at__isnull=True)
                | Q(due_at__isnull=False, due_originally_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_running_means_received",
                condition=~_RUNNING | Q(received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_returned_means_resolved",
                condition=Q(returned_at__isnull=True) | Q(resolved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_time_goes_forward",
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("submitted_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="dossiers_waiting_at_desk",
                fields=["receiving_unit_id", "submitted_at", "id"],
                condition=Q(status=Status.SUBMITTED),
            ),
            models.Index(
                name="dossiers_supplement_at_desk",
                fields=["receiving_unit_id", "submitted_at", "id"],
                condition=Q(status=Status.AWAITING_APPLICANT),
            ),
            models.Index(
                name="dossiers_payment_at_desk",
                fields=["receiving_unit_id", "submitted_at", "id"],
                condition=Q(status=Status.AWAITING_PAYMENT),
            ),
            models.Index(
                name="dossiers_to_hand_out",
                fields=["return_unit_id", "resolved_at", "id"],
                condition=Q(status=Status.RESOLVED),
            ),
            models.Index(
                name="dossiers_received_at_desk",
                fields=["receiving_unit_id", "received_at", "id"],
                condition=Q(received_at__isnull=False),
            ),
            models.Index(name="dossiers_newest", fields=["-sort_at", "-id"]),
            models.Index(
                name="dossiers_of_person",
                fields=["applicant_person_id", "-sort_at"],
                condition=Q(applicant_person_id__isnull=False),
            ),
            models.Index(
                name="dossiers_open_of_version",
                fields=["procedure_version_id", "id"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                name="dossiers_running_due",
                fields=["due_at", "id"],
                condition=Q(closed_at__isnull=True, due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.status})"

    def move_to(self, target: Status) -> None:
        """Set the status, if the table of moves allows it. Does not save.

        Raises: MoveNotAllowed.
        """
        check_move(Status(self.status), target)
        self.status = target

    @property
    def is_open(self) -> bool:
        """Say whether work on it may still come."""
        return self.closed_at is None


class DossierMove(models.Model):
    """One act on one dossier: who, when, from which status to which, bound to the move before.

    Written in the act's transaction, never changed; timelines, figures and the control sheet
    read these. `hash` covers the values and `prev_hash`.
    """

    pk = models.CompositePrimaryKey("dossier_id", "seq")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    act = models.CharField("việc", max_length=20, choices=[(a.value, a.label) for a in Act])
    was = models.CharField("từ trạng thái", max_length=20, blank=True)
    status = models.CharField("sang trạng thái", max_length=20)
    by_id = models.BigIntegerField("mã người làm")
    by_name = models.CharField("người làm", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    unit_id = models.BigIntegerField("đơn vị", null=True)
    note = models.CharField("nội dung", max_length=2000, blank=True)
    due_at = models.DateTimeField("hẹn trả khi đó", null=True)
    detail: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "chi tiết", default=dict
    )
    prev_hash = models.CharField("dấu vết trước", max_length=64, blank=True)
    hash = models.CharField("dấu vết", max_length=64)

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq} {self.act}"


class DossierStep(StepRow):
    """One opening of one step of a dossier's process."""

    pk = models.CompositePrimaryKey("dossier_id", "seq")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_step_closed_with_result",
                condition=Q(closed_at__isnull=True, result="")
                | Q(closed_at__isnull=False) & ~Q(result=""),
            ),
            models.UniqueConstraint(
                name="dossiers_step_open_once",
                fields=["dossier", "code"],
                condition=Q(closed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="dossiers_open_work",
                fields=["unit_id", "due_at", "dossier_id"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                name="dossiers_my_open_work",
                fields=["assignee_id", "due_at", "dossier_id"],
                condition=Q(closed_at__isnull=True),
            ),
        ]


class DossierScope(ScopeRow):
    """One unit's or person's part in one dossier: what lists read and object pages ask."""

    SUBJECT: ClassVar[str] = "dossier"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [one_row_per_unit("dossier", "dossiers_scope_once")]
        indexes = [
            newest_first("dossier", "dossiers_scope_newest"),
            kept_closely("dossier", "dossiers_scope_kept_closely"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.dossier_id} ({self.role})"


class DossierAnswers(models.Model):
    """What was answered in the form, with the facts it was checked against; one row per dossier."""

    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    answers: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("trả lời")
    draft_confirmed_at = models.DateTimeField("người nộp xác nhận bản nháp", null=True)

    def __str__(self) -> str:
        return f"{self.dossier_id}"
