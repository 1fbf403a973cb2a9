"""Which contract holds for a channel, what it costs, what may be seen of it.

Source: docs/law/contracts.md
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from motcua.casework.contracts.choices import PaidBy
from motcua.casework.contracts.errors import NoPrice, NoSuchContract
from motcua.casework.contracts.models import (
    EVERY_AGENCY,
    CollectionPartner,
    Contract,
    ContractAccount,
    ContractChannel,
    ContractPrice,
    Settlement,
)
from motcua.casework.contracts.rules.pricing import cost
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.dated import holding_on

NEEDS_NONE = frozenset({"cash"})
EVERYWHERE = 0


@dataclass(frozen=True, slots=True)
class Delegate:
    """Who issues receipts in the name of an agency, by which contract, since when."""

    name: str
    tax_code: str
    address: str
    contract_code: str
    contract_number: str
    contract_on: date
    notified_on: date
    notice_number: str
    since: date
    until: date | None


def is_open(channel: str, agency_id: int, on: date) -> bool:
    """Say whether money of that agency may be taken by the channel on that day.

    Costs: one statement; none for cash, which needs no contract.
    """
    return channel in NEEDS_NONE or _in_force(channel, agency_id, on).exists()


def open_channels(agency_id: int, on: date) -> frozenset[str]:
    """Return the channels that are open to an agency, cash among them. Costs: one statement."""
    rows = ContractChannel.objects.filter(
        holding_on(on), agency_id__in=(EVERY_AGENCY, agency_id), contract__paused_at=None
    )
    return NEEDS_NONE | frozenset(rows.values_list("channel", flat=True))


def contract_for(channel: str, agency_id: int, on: date) -> Contract | None:
    """Return the contract that opens the channel: one of the agency before one of all."""
    row = (
        _in_force(channel, agency_id, on)
        .select_related("contract__partner")
        .order_by("-agency_id")
        .first()
    )
    return row.contract if row else None


def _in_force(channel: str, agency_id: int, on: date) -> QuerySet[ContractChannel]:
    return ContractChannel.objects.filter(
        holding_on(on),
        channel=channel,
        agency_id__in=(EVERY_AGENCY, agency_id),
        contract__paused_at=None,
    )


def cost_of(channel: str, amount_vnd: int, on: date, *, agency_id: int = EVERY_AGENCY) -> int:
    """Return what the partner takes for one payment on that day; cash costs nothing.

    A paused contract still prices what was paid before. Raises: NoPrice.
    """
    if channel in NEEDS_NONE:
        return 0
    contract_id = (
        ContractChannel.objects.filter(
            holding_on(on), channel=channel, agency_id__in=(EVERY_AGENCY, agency_id)
        )
        .order_by("-agency_id")
        .values_list("contract_id", flat=True)
        .first()
    )
    price = price_on(contract_id, channel, on) if contract_id else None
    if price is None:
        message = f"Chưa có giá dịch vụ của kênh “{channel}” ngày {on:%d/%m/%Y}."
        raise NoPrice(message)
    return cost_by(price, amount_vnd)


def cost_by(price: ContractPrice, amount_vnd: int) -> int:
    """Return what one payment costs by a price."""
    return cost(
        amount_vnd,
        percent=price.percent,
        fixed_vnd=price.fixed_vnd,
        least_vnd=price.least_vnd,
        most_vnd=price.most_vnd,
    )


def price_on(contract_id: int, channel: str, on: date) -> ContractPrice | None:
    """Return the price that holds on that day."""
    return (
        ContractPrice.objects.filter(contract_id=contract_id, channel=channel, valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )


def delegate_of(channel: str, agency_id: int, on: date) -> Delegate | None:
    """Return who issues receipts for what is paid by the channel, if a contract delegates it.

    Not before the day named to the tax office, at least three days after the notice.
    """
    contract = contract_for(channel, agency_id, on)
    if contract is None or contract.receipts_from is None or on < contract.receipts_from:
        return None
    return _delegate(contract)


def _delegate(contract: Contract) -> Delegate:
    partner = contract.partner
    return Delegate(
        partner.name,
        partner.tax_code,
        partner.address,
        contract.code,
        contract.number,
        contract.signed_on,
        contract.notified_on or contract.signed_on,
        contract.notice_number,
        contract.receipts_from or contract.valid_from,
        contract.valid_to,
    )


def delegates_known(on: date) -> list[tuple[PaidBy, Delegate]]:
    """Return each channel whose contract delegates receipts today or later, and to whom.

    Costs: one statement.
    """
    rows = ContractChannel.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), contract__receipts_from__isnull=False
    ).select_related("contract__partner")
    found = {(row.channel, row.contract_id): row.contract for row in rows.order_by("id")}
    return [(PaidBy(channel), _delegate(one)) for (channel, _), one in found.items()]


def partners() -> list[CollectionPartner]:
    """Return all partners by name."""
    return list(CollectionPartner.objects.order_by("sort_key"))


def get_partner(code: str) -> CollectionPartner:
    """Return a partner. Raises: NoSuchContract."""
    partner = CollectionPartner.objects.filter(code=code).first()
    if partner is None:
        raise NoSuchContract("Không có đối tác thu hộ này.")
    return partner


@dataclass(frozen=True, slots=True)
class ContractShown:
    """A contract with its parts."""

    row: Contract
    channels: Sequence[PaidBy]
    agency_ids: Sequence[int]
    accounts: Sequence[ContractAccount]
    prices: Sequence[ContractPrice]

    @property
    def agency_names(self) -> list[str]:
        """Return for whom it holds, in words."""
        tree = organisation.tree()
        names = [tree.agency(one).name for one in self.agency_ids if one != EVERY_AGENCY]
        return names or ["Mọi cơ quan của tỉnh"]


def contracts_for(actor: Actor) -> list[ContractShown]:
    """Return the contracts an actor manages or is bound by, the newest first.

    Costs: four statements.
    """
    found = _readable(actor).select_related("partner").order_by("-valid_from", "-id")
    return shown_of(list(found))


def get_contract(code: str, actor: Actor) -> ContractShown:
    """Return one contract that the actor may read. Raises: NoSuchContract."""
    found = _readable(actor).select_related("partner").filter(code=code)
    shown = shown_of(list(found))
    if not shown:
        raise NoSuchContract("Không tìm thấy hợp đồng này.")
    return shown[0]


def _readable(actor: Actor) -> QuerySet[Contract]:
    """Return the contracts of the agencies in which the actor manages contracts, and of all."""
    if actor.can(Power.MANAGE_CONTRACTS, unit_id=EVERYWHERE):
        return Contract.objects.all()
    units = actor.powers.get(Power.MANAGE_CONTRACTS, frozenset())
    if not units:
        return Contract.objects.none()
    tree = organisation.tree()
    agencies = {one.id for one in tree.agencies() if one.root_unit_id in units}
    rows = ContractChannel.objects.filter(
        Q(agency_id__in=agencies) | Q(agency_id=EVERY_AGENCY)
    ).values("contract_id")
    return Contract.objects.filter(pk__in=rows)


_Part = TypeVar("_Part", ContractChannel, ContractAccount, ContractPrice)


def _by_contract(rows: QuerySet[_Part]) -> defaultdict[int, list[_Part]]:
    parts: defaultdict[int, list[_Part]] = defaultdict(list)
    for row in rows:
        parts[row.contract_id].append(row)
    return parts


def shown_of(found: Sequence[Contract]) -> list[ContractShown]:
    """Return contracts with their parts. Costs: three statements."""
    channels = _by_contract(ContractChannel.objects.filter(contract__in=found).order_by("id"))
    accounts = _by_contract(ContractAccount.objects.filter(contract__in=found).order_by("id"))
    prices = _by_contract(
        ContractPrice.objects.filter(contract__in=found).order_by("channel", "-valid_from")
    )
    return [
        ContractShown(
            one,
            [PaidBy(word) for word in dict.fromkeys(row.channel for row in channels[one.pk])],
            sorted({row.agency_id for row in channels[one.pk]}),
            accounts[one.pk],
            prices[one.pk],
        )
        for one in found
    ]


def settlements_of(code: str, actor: Actor) -> list[Settlement]:
    """Return the settled months of a contract, the newest first. Raises: NoSuchContract."""
    shown = get_contract(code, actor)
    rows = Settlement.objects.filter(contract=shown.row).select_related("contract__partner")
    return list(rows.order_by("-month"))


def get_settlement(code: str, month: date, actor: Actor) -> Settlement:
    """Return the settlement of a month. Raises: NoSuchContract."""
    found = next((one for one in settlements_of(code, actor) if one.month == month), None)
    if found is None:
        raise NoSuchContract("Chưa lập bảng quyết toán của tháng này.")
    return found
