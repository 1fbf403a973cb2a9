"""Contracts of the demo province with those who collect; the numbers and partners are made up."""

from datetime import date, datetime
from decimal import Decimal

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.api import (
    AccountIn,
    ContractIn,
    PaidBy,
    PartnerIn,
    PartnerKind,
    PriceIn,
)
from motcua.lib.actor import Actor

FIRST_DAY, SIGNED_ON = date(2025, 7, 1), date(2025, 6, 20)
OUR_SIDE = "UBND tỉnh Điện Biên"
ACCOUNT = AccountIn("Kho bạc Nhà nước khu vực (minh họa)", "3741000000001", OUR_SIDE)
SIGNED = (
    (
        PartnerIn("vnpay", "VNPAY (minh họa)", PartnerKind.GATEWAY, "0100000011"),
        "01/2025/HĐTH",
        PriceIn(PaidBy.VNPAY, FIRST_DAY, Decimal("0.88"), 1100, 0, 0, "Phụ lục 1"),
    ),
    (
        PartnerIn("vnpt-pay", "VNPT Pay (minh họa)", PartnerKind.GATEWAY, "0100000022"),
        "02/2025/HĐTH",
        PriceIn(PaidBy.VNPT_PAY, FIRST_DAY, Decimal("0.55"), 0, 1100, 22000, "Phụ lục 1"),
    ),
    (
        PartnerIn("nen-tang-quoc-gia", "Nền tảng thanh toán quốc gia", PartnerKind.PLATFORM),
        "03/2025/TTKN",
        PriceIn(PaidBy.NATIONAL, FIRST_DAY, basis="Thỏa thuận kết nối"),
    ),
    (
        PartnerIn("ngan-hang", "Ngân hàng thu hộ (minh họa)", PartnerKind.BANK, "0100000033"),
        "04/2025/HĐTH",
        PriceIn(PaidBy.TRANSFER, FIRST_DAY, basis="Miễn phí chuyển khoản đến"),
    ),
    (
        PartnerIn(
            "buu-dien",
            "Bưu điện tỉnh (minh họa)",
            PartnerKind.POST,
            "0100000044",
            "Số 1, đường 7/5, phường Điện Biên Phủ (minh họa)",
        ),
        "05/2025/HĐTH",
        PriceIn(PaidBy.COD, FIRST_DAY, Decimal(1), 0, 15000, 0, "Phụ lục 1"),
    ),
)


def sign_contracts(*, by: Actor, at: datetime) -> int:
    """Sign the contracts with partners that are not known yet; answer how many that were."""
    known = {one.code for one in contracts.partners()}
    missing = [one for one in SIGNED if one[0].code not in known]
    for partner, number, price in missing:
        contracts.save_partner(partner, by=by, at=at)
        given = ContractIn(
            partner_code=partner.code,
            number=number,
            signed_on=SIGNED_ON,
            valid_from=FIRST_DAY,
            our_side=OUR_SIDE,
            channels=(price.channel,),
            accounts=(ACCOUNT,),
        )
        contract = contracts.sign_contract(given, by=by, at=at)
        contracts.set_price(contract.code, price, by=by, at=at)
    return len(missing)
