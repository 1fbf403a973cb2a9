"""Sign, change, pause and end contracts; set prices.

Source: docs/law/contracts.md
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Max

from motcua.casework.contracts.choices import PaidBy, PartnerKind
from motcua.casework.contracts.errors import (
    BadContract,
    ContractMoved,
    ContractOverlaps,
    NoSuchContract,
)
from motcua.casework.contracts.models import (
    EVERY_AGENCY,
    NOTICE_DAYS,
    CollectionPartner,
    Contract,
    ContractAccount,
    ContractChannel,
    ContractPrice,
)
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.text import sort_key

EVERYWHERE = 0
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAX_CODE = re.compile(r"\d{10}(?:-?\d{3})?")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{4,30}")
_BIN = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class PartnerIn:
    """A partner as it was entered."""

    code: str
    name: str
    kind: PartnerKind
    tax_code: str = ""
    address: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class AccountIn:
    """An account into which collected money goes."""

    bank_name: str
    number: str
    holder: str
    bank_bin: str = ""


@dataclass(frozen=True, slots=True)
class ContractIn:
    """A contract as it was entered; no agency named means every agency of the province."""

    partner_code: str
    number: str
    signed_on: date
    valid_from: date
    our_side: str
    channels: Sequence[PaidBy]
    valid_to: date | None = None
    agency_ids: Sequence[int] = ()
    accounts: Sequence[AccountIn] = ()
    our_signer: str = ""
    partner_signer: str = ""
    note: str = ""
    receipts_from: date | None = None
    notified_on: date | None = None
    notice_number: str = ""


@dataclass(frozen=True, slots=True)
class PriceIn:
    """What is taken for one payment; `most_vnd` 0 is no end."""

    channel: PaidBy
    valid_from: date
    percent: Decimal = Decimal(0)
    fixed_vnd: int = 0
    least_vnd: int = 0
    most_vnd: int = 0
    basis: str = ""


@work.story
def save_partner(given: PartnerIn, *, by: Actor, at: datetime) -> CollectionPartner:
    """Enter a partner or correct what is known of it. Raises: BadContract, NotAllowed."""
    by.require(Power.MANAGE_CONTRACTS, unit_id=EVERYWHERE)
    if not _CODE.fullmatch(given.code):
        message = "Mã đối tác gồm chữ thường không dấu, chữ số và dấu gạch, như “vnpt-pay”."
        raise BadContract(message, field="code")
    if not given.name.strip():
        raise BadContract("Hãy ghi tên đối tác.", field="name")
    if given.tax_code and not _TAX_CODE.fullmatch(given.tax_code):
        raise BadContract("Mã số thuế có 10 hoặc 13 chữ số.", field="tax_code")
    name = given.name.strip()
    partner, _ = CollectionPartner.objects.update_or_create(
        code=given.code,
        defaults={
            "name": name,
            "sort_key": sort_key(name),
            "kind": given.kind,
            "tax_code": given.tax_code,
            "address": given.address.strip(),
            "contact": given.contact.strip(),
        },
    )
    audit.record("contracts.partner", f"collector:{given.code}", by=by, at=at)
    return partner


@work.story
def sign_contract(given: ContractIn, *, by: Actor, at: datetime) -> Contract:
    """Enter a contract: on its days the channels it names are open.

    Raises: BadContract, ContractOverlaps, NoSuchContract for the partner, NotAllowed.
    """
    partner = _partner(given.partner_code)
    allow(given.agency_ids, by)
    series = numbering.series_of_year("contracts", "", local_day(at).year)
    (number,) = numbering.allocate_numbers(series, 1)
    contract = Contract(code=f"TH{local_day(at):%y}-{number:04}", partner=partner, version=0)
    _write(contract, given, by=by, at=at)
    audit.record("contracts.sign", f"contract:{contract.code}", by=by, at=at)
    return contract


@work.story
def change_contract(
    code: str, given: ContractIn, *, seen: int, by: Actor, at: datetime
) -> Contract:
    """Correct a contract or enter an annex to it; its partner stays.

    Raises: BadContract, ContractOverlaps, ContractMoved, NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    allow(given.agency_ids, by)
    if contract.version != seen:
        message = "Người khác vừa sửa hợp đồng này; hãy mở lại để thấy bản mới rồi sửa tiếp."
        raise ContractMoved(message)
    if contract.partner.code != given.partner_code:
        message = "Không đổi được đối tác của hợp đồng; hãy ghi hợp đồng khác."
        raise BadContract(message, field="partner")
    was = {"valid_to": f"{contract.valid_to or ''}", "number": contract.number}
    _write(contract, given, by=by, at=at)
    audit.record("contracts.change", f"contract:{code}", by=by, at=at, detail={"was": was})
    return contract


@work.story
def set_price(code: str, given: PriceIn, *, by: Actor, at: datetime) -> ContractPrice:
    """Say what the partner takes for one payment from a day on.

    Raises: BadContract, NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    _check_price(contract, given)
    price, is_new = ContractPrice.objects.get_or_create(
        contract=contract,
        channel=given.channel,
        valid_from=given.valid_from,
        defaults={
            "percent": given.percent,
            "fixed_vnd": given.fixed_vnd,
            "least_vnd": given.least_vnd,
            "most_vnd": given.most_vnd,
            "basis": given.basis.strip(),
            "set_by_name": by.name,
            "set_at": at,
        },
    )
    if not is_new:
        message = "Ngày này đã có giá của kênh ấy; hãy chọn ngày khác."
        raise BadContract(message, field="valid_from")
    detail = {"channel": given.channel.value, "from": given.valid_from.isoformat()}
    audit.record("contracts.price", f"contract:{code}", by=by, at=at, detail=detail)
    return price


def _check_price(contract: Contract, given: PriceIn) -> None:
    if given.channel not in _channels_of(contract):
        message = "Hợp đồng này không mở kênh ấy."
        raise BadContract(message, field="channel")
    if given.valid_from < contract.valid_from:
        message = f"Giá không thể có trước hợp đồng (từ {contract.valid_from:%d/%m/%Y})."
        raise BadContract(message, field="valid_from")
    latest = ContractPrice.objects.filter(contract=contract, channel=given.channel).aggregate(
        at=Max("valid_from")
    )["at"]
    if latest is not None and given.valid_from < latest:
        message = f"Đã có giá từ {latest:%d/%m/%Y}; giá mới phải từ sau ngày ấy."
        raise BadContract(message, field="valid_from")
    if not 0 <= given.percent <= 100 or min(given.fixed_vnd, given.least_vnd, given.most_vnd) < 0:  # noqa: PLR2004 -- per cent
        message = "Phần trăm từ 0 đến 100, số tiền không âm."
        raise BadContract(message, field="percent")
    if given.most_vnd and given.most_vnd < given.least_vnd:
        message = "Mức tối đa nhỏ hơn mức tối thiểu; hãy sửa một trong hai."
        raise BadContract(message, field="most_vnd")


@work.story
def pause_contract(code: str, why: str, *, by: Actor, at: datetime) -> None:
    """Close the channels at once, until resumed.

    Raises: BadContract, NoSuchContract, NotAllowed.
    """
    contract = locked(code)
    allow(agencies_of(contract), by)
    if not why.strip():
        raise BadContract("Hãy ghi lý do tạm dừng.", field="why")
    if contract.paused_at is None:
        contract.paused_at, contract.paused_why = at, why.strip()
        _keep(contract, by=by, at=at)
        detail = {"why": contract.paused_why}
        audit.record("contracts.pause", f"contract:{code}", by=by, at=at, detail=detail)


@work.story
def resume_contract(code: str, *, by: Actor, at: datetime) -> None:
    """Open the channels of a paused contract again. Raises: NoSuchContract, NotAllowed."""
    contract = locked(code)
    allow(agencies_of(contract), by)
    if contract.paused_at is not None:
        contract.paused_at, contract.paused_why = None, ""
        _keep(contract, by=by, at=at)
        audit.record("contracts.resume", f"contract:{code}", by=by, at=at)


@work.story
def end_contract(code: str, *, on: date, by: Actor, at: datetime) -> None:
    """Let a contract end with that day. Raises: BadContract, NoSuchContract, NotAllowed."""
    contract = locked(code)
    allow(agencies_of(contract), by)
    if on < contract.valid_from or (contract.valid_to is not None and on > contract.valid_to):
        message = "Ngày cuối phải nằm trong thời gian của hợp đồng."
        raise BadContract(message, field="on")
    contract.valid_to = on
    ContractChannel.objects.filter(contract=contract).update(valid_to=on)
    _keep(contract, by=by, at=at)
    detail = {"on": on.isoformat()}
    audit.record("contracts.end", f"contract:{code}", by=by, at=at, detail=detail)


def _keep(contract: Contract, *, by: Actor, at: datetime) -> None:
    contract.version += 1
    contract.changed_by_name, contract.changed_at = by.name, at
    contract.save()


def _partner(code: str) -> CollectionPartner:
    partner = CollectionPartner.objects.filter(code=code).first()
    if partner is None:
        raise NoSuchContract("Không có đối tác thu hộ này.")
    return partner


def locked(code: str) -> Contract:
    """Return a contract, locked. Raises: NoSuchContract."""
    contract = (
        Contract.objects.select_for_update(of=("self",))
        .select_related("partner")
        .filter(code=code)
        .first()
    )
    if contract is None:
        raise NoSuchContract("Không tìm thấy hợp đồng này.")
    return contract


def agencies_of(contract: Contract) -> list[int]:
    """Return the agencies for which a contract holds; none where it holds for all."""
    rows = ContractChannel.objects.filter(contract=contract).exclude(agency_id=EVERY_AGENCY)
    return sorted(set(rows.values_list("agency_id", flat=True)))


def _channels_of(contract: Contract) -> set[str]:
    return set(ContractChannel.objects.filter(contract=contract).values_list("channel", flat=True))


def allow(agency_ids: Sequence[int], by: Actor) -> None:
    """Raises: NotAllowed unless `by` manages contracts for these agencies (none: for all)."""
    if not agency_ids:
        by.require(Power.MANAGE_CONTRACTS, unit_id=EVERYWHERE)
        return
    tree = organisation.tree()
    for agency_id in agency_ids:
        by.require(Power.MANAGE_CONTRACTS, unit_id=tree.agency(agency_id).root_unit_id)


def _write(contract: Contract, given: ContractIn, *, by: Actor, at: datetime) -> None:
    """Check and keep a contract with its channels and accounts."""
    _check(contract, given)
    _check_alone(contract, given)
    contract.number, contract.signed_on = given.number.strip(), given.signed_on
    contract.valid_from, contract.valid_to = given.valid_from, given.valid_to
    contract.our_side, contract.note = given.our_side.strip(), given.note.strip()
    contract.our_signer = given.our_signer.strip()
    contract.partner_signer = given.partner_signer.strip()
    contract.receipts_from, contract.notified_on = given.receipts_from, given.notified_on
    contract.notice_number = given.notice_number.strip()
    _keep(contract, by=by, at=at)
    ContractChannel.objects.filter(contract=contract).delete()
    ContractChannel.objects.bulk_create(
        ContractChannel(
            contract=contract,
            channel=channel,
            agency_id=agency_id,
            valid_from=given.valid_from,
            valid_to=given.valid_to,
        )
        for channel, agency_id in _pairs(given)
    )
    ContractAccount.objects.filter(contract=contract).delete()
    ContractAccount.objects.bulk_create(
        ContractAccount(
            contract=contract,
            bank_bin=one.bank_bin,
            bank_name=one.bank_name,
            number=one.number,
            holder=one.holder,
        )
        for one in given.accounts
    )


def _pairs(given: ContractIn) -> Iterator[tuple[PaidBy, int]]:
    for channel in dict.fromkeys(given.channels):
        for agency_id in dict.fromkeys(given.agency_ids or (EVERY_AGENCY,)):
            yield channel, agency_id


def _check(contract: Contract, given: ContractIn) -> None:
    if not given.number.strip():
        raise BadContract("Hãy ghi số hợp đồng.", field="number")
    same = Contract.objects.filter(partner=contract.partner, number=given.number.strip())
    if same.exclude(pk=contract.pk).exists():
        message = f"Đã có hợp đồng số {given.number.strip()} với đối tác này."
        raise BadContract(message, field="number")
    if not given.our_side.strip():
        raise BadContract("Hãy ghi cơ quan giao thu hộ.", field="our_side")
    if not given.channels:
        raise BadContract("Hãy chọn ít nhất một kênh mà hợp đồng mở.", field="channels")
    if given.valid_to is not None and given.valid_to < given.valid_from:
        raise BadContract("Ngày cuối ở trước ngày đầu.", field="valid_to")
    if given.signed_on > given.valid_from:
        raise BadContract("Hợp đồng ký sau ngày nó có hiệu lực.", field="signed_on")
    _check_delegation(given)
    _check_accounts(given.accounts)


def _check_delegation(given: ContractIn) -> None:
    """Check that the tax office is told three days before the first delegated receipt."""
    if given.receipts_from is None:
        return
    if given.notified_on is None or not given.notice_number.strip():
        message = "Ủy nhiệm lập biên lai phải có số và ngày thông báo cho cơ quan thuế."
        raise BadContract(message, field="notified_on")
    if given.receipts_from < given.notified_on + timedelta(days=NOTICE_DAYS):
        first = given.notified_on + timedelta(days=NOTICE_DAYS)
        message = (
            f"Phải thông báo cho cơ quan thuế ít nhất {NOTICE_DAYS} ngày trước: sớm nhất lập biên"
            f" lai từ {first:%d/%m/%Y}."
        )
        raise BadContract(message, field="receipts_from")
    if given.receipts_from < given.valid_from:
        message = "Không lập biên lai ủy nhiệm trước khi hợp đồng có hiệu lực."
        raise BadContract(message, field="receipts_from")


def _check_accounts(accounts: Sequence[AccountIn]) -> None:
    for place, one in enumerate(accounts, 1):
        if not one.bank_name or not one.holder:
            message = f"Tài khoản {place}: hãy ghi đủ ngân hàng, số tài khoản, chủ tài khoản."
            raise BadContract(message, field="accounts")
        if not _ACCOUNT.fullmatch(one.number):
            message = f"Tài khoản {place}: số “{one.number}” phải gồm 4–30 chữ số, chữ cái."
            raise BadContract(message, field="accounts")
        if one.bank_bin and not _BIN.fullmatch(one.bank_bin):
            message = f"Tài khoản {place}: mã BIN có 6 chữ số."
            raise BadContract(message, field="accounts")
    if len({(one.bank_name, one.number) for one in accounts}) < len(accounts):
        raise BadContract("Một tài khoản được ghi hai lần.", field="accounts")


def _check_alone(contract: Contract, given: ContractIn) -> None:
    """Check that no other contract holds for the same channel and agency on these days."""
    rows = ContractChannel.objects.select_related("contract__partner").exclude(
        contract_id=contract.pk
    )
    for channel, agency_id in _pairs(given):
        for row in rows.filter(channel=channel, agency_id=agency_id).order_by("valid_from"):
            ends_before = row.valid_to is not None and row.valid_to < given.valid_from
            begins_after = given.valid_to is not None and row.valid_from > given.valid_to
            if not ends_before and not begins_after:
                until = f" đến {row.valid_to:%d/%m/%Y}" if row.valid_to else ""
                message = (
                    f"Kênh “{channel.label}” đã theo hợp đồng {row.contract.number} với"
                    f" {row.contract.partner.name} từ {row.valid_from:%d/%m/%Y}{until}; hãy kết"
                    " thúc hợp đồng ấy trước, hoặc chọn ngày khác."
                )
                raise ContractOverlaps(message)
