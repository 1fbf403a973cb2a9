"""What came from outside, as it came."""

from django.db import models
from django.db.models import Q

from motcua.casework.exchange.choices import ArrivalState, MessageKind


class EnvelopeArrival(models.Model):
    """One message that came from outside, kept byte by byte before anything was read.

    Born when the line took it; the same number of one pair is one arrival, however often it comes.
    It is read once; what cannot be read, or is for nobody here, stays in trouble until a clerk
    closes it. Never deleted.
    """

    kind = models.CharField("loại", max_length=8, choices=MessageKind.choices, blank=True)
    counterpart = models.CharField("đối tác", max_length=40)
    sender_code = models.CharField("mã nơi gửi", max_length=35, blank=True)
    receiver_code = models.CharField("mã nơi nhận", max_length=35, blank=True)
    number = models.PositiveIntegerField("số thứ tự giữa hai nơi", null=True)
    ref = models.CharField("mã trên đường truyền", max_length=100, blank=True)
    their_code = models.CharField("mã gói tin ở nơi gửi", max_length=60, blank=True)
    about = models.CharField("về gói tin", max_length=60, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True
    )
    sha256 = models.CharField("dấu vân tay", max_length=64)
    size = models.BigIntegerField("số byte")
    state = models.CharField("tình trạng", max_length=8, choices=ArrivalState.choices)
    words = models.CharField("vướng mắc", max_length=1000, blank=True)
    findings = models.JSONField("kết quả kiểm tra", default=list)
    envelope = models.ForeignKey(
        "exchange.Envelope", on_delete=models.PROTECT, related_name="+", null=True
    )
    taken_at = models.DateTimeField("nhận lúc")
    read_at = models.DateTimeField("đọc lúc", null=True)
    closed_at = models.DateTimeField("xử lý lúc", null=True)
    closed_by_name = models.CharField("người xử lý", max_length=200, blank=True)
    reason = models.CharField("lý do", max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="exchange_arrived_once",
                fields=["kind", "sender_code", "receiver_code", "number"],
                condition=Q(number__isnull=False),
            ),
            models.UniqueConstraint(
                name="exchange_arrived_once_by_ref",
                fields=["counterpart", "ref"],
                condition=~Q(ref=""),
            ),
            models.CheckConstraint(
                name="exchange_arrival_state_is_known", condition=Q(state__in=ArrivalState.values)
            ),
            models.CheckConstraint(
                name="exchange_arrival_kind_is_known",
                condition=Q(kind__in=["", *MessageKind.values]),
            ),
        ]
        indexes = [
            models.Index(name="exchange_to_be_read", fields=["id"], condition=Q(state="kept")),
            models.Index(
                name="exchange_arrival_trouble", fields=["-id"], condition=Q(state="trouble")
            ),
            models.Index(name="exchange_arrival_content", fields=["sha256"]),
        ]

    def __str__(self) -> str:
        return f"{self.counterpart}: {self.sender_code}→{self.receiver_code} {self.number}"
