"""To which account money goes; what is due to another body."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from motcua.casework.payments.choices import ObligationState


class Beneficiary(models.Model):
    """The account of an agency into which the money of a procedure goes, from one day to another.

    The nearest one counts: of procedure and unit, of the procedure, of the unit, of the agency.
    """

    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("nơi thu", default=0)
    procedure_code = models.CharField("thủ tục", max_length=60, blank=True)
    bank_bin = models.CharField("mã ngân hàng", max_length=6)
    bank_name = models.CharField("ngân hàng, kho bạc", max_length=200)
    number = models.CharField("số tài khoản", max_length=19)
    name = models.CharField("tên tài khoản", max_length=200)
    terminals = models.JSONField("mã điểm thu tại mỗi cổng", default=dict, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    changed_by_name = models.CharField("người ghi", max_length=200)
    changed_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payments_account_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="payments_one_account_at_a_time",
                expressions=[
                    ("agency_id", RangeOperators.EQUAL),
                    ("unit_id", RangeOperators.EQUAL),
                    ("procedure_code", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.unit_id} {self.procedure_code}: {self.number}"


class FinancialObligation(models.Model):
    """What another body asks for, as land dues by the tax authority (nghĩa vụ tài chính).

    Paid there, not to us: we keep its notice and the evidence of payment, and give no receipt.
    """

    code = models.CharField("mã", max_length=30, unique=True)
    subject = models.CharField("của việc", max_length=120, db_index=True)
    agency_id = models.BigIntegerField("cơ quan giải quyết")
    body_name = models.CharField("cơ quan thông báo", max_length=300)
    notice_number = models.CharField("số thông báo", max_length=100)
    notice_on = models.DateField("ngày thông báo")
    due_on = models.DateField("hạn nộp", null=True, blank=True)
    name = models.CharField("khoản phải nộp", max_length=500)
    amount_vnd = models.BigIntegerField("số tiền")
    state = models.CharField(
        "trạng thái", max_length=8, choices=ObligationState.choices, default=ObligationState.DUE
    )
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by_name = models.CharField("người ghi", max_length=200)
    evidence_number = models.CharField("số chứng từ", max_length=100, blank=True)
    evidence_on = models.DateField("ngày nộp", null=True, blank=True)
    evidence_words = models.CharField("nơi nộp, nội dung", max_length=500, blank=True)
    settled_at = models.DateTimeField("xong lúc", null=True, blank=True)
    settled_by_name = models.CharField("người ghi nhận", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "body_name", "notice_number"], name="payments_notice_of_due_once"
            ),
            models.CheckConstraint(
                name="payments_due_state_is_known", condition=Q(state__in=ObligationState.values)
            ),
            models.CheckConstraint(
                name="payments_due_is_not_negative", condition=Q(amount_vnd__gte=0)
            ),
            models.CheckConstraint(
                name="payments_due_settled_has_its_words",
                condition=Q(state=ObligationState.DUE, settled_at__isnull=True)
                | (
                    ~Q(state=ObligationState.DUE)
                    & Q(settled_at__isnull=False)
                    & (~Q(evidence_number="") | ~Q(evidence_words=""))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.notice_number} ({self.state})"
