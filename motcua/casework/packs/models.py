"""Packs that were received, each until somebody made a draft of it or dropped it."""

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.casework.procedures.api import ProcedureVersion

from .choices import PackState, Signed


class ReceivedPack(models.Model):
    """One pack as it came, read and found whole: who brought it, who signed it, what became of it.

    `content` is the archive as we write it, of exactly the files that were read; it stays as
    evidence of where a draft came from.
    """

    code = models.CharField("mã thủ tục", max_length=40)
    name = models.CharField("tên", max_length=1200)
    product = models.CharField("lập bằng phiên bản", max_length=20)
    content = models.BinaryField("gói")
    digest = models.CharField("mã băm", max_length=64)
    signed = models.CharField("chữ ký", max_length=10, choices=Signed.choices)
    signature: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "nội dung chữ ký", default=dict
    )
    state = models.CharField("trạng thái", max_length=10, choices=PackState.choices)
    received_at = models.DateTimeField("nhận lúc")
    received_by_name = models.CharField("người nhập", max_length=200)
    settled_at = models.DateTimeField("xong lúc", null=True, blank=True)
    settled_by_name = models.CharField("người làm", max_length=200, blank=True)
    version = models.ForeignKey(
        ProcedureVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bản thảo",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="packs_state_is_known", condition=Q(state__in=PackState.values)
            ),
            models.CheckConstraint(
                name="packs_signed_is_known", condition=Q(signed__in=Signed.values)
            ),
            models.CheckConstraint(
                name="packs_drafted_means_version",
                condition=Q(state=PackState.DRAFTED, version__isnull=False)
                | (~Q(state=PackState.DRAFTED) & Q(version__isnull=True)),
            ),
        ]
        indexes = [models.Index(name="packs_newest", fields=["-id"])]

    def __str__(self) -> str:
        return f"{self.code} {self.digest[:8]} ({self.state})"
