"""Settle a month of a contract: reckon it from payments, agree to it, note that the partner did.

Source: docs/law/contracts.md
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from motcua.casework.contracts.errors import NotToBeSettled
from motcua.casework.contracts.models import (
    EVERY_AGENCY,
    Contract,
    ContractChannel,
    ContractPrice,
    Settlement,
)
from motcua.casework.contracts.ports import Collected, collected
from motcua.casework.contracts.queries.contracts import cost_by
from motcua.casework.contracts.rules.settling import Priced, last_day, summed
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .contracts import agencies_of, allow, locked

_since = attrgetter("valid_from")


@dataclass(frozen=True, slots=True)
class PartnerAgreed:
    """Who agreed at the partner, by which document, on which day."""

    name: str
    document: str
    on: date


@work.story
def settle_month(code: str, month: date, *, by: Actor, at: datetime) -> Settlement:
    """Reckon what a partner is owed for a month from the payments it collected.

    Until we agreed to it a month may be reckoned again. Raises: NotToBeSettled while the month
    runs, without a price, or once it was agreed to; NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    month = month.replace(day=1)
    _check_month(contract, month, local_day(at))
    found = Settlement.objects.filter(contract=contract, month=month).first()
    if found is not None and found.agreed_at is not None:
        raise NotToBeSettled("Tháng này bên giao đã đồng ý số liệu; không tính lại nữa.")
    channels = _channels_of(contract)
    lines = summed(_priced(contract, channels, month), channels)
    settlement = found or Settlement(contract=contract, month=month)
    settlement.lines = [dict(one) for one in lines]
    settlement.amount_vnd = sum(int(str(one["amount_vnd"])) for one in lines)
    settlement.cost_vnd = sum(int(str(one["cost_vnd"])) for one in lines)
    settlement.made_by_name, settlement.made_at = by.name, at
    settlement.save()
    _tell("settle", contract, month, by=by, at=at)
    return settlement


@work.story
def agree_to_month(code: str, month: date, cost_vnd: int, *, by: Actor, at: datetime) -> None:
    """Agree to a month for our side, to the sum one has seen.

    Raises: NotToBeSettled where the sum is another one by now; NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    found = _settlement(contract, month)
    if found.cost_vnd != cost_vnd:
        raise NotToBeSettled("Số liệu vừa được tính lại; hãy xem lại rồi đồng ý.")
    if found.agreed_at is None:
        found.agreed_by_name, found.agreed_at = by.name, at
        found.save(update_fields=["agreed_by_name", "agreed_at"])
        _tell("agree", contract, month, by=by, at=at)


@work.story
def note_partner_agreed(
    code: str, month: date, agreed: PartnerAgreed, *, by: Actor, at: datetime
) -> None:
    """Note that the partner agreed to what we agreed: the month is settled.

    Raises: NotToBeSettled before we agreed or without a document; NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    found = _settlement(contract, month)
    if found.agreed_at is None:
        raise NotToBeSettled("Bên giao phải đồng ý số liệu trước.")
    if not agreed.name.strip() or not agreed.document.strip():
        message = "Hãy ghi người đồng ý và số văn bản của bên nhận."
        raise NotToBeSettled(message, field="document")
    if found.partner_agreed_on is None:
        found.partner_name = agreed.name.strip()
        found.partner_document = agreed.document.strip()
        found.partner_agreed_on = agreed.on
        found.save(update_fields=["partner_name", "partner_document", "partner_agreed_on"])
        _tell("partner_agreed", contract, month, by=by, at=at)


def _tell(act: str, contract: Contract, month: date, *, by: Actor, at: datetime) -> None:
    detail = {"month": f"{month:%Y-%m}"}
    audit.record(f"contracts.{act}", f"contract:{contract.code}", by=by, at=at, detail=detail)


def _settlement(contract: Contract, month: date) -> Settlement:
    found = Settlement.objects.filter(contract=contract, month=month.replace(day=1)).first()
    if found is None:
        raise NotToBeSettled("Chưa lập bảng quyết toán của tháng này.")
    return found


def _check_month(contract: Contract, month: date, today: date) -> None:
    if last_day(month) >= today:
        message = f"Tháng {month:%m/%Y} chưa hết; quyết toán từ ngày đầu tháng sau."
        raise NotToBeSettled(message, field="month")
    is_before = last_day(month) < contract.valid_from
    if is_before or (contract.valid_to is not None and month > contract.valid_to):
        message = f"Hợp đồng không có hiệu lực trong tháng {month:%m/%Y}."
        raise NotToBeSettled(message, field="month")


def _channels_of(contract: Contract) -> list[str]:
    rows = ContractChannel.objects.filter(contract=contract).order_by("id")
    return list(dict.fromkeys(rows.values_list("channel", flat=True)))


def _priced(contract: Contract, channels: list[str], month: date) -> Iterator[Priced]:
    """Yield what was collected under this contract, each payment with its cost."""
    rows = list(ContractChannel.objects.filter(channel__in=channels))
    prices = {
        channel: list(
            ContractPrice.objects.filter(contract=contract, channel=channel).order_by("valid_from")
        )
        for channel in channels
    }
    for one in collected(channels, month, last_day(month)):
        if _contract_of(one, rows) == contract.pk:
            price = _price_on(prices[one.channel], one)
            yield Priced(one.channel, one.amount_vnd, cost_by(price, one.amount_vnd))


def _contract_of(one: Collected, rows: list[ContractChannel]) -> int | None:
    """Return the contract under which a payment came: the agency's own before that of all."""
    holding = {
        row.agency_id: row.contract_id
        for row in rows
        if row.channel == one.channel and row.holds_on(one.on)
    }
    return holding.get(one.agency_id, holding.get(EVERY_AGENCY))


def _price_on(prices: list[ContractPrice], one: Collected) -> ContractPrice:
    place = bisect_right(prices, one.on, key=_since)
    if place == 0:
        message = (
            f"Chưa ghi giá của kênh “{one.channel}” ngày {one.on:%d/%m/%Y}; hãy ghi giá rồi quyết"
            " toán."
        )
        raise NotToBeSettled(message)
    return prices[place - 1]
