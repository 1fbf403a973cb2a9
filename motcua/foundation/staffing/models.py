"""Who is away, who is ready to stand in, who sat where when, who is sent to the hall."""

from django.db import models
from django.db.models import F, Q

from motcua.foundation.organisation.api import HistoricKey, Officer, Post, Unit
from motcua.lib.dated import Dated, days_in_order, one_at_a_time

from .choices import AbsenceKind, SittingWhy


class Absence(Dated):
    """Some days on which an officer is not at work (vắng mặt), with an end from the beginning.

    New work is not assigned meanwhile; what is open is shared if `shares_work`. Ended at a moment
    when the officer is back before the last day; never deleted.
    """

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name="cán bộ"
    )
    account_id = models.BigIntegerField("tài khoản", null=True)
    name = models.CharField("họ và tên", max_length=200)
    kind = models.CharField("lý do", max_length=10, choices=AbsenceKind.choices)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    shares_work = models.BooleanField("chia việc khi bắt đầu vắng")
    given_at = models.DateTimeField("ghi lúc")
    given_by_id = models.BigIntegerField("tài khoản ghi")
    given_by_name = models.CharField("người ghi", max_length=200)
    ended_at = models.DateTimeField("trở lại lúc", null=True)
    ended_by_name = models.CharField("người ghi trở lại", max_length=200, blank=True)

    class Meta:
        constraints = [
            days_in_order("staffing_absence_days_in_order"),
            models.CheckConstraint(
                name="staffing_absence_has_an_end", condition=Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="staffing_absence_kind_is_known", condition=Q(kind__in=AbsenceKind.values)
            ),
            one_at_a_time(
                "staffing_one_absence_at_a_time", "officer", condition=Q(ended_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                name="staffing_absences_by_end",
                fields=["valid_to"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} vắng từ {self.valid_from:%d/%m/%Y}"


class StandBy(Dated):
    """Who takes over a post when its holder is away (cán bộ dự phòng); one at a time."""

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", verbose_name="vị trí"
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name="cán bộ dự phòng"
    )
    named_at = models.DateTimeField("phân công lúc")
    named_by_name = models.CharField("người phân công", max_length=200)

    class Meta:
        constraints = [
            days_in_order("staffing_stand_by_days_in_order"),
            one_at_a_time("staffing_one_stand_by_at_a_time", "post"),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} ↷ officer {self.officer_id}"


class Sitting(Dated):
    """Some days on which the stand-by officer sat in a post, with the post's powers.

    Ended at a moment when the holder is back; never deleted: who sat where when.
    """

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", verbose_name="vị trí"
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name="người ngồi thay"
    )
    holder_name = models.CharField("người giữ vị trí", max_length=120, blank=True)
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField("vì sao", max_length=10, choices=SittingWhy.choices)
    begun_at = models.DateTimeField("bố trí lúc")
    begun_by_name = models.CharField("người bố trí", max_length=200)
    ended_at = models.DateTimeField("thôi lúc", null=True)
    ended_by_name = models.CharField("người cho thôi", max_length=200, blank=True)

    class Meta:
        constraints = [
            days_in_order("staffing_sitting_days_in_order"),
            models.CheckConstraint(
                name="staffing_sitting_has_an_end", condition=Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="staffing_sitting_why_is_known", condition=Q(why__in=SittingWhy.values)
            ),
            one_at_a_time(
                "staffing_one_sits_at_a_time", "post", condition=Q(ended_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                name="staffing_sittings_of_officer",
                fields=["officer", "valid_to"],
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(name="staffing_sittings_of_post", fields=["post", "-id"]),
        ]

    def __str__(self) -> str:
        return f"officer {self.officer_id} @ post {self.post_id}"


class DeskTold(models.Model):
    """That the heads of a desk were told of a post without its holder, once on one day."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField("ngày")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "day"], name="staffing_desk_told_once"),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} {self.day}"


class Secondment(Dated):
    """An officer sent by his agency to sit at a post of the hall for a term (biệt phái).

    He holds the post of the hall for these days and keeps the one at home. A longer time is a new
    decision: a row that `renews` this one.
    """

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name="cán bộ"
    )
    home_unit = HistoricKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="nơi cử đi"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", verbose_name="vị trí tại một cửa"
    )
    decision_number = models.CharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="gia hạn của"
    )
    given_at = models.DateTimeField("ghi lúc")
    given_by_name = models.CharField("người ghi", max_length=200)
    warned_at = models.DateTimeField("nhắc trước khi hết lúc", null=True)
    ended_on = models.DateField("thôi sớm, hết ngày", null=True)
    end_reason = models.CharField("lý do thôi sớm", max_length=300, blank=True)

    class Meta:
        constraints = [
            days_in_order("staffing_secondment_days_in_order"),
            models.CheckConstraint(
                name="staffing_secondment_has_an_end", condition=Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="staffing_secondment_is_decided", condition=~Q(decision_number="")
            ),
            models.CheckConstraint(
                name="staffing_secondment_ends_early_with_reason",
                condition=Q(ended_on__isnull=True)
                | (Q(ended_on__lte=F("valid_to")) & ~Q(end_reason="")),
            ),
            one_at_a_time(
                "staffing_one_secondment_at_a_time",
                "officer",
                condition=Q(ended_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="staffing_secondments_by_end",
                fields=["valid_to"],
                condition=Q(ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"officer {self.officer_id} → post {self.post_id}"
