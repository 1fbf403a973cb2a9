"""Statements as they were taken, their lines, and each difference until it is settled."""

from django.db import models
from django.db.models import F, Q

from motcua.casework.payments.api import Channel
from motcua.casework.reconciliation.choices import (
    LineState,
    MismatchKind,
    MismatchState,
    Way,
)


class Statement(models.Model):
    """One statement of a bank account or report of a gateway, as a file that somebody handed in.

    Born with its lines, in one transaction; never changed but for its counts. `channel` is
    TRANSFER for a bank account. Shape of `troubles`: ["Dòng 7: …", …].
    """

    code = models.CharField("mã sao kê", max_length=20, unique=True)
    agency_id = models.BigIntegerField("cơ quan")
    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    account = models.CharField("tài khoản", max_length=40)
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField("mã băm", max_length=64)
    kind = models.CharField("dạng tệp", max_length=10)
    first_on = models.DateField("từ ngày")
    last_on = models.DateField("đến ngày")
    until = models.DateTimeField("xét đến lúc")
    line_count = models.PositiveIntegerField("số dòng")
    known_count = models.PositiveIntegerField("đã có từ trước", default=0)
    repeated_count = models.PositiveIntegerField("lặp trong tệp", default=0)
    came_vnd = models.BigIntegerField("tiền vào")
    went_vnd = models.BigIntegerField("tiền ra")
    troubles = models.JSONField("dòng không dùng được", default=list)
    taken_by_id = models.BigIntegerField("mã người nạp")
    taken_by_name = models.CharField("người nạp", max_length=200)
    taken_at = models.DateTimeField("nạp lúc")

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", "-taken_at"], name="reconciliation_of_agency"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "channel", "sha256"], name="reconciliation_file_once"
            ),
            models.CheckConstraint(
                name="reconciliation_days_in_order", condition=Q(last_on__gte=F("first_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.account} {self.first_on}–{self.last_on}"


class StatementLine(models.Model):
    """One movement of an account, known once by the bank's own reference, however often told.

    A bank's notice brings it before any statement does: `statement` is empty until then.
    """

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="sao kê",
        null=True,
        blank=True,
    )
    row = models.PositiveIntegerField("dòng")
    agency_id = models.BigIntegerField("cơ quan")
    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    account = models.CharField("tài khoản", max_length=40)
    ref = models.CharField("số tham chiếu", max_length=100)
    booked_at = models.DateTimeField("hạch toán lúc")
    on = models.DateField("ngày")
    amount_vnd = models.BigIntegerField("số tiền")
    words = models.CharField("nội dung", max_length=500, blank=True)
    payer = models.CharField("người chuyển", max_length=200, blank=True)
    attempt_ref = models.CharField("mã tham chiếu của ta", max_length=60, blank=True)
    state = models.CharField(
        "kết quả", max_length=8, choices=LineState.choices, default=LineState.WAITING
    )
    order_code = models.CharField("đơn nộp", max_length=20, blank=True)
    payment = models.ForeignKey(
        "payments.Payment",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="khoản đã ghi",
        null=True,
        blank=True,
    )
    refund = models.ForeignKey(
        "payments.Refund",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="khoản hoàn",
        null=True,
        blank=True,
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["statement", "row"],
                condition=Q(state=LineState.WAITING),
                name="reconciliation_line_waiting",
            ),
            models.Index(fields=["channel", "account", "on"], name="reconciliation_line_of_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "account", "ref"], name="reconciliation_line_once"
            ),
            models.CheckConstraint(
                name="reconciliation_line_state_is_known", condition=Q(state__in=LineState.values)
            ),
            models.CheckConstraint(
                name="reconciliation_matched_has_payment",
                condition=~Q(state=LineState.MATCHED)
                | Q(payment__isnull=False)
                | Q(refund__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["refund"],
                condition=Q(refund__isnull=False),
                name="reconciliation_refund_in_one_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.ref} {self.amount_vnd} ({self.state})"


class Mismatch(models.Model):
    """One difference between a statement and the books, from being found to being settled.

    Where money is written off one person proposes, another approves. Never removed.
    """

    code = models.CharField("mã chênh lệch", max_length=40, unique=True)
    kind = models.CharField("loại", max_length=14, choices=MismatchKind.choices)
    state = models.CharField(
        "tình trạng", max_length=8, choices=MismatchState.choices, default=MismatchState.OPEN
    )
    agency_id = models.BigIntegerField("cơ quan")
    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    account = models.CharField("tài khoản", max_length=40)
    on = models.DateField("ngày")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="+", verbose_name="sao kê"
    )
    line = models.OneToOneField(
        StatementLine,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dòng sao kê",
        null=True,
        blank=True,
    )
    payment = models.ForeignKey(
        "payments.Payment",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="khoản đã ghi",
        null=True,
        blank=True,
    )
    refund = models.ForeignKey(
        "payments.Refund",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="khoản hoàn",
        null=True,
        blank=True,
    )
    order_code = models.CharField("đơn nộp", max_length=20, blank=True)
    here_vnd = models.BigIntegerField("theo sổ", null=True, blank=True)
    there_vnd = models.BigIntegerField("theo sao kê", null=True, blank=True)
    found_at = models.DateTimeField("thấy lúc")
    way = models.CharField("cách xử lý", max_length=16, choices=Way.choices, blank=True)
    detail = models.CharField("chi tiết", max_length=60, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    proposed_by_id = models.BigIntegerField("mã người đề nghị", null=True, blank=True)
    proposed_by_name = models.CharField("người đề nghị", max_length=200, blank=True)
    proposed_at = models.DateTimeField("đề nghị lúc", null=True, blank=True)
    settled_by_id = models.BigIntegerField("mã người xử lý", null=True, blank=True)
    settled_by_name = models.CharField("người xử lý", max_length=200, blank=True)
    settled_at = models.DateTimeField("xử lý lúc", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency_id", "on"],
                condition=~Q(state=MismatchState.SETTLED),
                name="reconciliation_to_settle",
            ),
            models.Index(fields=["statement", "kind"], name="reconciliation_of_statement"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(kind=MismatchKind.MISSING_THERE) & ~Q(state=MismatchState.SETTLED),
                name="reconciliation_missing_there_once",
            ),
            models.UniqueConstraint(
                fields=["refund"],
                condition=Q(kind=MismatchKind.MISSING_THERE) & ~Q(state=MismatchState.SETTLED),
                name="reconciliation_refund_missing_there_once",
            ),
            models.CheckConstraint(
                name="reconciliation_kind_is_known", condition=Q(kind__in=MismatchKind.values)
            ),
            models.CheckConstraint(
                name="reconciliation_settled_says_how_and_when",
                condition=(Q(state=MismatchState.SETTLED, settled_at__isnull=False) & ~Q(way=""))
                | (~Q(state=MismatchState.SETTLED) & Q(settled_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="reconciliation_write_off_by_two",
                condition=~Q(
                    state=MismatchState.SETTLED,
                    way__in=[one.value for one in Way if one.needs_second],
                )
                | (
                    Q(proposed_by_id__isnull=False)
                    & Q(settled_by_id__isnull=False)
                    & ~Q(proposed_by_id=F("settled_by_id"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} ({self.state})"

    @property
    def difference_vnd(self) -> int:
        """Return how much more the statement has than the books."""
        return (self.there_vnd or 0) - (self.here_vnd or 0)
