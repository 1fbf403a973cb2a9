"""Tables of those who are told, and of what they are told."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .choices import SubscriptionState, TellingState


class Subscription(models.Model):
    """What one account wants to be told, and where (đăng ký nhận tin).

    `kinds` empty means every kind, `agency_ids` empty every agency it may see. Secrets are sealed
    with the site's own key; the former one signs too until `old_until`.
    """

    code = models.CharField("mã", max_length=20, unique=True)
    account_id = models.BigIntegerField("tài khoản")
    application_id = models.BigIntegerField("ứng dụng", null=True)
    name = models.CharField("tên", max_length=200)
    url = models.CharField("địa chỉ nhận", max_length=500)
    kinds = ArrayField(models.CharField(max_length=40), default=list, verbose_name="loại tin")
    agency_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="cơ quan")
    secret = models.CharField("khóa ký (đã mã hóa)", max_length=500)
    old_secret = models.CharField("khóa trước (đã mã hóa)", max_length=500, blank=True)
    old_until = models.DateTimeField("khóa trước đến", null=True)
    state = models.CharField(
        "tình trạng", max_length=8, choices=SubscriptionState.choices, default=SubscriptionState.ON
    )
    created_at = models.DateTimeField("đăng ký lúc")
    changed_at = models.DateTimeField("đổi lúc")
    tried_at = models.DateTimeField("gửi lần gần nhất", null=True)
    retry_at = models.DateTimeField("thử lại lúc", null=True)
    failures = models.PositiveIntegerField("số lần lỗi liên tiếp", default=0)
    failing_since = models.DateTimeField("lỗi từ", null=True)
    trouble = models.CharField("trở ngại", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="webhooks_state_is_known", condition=Q(state__in=SubscriptionState.values)
            ),
            models.CheckConstraint(
                name="webhooks_failures_have_a_beginning",
                condition=Q(failures=0, failing_since__isnull=True)
                | Q(failures__gt=0, failing_since__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="webhooks_of_account", fields=["account_id", "-id"]),
            models.Index(
                name="webhooks_told",
                fields=["tried_at", "id"],
                condition=Q(state=SubscriptionState.ON),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.url}"


class Telling(models.Model):
    """One message to one subscriber: the same id and the same bytes however often it is sent.

    `answers` are what came back, the newest last. Kept thirty days.
    """

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    message_id = models.CharField("mã tin", max_length=60, unique=True)
    fact_id = models.PositiveBigIntegerField("sự kiện", null=True)
    kind = models.CharField("loại tin", max_length=40)
    subject = models.CharField("đối tượng", max_length=100)
    subject_id = models.BigIntegerField("mã đối tượng", default=0)
    about = ArrayField(models.CharField(max_length=100), default=list, verbose_name="liên quan đến")
    happened_at = models.DateTimeField("xảy ra lúc")
    made_at = models.DateTimeField("lập lúc")
    body = models.TextField("nội dung")
    state = models.CharField(
        "tình trạng", max_length=8, choices=TellingState.choices, default=TellingState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("số lần", default=0)
    next_try_at = models.DateTimeField("thử lại lúc")
    told_at = models.DateTimeField("nhận lúc", null=True)
    answers: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        "trả lời", default=list
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="webhooks_told_once", fields=["subscription", "fact_id"]),
            models.CheckConstraint(
                name="webhooks_telling_state_is_known",
                condition=Q(state__in=TellingState.values),
            ),
            models.CheckConstraint(
                name="webhooks_done_at_a_time",
                condition=~Q(state=TellingState.DONE) | Q(told_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="webhooks_waiting",
                fields=["subscription", "next_try_at", "id"],
                condition=Q(state=TellingState.WAITING),
            ),
            models.Index(
                name="webhooks_in_order",
                fields=["subscription", "subject", "id"],
                condition=Q(state=TellingState.WAITING),
            ),
            models.Index(
                name="webhooks_dead",
                fields=["subscription", "-id"],
                condition=Q(state=TellingState.DEAD),
            ),
            models.Index(name="webhooks_newest", fields=["subscription", "-id"]),
            models.Index(name="webhooks_replayed", fields=["subscription", "happened_at"]),
            models.Index(name="webhooks_oldest", fields=["made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} ({self.state})"

    @property
    def latest(self) -> dict[str, Any]:
        """Return what came back the last time, empty if nothing was tried."""
        return self.answers[-1] if self.answers else {}
