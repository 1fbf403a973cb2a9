"""Cash at a desk: shifts of cashiers, deposits, counts, differences, quarters."""

from django.db import models
from django.db.models import Q

from motcua.casework.cashbook.choices import DepositState, DrawerState, QuarterState, WayOut

from .books import Entry


class Drawer(models.Model):
    """One cashier's shift at one desk (ca thu): from notes counted in to notes counted out.

    A cashier has one at a time. While it is offered to the next cashier no cash moves.
    `previous` is the shift it was taken over from.
    """

    code = models.CharField("mã ca", max_length=20, unique=True)
    unit_id = models.BigIntegerField("quầy")
    agency_id = models.BigIntegerField("cơ quan")
    state = models.CharField("tình trạng", max_length=10, choices=DrawerState.choices)
    cashier_id = models.BigIntegerField("mã người thu")
    cashier_name = models.CharField("người thu", max_length=200)
    opened_at = models.DateTimeField("mở lúc")
    opening_vnd = models.BigIntegerField("tiền đầu ca")
    opening_notes = models.JSONField("số tờ đầu ca", default=dict)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="nhận từ ca"
    )
    offered_to_id = models.BigIntegerField("mã người nhận ca", null=True)
    offered_to_name = models.CharField("người nhận ca", max_length=200, blank=True)
    offered_at = models.DateTimeField("giao ca lúc", null=True)
    counted_at = models.DateTimeField("đếm lúc", null=True)
    expected_vnd = models.BigIntegerField("tiền theo sổ", null=True)
    counted_vnd = models.BigIntegerField("tiền đếm được", null=True)
    counted_notes = models.JSONField("số tờ cuối ca", default=dict)
    reason = models.CharField("lý do chênh lệch", max_length=500, blank=True)
    closed_at = models.DateTimeField("đóng lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cashbook_drawer_state_is_known", condition=Q(state__in=DrawerState.values)
            ),
            models.UniqueConstraint(
                fields=["cashier_id"],
                condition=~Q(state=DrawerState.CLOSED),
                name="cashbook_one_drawer_at_a_time",
            ),
            models.CheckConstraint(
                name="cashbook_closed_is_counted",
                condition=Q(state=DrawerState.OPEN, closed_at__isnull=True)
                | Q(state=DrawerState.OFFERED, closed_at__isnull=True, counted_vnd__isnull=False)
                | Q(
                    state=DrawerState.CLOSED,
                    closed_at__isnull=False,
                    counted_vnd__isnull=False,
                    expected_vnd__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(name="cashbook_drawers_of_unit", fields=["unit_id", "-opened_at", "-id"]),
            models.Index(
                name="cashbook_drawers_open",
                fields=["agency_id", "unit_id"],
                condition=~Q(state=DrawerState.CLOSED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.cashier_name}"

    @property
    def detail(self) -> str:
        """Which account of its kind holds the cash of this desk."""
        return detail_of_unit(self.unit_id)

    @property
    def difference_vnd(self) -> int | None:
        """What was counted more than the book says; None before it is counted."""
        if self.counted_vnd is None or self.expected_vnd is None:
            return None
        return self.counted_vnd - self.expected_vnd


class Deposit(models.Model):
    """Cash carried from a desk to a bank or the treasury (nộp tiền), with the list of its notes.

    On the way until the slip of the bank is entered; never deleted: it is taken back.
    """

    code = models.CharField("mã", max_length=20, unique=True)
    unit_id = models.BigIntegerField("quầy")
    agency_id = models.BigIntegerField("cơ quan")
    state = models.CharField("tình trạng", max_length=12, choices=DepositState.choices)
    amount_vnd = models.BigIntegerField("số tiền")
    notes = models.JSONField("số tờ", default=dict)
    bank = models.CharField("nơi nộp", max_length=200)
    account_number = models.CharField("số tài khoản", max_length=40)
    account_name = models.CharField("tên tài khoản", max_length=200, blank=True)
    words = models.CharField("nội dung nộp", max_length=300)
    made_by_id = models.BigIntegerField("mã người lập")
    made_by_name = models.CharField("người nộp", max_length=200)
    made_at = models.DateTimeField("lập lúc")
    slip_number = models.CharField("số giấy nộp tiền", max_length=60, blank=True)
    slip_on = models.DateField("ngày giấy nộp tiền", null=True)
    settled_by_name = models.CharField("người ghi nhận", max_length=200, blank=True)
    settled_at = models.DateTimeField("ghi nhận lúc", null=True)
    reason = models.CharField("lý do mang về", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cashbook_deposit_state_is_known",
                condition=Q(state__in=DepositState.values),
            ),
            models.CheckConstraint(name="cashbook_deposit_is_money", condition=Q(amount_vnd__gt=0)),
            models.CheckConstraint(
                name="cashbook_deposited_has_its_slip",
                condition=~Q(state=DepositState.DONE)
                | (~Q(slip_number="") & Q(slip_on__isnull=False, settled_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["agency_id", "bank", "slip_number"],
                condition=Q(state=DepositState.DONE),
                name="cashbook_slip_once",
            ),
        ]
        indexes = [
            models.Index(name="cashbook_deposits_of_unit", fields=["unit_id", "-made_at", "-id"]),
            models.Index(
                name="cashbook_deposits_open",
                fields=["agency_id", "made_at"],
                condition=Q(state=DepositState.ON_THE_WAY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount_vnd}"


class DeskClosing(models.Model):
    """A desk's cash day closed: no drawer open, the safe counted (chốt quỹ cuối ngày)."""

    unit_id = models.BigIntegerField("quầy")
    agency_id = models.BigIntegerField("cơ quan")
    on = models.DateField("ngày")
    expected_vnd = models.BigIntegerField("tiền theo sổ")
    counted_vnd = models.BigIntegerField("tiền đếm được")
    notes = models.JSONField("số tờ", default=dict)
    reason = models.CharField("lý do chênh lệch", max_length=500, blank=True)
    by_id = models.BigIntegerField("mã người chốt")
    by_name = models.CharField("người chốt", max_length=200)
    at = models.DateTimeField("chốt lúc")
    figures = models.JSONField("thu chi trong ngày", default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "on"], name="cashbook_desk_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on:%d/%m/%Y}"


class CashReminder(models.Model):
    """That a desk was reminded of a cash day it forgot: once for each such day."""

    unit_id = models.BigIntegerField("quầy")
    on = models.DateField("ngày quên chốt")
    at = models.DateTimeField("nhắc lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "on"], name="cashbook_reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on:%d/%m/%Y}"


class Difference(models.Model):
    """More or less cash than the book says: in SUSPENSE until somebody with the power explains it.

    Above zero: too much was counted. Born with a count; ends with an explanation, never deleted.
    """

    unit_id = models.BigIntegerField("quầy")
    agency_id = models.BigIntegerField("cơ quan")
    amount_vnd = models.BigIntegerField("số tiền")
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="+", verbose_name="bút toán"
    )
    counted_by_id = models.BigIntegerField("mã người đếm")
    counted_by_name = models.CharField("người đếm", max_length=200)
    at = models.DateTimeField("phát hiện lúc")
    reason = models.CharField("lý do", max_length=500)
    way_out = models.CharField("cách xử lý", max_length=10, choices=WayOut.choices, blank=True)
    explanation = models.CharField("giải trình", max_length=500, blank=True)
    explained_by_name = models.CharField("người xử lý", max_length=200, blank=True)
    explained_at = models.DateTimeField("xử lý lúc", null=True)
    explained_entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="bút toán xử lý"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="cashbook_difference_is_money", condition=~Q(amount_vnd=0)),
            models.CheckConstraint(
                name="cashbook_explained_is_whole",
                condition=Q(explained_at__isnull=True, explained_entry__isnull=True, way_out="")
                | (
                    Q(explained_at__isnull=False, explained_entry__isnull=False)
                    & Q(way_out__in=WayOut.values)
                    & ~Q(explanation="")
                ),
            ),
        ]
        indexes = [
            models.Index(name="cashbook_differences", fields=["agency_id", "-at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.amount_vnd}"


class QuarterClosing(models.Model):
    """What a desk took and handed on in a quarter, agreed between desk and unit (đối soát quý).

    The desk proposes, the accountant confirms or returns it; confirmed minutes never change.
    """

    unit_id = models.BigIntegerField("quầy")
    agency_id = models.BigIntegerField("cơ quan")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("quý")
    state = models.CharField("tình trạng", max_length=10, choices=QuarterState.choices)
    figures = models.JSONField("số liệu", default=dict)
    proposed_by_id = models.BigIntegerField("mã người lập")
    proposed_by_name = models.CharField("người lập", max_length=200)
    proposed_at = models.DateTimeField("lập lúc")
    decided_by_name = models.CharField("kế toán", max_length=200, blank=True)
    decided_at = models.DateTimeField("xác nhận lúc", null=True)
    note = models.CharField("ý kiến", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "year", "number"],
                condition=~Q(state=QuarterState.RETURNED),
                name="cashbook_quarter_closed_once",
            ),
            models.CheckConstraint(
                name="cashbook_quarter_is_one", condition=Q(number__gte=1, number__lte=4)
            ),
        ]
        indexes = [
            models.Index(name="cashbook_quarters", fields=["agency_id", "year", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.number}/{self.year}"


def detail_of_unit(unit_id: int) -> str:
    """Return which account of the kind DRAWER holds the cash of a desk."""
    return f"unit:{unit_id}"
