"""With whom outside of this installation messages are exchanged."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.casework.exchange.choices import Delivery, Way


class CounterpartQuerySet(models.QuerySet["Counterpart"]):
    def in_use(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Counterpart(models.Model):
    """One partner (đối tác liên thông): another installation, or an axis to many of them.

    Born when an administrator enters it; its address may change, it ends but is never deleted.
    `codes` are the agencies it speaks for, each with all below it; “*” is everybody else. Secrets
    are never here. How it went the latest time is written down by whoever spoke with it.
    """

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    way = models.CharField("đường truyền", max_length=4, choices=Way.choices)
    codes = ArrayField(models.CharField(max_length=35), verbose_name="mã định danh cơ quan")
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    client_ref = models.CharField("tên của ta ở đó", max_length=200, blank=True)
    delivery = models.CharField("cách giao", max_length=4, choices=Delivery.choices)
    is_fetched = models.BooleanField("ta tự lấy về", default=False)
    valid_from = models.DateField("dùng từ ngày")
    valid_to = models.DateField("dùng đến hết ngày", null=True)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    ended_at = models.DateTimeField("thôi dùng lúc", null=True)
    ended_reason = models.CharField("lý do thôi dùng", max_length=300, blank=True)
    latest_ok_at = models.DateTimeField("lần cuối liên lạc được", null=True)
    latest_error = models.CharField("lỗi gần nhất", max_length=300, blank=True)
    latest_error_at = models.DateTimeField("lỗi lúc", null=True)
    changed_by_name = models.CharField("người sửa cuối", max_length=200)
    changed_at = models.DateTimeField("sửa lúc")

    objects = CounterpartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="exchange_way_is_known", condition=Q(way__in=Way.values)),
            models.CheckConstraint(
                name="exchange_delivery_is_known", condition=Q(delivery__in=Delivery.values)
            ),
            models.CheckConstraint(
                name="exchange_counterpart_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="exchange_counterpart_speaks_for_somebody", condition=Q(codes__len__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.way})"

    @property
    def is_failing(self) -> bool:
        """Say whether it is in use and could not be reached the latest time."""
        if self.ended_at is not None or self.latest_error_at is None:
            return False
        return self.latest_ok_at is None or self.latest_ok_at < self.latest_error_at


class CounterpartCertificate(models.Model):
    """One certificate by which a partner is known on the line.

    Born when an administrator enters it, who compared the fingerprint by another way; two may
    count at once while one takes over from the other. It ends but is never deleted.
    """

    counterpart = models.ForeignKey(Counterpart, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("dấu vân tay", max_length=64)
    der = models.BinaryField("chứng thư")
    subject = models.CharField("chủ thể", max_length=300)
    not_before = models.DateTimeField("có giá trị từ")
    not_after = models.DateTimeField("có giá trị đến")
    added_at = models.DateTimeField("nhập lúc")
    added_by_name = models.CharField("người nhập", max_length=200)
    ended_at = models.DateTimeField("thôi dùng lúc", null=True)
    ended_by_name = models.CharField("người thôi dùng", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="exchange_certificate_of_one",
                fields=["sha256"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="exchange_certificate_hash", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:16]} ({self.subject})"


class OutsideAgency(models.Model):
    """One agency that a partner says it speaks for: a line of the address book.

    Born and renewed when the partner is asked who is there; one that it names no more is gone.
    """

    counterpart = models.ForeignKey(Counterpart, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("mã định danh", max_length=35)
    name = models.CharField("tên", max_length=200)
    seen_at = models.DateTimeField("thấy lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="exchange_outside_agency_once", fields=["counterpart", "code"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
