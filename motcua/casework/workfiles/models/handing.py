"""Handing files over to the archive."""

from django.db import models
from django.db.models import Q

from motcua.casework.workfiles.choices import HandOverState


class HandOver(models.Model):
    """Files that one unit hands over to the agency's archive at one time (giao nộp lưu trữ)."""

    code = models.CharField("mã", max_length=20, unique=True)
    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("đơn vị giao")
    state = models.CharField("tình trạng", max_length=10, choices=HandOverState.choices)
    files = models.PositiveIntegerField("số hồ sơ")
    offered_at = models.DateTimeField("lập lúc")
    giver_id = models.BigIntegerField("mã người giao")
    giver_name = models.CharField("người giao", max_length=200)
    giver_title = models.CharField("chức danh người giao", max_length=200, blank=True)
    receiver_name = models.CharField("người nhận", max_length=200, blank=True)
    receiver_title = models.CharField("chức danh người nhận", max_length=200, blank=True)
    ended_at = models.DateTimeField("giao nhận lúc", null=True)
    reason = models.CharField("lý do trả lại", max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="workfiles_hand_over_ends_at_a_time",
                condition=Q(state=HandOverState.OFFERED, ended_at__isnull=True)
                | ~Q(state=HandOverState.OFFERED) & Q(ended_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(name="workfiles_hand_overs", fields=["agency_id", "-offered_at", "-id"])
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"
