"""What is to be paid, and what has become of it."""

from django.db import models
from django.db.models import F, Q

from motcua.casework.payments.choices import LineKind, OrderAct, OrderState
from motcua.casework.payments.rules.allocating import LineSum
from motcua.casework.payments.rules.states import Sums, state_of


class Order(models.Model):
    """What one payer is asked to pay in one go (đơn nộp tiền).

    Born with its lines, which never change; its sums change only with a payment, a refund or a
    cancellation, each with a row of its history, and its state follows from the sums. Every đồng
    that came is either applied to its lines, held as paid too much, or gone back.
    `is_typed` marks what was taken against a paper receipt and typed in: it is in the paper books,
    not in ours. A URL that grants access to the order carries `token`.
    """

    code = models.CharField("mã đơn", max_length=20, unique=True)
    token = models.CharField("mã truy cập", max_length=32, unique=True)
    subject = models.CharField("của việc", max_length=120, db_index=True)
    procedure_code = models.CharField("thủ tục", max_length=60, blank=True)
    agency_id = models.BigIntegerField("cơ quan thu")
    unit_id = models.BigIntegerField("nơi thu")
    payer_name = models.CharField("người nộp", max_length=300)
    payer_address = models.CharField("địa chỉ", max_length=500, blank=True)
    payer_tax_code = models.CharField("mã số thuế", max_length=20, blank=True)
    payer_email = models.EmailField(
        "thư điện tử nhận biên lai", max_length=254, blank=True, db_default=""
    )
    payer_account_id = models.BigIntegerField("tài khoản người nộp", null=True, blank=True)
    amount_vnd = models.BigIntegerField("phải nộp")
    applied_vnd = models.BigIntegerField("đã nộp cho các khoản", default=0)
    over_vnd = models.BigIntegerField("nộp thừa", default=0)
    refunded_vnd = models.BigIntegerField("đã hoàn", default=0)
    paid_vnd = models.BigIntegerField("đã nhận", default=0)
    state = models.CharField(
        "trạng thái", max_length=10, choices=OrderState.choices, default=OrderState.OPEN
    )
    is_refunding = models.BooleanField("đang hoàn", default=False)
    is_typed = models.BooleanField("ghi theo biên lai giấy", default=False)
    opened_at = models.DateTimeField("lập lúc")
    opened_by_name = models.CharField("người lập", max_length=200)
    expires_at = models.DateTimeField("hạn nộp", null=True, blank=True)
    paid_at = models.DateTimeField("đủ tiền lúc", null=True, blank=True)
    expired_at = models.DateTimeField("hết hạn lúc", null=True, blank=True)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=0)

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", "-opened_at"], name="payments_order_of_agency"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=[OrderState.OPEN, OrderState.PARTLY]),
                name="payments_order_to_expire",
            ),
            models.Index(
                fields=["paid_at"],
                condition=Q(paid_at__isnull=False),
                name="payments_order_paid",
            ),
            models.Index(
                fields=["payer_account_id", "-opened_at"],
                condition=Q(payer_account_id__isnull=False),
                name="payments_order_of_account",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="payments_order_state_is_known", condition=Q(state__in=OrderState.values)
            ),
            models.CheckConstraint(
                name="payments_order_asks_for_money",
                condition=Q(amount_vnd__gt=0) | Q(amount_vnd=0, is_typed=True),
            ),
            models.CheckConstraint(
                name="payments_every_dong_is_somewhere",
                condition=Q(paid_vnd=F("applied_vnd") + F("over_vnd") + F("refunded_vnd")),
            ),
            models.CheckConstraint(
                name="payments_order_sums_in_bounds",
                condition=Q(applied_vnd__gte=0, over_vnd__gte=0, refunded_vnd__gte=0)
                & Q(applied_vnd__lte=F("amount_vnd")),
            ),
            models.CheckConstraint(
                name="payments_paid_order_is_full",
                condition=~Q(state=OrderState.PAID) | Q(applied_vnd=F("amount_vnd"), over_vnd=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"

    @property
    def left_vnd(self) -> int:
        """Return what is still to be paid."""
        return self.amount_vnd - self.applied_vnd

    @property
    def held_vnd(self) -> int:
        """Return how much of the payer's money is here."""
        return self.applied_vnd + self.over_vnd

    def sums(self) -> Sums:
        """Return what the state follows from."""
        return Sums(
            amount_vnd=self.amount_vnd,
            applied_vnd=self.applied_vnd,
            over_vnd=self.over_vnd,
            refunded_vnd=self.refunded_vnd,
            is_refunding=self.is_refunding,
            is_cancelled=self.cancelled_at is not None,
            is_expired=self.expired_at is not None,
            was_paid=self.paid_at is not None,
        )

    def settle(self) -> None:
        """Set the state that follows from the sums. Does not save."""
        self.state = state_of(self.sums())


class OrderLine(models.Model):
    """One amount that an order asks for, with its reason and the rule that set it.

    Never changed but for `applied_vnd`: how much of it is paid and not given back.
    `subject` is what it is paid for, as a dossier; several may stand in one order.
    """

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="+", verbose_name="đơn nộp tiền"
    )
    seq = models.PositiveSmallIntegerField("thứ tự")
    subject = models.CharField("của việc", max_length=120, db_index=True)
    code = models.CharField("mã khoản", max_length=60)
    name = models.CharField("tên khoản", max_length=300)
    kind = models.CharField("loại", max_length=8, choices=LineKind.choices)
    quantity = models.PositiveIntegerField("số lượng", default=1)
    unit_name = models.CharField("đơn vị tính", max_length=40, blank=True)
    amount_vnd = models.BigIntegerField("số tiền")
    applied_vnd = models.BigIntegerField("đã nộp", default=0)
    reason = models.CharField("lý do, miễn giảm", max_length=500, blank=True)
    rule = models.CharField("căn cứ", max_length=1000, blank=True)
    receipt_number = models.CharField("số biên lai giấy", max_length=60, blank=True)
    procedure_code = models.CharField("thủ tục", max_length=60, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "seq"], name="payments_line_once"),
            models.CheckConstraint(
                name="payments_line_kind_is_known", condition=Q(kind__in=LineKind.values)
            ),
            models.CheckConstraint(
                name="payments_line_sums_in_bounds",
                condition=Q(applied_vnd__gte=0) & Q(applied_vnd__lte=F("amount_vnd")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.seq} {self.name}"

    def sums(self) -> LineSum:
        """Return what money is applied to and taken back from."""
        return LineSum(self.seq, self.amount_vnd, self.applied_vnd)


class OrderMove(models.Model):
    """One act on an order: what, how much, what it is now, who and when. Never changed."""

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="+", verbose_name="đơn nộp tiền"
    )
    seq = models.PositiveIntegerField("thứ tự")
    act = models.CharField("việc", max_length=20, choices=OrderAct.choices)
    state = models.CharField("trạng thái sau đó", max_length=10, choices=OrderState.choices)
    amount_vnd = models.BigIntegerField("số tiền", default=0)
    words = models.CharField("nội dung", max_length=1000, blank=True)
    by_id = models.BigIntegerField("mã người làm")
    by_name = models.CharField("người làm", max_length=200)
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "seq"], name="payments_move_once"),
            models.CheckConstraint(
                name="payments_move_act_is_known", condition=Q(act__in=OrderAct.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.seq} {self.act}"
