"""Collecting by the post: a parcel goes out against money, which comes, or the parcel comes back.

Source: docs/law/contracts.md
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from motcua.casework.contracts import api as contracts
from motcua.casework.payments.choices import AttemptState, Channel, OrderState, ParcelState
from motcua.casework.payments.errors import NoSuchParcel, OrderClosed, PaymentError
from motcua.casework.payments.models import Attempt, CodHandIn, CodParcel
from motcua.casework.payments.queries.channels import check_open
from motcua.casework.payments.queries.partners import parcels_within
from motcua.casework.payments.rules.codes import attempt_ref
from motcua.casework.payments.rules.inputs import PaymentIn
from motcua.casework.payments.rules.states import PAYABLE
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local_day
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .taking import take_payment
from .telling import lock_order

_ITEM = re.compile(r"[0-9A-Z][0-9A-Z/-]{3,39}")
_UNTIL = time(12)
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ParcelIn:
    """An item as the desk hands it over: its number at the post, and to whom it goes."""

    item_number: str
    name: str
    address: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CollectedIn:
    """That the post collected: by which receipt of its own, on which day."""

    receipt_number: str
    on: date


@dataclass(frozen=True, slots=True)
class HandInIn:
    """Money on its way to an agency's account: for which items, by which transfer."""

    agency_id: int
    item_numbers: Collection[str]
    transfer_ref: str
    on: date


@work.story
def send_parcel(code: str, given: ParcelIn, *, by: Actor, at: datetime) -> CodParcel:
    """Hand an item over to the post, which collects what an order still asks for.

    Raises: NoSuchOrder, OrderClosed, ChannelClosed without a contract, BadInput, NotAllowed.
    """
    order = lock_order(code).order
    by.require(Power.TAKE_CASH, unit_id=order.unit_id)
    if order.state not in PAYABLE:
        label = OrderState(order.state).label.lower()
        raise OrderClosed(f"Đơn {code} đang ở trạng thái “{label}”; không có gì để thu hộ.")
    check_open(order, Channel.COD, on=local_day(at))
    item = _checked(given)
    under_way = CodParcel.objects.filter(order_id=order.pk, state=ParcelState.SENT).first()
    if under_way is not None:
        message = f"Bưu gửi {under_way.item_number} đang giao và thu hộ đơn này; chờ bưu điện báo."
        raise BadInput(message, field="item_number")
    number = Attempt.objects.filter(order_id=order.pk).count() + 1
    attempt = Attempt.objects.create(
        order_id=order.pk,
        number=number,
        channel=Channel.COD,
        ref=attempt_ref(order.code, number),
        amount_vnd=order.left_vnd,
        begun_at=at,
        expires_at=order.expires_at or at,
        words=f"Bưu gửi {item}",
    )
    parcel = CodParcel.objects.create(
        order_id=order.pk,
        attempt=attempt,
        agency_id=order.agency_id,
        unit_id=order.unit_id,
        item_number=item,
        recipient_name=tidy(given.name)[:200],
        recipient_address=tidy(given.address)[:500],
        recipient_phone=tidy(given.phone)[:20],
        amount_vnd=order.left_vnd,
        sent_at=at,
        sent_by_name=by.name,
    )
    _trace("cod_send", parcel, by=by, at=at)
    return parcel


def _checked(given: ParcelIn) -> str:
    """Return the item's number. Raises: BadInput."""
    item = given.item_number.strip().upper().replace(" ", "")
    if not _ITEM.fullmatch(item):
        message = "Hãy ghi số hiệu bưu gửi như trên phiếu gửi, ví dụ CB123456789VN."
        raise BadInput(message, field="item_number")
    if CodParcel.objects.filter(item_number=item).exists():
        raise BadInput(f"Bưu gửi {item} đã được ghi; hãy xem lại số.", field="item_number")
    if not given.name.strip() or not given.address.strip():
        raise BadInput("Hãy ghi tên và địa chỉ người nhận để bưu chính giao.", field="address")
    return item


@work.story
def collect_parcel(item_number: str, came: CollectedIn, *, by: Actor, at: datetime) -> CodParcel:
    """Take the post's word that it delivered and collected: the order is paid from here on.

    Told again with the same receipt nothing changes.

    Raises: NoSuchParcel, ShutOut, BadInput, PaymentError for one that came back.
    """
    parcel = _of_partner(item_number, by, at)
    number = tidy(came.receipt_number)
    if not number:
        raise BadInput("Hãy ghi số phiếu thu của bưu chính.", field="receipt_number")
    _check_day(parcel, came.on, at)
    if parcel.state == ParcelState.COLLECTED and parcel.receipt_number == number:
        return parcel
    _check_out(parcel)
    words = f"Phiếu thu bưu chính số {number}"
    paid_at = min(max(datetime.combine(came.on, _UNTIL, HANOI), parcel.sent_at), at)
    paid = PaymentIn(
        Channel.COD,
        parcel.amount_vnd,
        parcel.item_number,
        paid_at,
        attempt_id=parcel.attempt_id,
        words=words,
        unit_id=parcel.unit_id,
    )
    parcel.payment = take_payment(parcel.order.code, paid, by=by, at=at)
    parcel.receipt_number = number[:60]
    work.flush()
    _end(parcel, ParcelState.COLLECTED, came.on, by)
    _trace("cod_collect", parcel, by=by, at=at)
    return parcel


@work.story
def return_parcel(item_number: str, why: str, on: date, *, by: Actor, at: datetime) -> CodParcel:
    """Take the post's word that an item could not be delivered: nothing was paid.

    Raises: NoSuchParcel, ShutOut, BadInput, PaymentError for one that was paid.
    """
    parcel = _of_partner(item_number, by, at)
    if not why.strip():
        raise BadInput("Hãy ghi vì sao không giao được.", field="why")
    _check_day(parcel, on, at)
    _check_out(parcel)
    parcel.returned_why = tidy(why)[:500]
    Attempt.objects.filter(pk=parcel.attempt_id).update(state=AttemptState.FAILED, settled_at=at)
    _end(parcel, ParcelState.RETURNED, on, by)
    _trace("cod_return", parcel, by=by, at=at)
    return parcel


@work.story
def hand_in(given: HandInIn, *, by: Actor, at: datetime) -> CodHandIn:
    """Take the post's word that it has transferred what it collected for an agency.

    The books follow the bank's statement; the accountant finds the transfer by its number.

    Raises: NoSuchParcel, ShutOut, BadInput.
    """
    reference = tidy(given.transfer_ref)
    if not reference:
        raise BadInput("Hãy ghi số giao dịch chuyển tiền.", field="transfer_ref")
    if given.on > local_day(at):
        raise BadInput("Ngày chuyển tiền chưa tới.", field="on")
    numbers = set(given.item_numbers)
    if not 0 < len(numbers) <= MOST_AT_ONCE:
        message = f"Hãy chọn từ 1 đến {MOST_AT_ONCE} bưu gửi đã thu tiền."
        raise BadInput(message, field="items")
    if CodHandIn.objects.filter(agency_id=given.agency_id, transfer_ref=reference).exists():
        raise BadInput("Giao dịch chuyển tiền này đã khai.", field="transfer_ref")
    rows = parcels_within(contracts.reach_of(by, local_day(at))).select_for_update(of=("self",))
    parcels = list(
        rows.filter(
            item_number__in=numbers,
            agency_id=given.agency_id,
            state=ParcelState.COLLECTED,
            hand_in=None,
        ).order_by("pk")
    )
    if len(parcels) != len(numbers):
        message = "Có bưu gửi đã khai nộp rồi hoặc không của cơ quan này; hãy tải lại trang."
        raise BadInput(message, field="items")
    year = local_day(at).year
    number = numbering.allocate_number(numbering.series_of_year("payments.cod", "", year))
    told = CodHandIn.objects.create(
        code=f"NH{year % 100:02d}-{number:06d}",
        agency_id=given.agency_id,
        amount_vnd=sum(one.amount_vnd for one in parcels),
        count=len(parcels),
        transfer_ref=reference[:100],
        on=given.on,
        by_name=by.name,
        at=at,
    )
    CodParcel.objects.filter(pk__in=[one.pk for one in parcels]).update(hand_in=told)
    detail = {"amount_vnd": told.amount_vnd, "count": told.count}
    audit.record("payments.cod_hand_in", f"cod_hand_in:{told.code}", by=by, at=at, detail=detail)
    return told


def _of_partner(item_number: str, by: Actor, at: datetime) -> CodParcel:
    """Return an item of the actor's partner, locked. Raises: NoSuchParcel, ShutOut."""
    reach = contracts.reach_of(by, local_day(at))
    rows = parcels_within(reach).select_for_update(of=("self",)).select_related("order")
    parcel = rows.filter(item_number=item_number).first()
    if parcel is None:
        is_anothers = CodParcel.objects.filter(item_number=item_number).exists()
        hidden = f"cod_parcel:{item_number}" if is_anothers else ""
        raise NoSuchParcel("Không tìm thấy bưu gửi này.", hidden=hidden)
    return parcel


def _check_out(parcel: CodParcel) -> None:
    """Raises: PaymentError."""
    if parcel.state != ParcelState.SENT:
        state = ParcelState(parcel.state).label.lower()
        message = (
            f"Bưu gửi {parcel.item_number} đã báo “{state}”; nếu báo nhầm hãy liên hệ nơi gửi."
        )
        raise PaymentError(message)


def _check_day(parcel: CodParcel, on: date, at: datetime) -> None:
    """Raises: BadInput."""
    if not local_day(parcel.sent_at) <= on <= local_day(at):
        message = f"Ngày phải từ ngày gửi ({local_day(parcel.sent_at):%d/%m/%Y}) đến hôm nay."
        raise BadInput(message, field="on")


def _end(parcel: CodParcel, state: ParcelState, on: date, by: Actor) -> None:
    parcel.state, parcel.ended_on, parcel.ended_by_name = state, on, by.name
    parcel.save()


def _trace(act: str, parcel: CodParcel, *, by: Actor, at: datetime) -> None:
    detail = {"order": parcel.order.code, "amount_vnd": parcel.amount_vnd}
    subject = f"cod_parcel:{parcel.item_number}"
    audit.record(f"payments.{act}", subject, by=by, at=at, detail=detail)
