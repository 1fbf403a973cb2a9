"""Messages, their files, their receivers, every change of a state."""

from django.db import models
from django.db.models import F, Q

from motcua.casework.exchange.choices import Axis, BusinessKind, Status, Transport
from motcua.casework.exchange.rules.moves import SIDE
from motcua.foundation.organisation.api import HistoricKey

_MAIN = [one for one in Status.values if one not in SIDE]


class Envelope(models.Model):
    """One message (gói tin) that was sent from here, or came here from elsewhere.

    Born when somebody sends or when a message arrives; what it says is never changed. `head` is
    the edXML without its files; `owner` is the sender's own key, in words only the sender reads.
    """

    code = models.CharField("mã gói tin", max_length=60, unique=True)
    owner = models.CharField("của", max_length=80, blank=True)
    idempotency = models.CharField("khóa chống gửi lặp", max_length=100, blank=True)
    sender_code = models.CharField("mã nơi gửi", max_length=35)
    sender_name = models.CharField("nơi gửi", max_length=200)
    sender_agency = HistoricKey(
        "organisation.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="cơ quan gửi",
    )
    business = models.CharField("nghiệp vụ", max_length=10, choices=BusinessKind.choices)
    document_ref = models.CharField("mã văn bản", max_length=200, db_index=True)
    subject = models.CharField("trích yếu", max_length=500)
    urgency = models.PositiveSmallIntegerField("độ khẩn", default=0)
    head = models.TextField("nội dung gói tin, không kể tệp")
    head_sha256 = models.CharField("dấu vân tay nội dung", max_length=64)
    signed_at = models.DateTimeField("ký lúc")
    created_at = models.DateTimeField("lập lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_business_is_known", condition=Q(business__in=BusinessKind.values)
            ),
            models.CheckConstraint(
                name="exchange_urgency_is_known", condition=Q(urgency__gte=0, urgency__lte=4)
            ),
            models.UniqueConstraint(
                name="exchange_sent_once",
                fields=["sender_code", "idempotency"],
                condition=~Q(idempotency=""),
            ),
        ]
        indexes = [models.Index(name="exchange_of_owner", fields=["owner"], condition=~Q(owner=""))]

    def __str__(self) -> str:
        return f"{self.code} ({self.business})"


class EnvelopeFile(models.Model):
    """One file of a message, in its order; the bytes are kept once by `files`."""

    pk = models.CompositePrimaryKey("envelope_id", "seq")
    envelope = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveSmallIntegerField("thứ tự")
    content_id = models.CharField("mã tệp", max_length=200)
    name = models.CharField("tên tệp", max_length=500)
    description = models.CharField("mô tả", max_length=500, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="exchange_file_id_once", fields=["envelope_id", "content_id"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id}#{self.seq} {self.name}"


class EnvelopeRecipient(models.Model):
    """One receiver of one message, with three states: transport, status, side.

    Born with the message; each change is a move. `code` is as the sender wrote it, `routed_code`
    where it goes today; `number` counts without gaps what went from this sender to this receiver.
    What came from outside has an `arrival`, which bears the sender's number. `counterpart` is the
    code of the partner it went through or came through, `way_ref` what that way calls it.
    """

    envelope = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveSmallIntegerField("thứ tự")
    sender_code = models.CharField("mã nơi gửi", max_length=35)
    code = models.CharField("mã nơi nhận được ghi", max_length=35)
    routed_code = models.CharField("mã nơi nhận hiện nay", max_length=35)
    name = models.CharField("nơi nhận", max_length=200)
    agency = HistoricKey(
        "organisation.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        verbose_name="cơ quan nhận",
    )
    owner = models.CharField("của nơi nhận", max_length=80, blank=True)
    number = models.PositiveIntegerField("số thứ tự giữa hai nơi", null=True)
    transport = models.CharField("đường truyền", max_length=10, choices=Transport.choices)
    status = models.CharField("trạng thái", max_length=2, blank=True, choices=Status.choices)
    side = models.CharField("lấy lại, cập nhật", max_length=2, blank=True, choices=Status.choices)
    trouble = models.CharField("vướng mắc", max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField("lần thử", default=0)
    is_cut = models.BooleanField("đứt đường truyền", default=False)
    next_try_at = models.DateTimeField("thử lại lúc", null=True)
    send_due_at = models.DateTimeField("phải gửi trước")
    send_late_at = models.DateTimeField("gửi muộn từ")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    delivered_at = models.DateTimeField("đến lúc", null=True)
    register_due_at = models.DateTimeField("phải vào sổ trước", null=True)
    register_late_at = models.DateTimeField("vào sổ muộn từ", null=True)
    answered_at = models.DateTimeField("tiếp nhận hoặc từ chối lúc", null=True)
    version = models.PositiveIntegerField("lần thay đổi", default=0)
    counterpart = models.CharField("qua đối tác", max_length=40, blank=True)
    way_ref = models.CharField("mã trên đường truyền", max_length=100, blank=True)
    arrival = models.ForeignKey(
        "exchange.EnvelopeArrival",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="lần đến từ bên ngoài",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="exchange_recipient_seq", fields=["envelope", "seq"]),
            models.UniqueConstraint(
                name="exchange_receiver_once", fields=["envelope", "routed_code"]
            ),
            models.UniqueConstraint(
                name="exchange_number_once", fields=["sender_code", "routed_code", "number"]
            ),
            models.CheckConstraint(
                name="exchange_transport_is_known", condition=Q(transport__in=Transport.values)
            ),
            models.CheckConstraint(
                name="exchange_status_is_known", condition=Q(status__in=["", *_MAIN])
            ),
            models.CheckConstraint(
                name="exchange_side_is_known", condition=Q(side__in=["", *sorted(SIDE)])
            ),
            models.CheckConstraint(
                name="exchange_sent_means_a_moment_and_a_number",
                condition=Q(transport__in=("sent", "delivered"))
                & Q(sent_at__isnull=False)
                & (Q(number__isnull=False) | Q(arrival__isnull=False))
                | ~Q(transport__in=("sent", "delivered")),
            ),
            models.CheckConstraint(
                name="exchange_delivered_means_a_moment",
                condition=Q(transport="delivered", delivered_at__isnull=False)
                | ~Q(transport="delivered") & Q(delivered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="exchange_status_after_delivery",
                condition=Q(status="") | Q(transport="delivered"),
            ),
            models.CheckConstraint(
                name="exchange_clocks_in_order",
                condition=Q(send_late_at__gte=F("send_due_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="exchange_waiting",
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
            ),
            models.Index(name="exchange_of_agency", fields=["agency", "-delivered_at", "-id"]),
            models.Index(name="exchange_of_receiver", fields=["owner"], condition=~Q(owner="")),
            models.Index(
                name="exchange_of_way",
                fields=["counterpart", "way_ref"],
                condition=~Q(way_ref=""),
            ),
            models.Index(
                name="exchange_unregistered",
                fields=["register_due_at"],
                condition=Q(transport="delivered", status="01"),
            ),
            models.Index(
                name="exchange_troubled",
                fields=["sender_code", "id"],
                condition=Q(transport__in=("failed", "unrouted")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id}→{self.routed_code} ({self.transport}, {self.status})"


class EnvelopeMove(models.Model):
    """One change of one state of a receiver; never changed, never deleted."""

    pk = models.CompositePrimaryKey("recipient_id", "seq")
    recipient = models.ForeignKey(
        EnvelopeRecipient, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("lần")
    axis = models.CharField("loại trạng thái", max_length=10, choices=Axis.choices)
    to = models.CharField("trạng thái", max_length=10)
    reason = models.CharField("lý do, nội dung", max_length=1000, blank=True)
    by_id = models.BigIntegerField("mã người thực hiện")
    by_name = models.CharField("người thực hiện", max_length=200)
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_axis_is_known", condition=Q(axis__in=Axis.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}#{self.seq} {self.axis}: {self.to}"


class EnvelopeEvidence(models.Model):
    """Which container of evidence holds one message; many messages share one.

    Born when the container is sealed; never changed, never deleted.
    """

    envelope = models.OneToOneField(
        Envelope, on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên trong tệp bằng chứng", max_length=100)
    made_at = models.DateTimeField("lập lúc")

    def __str__(self) -> str:
        return f"{self.envelope_id} ({self.name})"
