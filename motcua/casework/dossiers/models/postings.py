"""What is posted in public about a dossier, and what people say against it."""

from typing import Any

from django.db import models
from django.db.models import Q

from .parts import Part


class Posting(Part):
    """One posting: the very words shown, from when until when; ended with a note.

    It is found from outside by `key` alone: who reads it need not know the dossier.
    """

    key = models.CharField("khóa", max_length=40, unique=True)
    step_seq = models.PositiveIntegerField("bước")
    step_code = models.CharField("mã bước", max_length=40)
    agency_id = models.BigIntegerField("cơ quan niêm yết")
    unit_id = models.BigIntegerField("đơn vị niêm yết")
    title = models.CharField("tiêu đề", max_length=300)
    body: "models.JSONField[list[Any], list[Any]]" = models.JSONField("nội dung")
    places = models.CharField("nơi niêm yết", max_length=500, blank=True)
    posted_at = models.DateTimeField("từ lúc")
    until_at = models.DateTimeField("đến lúc")
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    ended_by_name = models.CharField("người lập biên bản kết thúc", max_length=200, blank=True)
    end_note = models.CharField("kết luận", max_length=2000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="dossiers_posted_now",
                fields=["agency_id", "-posted_at"],
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                name="dossiers_posted_anywhere",
                fields=["-posted_at"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="dossiers_posted_before_it_ends",
                condition=Q(until_at__gt=models.F("posted_at")),
            ),
        ]


class Objection(Part):
    """What one person says against a posting, and what was answered."""

    posting_seq = models.PositiveIntegerField("niêm yết")
    account_id = models.BigIntegerField("tài khoản", null=True)
    by_name = models.CharField("người có ý kiến", max_length=200)
    contact = models.CharField("liên hệ", max_length=400, blank=True)
    text = models.CharField("nội dung", max_length=4000)
    handed_at = models.DateTimeField("lúc")
    received_by_name = models.CharField("người nhận tại quầy", max_length=200, blank=True)
    settled_at = models.DateTimeField("trả lời lúc", null=True)
    settled_by_name = models.CharField("người trả lời", max_length=200, blank=True)
    is_upheld = models.BooleanField("có căn cứ", null=True)
    answer = models.CharField("trả lời", max_length=4000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="dossiers_objections_of_account",
                fields=["account_id", "-dossier"],
                condition=Q(account_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="dossiers_settled_objection_is_answered",
                condition=Q(settled_at__isnull=True) | ~Q(answer=""),
            ),
        ]
