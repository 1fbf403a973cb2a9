"""A partner and a contract for tests: VNPAY for every agency, from the first day of 2026."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from motcua.casework.contracts.choices import PaidBy, PartnerKind
from motcua.casework.contracts.models import Contract
from motcua.casework.contracts.operations.contracts import (
    AccountIn,
    ContractIn,
    PartnerIn,
    PriceIn,
    save_partner,
    set_price,
    sign_contract,
)
from motcua.foundation.access.api import Power
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
