"""To whom an issued document goes, and what became of it there."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.casework.documents.choices import Way

from .parts import Part


class Recipient(Part):
    """One recipient of an issued document; what it answers comes with the exchange's facts."""

    agency_id = models.BigIntegerField("cơ quan", null=True)
    code = models.CharField("mã cơ quan", max_length=35, blank=True)
    name = models.CharField("tên", max_length=300)
    way = models.CharField("gửi bằng", max_length=8, choices=Way.choices)
    envelope = models.CharField("gói tin", max_length=60, blank=True)
    status = models.CharField("tình trạng", max_length=12, blank=True)
    status_words = models.CharField("nội dung trả lời", max_length=1000, blank=True)
    added_at = models.DateTimeField("thêm lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    delivered_at = models.DateTimeField("đến lúc", null=True)
    registered_at = models.DateTimeField("vào sổ lúc", null=True)
    done_at = models.DateTimeField("xử lý xong lúc", null=True)
    removed_at = models.DateTimeField("bỏ lúc", null=True)

    class Meta:
        indexes = [
            models.Index(
                name="documents_recipient_envelope",
                fields=["envelope"],
                condition=~models.Q(envelope=""),
            ),
        ]


class AddressGroup(models.Model):
    """Recipients an agency often sends to together."""

    agency_id = models.BigIntegerField("cơ quan")
    name = models.CharField("tên nhóm", max_length=200)
    members = ArrayField(models.CharField(max_length=35), default=list, verbose_name="mã cơ quan")
    changed_at = models.DateTimeField("sửa lúc")
    changed_by_name = models.CharField("người sửa", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documents_group_once", fields=["agency_id", "name"])
        ]

    def __str__(self) -> str:
        return self.name
