"""Who issues receipts follows the contract with who collects, while that contract delegates."""

from datetime import date
from typing import Any

import pytest

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.api import CollectionPartner
from motcua.casework.contracts.tests.make import ADMIN, make_post
from motcua.casework.receipts.errors import BadSeries
from motcua.casework.receipts.models import Delegation, Receipt
from motcua.casework.receipts.operations.issuing import settle
from motcua.casework.receipts.operations.series import delegate_by_contract
from motcua.lib.actor import SYSTEM
from motcua.lib.errors import NotAllowed

from .make import FEE, MONDAY, Place, line, make_order, make_place, make_series

pytestmark = pytest.mark.django_db
NOTICE = {
    "receipts_from": date(2026, 7, 1),
    "notified_on": date(2026, 6, 28),
    "notice_number": "12/TB-UBND",
}


def delegated(**changes: Any) -> tuple[Place, str]:
    """Return a commune whose contract with the post delegates receipts; the contract's code."""
    return make_place(), make_post(**{**NOTICE, **changes}).code


def issue(place: Place, order: str = "TT26-1", channel: str = "cod") -> Receipt:
    """Settle an order that was paid by a channel; return its receipt."""
    settle(make_order(place, order, line(FEE, 9_000), channel=channel), by=SYSTEM, at=MONDAY)
    return Receipt.objects.get(order_code=order)


def take_over(place: Place) -> Delegation:
    """Take the delegation over, with a range of numbers for it."""
    made = delegate_by_contract(place.agency_id, "cod", by=place.oanh, at=MONDAY)
    own = {"first_number": 500, "final_number": 900, "delegation_id": made.pk}
    make_series(place, FEE, "26TAP", **own)
    return made


def test_a_receipt_waits_until_the_contract_s_delegation_is_taken_over() -> None:
    place, _ = delegated()
    assert "hãy ghi ủy nhiệm theo hợp đồng" in issue(place).waits_why
    take_over(place)
    receipt = issue(place, "TT26-2")
    assert receipt.number == 500
    assert receipt.said.delegate is not None
    assert (receipt.said.delegate.name, receipt.said.delegate.contract) == (
        "Bưu điện tỉnh",
        "Hợp đồng ủy nhiệm số 05/2026/HĐTH ngày 01/01/2026",
    )


def test_what_is_taken_over_is_the_contract_s_own_words_once() -> None:
    place, code = delegated()
    made = take_over(place)
    again = delegate_by_contract(place.agency_id, "cod", by=place.oanh, at=MONDAY)
    assert (made.pk, made.contract_code, made.notified_on) == (
        again.pk,
        code,
        NOTICE["notified_on"],
    )
    assert (made.valid_from, made.tax_code) == (NOTICE["receipts_from"], "0100109106")


def test_other_channels_are_receipted_by_the_agency_itself() -> None:
    place, _ = delegated()
    take_over(place)
    assert issue(place, channel="vnpay").said.delegate is None


def test_a_paused_contract_gives_receipts_back_to_the_agency() -> None:
    place, code = delegated()
    take_over(place)
    contracts.pause_contract(code, "Bưu điện chậm nộp tiền", by=ADMIN, at=MONDAY)
    receipt = issue(place)
    assert (receipt.number, receipt.said.delegate) == (1, None)


def test_before_the_day_told_to_the_tax_office_the_agency_issues() -> None:
    late = {"receipts_from": date(2026, 7, 7), "notified_on": date(2026, 7, 4)}
    place, _ = delegated(**late)
    assert issue(place).said.delegate is None
    with pytest.raises(BadSeries, match="không hợp đồng nào ủy nhiệm"):
        delegate_by_contract(place.agency_id, "cod", by=place.oanh, at=MONDAY)


def test_a_partner_without_address_cannot_stand_on_receipts() -> None:
    place, _ = delegated()
    CollectionPartner.objects.update(address="")
    with pytest.raises(BadSeries, match="chưa khai địa chỉ"):
        delegate_by_contract(place.agency_id, "cod", by=place.oanh, at=MONDAY)


def test_dung_takes_nothing_over() -> None:
    place, _ = delegated()
    with pytest.raises(NotAllowed):
        delegate_by_contract(place.agency_id, "cod", by=place.dung, at=MONDAY)
