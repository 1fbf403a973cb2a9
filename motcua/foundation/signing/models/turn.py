"""Who signs after whom, and what came of each try."""

from django.db import models
from django.db.models import Q

from motcua.foundation.signing.choices import AttemptState, Capacity, TurnRole, TurnState
from motcua.foundation.trust.api import Certificate, Way

from .request import SigningRequest

UNDERWAY = (
    AttemptState.ASKED,
    AttemptState.PREPARED,
    AttemptState.GRANTED,
    AttemptState.SENT,
    AttemptState.SIGNED,
)


class Turn(models.Model):
    """One signature that a request needs, in its order.

    `account_id` is who alone may give it; without, whoever holds the power in the unit may. Name
    and title are as printed in the document, so that nobody else can sign in that block.
    """

    request = models.ForeignKey(
        SigningRequest, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveSmallIntegerField("lượt")
    role = models.CharField("vai trò", max_length=10, choices=TurnRole.choices)
    field_name = models.CharField("ô ký", max_length=40)
    unit_id = models.BigIntegerField("đơn vị")
    account_id = models.BigIntegerField("tài khoản", null=True)
    signer_name = models.CharField("tên in trên văn bản", max_length=200, blank=True)
    signer_title = models.CharField("chức vụ in trên văn bản", max_length=200, blank=True)
    capacity = models.CharField(
        "ký với tư cách", max_length=4, choices=Capacity.choices, blank=True
    )
    on_behalf_of = models.CharField("thay cho", max_length=500, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=TurnState.choices)
    ready_at = models.DateTimeField("đến lượt lúc", null=True)
    done_at = models.DateTimeField("ký lúc", null=True)
    done_by_id = models.BigIntegerField("mã người ký", null=True)
    done_by_name = models.CharField("người ký", max_length=200, blank=True)
    done_by_title = models.CharField("chức danh người ký", max_length=200, blank=True)
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="+", null=True
    )
    reason = models.CharField("lý do từ chối", max_length=1000, blank=True)
    note = models.CharField("vì sao đến lượt người này", max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="signing_turn_once", fields=["request", "seq"]),
            models.CheckConstraint(
                name="signing_turn_state_is_known", condition=Q(state__in=TurnState.values)
            ),
            models.CheckConstraint(
                name="signing_turn_done_means_by_whom",
                condition=~Q(state=TurnState.DONE)
                | Q(done_at__isnull=False, done_by_id__isnull=False, certificate__isnull=False),
            ),
            models.CheckConstraint(
                name="signing_turn_refused_with_reason",
                condition=~Q(state=TurnState.REFUSED) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(
                name="signing_turn_ready",
                fields=["unit_id", "role", "ready_at", "id"],
                condition=Q(state__in=(TurnState.READY, TurnState.UNDERWAY)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}#{self.seq} {self.role} {self.state}"


class SigningAttempt(models.Model):
    """One try to fulfil a turn by one way: it survives a kill at any point.

    `tail` is what a half-made signature appends to version `base_seq`; with the place reserved for
    the signature, its attributes and a raw signature it becomes the next version. A permission
    from outside is kept sealed and only until it expires; a PIN is never kept.
    """

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="+")
    base_seq = models.PositiveSmallIntegerField("từ bản")
    way = models.CharField("cách ký", max_length=10, choices=Way.choices)
    state = models.CharField("tình trạng", max_length=10, choices=AttemptState.choices)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField("mã người ký")
    by_name = models.CharField("người ký", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    by_is_silent = models.BooleanField("không báo tin", default=False)
    asked_at = models.DateTimeField("yêu cầu lúc")
    tail = models.BinaryField("phần nối thêm", null=True)
    document_digest = models.BinaryField("dấu vân tay văn bản", null=True)
    reserved_start = models.PositiveIntegerField("chỗ chữ ký từ", null=True)
    reserved_end = models.PositiveIntegerField("chỗ chữ ký đến", null=True)
    attributes = models.BinaryField("thuộc tính được ký", null=True)
    raw = models.BinaryField("chữ ký", null=True)
    service_ref = models.CharField("mã ở nơi ký", max_length=200, blank=True)
    sealed_grant = models.TextField("giấy phép ký (đã mã hóa)", blank=True)
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_try_at = models.DateTimeField("thử lại lúc", null=True)
    latest_error = models.CharField("lỗi gần nhất", max_length=500, blank=True)
    expires_at = models.DateTimeField("quá hạn lúc")
    ended_at = models.DateTimeField("kết thúc lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_attempt_state_is_known",
                condition=Q(state__in=AttemptState.values),
            ),
            models.UniqueConstraint(
                name="signing_one_attempt_underway",
                fields=["turn"],
                condition=Q(state__in=UNDERWAY),
            ),
            models.CheckConstraint(
                name="signing_attempt_underway_has_a_next_try",
                condition=~Q(state__in=UNDERWAY) | Q(next_try_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="signing_attempts_due",
                fields=["next_try_at", "id"],
                condition=Q(state__in=UNDERWAY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.way} {self.state}"
