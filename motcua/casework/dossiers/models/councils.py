"""Meetings of a council about a dossier: who was asked, who came, how they voted."""

from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import SeatRole

from .parts import Part


class Meeting(Part):
    """One meeting that was called; closed with its minutes, or with who stayed away.

    `is_held` is empty while it is still to come.
    """

    step_seq = models.PositiveIntegerField("bước")
    step_code = models.CharField("mã bước", max_length=40)
    name = models.CharField("hội đồng", max_length=300)
    planned_at = models.DateTimeField("họp lúc")
    place = models.CharField("nơi họp", max_length=400)
    about = models.CharField("nội dung họp", max_length=2000, blank=True)
    convened_at = models.DateTimeField("triệu tập lúc")
    convened_by_name = models.CharField("người triệu tập", max_length=200)
    is_held = models.BooleanField("đã họp", null=True)
    closed_at = models.DateTimeField("ghi biên bản lúc", null=True)
    closed_by_name = models.CharField("người ghi biên bản", max_length=200, blank=True)
    minutes = models.CharField("diễn biến, ý kiến", max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_meeting_closed_says_if_held",
                condition=Q(closed_at__isnull=True, is_held__isnull=True)
                | Q(closed_at__isnull=False, is_held__isnull=False),
            ),
        ]


class Seat(Part):
    """One person asked to a meeting: a member of the council, or a party of the matter."""

    meeting_seq = models.PositiveIntegerField("cuộc họp")
    role = models.CharField("vai trò", max_length=10, choices=SeatRole.choices)
    name = models.CharField("họ tên", max_length=200)
    title = models.CharField("chức vụ, tư cách", max_length=300, blank=True)
    is_present = models.BooleanField("có mặt", null=True)
    vote = models.CharField("biểu quyết", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_who_votes_is_there", condition=Q(vote="") | Q(is_present=True)
            ),
        ]
