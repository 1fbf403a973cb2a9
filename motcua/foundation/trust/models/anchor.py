"""Whom we believe."""

from django.db import models
from django.db.models import F, Q

from motcua.foundation.trust.choices import AnchorState, Purpose
from motcua.lib.dated import Dated, days_in_order


class Anchor(Dated):
    """One root certificate in which chains of signatures may end (gốc tin cậy).

    Born when an administrator proposes it, believed when another one has approved it, for the days
    it is valid; withdrawn with a reason, never deleted: signatures of the past were judged by it.
    """

    name = models.CharField("tên", max_length=300)
    purpose = models.CharField("dùng cho", max_length=16, choices=Purpose.choices)
    der = models.BinaryField("chứng thư")
    sha256 = models.CharField("dấu vân tay SHA-256", max_length=64, unique=True)
    subject = models.CharField("chủ thể", max_length=500)
    not_before = models.DateTimeField("hiệu lực từ")
    not_after = models.DateTimeField("hiệu lực đến")
    state = models.CharField("tình trạng", max_length=10, choices=AnchorState.choices)
    basis = models.CharField("căn cứ", max_length=500, blank=True)
    proposed_by_id = models.BigIntegerField("mã người đề nghị")
    proposed_by_name = models.CharField("người đề nghị", max_length=200)
    proposed_at = models.DateTimeField("đề nghị lúc")
    approved_by_id = models.BigIntegerField("mã người duyệt", null=True)
    approved_by_name = models.CharField("người duyệt", max_length=200, blank=True)
    approved_at = models.DateTimeField("duyệt lúc", null=True)
    withdrawn_by_name = models.CharField("người thôi tin cậy", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField("thôi tin cậy lúc", null=True)
    reason = models.CharField("lý do thôi tin cậy", max_length=500, blank=True)

    class Meta:
        constraints = [
            days_in_order("trust_anchor_days_in_order"),
            models.CheckConstraint(
                name="trust_anchor_state_is_known", condition=Q(state__in=AnchorState.values)
            ),
            models.CheckConstraint(
                name="trust_anchor_approved_by_another",
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("proposed_by_id")),
            ),
            models.CheckConstraint(
                name="trust_anchor_trusted_means_approved",
                condition=~Q(state=AnchorState.TRUSTED)
                | Q(approved_by_id__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="trust_anchor_withdrawn_with_reason",
                condition=(
                    Q(state=AnchorState.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(reason="")
                )
                | (~Q(state=AnchorState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
