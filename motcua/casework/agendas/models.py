"""The weekly calendar of an agency: entries, who takes part, published weeks, secret feeds."""

from django.db import models
from django.db.models import F, Q

from motcua.foundation.files.api import StoredFile

from .choices import Act, EntryState


class AgendaEntry(models.Model):
    """One piece of work on one day in an agency's calendar (lịch công tác).

    Born when a unit proposes it; approved or declined by the office; changed by who proposed or
    approves it; never deleted: it is cancelled, and stays visible so in a published week.
    """

    code = models.CharField("mã", max_length=10, unique=True)
    version = models.PositiveIntegerField("số lần thay đổi", default=0)
    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("đơn vị đăng ký")
    state = models.CharField("tình trạng", max_length=10, choices=EntryState.choices)
    day = models.DateField("ngày")
    starts = models.TimeField("từ giờ")
    ends = models.TimeField("đến giờ", null=True)
    title = models.CharField("nội dung", max_length=500)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair_account_id = models.BigIntegerField("mã người chủ trì", null=True)
    chair_name = models.CharField("chủ trì", max_length=200, blank=True)
    who = models.CharField("thành phần", max_length=1000, blank=True)
    prepared_by = models.CharField("chuẩn bị", max_length=200, blank=True)
    car = models.CharField("xe", max_length=100, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    is_public = models.BooleanField("công khai", default=False)
    proposed_by_id = models.BigIntegerField("mã người đăng ký")
    proposed_by_name = models.CharField("người đăng ký", max_length=200)
    proposed_at = models.DateTimeField("đăng ký lúc")
    decided_by_name = models.CharField("người duyệt", max_length=200, blank=True)
    decided_at = models.DateTimeField("duyệt lúc", null=True)
    decision = models.CharField("ý kiến", max_length=500, blank=True)
    changed_at = models.DateTimeField("đổi lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agendas_state_is_known", condition=Q(state__in=EntryState.values)
            ),
            models.CheckConstraint(
                name="agendas_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
            ),
            models.CheckConstraint(
                name="agendas_decided_has_its_moment",
                condition=Q(state=EntryState.PROPOSED) | Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="agendas_of_agency", fields=["agency_id", "day", "starts", "id"]),
            models.Index(
                name="agendas_of_chair",
                fields=["chair_account_id", "day"],
                condition=Q(chair_account_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day:%d/%m/%Y}"


class EntryGuest(models.Model):
    """One person or unit asked to take part."""

    pk = models.CompositePrimaryKey("entry_id", "seq")
    entry = models.ForeignKey(
        AgendaEntry, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    seq = models.PositiveSmallIntegerField("thứ tự")
    account_id = models.BigIntegerField("người", null=True)
    unit_id = models.BigIntegerField("đơn vị", null=True)
    name = models.CharField("tên", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agendas_guest_is_somebody",
                condition=Q(account_id__isnull=False, unit_id__isnull=True)
                | Q(account_id__isnull=True, unit_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="agendas_guest_account",
                fields=["account_id"],
                condition=Q(account_id__isnull=False),
            ),
            models.Index(
                name="agendas_guest_unit", fields=["unit_id"], condition=Q(unit_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.name}"


class EntryFile(models.Model):
    """One paper for a piece of work."""

    pk = models.CompositePrimaryKey("entry_id", "seq")
    entry = models.ForeignKey(
        AgendaEntry, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên tệp", max_length=200)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp"
    )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.name}"


class EntryMove(models.Model):
    """One act on one entry: who, when, what; never changed."""

    pk = models.CompositePrimaryKey("entry_id", "seq")
    entry = models.ForeignKey(
        AgendaEntry, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    act = models.CharField("việc", max_length=10, choices=[(a.value, a.label) for a in Act])
    by_id = models.BigIntegerField("mã người làm")
    by_name = models.CharField("người làm", max_length=200)
    note = models.CharField("nội dung", max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.entry_id}#{self.seq} {self.act}"


class AgendaWeek(models.Model):
    """One week of one agency that was published; what changes later says so."""

    agency_id = models.BigIntegerField("cơ quan")
    monday = models.DateField("thứ Hai")
    published_at = models.DateTimeField("công bố lúc")
    published_by_name = models.CharField("người công bố", max_length=200)
    is_public = models.BooleanField("công khai trên cổng", default=False)
    notes = models.CharField("ghi chú", max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="agendas_week_once", fields=["agency_id", "monday"]),
            models.CheckConstraint(
                name="agendas_week_begins_on_monday", condition=Q(monday__iso_week_day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.monday:%d/%m/%Y}"


class AgendaFeed(models.Model):
    """One secret address under which a calendar program reads somebody's own entries."""

    account_id = models.BigIntegerField("tài khoản", unique=True)
    token = models.CharField("chữ bí mật", max_length=43, unique=True)
    made_at = models.DateTimeField("lập lúc")

    def __str__(self) -> str:
        return f"{self.account_id}"
