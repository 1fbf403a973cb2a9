"""Tables of messages."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One message to one account, shown on screen (thông báo).

    Born when a room tells its people something; it changes once, when read; swept a year later.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField("loại", max_length=60)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung", blank=True)
    link = models.CharField("mở", max_length=300, blank=True)
    at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="notifications_newest", fields=["account", "-at", "-id"]),
            models.Index(
                name="notifications_unread", fields=["account"], condition=Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.account_id}"


class Mail(models.Model):
    """One e-mail to one address, from its writing until it is sent.

    Its text goes when it has been sent: what was said stays in the notice. Failures are the
    deliveries of the outbox.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    address = models.EmailField("gửi đến", max_length=254)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung", blank=True)
    created_at = models.DateTimeField("viết lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="notifications_mail_waiting",
                fields=["created_at"],
                condition=Q(sent_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class _Days(Func):
    """The days from the first to the last, both included; an absent last day is for ever."""

    function = "daterange"


class MessageText(models.Model):
    """What messages of one kind say during some days, instead of the text they came with."""

    kind = models.CharField("loại", max_length=60)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung", blank=True)
    subject_en = models.CharField("tiêu đề tiếng Anh", max_length=200, blank=True)
    body_en = models.TextField("nội dung tiếng Anh", blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.CharField("người công bố", max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="notifications_one_text_a_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (
                        _Days(F("valid_from"), F("valid_to"), Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class Preference(models.Model):
    """Whether one account wants mails of one kind; absent means as the kind itself says."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField("loại", max_length=60)
    by_email = models.BooleanField("gửi thư điện tử")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notifications_one_preference_a_kind", fields=["account", "kind"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind}: {self.by_email}"
