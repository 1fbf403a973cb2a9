"""What an agency keeps of its fees, and what it hands on to the budget."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from motcua.casework.cashbook.choices import HandingState

WHOLE = 10_000  # hundredths of a per cent


class KeptShare(models.Model):
    """How much of a fee (phí) an agency keeps, by a decision, from one day to another.

    An empty procedure stands for every fee without a row of its own. Without any row nothing is
    kept: all of it goes to the budget, as charges (lệ phí) always do.
    """

    agency_id = models.BigIntegerField("cơ quan")
    procedure_code = models.CharField("thủ tục", max_length=60, blank=True)
    share = models.PositiveIntegerField("phần để lại (phần vạn)")
    decision_number = models.CharField("số quyết định", max_length=100)
    decision_on = models.DateField("ngày quyết định")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    by_name = models.CharField("người ghi", max_length=200)
    at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cashbook_share_is_a_part", condition=Q(share__gt=0, share__lte=WHOLE)
            ),
            models.CheckConstraint(
                name="cashbook_share_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="cashbook_one_share_at_a_time",
                expressions=[
                    ("agency_id", RangeOperators.EQUAL),
                    ("procedure_code", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.procedure_code}: {self.share}/{WHOLE}"


class Handing(models.Model):
    """Fees and charges handed on from the bank account to the budget (nộp ngân sách).

    Listed first, for the treasury; booked when the treasury's slip is entered; never deleted: it
    is taken back. Shape of `lines`: [{"kind", "procedure", "name", "collected_vnd", "kept_vnd",
    "handed_vnd"}, …].
    """

    code = models.CharField("mã", max_length=20, unique=True)
    agency_id = models.BigIntegerField("cơ quan")
    state = models.CharField("tình trạng", max_length=12, choices=HandingState.choices)
    until_on = models.DateField("thu đến hết ngày")
    account_number = models.CharField("từ tài khoản", max_length=40)
    treasury = models.CharField("kho bạc", max_length=200)
    budget_account = models.CharField("tài khoản thu ngân sách", max_length=40)
    chapter = models.CharField("mã chương", max_length=10, blank=True)
    lines = models.JSONField("các khoản", default=list)
    collected_vnd = models.BigIntegerField("số thu")
    kept_vnd = models.BigIntegerField("để lại")
    handed_vnd = models.BigIntegerField("nộp ngân sách")
    made_by_id = models.BigIntegerField("mã người lập")
    made_by_name = models.CharField("người lập", max_length=200)
    made_at = models.DateTimeField("lập lúc")
    slip_number = models.CharField("số giấy nộp tiền", max_length=60, blank=True)
    slip_on = models.DateField("ngày giấy nộp tiền", null=True)
    settled_by_name = models.CharField("người ghi nhận", max_length=200, blank=True)
    settled_at = models.DateTimeField("ghi nhận lúc", null=True)
    reason = models.CharField("lý do rút lại", max_length=500, blank=True)
    taken_back_by_name = models.CharField("người rút lại", max_length=200, blank=True)
    taken_back_at = models.DateTimeField("rút lại lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cashbook_handing_state_is_known", condition=Q(state__in=HandingState.values)
            ),
            models.CheckConstraint(
                name="cashbook_handing_adds_up",
                condition=Q(collected_vnd=F("kept_vnd") + F("handed_vnd"), handed_vnd__gt=0),
            ),
            models.CheckConstraint(
                name="cashbook_handed_has_its_slip",
                condition=~Q(state=HandingState.DONE)
                | (~Q(slip_number="") & Q(slip_on__isnull=False, settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="cashbook_taken_back_says_why",
                condition=~Q(state=HandingState.TAKEN_BACK)
                | (~Q(reason="") & Q(taken_back_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["agency_id", "treasury", "slip_number"],
                condition=Q(state=HandingState.DONE),
                name="cashbook_treasury_slip_once",
            ),
        ]
        indexes = [
            models.Index(name="cashbook_handings", fields=["agency_id", "-made_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.handed_vnd}"
