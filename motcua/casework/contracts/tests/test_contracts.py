"""A channel is open while a contract is in force, for its agencies, at its price."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.contracts.choices import PaidBy, Standing
from motcua.casework.contracts.errors import (
    BadContract,
    ContractMoved,
    ContractOverlaps,
    NoPrice,
    NoSuchContract,
)
from motcua.casework.contracts.models import Contract, ContractChannel, ContractPrice
from motcua.casework.contracts.operations.contracts import (
    AccountIn,
    PriceIn,
    change_contract,
    end_contract,
    pause_contract,
    resume_contract,
    save_partner,
    set_price,
    sign_contract,
)
from motcua.casework.contracts.queries.contracts import (
    contract_for,
    contracts_for,
    cost_of,
    delegate_of,
    get_contract,
    is_open,
    open_channels,
)
from motcua.casework.contracts.rules.pricing import cost
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import CONTRACT, FIRST_DAY, MANAGER, NOW, PARTNER, make_contract

pytestmark = pytest.mark.django_db
VNPAY = PaidBy.VNPAY.value
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def test_cash_needs_no_contract() -> None:
    assert (is_open("cash", 7, TODAY), open_channels(7, TODAY)) == (
        True,
        frozenset({"cash"}),
    )


def test_a_channel_is_open_on_the_days_of_its_contract() -> None:
    make_contract(valid_to=TODAY)
    days = [FIRST_DAY - DAY, FIRST_DAY, TODAY, TODAY + DAY]
    assert [is_open(VNPAY, 7, day) for day in days] == [False, True, True, False]


def test_a_contract_of_some_agencies_opens_nothing_to_others() -> None:
    agency = make_agency()
    make_contract(agency_ids=(agency.pk,))
    assert [is_open(VNPAY, one, TODAY) for one in (agency.pk, agency.pk + 1)] == [True, False]


def test_an_agency_with_its_own_contract_is_served_by_that_one() -> None:
    agency = make_agency()
    general = make_contract()
    own = sign_contract(
        replace(CONTRACT, number="02/2026", agency_ids=(agency.pk,)), by=MANAGER, at=NOW
    )
    found = [contract_for(VNPAY, one, TODAY) for one in (agency.pk, agency.pk + 1)]
    assert found == [own, general]


def test_a_paused_contract_closes_its_channels_until_it_is_resumed() -> None:
    contract = make_contract()
    pause_contract(contract.code, "Cổng hỏng", by=MANAGER, at=NOW)
    contract.refresh_from_db()
    assert (contract.standing(TODAY), is_open(VNPAY, 7, TODAY)) == (Standing.PAUSED, False)
    resume_contract(contract.code, by=MANAGER, at=NOW)
    assert is_open(VNPAY, 7, TODAY)


def test_an_ended_contract_is_open_to_its_last_day() -> None:
    contract = make_contract()
    end_contract(contract.code, on=TODAY, by=MANAGER, at=NOW)
    assert [is_open(VNPAY, 7, day) for day in (TODAY, TODAY + DAY)] == [True, False]


def test_two_contracts_for_one_channel_on_one_day_are_refused_with_the_other_one() -> None:
    make_contract(valid_to=TODAY)
    other = replace(CONTRACT, number="02/2026")
    with pytest.raises(ContractOverlaps, match="đã theo hợp đồng 01/2026/HĐTH"):
        sign_contract(other, by=MANAGER, at=NOW)
    after = sign_contract(
        replace(other, valid_from=TODAY + DAY, signed_on=TODAY), by=MANAGER, at=NOW
    )
    assert contract_for(VNPAY, 7, TODAY + DAY) == after


def test_the_database_refuses_them_too() -> None:
    contract = make_contract()
    with pytest.raises(IntegrityError, match="one_for_a_channel"), transaction.atomic():
        ContractChannel.objects.create(contract=contract, channel=VNPAY, valid_from=TODAY)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"number": " "}, "Hãy ghi số hợp đồng"),
        ({"our_side": ""}, "cơ quan giao thu hộ"),
        ({"channels": ()}, "ít nhất một kênh"),
        ({"valid_to": date(2025, 12, 31)}, "Ngày cuối ở trước"),
        ({"signed_on": TODAY}, "ký sau ngày"),
        ({"accounts": (AccountIn("VCB", "12", "UBND"),)}, "phải gồm 4–30"),
        ({"accounts": (AccountIn("", "12345", "UBND"),)}, "hãy ghi đủ"),
        ({"accounts": (AccountIn("VCB", "12345", "UBND", "9704"),)}, "BIN có 6"),
        ({"accounts": (AccountIn("VCB", "12345", "UBND"),) * 2}, "ghi hai lần"),
        ({"receipts_from": TODAY}, "phải có số và ngày thông báo"),
        (
            {"receipts_from": TODAY, "notified_on": TODAY - 2 * DAY, "notice_number": "5/TB"},
            "ít nhất 3 ngày trước: sớm nhất lập biên lai từ 03/03/2026",
        ),
        (
            {
                "receipts_from": date(2025, 12, 31),
                "notified_on": date(2025, 12, 1),
                "notice_number": "5/TB",
            },
            "trước khi hợp đồng có hiệu lực",
        ),
    ],
)
def test_a_contract_that_makes_no_sense_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadContract, match=complaint):
        make_contract(**changes)


def test_a_number_stands_once_with_a_partner() -> None:
    make_contract(valid_to=TODAY)
    with pytest.raises(BadContract, match="Đã có hợp đồng số 01/2026/HĐTH"):
        make_contract(valid_from=TODAY + DAY)


def test_a_partner_issues_receipts_from_the_third_day_after_the_notice() -> None:
    make_contract(receipts_from=TODAY, notified_on=TODAY - 3 * DAY, notice_number="5/TB")
    assert delegate_of(VNPAY, 7, TODAY - DAY) is None
    found = delegate_of(VNPAY, 7, TODAY)
    assert found is not None
    assert (found.name, found.tax_code) == ("Công ty thanh toán mẫu", "0100000000")


def test_the_database_keeps_the_three_days() -> None:
    contract = make_contract()
    with pytest.raises(IntegrityError, match="three_days"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(
            receipts_from=TODAY, notified_on=TODAY - 2 * DAY
        )


@pytest.mark.parametrize(
    ("amount", "taken"), [(0, 2200), (100_000, 2200), (300_000, 2750), (100_000_000, 22_000)]
)
def test_a_payment_costs_percent_and_fixed_within_least_and_most(amount: int, taken: int) -> None:
    make_contract()
    assert cost_of(VNPAY, amount, TODAY) == taken


def test_half_a_dong_is_rounded_up() -> None:
    assert [cost(amount, percent=Decimal("0.5"), fixed_vnd=0) for amount in (100, 99)] == [1, 0]


def test_a_new_price_holds_from_its_day_on() -> None:
    contract = make_contract()
    set_price(contract.code, PriceIn(PaidBy.VNPAY, TODAY, fixed_vnd=500), by=MANAGER, at=NOW)
    assert [cost_of(VNPAY, 100_000, day) for day in (TODAY - DAY, TODAY)] == [2200, 500]


@pytest.mark.parametrize(
    ("price", "complaint"),
    [
        (PriceIn(PaidBy.COD, TODAY), "không mở kênh"),
        (PriceIn(PaidBy.VNPAY, FIRST_DAY - DAY), "không thể có trước hợp đồng"),
        (PriceIn(PaidBy.VNPAY, FIRST_DAY), "đã có giá"),
        (PriceIn(PaidBy.VNPAY, TODAY, percent=Decimal(101)), "từ 0 đến 100"),
        (PriceIn(PaidBy.VNPAY, TODAY, least_vnd=5, most_vnd=4), "nhỏ hơn mức tối thiểu"),
    ],
)
def test_a_price_that_makes_no_sense_is_refused(price: PriceIn, complaint: str) -> None:
    contract = make_contract()
    with pytest.raises(BadContract, match=complaint):
        set_price(contract.code, price, by=MANAGER, at=NOW)


def test_without_a_price_the_cost_is_not_taken_for_nothing() -> None:
    make_contract(price=None)
    with pytest.raises(NoPrice, match="Chưa có giá"):
        cost_of(VNPAY, 100_000, TODAY)
    assert cost_of("cash", 100_000, TODAY) == 0


def test_what_was_paid_before_a_pause_keeps_its_price() -> None:
    contract = make_contract()
    pause_contract(contract.code, "Cổng hỏng", by=MANAGER, at=NOW)
    assert cost_of(VNPAY, 100_000, TODAY) == 2200


def test_two_who_change_a_contract_do_not_overwrite_each_other() -> None:
    contract = make_contract()
    annex = replace(CONTRACT, note="Phụ lục 2")
    change_contract(contract.code, annex, seen=1, by=MANAGER, at=NOW)
    with pytest.raises(ContractMoved, match="Người khác vừa sửa"):
        change_contract(contract.code, annex, seen=1, by=MANAGER, at=NOW)


def test_dung_of_another_agency_neither_reads_nor_writes() -> None:
    agency, other = make_agency(), make_agency("H18.102", "UBND xã Nà Tấu")
    contract = make_contract(agency_ids=(agency.pk,))
    reach = frozenset({organisation.tree().agency(other.pk).root_unit_id})
    dung = Actor(id=911, name="Dũng", powers={Power.MANAGE_CONTRACTS: reach})
    with pytest.raises(NotAllowed):
        end_contract(contract.code, on=TODAY, by=dung, at=NOW)
    with pytest.raises(NotAllowed):
        save_partner(PARTNER, by=dung, at=NOW)
    with pytest.raises(NoSuchContract):
        get_contract(contract.code, dung)
    assert contracts_for(dung) == []


def test_an_agency_reads_its_own_contracts_and_those_of_all() -> None:
    agency = make_agency()
    general = make_contract()
    hoa = Actor(
        id=912,
        name="Hoa",
        powers={
            Power.MANAGE_CONTRACTS: frozenset({organisation.tree().agency(agency.pk).root_unit_id})
        },
    )
    own = sign_contract(
        replace(CONTRACT, number="02/2026", agency_ids=(agency.pk,)), by=hoa, at=NOW
    )
    assert {one.row.code for one in contracts_for(hoa)} == {general.code, own.code}


def test_the_database_refuses_a_price_without_sense() -> None:
    make_contract()
    with pytest.raises(IntegrityError, match="makes_sense"), transaction.atomic():
        ContractPrice.objects.update(most_vnd=1)
