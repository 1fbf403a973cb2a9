"""Settle a month of a contract: reckoned from payments, agreed by both sides, disputed, reopened.

Source: docs/law/contracts.md
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from motcua.casework.contracts.choices import SettlementAct, Stage
from motcua.casework.contracts.errors import NoSuchContract, NotToBeSettled
from motcua.casework.contracts.events import MonthReopened, MonthSettled
from motcua.casework.contracts.models import (
    EVERY_AGENCY,
    Contract,
    ContractChannel,
    ContractPrice,
    Settlement,
    SettlementMove,
)
from motcua.casework.contracts.ports import Collected, collected
from motcua.casework.contracts.queries.contracts import cost_by
from motcua.casework.contracts.queries.partners import seat_of
from motcua.casework.contracts.rules.settling import (
    Priced,
    last_day,
    lines_of,
    shares_of,
    summed,
)
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.text import tidy

from .contracts import agencies_of, allow, locked

LONGEST = 2000
ON_LINE = "đồng ý trên hệ thống"
ACTIONS = {
    SettlementAct.RECKON: "contracts.settle",
    SettlementAct.AGREE: "contracts.agree",
    SettlementAct.PARTNER_AGREE: "contracts.partner_agreed",
    SettlementAct.DISPUTE: "contracts.dispute",
    SettlementAct.ANSWER: "contracts.answer",
    SettlementAct.REOPEN: "contracts.reopen",
}
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
    sums = summed(_priced(contract, channels, month))
    settlement = found or Settlement(contract=contract, month=month)
    settlement.lines = list(lines_of(sums, channels))
    settlement.shares = list(shares_of(sums))
    settlement.amount_vnd = sum(one.amount_vnd for one in sums.values())
    settlement.cost_vnd = sum(one.cost_vnd for one in sums.values())
    settlement.made_by_name, settlement.made_at = by.name, at
    settlement.agency_id = by.agency_id
    _tell(Told(contract, settlement, SettlementAct.RECKON), by=by, at=at)
    return settlement


@work.story
def agree_to_month(code: str, month: date, cost_vnd: int, *, by: Actor, at: datetime) -> None:
    """Agree to a month for our side, to the sum one has seen.

    Raises: NotToBeSettled where the sum is another one by now; NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    found = _settlement(contract, month)
    _check_seen(found, cost_vnd)
    if found.agreed_at is None:
        if found.cost_vnd and not found.costs:
            message = "Bảng này lập trước khi tách theo cơ quan; hãy bấm “Tính lại” rồi đồng ý."
            raise NotToBeSettled(message)
        found.agreed_by_name, found.agreed_at = by.name, at
        _tell(Told(contract, found, SettlementAct.AGREE), by=by, at=at)


@work.story
def note_partner_agreed(
    code: str, month: date, agreed: PartnerAgreed, *, by: Actor, at: datetime
) -> None:
    """Note that the partner agreed to what we agreed, on paper: the month is settled.

    Raises: NotToBeSettled before we agreed or without a document; NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    found = _settlement(contract, month)
    if not agreed.name.strip() or not agreed.document.strip():
        message = "Hãy ghi người đồng ý và số văn bản của bên nhận."
        raise NotToBeSettled(message, field="document")
    _both_agree(contract, found, agreed, by=by, at=at)


@work.story
def agree_as_partner(code: str, month: date, cost_vnd: int, *, by: Actor, at: datetime) -> None:
    """Agree to a month for the partner, to the sum one has seen: the month is settled.

    Raises: NotToBeSettled where the sum is another one by now; NoSuchContract, ShutOut.
    """
    contract = _locked_for_partner(code, by, at)
    found = _settlement(contract, month)
    _check_seen(found, cost_vnd)
    agreed = PartnerAgreed(by.name, ON_LINE, local_day(at))
    _both_agree(contract, found, agreed, by=by, at=at)


def _both_agree(
    contract: Contract, found: Settlement, agreed: PartnerAgreed, *, by: Actor, at: datetime
) -> None:
    if found.agreed_at is None:
        raise NotToBeSettled("Bên giao phải đồng ý số liệu trước.")
    if found.partner_agreed_on is not None:
        return
    found.partner_name = agreed.name.strip()
    found.partner_document = agreed.document.strip()
    found.partner_agreed_on = agreed.on
    found.disputed_at, found.disputed_why = None, ""
    words = f"{found.partner_name}, {found.partner_document}"
    _tell(Told(contract, found, SettlementAct.PARTNER_AGREE, words), by=by, at=at)
    outbox.announce(MonthSettled(*_facts(contract, found, found.round)), by=by, at=at)


@work.story
def dispute_month(code: str, month: date, why: str, *, by: Actor, at: datetime) -> None:
    """Say for the partner that a month is not right, and why; nothing else changes.

    Raises: NotToBeSettled without a reason, before we agreed or once both did; NoSuchContract,
    ShutOut.
    """
    contract = _locked_for_partner(code, by, at)
    found = _settlement(contract, month)
    if not why.strip():
        message = "Hãy ghi chỗ không đúng: kênh, ngày, số giao dịch, số tiền theo bên nhận."
        raise NotToBeSettled(message, field="why")
    if found.stage not in {Stage.WAITING, Stage.DISPUTED}:
        message = f"Tháng này “{found.stage.label.lower()}”; hãy liên hệ bên giao để mở lại."
        raise NotToBeSettled(message)
    found.disputed_at, found.disputed_why = at, tidy(why)[:LONGEST]
    _tell(Told(contract, found, SettlementAct.DISPUTE, found.disputed_why), by=by, at=at)


@work.story
def answer_dispute(code: str, month: date, words: str, *, by: Actor, at: datetime) -> None:
    """Answer the partner that the sums stay: it may agree, or dispute again.

    Raises: NotToBeSettled without words or a dispute; NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    found = _settlement(contract, month)
    if found.stage is not Stage.DISPUTED:
        raise NotToBeSettled("Bên nhận không có ý kiến nào chờ trả lời.")
    if not words.strip():
        raise NotToBeSettled("Hãy ghi câu trả lời cho bên nhận.", field="words")
    found.disputed_at, found.disputed_why = None, ""
    _tell(Told(contract, found, SettlementAct.ANSWER, tidy(words)[:LONGEST]), by=by, at=at)


@work.story
def reopen_month(code: str, month: date, why: str, *, by: Actor, at: datetime) -> None:
    """Take agreement back, ours and the partner's: the month may be reckoned again.

    What was booked as owed is reversed. Raises: NotToBeSettled without a reason or before we
    agreed; NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    found = _settlement(contract, month)
    if not why.strip():
        raise NotToBeSettled("Hãy ghi lý do mở lại.", field="why")
    if found.agreed_at is None:
        raise NotToBeSettled("Tháng này chưa ai đồng ý; hãy tính lại.")
    was_settled, was_round = found.is_settled, found.round
    found.agreed_by_name, found.agreed_at = "", None
    found.partner_name, found.partner_document, found.partner_agreed_on = "", "", None
    found.disputed_at, found.disputed_why = None, ""
    found.round += 1
    _tell(Told(contract, found, SettlementAct.REOPEN, tidy(why)[:LONGEST]), by=by, at=at)
    if was_settled:
        outbox.announce(MonthReopened(*_facts(contract, found, was_round)), by=by, at=at)


def _facts(
    contract: Contract, found: Settlement, agreed_round: int
) -> tuple[int, int, str, str, str, int, tuple[tuple[int, int], ...]]:
    month = f"{found.month:%Y-%m}"
    partner = contract.partner.code
    return found.pk, found.version, contract.code, partner, month, agreed_round, found.costs


def _locked_for_partner(code: str, by: Actor, at: datetime) -> Contract:
    """Return a contract of the actor's own partner, locked. Raises: NoSuchContract, ShutOut."""
    seat = seat_of(by, local_day(at))
    contract = locked(code)
    if contract.pk not in seat.contract_ids:
        raise NoSuchContract("Không tìm thấy hợp đồng này.")
    return contract


def _check_seen(found: Settlement, cost_vnd: int) -> None:
    if found.cost_vnd != cost_vnd:
        raise NotToBeSettled("Số liệu vừa được tính lại; hãy xem lại rồi đồng ý.")


@dataclass(frozen=True, slots=True)
class Told:
    """An act about a month, to be kept."""

    contract: Contract
    row: Settlement
    act: SettlementAct
    words: str = ""


def _tell(told: Told, *, by: Actor, at: datetime) -> None:
    """Save the settlement, its history and the trace."""
    row = told.row
    row.version += 1
    row.save()
    SettlementMove.objects.create(
        settlement=row,
        seq=row.version,
        act=told.act,
        words=told.words,
        cost_vnd=row.cost_vnd,
        by_name=by.name,
        at=at,
    )
    detail = {"month": f"{row.month:%Y-%m}", "round": row.round}
    action, subject = ACTIONS[told.act], f"contract:{told.contract.code}"
    audit.record(action, subject, by=by, at=at, detail=detail)


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
            yield Priced(one.channel, one.agency_id, one.amount_vnd, cost_by(price, one.amount_vnd))


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
