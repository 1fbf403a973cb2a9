from django.db import models

from .choices import DeliveryState


class Fact(models.Model):
    """One thing that happened, as announced by the room that did it.

    Written in the story's own transaction; never changed; whole months are dropped after 90 days.
    The order for readers is (epoch, transaction, id): columns the database fills in itself.
    """

    topic = models.CharField("loại", max_length=80)
    version = models.PositiveSmallIntegerField("phiên bản")
    aggregate = models.CharField("đối tượng", max_length=40)
    aggregate_id = models.BigIntegerField("mã đối tượng")
    seq = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("người làm")
    is_silent = models.BooleanField("không gửi tin")
    payload = models.JSONField("nội dung")

    class Meta:
        db_table = "outbox_fact"

    def __str__(self) -> str:
        return f"{self.topic} {self.aggregate}:{self.aggregate_id}#{self.seq}"


class Position(models.Model):
    """How far one consumer has read; moves in the same transaction as what it did."""

    consumer = models.CharField("bên nhận", max_length=80, primary_key=True)
    epoch = models.PositiveIntegerField("thời kỳ", default=0)
    xid = models.PositiveBigIntegerField("giao dịch", default=0)
    fact_id = models.PositiveBigIntegerField("sự kiện", default=0)

    def __str__(self) -> str:
        return f"{self.consumer}: {self.epoch}/{self.xid}/{self.fact_id}"


class Epoch(models.Model):
    """The single row that says which life of the cluster facts belong to; raised by a restore."""

    number = models.PositiveIntegerField("thời kỳ", default=0)

    def __str__(self) -> str:
        return str(self.number)


class Delivery(models.Model):
    """One fact on its way to one consumer outside: tried until done, or dead and visible."""

    consumer = models.CharField("bên nhận", max_length=80)
    fact_id = models.PositiveBigIntegerField("sự kiện")
    topic = models.CharField("loại", max_length=80)
    version = models.PositiveSmallIntegerField("phiên bản")
    aggregate = models.CharField("đối tượng", max_length=40)
    aggregate_id = models.BigIntegerField("mã đối tượng")
    seq = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("người làm")
    payload = models.JSONField("nội dung")
    state = models.CharField(
        "trạng thái", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("số lần", default=0)
    next_try_at = models.DateTimeField("thử lại lúc")
    latest_error = models.CharField("lỗi mới nhất", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consumer", "fact_id"], name="outbox_delivery_once"),
            models.CheckConstraint(
                name="outbox_delivery_state_is_known",
                condition=models.Q(state__in=DeliveryState.values),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="outbox_delivery_waiting",
                condition=models.Q(state=DeliveryState.WAITING),
            ),
            models.Index(
                fields=["consumer", "aggregate_id", "seq"],
                name="outbox_delivery_order",
                condition=models.Q(state=DeliveryState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consumer}:{self.fact_id} ({self.state})"
