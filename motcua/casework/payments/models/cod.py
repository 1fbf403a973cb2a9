"""Parcels for which the post collects money, and what it hands in."""

from django.db import models
from django.db.models import Q

from motcua.casework.payments.choices import ParcelState

from .moving import Attempt, Payment
from .order import Order


class CodHandIn(models.Model):
    """What the post says it has handed in of the money it collected for an agency.

    Only its word: the books follow the bank's statement. Never changed.
    """

    code = models.CharField("mã", max_length=30, unique=True)
    agency_id = models.BigIntegerField("cơ quan", db_index=True)
    amount_vnd = models.BigIntegerField("số tiền")
    count = models.PositiveIntegerField("số bưu gửi")
    transfer_ref = models.CharField("số giao dịch chuyển tiền", max_length=100)
    on = models.DateField("chuyển ngày")
    by_name = models.CharField("người khai", max_length=200)
    at = models.DateTimeField("khai lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payments_hand_in_is_money", condition=Q(amount_vnd__gt=0, count__gt=0)
            ),
            models.UniqueConstraint(
                fields=["agency_id", "transfer_ref"], name="payments_hand_in_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount_vnd}"


class CodParcel(models.Model):
    """One item the post delivers against payment of an order (COD).

    Born when the desk hands it over; the post says that it collected, or brings it back. `attempt`
    is what the post's report names it by; the payment bears the item's number.
    """

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="+", verbose_name="đơn nộp tiền"
    )
    attempt = models.OneToOneField(
        Attempt, on_delete=models.PROTECT, related_name="+", verbose_name="lần thanh toán"
    )
    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("nơi gửi")
    item_number = models.CharField("số hiệu bưu gửi", max_length=40, unique=True)
    recipient_name = models.CharField("người nhận", max_length=200)
    recipient_address = models.CharField("địa chỉ", max_length=500)
    recipient_phone = models.CharField("điện thoại", max_length=20, blank=True)
    amount_vnd = models.BigIntegerField("số tiền thu hộ")
    state = models.CharField(
        "tình trạng", max_length=10, choices=ParcelState.choices, default=ParcelState.SENT
    )
    sent_at = models.DateTimeField("gửi lúc")
    sent_by_name = models.CharField("người gửi", max_length=200)
    ended_on = models.DateField("thu hoặc hoàn ngày", null=True, blank=True)
    ended_by_name = models.CharField("người báo", max_length=200, blank=True)
    receipt_number = models.CharField("số phiếu thu của bưu chính", max_length=60, blank=True)
    payment = models.OneToOneField(
        Payment,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="khoản đã nhận",
        null=True,
        blank=True,
    )
    returned_why = models.CharField("lý do hoàn", max_length=500, blank=True)
    hand_in = models.ForeignKey(
        CodHandIn,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="lần nộp",
        null=True,
        blank=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", "-sent_at"], name="payments_parcel_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                name="payments_parcel_state_is_known", condition=Q(state__in=ParcelState.values)
            ),
            models.CheckConstraint(
                name="payments_parcel_collects_money", condition=Q(amount_vnd__gt=0)
            ),
            models.CheckConstraint(
                name="payments_parcel_ends_with_its_words",
                condition=Q(state=ParcelState.SENT, ended_on=None, payment=None, returned_why="")
                | (
                    Q(state=ParcelState.COLLECTED, ended_on__isnull=False, payment__isnull=False)
                    & ~Q(receipt_number="")
                )
                | (
                    Q(state=ParcelState.RETURNED, ended_on__isnull=False, payment=None)
                    & ~Q(returned_why="")
                ),
            ),
            models.CheckConstraint(
                name="payments_parcel_hands_in_what_was_collected",
                condition=Q(hand_in=None) | Q(state=ParcelState.COLLECTED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_number} ({self.state})"
