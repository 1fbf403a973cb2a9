"""Who collects, on which forms, in which series of numbers."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from motcua.casework.receipts.choices import ReceiptKind
from motcua.casework.receipts.rules.contents import Body, Delegate
from motcua.casework.receipts.rules.forms import FormRule
from motcua.foundation.organisation.api import HistoricKey
from motcua.lib.dated import Dated, days_in_order, one_at_a_time


class ReceiptForm(Dated):
    """One form of receipt by law (mẫu biên lai), for the days it may be used.

    Laid down by migrations with its basis; a change of law is another row.
    """

    code = models.CharField("ký hiệu", max_length=11)
    name = models.CharField("tên", max_length=200)
    form_pattern = models.CharField("dạng ký hiệu mẫu", max_length=100)
    symbol_pattern = models.CharField("dạng ký hiệu biên lai", max_length=100)
    symbol_example = models.CharField("ký hiệu ví dụ", max_length=20)
    most_digits = models.PositiveSmallIntegerField("số chữ số nhiều nhất")
    basis = models.CharField("căn cứ", max_length=300)

    class Meta:
        constraints = [
            days_in_order("receipts_form_days_in_order"),
            one_at_a_time("receipts_form_one_at_a_time", "code"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def rule(self) -> FormRule:
        """Return what the row says as plain values."""
        return FormRule(
            self.code,
            self.name,
            self.form_pattern,
            self.symbol_pattern,
            self.symbol_example,
            self.most_digits,
            self.valid_from,
            self.valid_to,
            self.basis,
        )


class CollectingBody(Dated):
    """What receipts say of an agency that collects (cơ quan thu), for some days.

    Without one no receipt of the agency gets a number.
    """

    agency = HistoricKey(
        "organisation.Agency", on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan"
    )
    name = models.CharField("tên trên biên lai", max_length=300)
    tax_code = models.CharField("mã số thuế", max_length=14)
    address = models.CharField("địa chỉ", max_length=400)
    phone = models.CharField("điện thoại", max_length=40, blank=True)
    account = models.CharField("tài khoản", max_length=200, blank=True)

    class Meta:
        constraints = [
            days_in_order("receipts_body_days_in_order"),
            one_at_a_time("receipts_body_one_at_a_time", "agency"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.tax_code})"

    @property
    def printed(self) -> Body:
        """Return what stands on receipts."""
        return Body(self.name, self.tax_code, self.address, self.phone, self.account)


class Delegation(Dated):
    """Somebody else issues receipts in an agency's name (ủy nhiệm lập biên lai), such as the post.

    By a written contract, of which the tax authority is told three days before it begins. One
    taken over from the contract with who collects (`contract_code`) counts only while that contract
    delegates.
    """

    agency = HistoricKey(
        "organisation.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="cơ quan ủy nhiệm",
    )
    channel = models.CharField("kênh thu", max_length=20)
    name = models.CharField("bên nhận ủy nhiệm", max_length=300)
    address = models.CharField("địa chỉ", max_length=400)
    tax_code = models.CharField("mã số thuế", max_length=14)
    contract_number = models.CharField("số hợp đồng", max_length=100)
    contract_code = models.CharField("mã hợp đồng thu hộ", max_length=20, blank=True, db_default="")
    contract_on = models.DateField("ngày hợp đồng")
    notified_on = models.DateField("ngày thông báo cơ quan thuế")

    class Meta:
        constraints = [
            days_in_order("receipts_delegation_days_in_order"),
            one_at_a_time("receipts_delegation_one_at_a_time", "agency", "channel"),
            models.CheckConstraint(
                name="receipts_delegation_is_notified_before",
                condition=Q(valid_from__gte=F("notified_on") + 3),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.contract_number}"

    @property
    def printed(self) -> Delegate:
        """Return what stands on receipts."""
        contract = f"Hợp đồng ủy nhiệm số {self.contract_number} ngày {self.contract_on:%d/%m/%Y}"
        return Delegate(self.name, self.address, self.tax_code, contract)


class Series(models.Model):
    """One range of numbers of receipts: of an agency, a kind, a form, a symbol, for one year.

    Born when it is registered, or at the first receipt of a new year from the one before; its
    numbers are given in order (`numbering`); `latest_on` is the day of the newest receipt, so that
    no number bears an earlier day than the one before it. Never deleted; closed with a moment.
    """

    agency = HistoricKey(
        "organisation.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="cơ quan thu",
    )
    kind = models.CharField("loại", max_length=10, choices=ReceiptKind.choices)
    form = models.CharField("ký hiệu mẫu", max_length=11)
    symbol = models.CharField("ký hiệu", max_length=8)
    year = models.PositiveSmallIntegerField("năm")
    first_number = models.PositiveIntegerField("từ số", default=1)
    final_number = models.PositiveIntegerField("đến số")
    warn_left = models.PositiveIntegerField("báo khi còn", default=100)
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ủy nhiệm",
    )
    latest_on = models.DateField("ngày của biên lai mới nhất", null=True)
    given = models.PositiveIntegerField("đã cấp", default=0)
    opened_at = models.DateTimeField("mở lúc")
    opened_by_name = models.CharField("người mở", max_length=200)
    closed_at = models.DateTimeField("đóng lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="receipts_series_kind_is_known", condition=Q(kind__in=ReceiptKind.values)
            ),
            models.CheckConstraint(
                name="receipts_series_range_in_order",
                condition=Q(first_number__gte=1) & Q(final_number__gte=F("first_number")),
            ),
            models.CheckConstraint(
                name="receipts_series_within_its_range",
                condition=Q(given__lte=F("final_number") - F("first_number") + 1),
            ),
            models.UniqueConstraint(
                fields=["agency", "form", "symbol", "first_number"],
                name="receipts_series_range_once",
            ),
            ExclusionConstraint(
                name="receipts_series_share_no_number",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("form", RangeOperators.EQUAL),
                    ("symbol", RangeOperators.EQUAL),
                    (
                        Func(
                            F("first_number"), F("final_number"), Value("[]"), function="int4range"
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            models.Index(name="receipts_series_to_issue", fields=["agency", "kind", "year", "id"])
        ]

    def __str__(self) -> str:
        return f"{self.form}/{self.symbol}"

    @property
    def left(self) -> int:
        """Return how many numbers have not been given."""
        return self.final_number - self.first_number + 1 - self.given

    @property
    def next_number(self) -> int | None:
        """Return the number that comes next, None if the range is used up."""
        return self.first_number + self.given if self.left else None

    @property
    def is_low(self) -> bool:
        """Say whether it is time to register another range."""
        return self.closed_at is None and self.left <= self.warn_left
