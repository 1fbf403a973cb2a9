"""Accounts, entries and their legs: only ever added to; sums kept per account and day."""

from django.db import models
from django.db.models import F, Q

from motcua.casework.cashbook.choices import AccountKind


class Account(models.Model):
    """One account of one agency's book (tài khoản sổ quỹ): a kind, and which one of that kind.

    Born with its first entry; never changed (a trigger sees to it).
    """

    agency_id = models.BigIntegerField("cơ quan")
    kind = models.CharField("loại", max_length=20, choices=AccountKind.choices)
    detail = models.CharField("chi tiết", max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "kind", "detail"], name="cashbook_account_once"
            ),
            models.CheckConstraint(
                name="cashbook_kind_is_known", condition=Q(kind__in=AccountKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.kind}/{self.detail}"


class Entry(models.Model):
    """One movement of money (bút toán), named once by its source and number.

    Its legs sum to zero in every agency's book (checked when the transaction ends). Never changed
    or deleted: what was wrong is reversed by another entry. `asked_on` is the day it was meant
    for, `on` the day that took it. `digest` tells whether a repeated request asks for the same.
    """

    source = models.CharField("nguồn", max_length=60)
    ref = models.CharField("số hiệu", max_length=120)
    on = models.DateField("ngày ghi sổ")
    asked_on = models.DateField("ngày phát sinh")
    at = models.DateTimeField("ghi lúc")
    words = models.CharField("diễn giải", max_length=500)
    subject = models.CharField("liên quan", max_length=120, blank=True)
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="reversed_by",
        null=True,
        verbose_name="đảo bút toán",
    )
    by_id = models.BigIntegerField("mã người ghi")
    by_name = models.CharField("người ghi", max_length=200)
    leg_count = models.PositiveSmallIntegerField("số dòng")
    digest = models.CharField("mã băm", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "ref"], name="cashbook_entry_once"),
            models.CheckConstraint(
                name="cashbook_never_before_its_day", condition=Q(on__gte=F("asked_on"))
            ),
            models.CheckConstraint(name="cashbook_entry_has_sides", condition=Q(leg_count__gte=2)),
        ]
        indexes = [
            models.Index(
                name="cashbook_of_subject", fields=["subject", "id"], condition=~Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.ref} {self.on:%d/%m/%Y}"


class EntryLeg(models.Model):
    """One side of an entry. `drawer_id` says whose drawer the cash is in; null: the desk's safe."""

    pk = models.CompositePrimaryKey("entry_id", "seq")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="legs", db_index=False)
    seq = models.PositiveSmallIntegerField("thứ tự")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField("ngày ghi sổ")
    amount_vnd = models.BigIntegerField("số tiền")
    drawer_id = models.BigIntegerField("ca thu", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cashbook_leg_is_money", condition=~Q(amount_vnd=0)),
        ]
        indexes = [
            models.Index(
                name="cashbook_of_account",
                fields=["account", "on", "entry", "seq"],
                include=["amount_vnd"],
            ),
            models.Index(
                name="cashbook_of_drawer",
                fields=["drawer_id", "entry"],
                condition=Q(drawer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.seq}: {self.amount_vnd}"


class AccountDay(models.Model):
    """What was booked on an account on one day: written by a trigger on legs, by nothing else.

    Writers at the same moment use different slots, so that none waits for another.
    """

    pk = models.CompositePrimaryKey("account_id", "on", "slot")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField("ngày")
    slot = models.PositiveSmallIntegerField("ngăn")
    debit_vnd = models.BigIntegerField("nợ")
    credit_vnd = models.BigIntegerField("có")
    leg_count = models.IntegerField("số dòng")

    def __str__(self) -> str:
        return f"{self.account_id} {self.on:%d/%m/%Y}: {self.debit_vnd} − {self.credit_vnd}"


class Book(models.Model):
    """The book of one agency: nothing is booked up to and including `closed_until`."""

    agency_id = models.BigIntegerField("cơ quan", primary_key=True)
    closed_until = models.DateField("đã khóa sổ đến hết")

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.closed_until:%d/%m/%Y}"


class DayClosing(models.Model):
    """An agency's book closed up to a day, with the balances of that evening."""

    agency_id = models.BigIntegerField("cơ quan")
    on = models.DateField("ngày")
    by_id = models.BigIntegerField("mã người khóa sổ")
    by_name = models.CharField("người khóa sổ", max_length=200)
    at = models.DateTimeField("khóa sổ lúc")
    figures = models.JSONField("số dư", default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "on"], name="cashbook_day_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.on:%d/%m/%Y}"
