"""Partners who collect, their contracts: channels, prices, accounts."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from motcua.lib.dated import Dated, days_in_order, one_at_a_time

from .choices import PaidBy, PartnerKind, SettlementAct, Stage, Standing

EVERY_AGENCY = 0
NOTICE_DAYS = 3
NOTICE = timedelta(days=NOTICE_DAYS)
NO_ROWS = models.Value([], output_field=models.JSONField())


class CollectionPartner(models.Model):
    """One body that collects money for agencies: a bank, a gateway, the post."""

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    sort_key = models.CharField("khóa sắp xếp", max_length=800)
    kind = models.CharField("loại", max_length=8, choices=PartnerKind.choices)
    tax_code = models.CharField("mã số thuế", max_length=14, blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    contact = models.CharField("đầu mối liên hệ", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contracts_partner_kind_is_known", condition=Q(kind__in=PartnerKind.values)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Contract(Dated):
    """One contract with a partner, from its first to its last day.

    Its channels repeat these days, so that the database can refuse two contracts for one channel
    and agency. `version` counts the changes; nothing of what held before is lost (the trail).
    """

    code = models.CharField("mã", max_length=20, unique=True)
    partner = models.ForeignKey(
        CollectionPartner, on_delete=models.PROTECT, related_name="+", verbose_name="đối tác"
    )
    number = models.CharField("số hợp đồng", max_length=100)
    signed_on = models.DateField("ngày ký")
    our_side = models.CharField("bên giao thu hộ", max_length=300)
    our_signer = models.CharField("người ký bên giao", max_length=200, blank=True)
    partner_signer = models.CharField("người ký bên nhận", max_length=200, blank=True)
    note = models.TextField("ghi chú", blank=True)
    receipts_from = models.DateField("lập biên lai ủy nhiệm từ", null=True, blank=True)
    notified_on = models.DateField("ngày thông báo cơ quan thuế", null=True, blank=True)
    notice_number = models.CharField("số thông báo", max_length=100, blank=True)
    paused_at = models.DateTimeField("tạm dừng lúc", null=True, blank=True)
    paused_why = models.CharField("lý do tạm dừng", max_length=500, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)
    changed_by_name = models.CharField("người sửa", max_length=200)
    changed_at = models.DateTimeField("sửa lúc")

    class Meta:
        constraints = [
            days_in_order("contracts_days_in_order"),
            models.UniqueConstraint(fields=["partner", "number"], name="contracts_number_once"),
            models.CheckConstraint(
                name="contracts_tax_office_is_told_three_days_before",
                condition=Q(receipts_from__isnull=True)
                | Q(
                    notified_on__isnull=False,
                    receipts_from__gte=F("notified_on") + NOTICE,
                )
                & Q(receipts_from__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="contracts_paused_with_a_reason",
                condition=Q(paused_at__isnull=True, paused_why="")
                | Q(paused_at__isnull=False) & ~Q(paused_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.number})"

    def standing(self, day: date) -> Standing:
        """Return how the contract stands on that day."""
        if day < self.valid_from:
            return Standing.COMING
        if not self.holds_on(day):
            return Standing.ENDED
        return Standing.PAUSED if self.paused_at else Standing.IN_FORCE


class ContractChannel(Dated):
    """One way to pay that a contract opens, for one agency or (0) for every agency."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField("kênh", max_length=12, choices=PaidBy.choices)
    agency_id = models.BigIntegerField("cơ quan", default=EVERY_AGENCY)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contracts_channel_is_known", condition=Q(channel__in=PaidBy.values)
            ),
            one_at_a_time("contracts_one_for_a_channel_and_agency", "channel", "agency_id"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.agency_id}"


class ContractPrice(models.Model):
    """What the partner takes for one payment of a channel, from a day on."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField("kênh", max_length=12, choices=PaidBy.choices)
    valid_from = models.DateField("từ ngày")
    percent = models.DecimalField("phần trăm", max_digits=7, decimal_places=4, default=Decimal(0))
    fixed_vnd = models.BigIntegerField("cố định", default=0)
    least_vnd = models.BigIntegerField("tối thiểu", default=0)
    most_vnd = models.BigIntegerField("tối đa", default=0)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    set_by_name = models.CharField("người ghi", max_length=200)
    set_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "channel", "valid_from"], name="contracts_one_price_a_day"
            ),
            models.CheckConstraint(
                name="contracts_price_makes_sense",
                condition=Q(percent__gte=0, percent__lte=100, fixed_vnd__gte=0, least_vnd__gte=0)
                & (Q(most_vnd=0) | Q(most_vnd__gte=F("least_vnd"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.valid_from}"

    @property
    def percent_words(self) -> str:
        """Return the percentage as people write it: 0,55 %."""
        return f"{self.percent.normalize():f} %".replace(".", ",")


class ContractAccount(models.Model):
    """An account of an agency into which the partner pays what it collected."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")
    bank_bin = models.CharField("mã ngân hàng (BIN)", max_length=6, blank=True)
    bank_name = models.CharField("ngân hàng hoặc kho bạc", max_length=200)
    number = models.CharField("số tài khoản", max_length=30)
    holder = models.CharField("chủ tài khoản", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "bank_name", "number"], name="contracts_account_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.bank_name}"


class Settlement(models.Model):
    """What a partner is owed for one month of a contract, as both sides agreed.

    `lines` are rows of {"channel", "count", "amount_vnd", "cost_vnd"}, `shares` the same of each
    agency ("agency_id"). Agreed by us it is not reckoned again; agreed by both it never changes (a
    trigger sees to it), unless it is reopened, which begins another `round`.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    month = models.DateField("tháng")
    lines = models.JSONField("các kênh", default=list)
    amount_vnd = models.BigIntegerField("đã thu hộ", default=0)
    cost_vnd = models.BigIntegerField("phí dịch vụ", default=0)
    made_by_name = models.CharField("người lập", max_length=200)
    made_at = models.DateTimeField("lập lúc")
    agreed_by_name = models.CharField("bên giao đồng ý", max_length=200, blank=True)
    agreed_at = models.DateTimeField("bên giao đồng ý lúc", null=True, blank=True)
    partner_name = models.CharField("bên nhận đồng ý", max_length=200, blank=True)
    partner_document = models.CharField("văn bản của bên nhận", max_length=200, blank=True)
    partner_agreed_on = models.DateField("bên nhận đồng ý ngày", null=True, blank=True)
    shares = models.JSONField("phần của từng cơ quan", default=list, db_default=NO_ROWS)
    round = models.PositiveSmallIntegerField("lần", default=1, db_default=1)
    version = models.PositiveIntegerField("số việc đã làm", default=0, db_default=0)
    agency_id = models.BigIntegerField("cơ quan lập", null=True, blank=True)
    disputed_at = models.DateTimeField("không đồng ý lúc", null=True, blank=True)
    disputed_why = models.CharField(
        "lý do không đồng ý", max_length=2000, blank=True, db_default=""
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "month"], name="contracts_month_is_settled_once"
            ),
            models.CheckConstraint(
                name="contracts_partner_agrees_to_what_we_agreed",
                condition=Q(partner_agreed_on__isnull=True) | Q(agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contracts_disputed_with_a_reason",
                condition=Q(disputed_at__isnull=True, disputed_why="")
                | Q(disputed_at__isnull=False, partner_agreed_on__isnull=True)
                & ~Q(disputed_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%m/%Y}"

    @property
    def is_settled(self) -> bool:
        """Say whether both sides agreed."""
        return self.stage is Stage.SETTLED

    @property
    def stage(self) -> Stage:
        """Return where it stands."""
        if self.agreed_at is None:
            return Stage.DRAFT
        if self.partner_agreed_on is not None:
            return Stage.SETTLED
        return Stage.DISPUTED if self.disputed_at else Stage.WAITING

    @property
    def costs(self) -> tuple[tuple[int, int], ...]:
        """Return what each agency owes, where it owes anything."""
        sums: Counter[int] = Counter()
        for one in self.shares:
            sums[one["agency_id"]] += one["cost_vnd"]
        return tuple((agency_id, cost) for agency_id, cost in sorted(sums.items()) if cost)

    @property
    def rows(self) -> list[tuple[str, int, int, int]]:
        """Return the lines with the channel in words."""
        return [
            (PaidBy(one["channel"]).label, one["count"], one["amount_vnd"], one["cost_vnd"])
            for one in self.lines
        ]


class SettlementMove(models.Model):
    """One act about the settlement of a month, of either side. Never changed."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField("thứ tự")
    act = models.CharField("việc", max_length=14, choices=SettlementAct.choices)
    words = models.CharField("nội dung", max_length=2000, blank=True)
    cost_vnd = models.BigIntegerField("phí dịch vụ khi ấy")
    by_name = models.CharField("người làm", max_length=200)
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "seq"], name="contracts_settlement_move_once"
            ),
            models.CheckConstraint(
                name="contracts_settlement_act_is_known", condition=Q(act__in=SettlementAct.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}/{self.seq} {self.act}"


class PartnerSeat(models.Model):
    """One person of a partner who may sign in: sees the partner's own contracts and money.

    Born with the account; ended with a moment, which closes the account. Never passed on.
    """

    partner = models.ForeignKey(CollectionPartner, on_delete=models.PROTECT, related_name="+")
    account = models.OneToOneField(
        "identity.Account", on_delete=models.PROTECT, related_name="+", verbose_name="tài khoản"
    )
    opened_at = models.DateTimeField("mở lúc")
    opened_by_name = models.CharField("người mở", max_length=200)
    ended_at = models.DateTimeField("đóng lúc", null=True, blank=True)
    ended_by_name = models.CharField("người đóng", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contracts_seat_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by_name="")
                | Q(ended_at__isnull=False) & ~Q(ended_by_name=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.account_id}"
