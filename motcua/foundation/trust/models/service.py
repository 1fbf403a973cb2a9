"""Partners that are asked over the network."""

from django.db import models
from django.db.models import Q

from motcua.foundation.trust.choices import ServiceKind


class TrustService(models.Model):
    """One partner of ours: a time stamp, an answer about certificates, a list, a remote signature.

    Born when an administrator enters it; its address may change, it stops but is never deleted.
    Passwords and keys are never here: `client_ref` names who we are there. How it went the latest
    time is written down by whoever asked.
    """

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=4, choices=ServiceKind.choices)
    url = models.CharField("địa chỉ", max_length=500)
    more_hosts = models.CharField("máy khác được hỏi", max_length=500, blank=True)
    api_version = models.CharField("phiên bản", max_length=10, blank=True)
    client_ref = models.CharField("tên của ta ở đó", max_length=200, blank=True)
    timeout_s = models.PositiveSmallIntegerField("chờ tối đa (giây)", default=10)
    is_public = models.BooleanField("công dân, doanh nghiệp dùng để ký trên cổng", default=False)
    stopped_at = models.DateTimeField("thôi dùng lúc", null=True)
    latest_ok_at = models.DateTimeField("lần cuối trả lời đúng", null=True)
    latest_error = models.CharField("lỗi gần nhất", max_length=300, blank=True)
    latest_error_at = models.DateTimeField("lỗi lúc", null=True)
    changed_by_name = models.CharField("người sửa cuối", max_length=200)
    changed_at = models.DateTimeField("sửa lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="trust_service_kind_is_known", condition=Q(kind__in=ServiceKind.values)
            ),
            models.CheckConstraint(
                name="trust_service_waits_a_while",
                condition=Q(timeout_s__gte=1, timeout_s__lte=60),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.kind})"

    @property
    def is_failing(self) -> bool:
        """Say whether it is in use and did not answer as it should the latest time."""
        if self.stopped_at is not None or self.latest_error_at is None:
            return False
        return self.latest_ok_at is None or self.latest_ok_at < self.latest_error_at
