"""Partners, contracts, people for tests: VNPAY, the post; from the first day of 2026."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from motcua.casework.contracts.choices import PaidBy, PartnerKind
from motcua.casework.contracts.models import Contract, PartnerSeat
from motcua.casework.contracts.operations.contracts import (
    AccountIn,
    ContractIn,
    PartnerIn,
    PriceIn,
    save_partner,
    set_price,
    sign_contract,
)
from motcua.casework.contracts.operations.partners import open_partner_account
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.lib.actor import Actor

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 1)
MANAGER = Actor(
    id=910, name="Vũ Thị Quản", province_powers=frozenset({Power.MANAGE_CONTRACTS.value})
)
PARTNER = PartnerIn("vnpay", "Công ty thanh toán mẫu", PartnerKind.GATEWAY, "0100000000")
CONTRACT = ContractIn(
    partner_code="vnpay",
    number="01/2026/HĐTH",
    signed_on=date(2025, 12, 25),
    valid_from=FIRST_DAY,
    our_side="UBND tỉnh",
    channels=(PaidBy.VNPAY,),
    accounts=(AccountIn("Kho bạc Nhà nước khu vực", "3741012345", "UBND tỉnh"),),
)
PRICE = PriceIn(PaidBy.VNPAY, FIRST_DAY, Decimal("0.55"), 1100, 2200, 22000, "Phụ lục 1")


def make_contract(*, price: PriceIn | None = PRICE, **changes: Any) -> Contract:
    """Return a contract in force with its partner, and its price."""
    save_partner(PARTNER, by=MANAGER, at=NOW)
    contract = sign_contract(replace(CONTRACT, **changes), by=MANAGER, at=NOW)
    if price is not None:
        set_price(contract.code, price, by=MANAGER, at=NOW)
    return contract


POST = PartnerIn("buu-dien", "Bưu điện tỉnh", PartnerKind.POST, "0100109106", "Số 1, đường 7/5")
ADMIN = Actor(
    id=912,
    name="Vũ Thị Quản",
    province_powers=frozenset({Power.MANAGE_CONTRACTS.value, identity.ADMINISTER}),
)


def make_post(**changes: Any) -> Contract:
    """Return a contract with the post, which takes 1,000 đồng for each item it collects."""
    save_partner(POST, by=ADMIN, at=NOW)
    given = ContractIn(
        **{
            "partner_code": "buu-dien",
            "number": "05/2026/HĐTH",
            "signed_on": FIRST_DAY,
            "valid_from": FIRST_DAY,
            "our_side": "UBND tỉnh",
            "channels": (PaidBy.COD,),
            **changes,
        }
    )
    contract = sign_contract(given, by=ADMIN, at=NOW)
    for channel in given.channels:
        price = PriceIn(channel, given.valid_from, fixed_vnd=1000)
        set_price(contract.code, price, by=ADMIN, at=NOW)
    return contract


def make_person(
    partner: str, name: str = "Lường Thị Thúy", username: str = "thuy", *, at: datetime = NOW
) -> tuple[Actor, PartnerSeat]:
    """Return somebody of a partner, as who acts, and the seat."""
    facts = identity.PartnerPerson(name, username)
    seat, _ = open_partner_account(partner, facts, by=ADMIN, at=at)
    return access.actor_now(seat.account_id, at=at).actor, seat
