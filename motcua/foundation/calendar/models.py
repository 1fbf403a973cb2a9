"""Calendars, their dated days, their opening hours, and the version of it all."""

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from motcua.lib.dated import Dated, days_in_order

from .choices import ChangeState, DayKind, Weekday

NATIONAL = "national"
MIDNIGHT = 24 * 60


class Minutes(Func):
    """The time of day from `opens` to `closes` as one range of the database."""

    function = "INT4RANGE"
    output_field = IntegerRangeField()


class WorkCalendar(models.Model):
    """One set of opening hours and local days off that agencies may follow (lịch làm việc).

    The calendar with the code `national` always exists; one without hours of its own keeps the
    national hours. Never deleted: agencies stop following it.
    """

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=120)

    def __str__(self) -> str:
        return self.name


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    def of(self, calendar_id: int | None) -> "CalendarDayQuerySet":
        """Keep the rows of one calendar, or the national ones."""
        return self.filter(calendar_id=calendar_id)

    def in_year(self, year: int) -> "CalendarDayQuerySet":
        return self.filter(on__range=(date(year, 1, 1), date(year, 12, 31)))


class CalendarDay(models.Model):
    """One day unlike its weekday, in one calendar or, without one, in the whole country.

    Born when the law or an agency names the day; corrected or removed by a person, with a trace.
    A calendar's own row wins over the national one. A worked day keeps the hours of the day it
    replaces.
    """

    calendar = models.ForeignKey(
        WorkCalendar,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lịch",
    )
    on = models.DateField("ngày")
    kind = models.CharField("loại ngày", max_length=20, choices=DayKind.choices)
    replaces = models.DateField("làm thay cho ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=120, blank=True)
    basis = models.CharField("văn bản căn cứ", max_length=200, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="calendar_one_row_a_day", fields=["calendar", "on"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="calendar_day_kind_is_known", condition=Q(kind__in=DayKind.values)
            ),
            models.CheckConstraint(
                name="calendar_only_worked_days_replace",
                condition=Q(kind=DayKind.WORKED, replaces__isnull=False)
                | (~Q(kind=DayKind.WORKED) & Q(replaces__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.note}".strip()


class OpeningHours(Dated):
    """One stretch of opening hours of one weekday, in one calendar, for a season.

    Rows of one calendar with the same first day make a week together; of two weeks that cover
    a day, the one with the later first day holds. Replaced as a week, never row by row.

    Units: minutes from midnight.
    """

    calendar = models.ForeignKey(
        WorkCalendar, on_delete=models.PROTECT, related_name="+", verbose_name="lịch"
    )
    weekday = models.PositiveSmallIntegerField("thứ", choices=Weekday.choices)
    opens = models.PositiveSmallIntegerField("mở cửa")
    closes = models.PositiveSmallIntegerField("đóng cửa")
    desk_only = models.BooleanField("chỉ nhận hồ sơ", default=False)

    class Meta:
        constraints = [
            days_in_order("calendar_season_in_order"),
            models.CheckConstraint(
                name="calendar_weekday_is_known", condition=Q(weekday__in=Weekday.values)
            ),
            models.CheckConstraint(
                name="calendar_opens_before_it_closes",
                condition=Q(closes__gt=F("opens"), closes__lte=MIDNIGHT),
            ),
            ExclusionConstraint(
                name="calendar_open_once_at_a_time",
                expressions=[
                    ("calendar", RangeOperators.EQUAL),
                    ("valid_from", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (Minutes("opens", "closes"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {self.opens // 60:02}:{self.opens % 60:02}"


class CalendarChange(models.Model):
    """One change of one calendar, from its draft to the promises it moved (thay đổi lịch).

    `content` is what it writes, `before` what takes it back, known when it is applied. `revision`
    rises with every change of the draft: whoever acts says which one was looked at. Never
    deleted; what was applied is undone by another change.
    """

    calendar = models.ForeignKey(
        WorkCalendar, on_delete=models.PROTECT, related_name="+", verbose_name="lịch"
    )
    state = models.CharField(
        "tình trạng", max_length=10, choices=ChangeState.choices, default=ChangeState.DRAFT
    )
    revision = models.PositiveIntegerField("lần sửa", default=1)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("nội dung")
    before: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "trước khi đổi", default=dict
    )
    reason = models.CharField("lý do", max_length=300, blank=True)
    proposed_at = models.DateTimeField("soạn lúc")
    proposed_by_name = models.CharField("người soạn", max_length=200)
    changed_at = models.DateTimeField("sửa lúc")
    changed_by_name = models.CharField("người sửa", max_length=200)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True)
    applied_by_id = models.BigIntegerField("mã người áp dụng", null=True)
    applied_by_name = models.CharField("người áp dụng", max_length=200, blank=True)
    applied_by_title = models.CharField("chức danh", max_length=200, blank=True)
    begun_at = models.DateTimeField("bắt đầu áp dụng", null=True)
    ended_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="calendar_change_state_is_known", condition=Q(state__in=ChangeState.values)
            ),
            models.CheckConstraint(
                name="calendar_applied_by_decision",
                condition=Q(state__in=[ChangeState.DRAFT, ChangeState.WITHDRAWN])
                | Q(decision_on__isnull=False, begun_at__isnull=False) & ~Q(decision_number=""),
            ),
            models.UniqueConstraint(
                name="calendar_one_change_at_a_time",
                fields=["state"],
                condition=Q(state=ChangeState.APPLYING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id}: {self.state}"


class CalendarVersion(models.Model):
    """The one row whose number rises with every change of any calendar.

    Processes compare it with what they hold in memory.
    """

    version = models.BigIntegerField("phiên bản")

    def __str__(self) -> str:
        return str(self.version)
