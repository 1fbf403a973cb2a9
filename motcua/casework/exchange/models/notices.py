"""Status messages on their way to partners, and receipts of what they got."""

from django.db import models
from django.db.models import Q

from motcua.casework.exchange.choices import Status, Transport


class StatusNotice(models.Model):
    """One status message to an agency outside, on its way.

    Born with the answer it tells; it is carried like any message, under a number of its own.
    """

    recipient = models.ForeignKey(
        "exchange.EnvelopeRecipient", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField("trạng thái", max_length=2, choices=Status.choices)
    sender_code = models.CharField("mã nơi báo", max_length=35)
    receiver_code = models.CharField("mã nơi nghe", max_length=35)
    counterpart = models.CharField("qua đối tác", max_length=40, blank=True)
    document_ref = models.CharField("mã văn bản", max_length=200)
    about = models.CharField("về gói tin", max_length=60, blank=True)
    content = models.TextField("nội dung edXML")
    number = models.PositiveIntegerField("số thứ tự giữa hai nơi", null=True)
    transport = models.CharField("đường truyền", max_length=10, choices=Transport.choices)
    trouble = models.CharField("vướng mắc", max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField("lần thử", default=0)
    is_cut = models.BooleanField("đứt đường truyền", default=False)
    next_try_at = models.DateTimeField("thử lại lúc", null=True)
    way_ref = models.CharField("mã trên đường truyền", max_length=100, blank=True)
    created_at = models.DateTimeField("lập lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    delivered_at = models.DateTimeField("đến lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="exchange_notice_number_once",
                fields=["sender_code", "receiver_code", "number"],
            ),
            models.CheckConstraint(
                name="exchange_notice_transport_is_known",
                condition=Q(transport__in=Transport.values),
            ),
            models.CheckConstraint(
                name="exchange_notice_sent_means_a_moment",
                condition=~Q(transport__in=("sent", "delivered"))
                | Q(sent_at__isnull=False, number__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="exchange_notice_waiting",
                fields=["next_try_at"],
                condition=Q(transport="queued"),
            ),
            models.Index(
                name="exchange_notice_failed", fields=["-id"], condition=Q(transport="failed")
            ),
            models.Index(
                name="exchange_notice_of_way",
                fields=["counterpart", "way_ref"],
                condition=~Q(way_ref=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_code}→{self.receiver_code}: {self.status} ({self.transport})"


class ExchangeReceipt(models.Model):
    """What a partner signed when it took a message of ours: evidence that it has it.

    Born when its signature held; never changed, never deleted.
    """

    recipient = models.ForeignKey(
        "exchange.EnvelopeRecipient", on_delete=models.PROTECT, related_name="+", null=True
    )
    notice = models.ForeignKey(StatusNotice, on_delete=models.PROTECT, related_name="+", null=True)
    said = models.TextField("nội dung biên nhận")
    signature = models.BinaryField("chữ ký")
    certificate_sha256 = models.CharField("chứng thư đã ký", max_length=64)
    taken_at = models.DateTimeField("nhận biên nhận lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_receipt_of_one",
                condition=Q(recipient__isnull=False, notice__isnull=True)
                | Q(recipient__isnull=True, notice__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_sha256[:16]} ({self.taken_at:%Y-%m-%d})"
