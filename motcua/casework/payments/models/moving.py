"""Money on its way: attempts at partners, what they told us, what came, what goes back."""

from django.db import models
from django.db.models import F, Q

from motcua.casework.payments.choices import AttemptState, Channel, Outcome, RefundState

from .order import Order


class Attempt(models.Model):
    """One attempt to pay an order by a partner or a transfer, under a reference never used twice.

    Born before the partner hears of it. Settled by a notice, by asking, or by its own end; money
    that comes later settles it all the same. `next_ask_at` is when the silent partner is asked.
    """

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="+", verbose_name="đơn nộp tiền"
    )
    number = models.PositiveSmallIntegerField("lần")
    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    ref = models.CharField("mã tham chiếu", max_length=40, unique=True)
    amount_vnd = models.BigIntegerField("số tiền")
    state = models.CharField(
        "trạng thái", max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN
    )
    begun_at = models.DateTimeField("bắt đầu lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    return_url = models.CharField("trang quay lại", max_length=500, blank=True)
    ip = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    bank_bin = models.CharField("mã ngân hàng", max_length=6, blank=True)
    bank_account = models.CharField("tài khoản thụ hưởng", max_length=30, blank=True)
    account_name = models.CharField("tên tài khoản", max_length=200, blank=True)
    terminal = models.CharField("mã điểm thu", max_length=40, blank=True)
    url = models.TextField("địa chỉ thanh toán", blank=True)
    qr = models.CharField("mã VietQR", max_length=600, blank=True)
    words = models.CharField("đối tác nói", max_length=500, blank=True)
    asked_times = models.PositiveSmallIntegerField("đã hỏi", default=0)
    next_ask_at = models.DateTimeField("hỏi lại lúc", null=True, blank=True)
    settled_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_ask_at"],
                condition=Q(next_ask_at__isnull=False),
                name="payments_attempt_to_ask",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="payments_attempt_once"),
            models.CheckConstraint(
                name="payments_attempt_state_is_known",
                condition=Q(state__in=AttemptState.values),
            ),
            models.CheckConstraint(
                name="payments_attempt_asks_for_money", condition=Q(amount_vnd__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} ({self.state})"


class Notice(models.Model):
    """What a partner told us, byte by byte; kept before it is judged.

    It is never removed, but for what proved nothing and is older than six weeks.

    `outcome` is empty until then; who died in between is followed by `judge_waiting`.
    """

    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField("nhận lúc")
    is_asked = models.BooleanField("ta hỏi", default=False)
    method = models.CharField("phương thức", max_length=8)
    path = models.CharField("đường dẫn", max_length=200)
    query = models.JSONField("tham số", default=dict)
    body = models.BinaryField("nội dung", default=bytes)
    headers = models.JSONField("tiêu đề", default=dict)
    ip = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    outcome = models.CharField("kết luận", max_length=16, choices=Outcome.choices, blank=True)
    judged_at = models.DateTimeField("xét lúc", null=True, blank=True)
    attempt = models.ForeignKey(
        Attempt,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="lần thanh toán",
        null=True,
        blank=True,
    )
    is_genuine = models.BooleanField("đúng chữ ký", null=True, blank=True)
    is_paid = models.BooleanField("đã trả tiền", null=True, blank=True)
    amount_vnd = models.BigIntegerField("số tiền", null=True, blank=True)
    partner_ref = models.CharField("mã giao dịch đối tác", max_length=100, blank=True)
    words = models.CharField("nội dung", max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(outcome=""), name="payments_notice_unjudged"
            ),
            models.Index(fields=["channel", "received_at"], name="payments_notice_of_channel"),
        ]
        constraints = [
            models.CheckConstraint(
                name="payments_notice_outcome_is_known",
                condition=Q(outcome="") | Q(outcome__in=Outcome.values),
            ),
            models.CheckConstraint(
                name="payments_notice_judged_and_outcome_together",
                condition=Q(outcome="", judged_at__isnull=True)
                | (~Q(outcome="") & Q(judged_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.received_at:%Y-%m-%d %H:%M:%S} {self.outcome}"


class Payment(models.Model):
    """Money that came for an order: by which way, how much, when, under which name at the partner.

    One row for one transaction of a partner, however often we hear of it. Never changed; money
    that goes back is a refund. `source` is the ledger entry's name of it.
    """

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="+", verbose_name="đơn nộp tiền"
    )
    seq = models.PositiveIntegerField("thứ tự")
    attempt = models.ForeignKey(
        Attempt,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="lần thanh toán",
        null=True,
        blank=True,
    )
    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    amount_vnd = models.BigIntegerField("số tiền")
    applied_vnd = models.BigIntegerField("tính vào các khoản")
    over_vnd = models.BigIntegerField("nộp thừa")
    partner_ref = models.CharField("mã giao dịch", max_length=100)
    unit_id = models.BigIntegerField("nơi thu")
    paid_at = models.DateTimeField("nộp lúc")
    taken_at = models.DateTimeField("ghi nhận lúc")
    taken_by_id = models.BigIntegerField("mã người ghi nhận")
    taken_by_name = models.CharField("người ghi nhận", max_length=200)
    is_late = models.BooleanField("nộp muộn", default=False)
    words = models.CharField("nội dung", max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "paid_at"], name="payments_payment_of_channel"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "partner_ref"], name="payments_transaction_once"
            ),
            models.UniqueConstraint(fields=["order", "seq"], name="payments_payment_once"),
            models.CheckConstraint(name="payments_payment_is_money", condition=Q(amount_vnd__gt=0)),
            models.CheckConstraint(
                name="payments_payment_is_divided",
                condition=Q(amount_vnd=F("applied_vnd") + F("over_vnd"))
                & Q(applied_vnd__gte=0, over_vnd__gte=0),
            ),
            models.CheckConstraint(
                name="payments_payment_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.partner_ref} {self.amount_vnd}"

    @property
    def source(self) -> str:
        """Return under which name the ledger and the statements know it."""
        return f"{self.channel}:{self.partner_ref}"


class Refund(models.Model):
    """Money to be given back (hoàn tiền): asked for by one person, approved by another.

    Once approved it is owed; it is done when the partner says so, or when the cashier has paid it
    out, or when the transfer is made. `lines` are the numbers of the order's lines it is for, empty
    for what was paid too much. Shape of `taken`: [[line number, đồng], …], set at approval.
    """

    code = models.CharField("mã hoàn tiền", max_length=30, unique=True)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="+", verbose_name="đơn nộp tiền"
    )
    payment = models.ForeignKey(
        Payment,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="khoản đã nộp",
        null=True,
        blank=True,
    )
    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("nơi thu")
    channel = models.CharField("hoàn bằng", max_length=10, choices=Channel.choices)
    amount_vnd = models.BigIntegerField("số tiền")
    lines = models.JSONField("các khoản", default=list)
    taken = models.JSONField("lấy từ", default=list)
    over_vnd = models.BigIntegerField("từ tiền nộp thừa", default=0)
    reason = models.CharField("lý do", max_length=500)
    basis = models.CharField("căn cứ", max_length=500, blank=True)
    to_name = models.CharField("người nhận", max_length=200, blank=True)
    to_bank = models.CharField("ngân hàng", max_length=200, blank=True)
    to_account = models.CharField("số tài khoản", max_length=40, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=RefundState.choices, default=RefundState.ASKED
    )
    asked_by_id = models.BigIntegerField("mã người đề nghị")
    asked_by_name = models.CharField("người đề nghị", max_length=200)
    asked_at = models.DateTimeField("đề nghị lúc")
    decided_by_id = models.BigIntegerField("mã người duyệt", null=True, blank=True)
    decided_by_name = models.CharField("người duyệt", max_length=200, blank=True)
    decided_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    decided_words = models.CharField("ý kiến", max_length=500, blank=True)
    partner_ref = models.CharField("mã giao dịch hoàn", max_length=100, blank=True)
    words = models.CharField("đối tác nói", max_length=500, blank=True)
    tried_times = models.PositiveSmallIntegerField("đã gửi", default=0)
    next_try_at = models.DateTimeField("gửi lại lúc", null=True, blank=True)
    done_at = models.DateTimeField("hoàn lúc", null=True, blank=True)
    done_by_name = models.CharField("người chi", max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency_id", "asked_at"],
                condition=Q(
                    state__in=[RefundState.ASKED, RefundState.APPROVED, RefundState.FAILED]
                ),
                name="payments_refund_to_do",
            ),
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="payments_refund_to_send",
            ),
        ]
        constraints = [
            models.CheckConstraint(name="payments_refund_is_money", condition=Q(amount_vnd__gt=0)),
            models.CheckConstraint(
                name="payments_refund_state_is_known", condition=Q(state__in=RefundState.values)
            ),
            models.CheckConstraint(
                name="payments_refund_decided_by_another",
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("asked_by_id")),
            ),
            models.CheckConstraint(
                name="payments_refund_decided_unless_asked",
                condition=Q(state=RefundState.ASKED, decided_by_id__isnull=True)
                | (~Q(state=RefundState.ASKED) & Q(decided_by_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="payments_refund_done_has_its_moment",
                condition=Q(state=RefundState.DONE, done_at__isnull=False)
                | (~Q(state=RefundState.DONE) & Q(done_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount_vnd} ({self.state})"
