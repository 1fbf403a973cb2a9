"""Receipts and their history."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from motcua.casework.receipts.choices import (
    LIVING,
    WHOLE,
    Act,
    Nature,
    ReceiptKind,
    ReceiptState,
)
from motcua.casework.receipts.rules.contents import CONTENT, Content
from motcua.casework.receipts.rules.forms import Key
from motcua.foundation.organisation.api import HistoricKey

from .series import Series

NUMBERED = Q(series__isnull=False, number__isnull=False, issued_on__isnull=False)
UNNUMBERED = Q(series__isnull=True, number__isnull=True)


class Receipt(models.Model):
    """One receipt for fees or charges (biên lai thu phí, lệ phí).

    Born when an order was paid, due until a series gives it its number and day; then what it says
    is never changed (a trigger sees to it): it is adjusted or replaced by another receipt, or
    cancelled. The seal signs it afterwards; `file` is the signed XML. One that was typed in has the
    number of whoever issued it, and is not issued again.
    """

    code = models.CharField("mã tra cứu", max_length=20, unique=True)
    order_code = models.CharField("mã đơn thu", max_length=40, db_index=True)
    subjects = ArrayField(models.CharField(max_length=60), default=list, verbose_name="hồ sơ")
    agency = HistoricKey(
        "organisation.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="cơ quan thu",
    )
    unit_id = models.BigIntegerField("đơn vị thu")
    kind = models.CharField("loại", max_length=10, choices=ReceiptKind.choices)
    nature = models.CharField("tính chất", max_length=12, choices=Nature.choices)
    state = models.CharField("tình trạng", max_length=10, choices=ReceiptState.choices)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dãy số"
    )
    number = models.PositiveIntegerField("số", null=True)
    typed_number = models.CharField("số đã ghi", max_length=60, blank=True)
    issued_on = models.DateField("ngày lập", null=True)
    issued_at = models.DateTimeField("lập lúc", null=True)
    amount_vnd = models.BigIntegerField("số tiền")
    payer_name = models.CharField("người nộp", max_length=300)
    payer_account_id = models.BigIntegerField("tài khoản người nộp", null=True)
    channel = models.CharField("kênh thu", max_length=20, blank=True)
    content = models.JSONField("nội dung", default=dict)
    related = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="biên lai liên quan",
    )
    reason = models.CharField("lý do", max_length=500, blank=True)
    due_at = models.DateTimeField("thu tiền lúc")
    waits_why = models.CharField("vì sao chưa có số", max_length=300, blank=True)
    file = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="tệp đã ký",
    )
    signed_at = models.DateTimeField("ký lúc", null=True)
    signed_by = models.CharField("chứng thư", max_length=300, blank=True)
    sign_tries = models.PositiveSmallIntegerField("số lần thử ký", default=0)
    next_sign_at = models.DateTimeField("ký từ lúc", null=True)
    sign_error = models.CharField("vì sao chưa ký", max_length=300, blank=True)
    version = models.PositiveIntegerField("số lần thay đổi", default=0)
    created_by_name = models.CharField("người lập", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="receipts_kind_is_known", condition=Q(kind__in=ReceiptKind.values)
            ),
            models.CheckConstraint(
                name="receipts_nature_is_known", condition=Q(nature__in=Nature.values)
            ),
            models.CheckConstraint(
                name="receipts_state_is_known", condition=Q(state__in=ReceiptState.values)
            ),
            models.CheckConstraint(
                name="receipts_numbered_when_issued",
                condition=(
                    Q(state__in=(ReceiptState.DUE, ReceiptState.CANCELLED)) & UNNUMBERED
                    | Q(nature=Nature.TYPED) & UNNUMBERED & ~Q(typed_number="")
                    | ~Q(state=ReceiptState.DUE) & ~Q(nature=Nature.TYPED) & NUMBERED
                ),
            ),
            models.CheckConstraint(
                name="receipts_change_speaks_of_another",
                condition=Q(
                    nature__in=(Nature.REPLACEMENT, Nature.ADJUSTMENT), related__isnull=False
                )
                | Q(nature__in=(Nature.ORIGINAL, Nature.TYPED), related__isnull=True),
            ),
            models.CheckConstraint(
                name="receipts_amount_is_taken",
                condition=Q(amount_vnd__gt=0) | Q(nature=Nature.ADJUSTMENT),
            ),
            models.CheckConstraint(
                name="receipts_signed_with_a_file",
                condition=Q(file__isnull=True, signed_at__isnull=True)
                | Q(file__isnull=False, signed_at__isnull=False),
            ),
            models.UniqueConstraint(fields=["series", "number"], name="receipts_number_once"),
            models.UniqueConstraint(
                fields=["order_code", "kind"],
                condition=Q(state__in=LIVING, nature__in=WHOLE),
                name="receipts_one_valid_per_order_and_kind",
            ),
            models.UniqueConstraint(
                fields=["related"],
                condition=Q(nature=Nature.REPLACEMENT),
                name="receipts_replaced_once",
            ),
        ]
        indexes = [
            GinIndex(name="receipts_of_subject", fields=["subjects"]),
            models.Index(name="receipts_of_day", fields=["agency", "issued_on", "id"]),
            models.Index(
                name="receipts_to_sign",
                fields=["next_sign_at", "id"],
                condition=Q(next_sign_at__isnull=False),
            ),
            models.Index(
                name="receipts_waiting", fields=["due_at"], condition=Q(state=ReceiptState.DUE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"

    @property
    def said(self) -> Content:
        """Return what the receipt says."""
        return CONTENT.validate_python(self.content, strict=False)

    @property
    def key(self) -> Key | None:
        """Return form, symbol and number; None while it waits. Costs: a query for the series."""
        if self.series is None or self.number is None:
            return None
        return Key(self.series.form, self.series.symbol, self.number)

    @property
    def number_words(self) -> str:
        """Return how people call it: “EBL01/26TAA/1”. Costs: a query for the series."""
        return f"{self.key}" if self.key else self.typed_number or "chưa có số"


class ReceiptMove(models.Model):
    """One thing that happened to a receipt; those the tax authority hears of stand in a table."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField("thứ tự")
    act = models.CharField("việc", max_length=10, choices=Act.choices)
    at = models.DateTimeField("lúc")
    on = models.DateField("ngày trên bảng tổng hợp", null=True)
    by_id = models.BigIntegerField("mã người làm")
    by_name = models.CharField("người làm", max_length=200)
    reason = models.CharField("lý do", max_length=500, blank=True)
    table = models.ForeignKey(
        "receipts.DayTable", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "seq"], name="receipts_move_once"),
            models.CheckConstraint(name="receipts_act_is_known", condition=Q(act__in=Act.values)),
        ]
        indexes = [
            models.Index(
                name="receipts_moves_to_report",
                fields=["on"],
                condition=Q(on__isnull=False, table__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id}#{self.seq} {self.act}"
