"""A month is settled from what was collected, agreed by us, then by the partner; then it stays."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from motcua.casework.contracts.choices import PaidBy
from motcua.casework.contracts.errors import NotToBeSettled
from motcua.casework.contracts.models import Settlement
from motcua.casework.contracts.operations.contracts import sign_contract
from motcua.casework.contracts.operations.settling import (
    PartnerAgreed,
    agree_to_month,
    note_partner_agreed,
    settle_month,
)
from motcua.casework.contracts.ports import Collected, ask_for_payments, forget_source
from motcua.casework.contracts.queries.contracts import get_settlement
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import CONTRACT, MANAGER, NOW, make_contract

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
APRIL = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
AGREED = PartnerAgreed("Lê Thị Thu", "15/CV-TT", date(2026, 4, 5))
MADE: list[Collected] = []


def source(channels: Collection[str], first: date, last: date) -> Iterator[Collected]:
    """Yield what the test says was collected."""
    return (one for one in MADE if one.channel in channels and first <= one.on <= last)


@pytest.fixture(autouse=True)
def _source() -> Iterator[None]:
    MADE[:] = [
        Collected("vnpay", 7, 100_000, date(2026, 3, 1)),
        Collected("vnpay", 7, 300_000, date(2026, 3, 31)),
        Collected("vnpay", 7, 900_000, date(2026, 4, 1)),
        Collected("cod", 7, 500_000, date(2026, 3, 2)),
    ]
    ask_for_payments(source)
    yield
    forget_source(source)


def settle(**changes: Any) -> Settlement:
    return settle_month(make_contract(**changes).code, MARCH, by=MANAGER, at=APRIL)


def test_a_month_is_what_was_collected_by_the_channels_of_the_contract() -> None:
    found = settle()
    assert found.lines == [
        {"channel": "vnpay", "count": 2, "amount_vnd": 400_000, "cost_vnd": 2200 + 2750}
    ]
    assert (found.amount_vnd, found.cost_vnd) == (400_000, 4950)


def test_what_an_agency_collects_under_its_own_contract_stands_there_alone() -> None:
    agency = make_agency()
    MADE.append(Collected("vnpay", agency.pk, 1_000_000, date(2026, 3, 5)))
    general = make_contract()
    sign_contract(replace(CONTRACT, number="02/2026", agency_ids=(agency.pk,)), by=MANAGER, at=NOW)
    found = settle_month(general.code, MARCH, by=MANAGER, at=APRIL)
    assert found.amount_vnd == 400_000


def test_a_month_that_runs_or_is_before_the_contract_is_not_settled() -> None:
    code = make_contract().code
    with pytest.raises(NotToBeSettled, match="Tháng 04/2026 chưa hết"):
        settle_month(code, APRIL.date(), by=MANAGER, at=APRIL)
    with pytest.raises(NotToBeSettled, match="không có hiệu lực trong tháng 12/2025"):
        settle_month(code, date(2025, 12, 1), by=MANAGER, at=APRIL)


def test_without_a_price_nothing_is_settled_for_free() -> None:
    with pytest.raises(NotToBeSettled, match="Chưa ghi giá của kênh “vnpay” ngày 01/03/2026"):
        settle(price=None)


def test_until_we_agree_a_month_may_be_reckoned_again() -> None:
    first = settle()
    MADE.append(Collected("vnpay", 7, 1_000, date(2026, 3, 3)))
    code = first.contract.code
    again = settle_month(code, MARCH, by=MANAGER, at=APRIL)
    assert (again.pk, again.amount_vnd) == (first.pk, 401_000)
    with pytest.raises(NotToBeSettled, match="vừa được tính lại"):
        agree_to_month(code, MARCH, first.cost_vnd, by=MANAGER, at=APRIL)


def test_both_sides_agree_one_after_the_other() -> None:
    found = settle()
    code = found.contract.code
    with pytest.raises(NotToBeSettled, match="Bên giao phải đồng ý"):
        note_partner_agreed(code, MARCH, AGREED, by=MANAGER, at=APRIL)
    agree_to_month(code, MARCH, found.cost_vnd, by=MANAGER, at=APRIL)
    with pytest.raises(NotToBeSettled, match="không tính lại nữa"):
        settle_month(code, MARCH, by=MANAGER, at=APRIL)
    with pytest.raises(NotToBeSettled, match="số văn bản"):
        note_partner_agreed(code, MARCH, replace(AGREED, document=""), by=MANAGER, at=APRIL)
    note_partner_agreed(code, MARCH, AGREED, by=MANAGER, at=APRIL)
    assert get_settlement(code, MARCH, MANAGER).is_settled


def test_the_database_keeps_what_was_agreed() -> None:
    found = settle()
    agree_to_month(found.contract.code, MARCH, found.cost_vnd, by=MANAGER, at=APRIL)
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Settlement.objects.update(cost_vnd=1)
    note_partner_agreed(found.contract.code, MARCH, AGREED, by=MANAGER, at=APRIL)
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Settlement.objects.update(partner_name="x")
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        found.delete()


def test_dung_settles_nothing() -> None:
    code = make_contract().code
    with pytest.raises(NotAllowed):
        settle_month(code, MARCH, by=Actor(id=911, name="Dũng"), at=APRIL)


def test_channels_that_nobody_used_stand_there_with_nothing() -> None:
    found = settle(channels=(PaidBy.VNPAY, PaidBy.NATIONAL))
    assert [(one["channel"], one["count"]) for one in found.lines] == [
        ("vnpay", 2),
        ("national", 0),
    ]
