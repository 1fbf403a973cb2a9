"""Orders of an agency that ended are paid, booked and given back with its heir."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, HeirIn
from motcua.casework.cashbook.tests.make import DECISION, Place, ended
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, NoSuchOrder, OrderState, RefundIn
from motcua.casework.payments.operations.accounts import BeneficiaryIn, save_beneficiary
from motcua.casework.payments.queries.accounts import beneficiary_of
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotAllowed

from .make import ADMIN, DAY, Till, make_order, make_till

pytestmark = pytest.mark.django_db


def heir_of(till: Till) -> tuple[int, int]:
    """Return the agency of Dũng's desk, and that desk."""
    desk = till.dung.unit_ids[0]
    return organisation.tree().unit(desk).agency_id, desk


def passed(till: Till) -> Actor:
    """Let the commune end, its book pass to Dũng's; return who keeps it there."""
    agency_id, desk = heir_of(till)
    root = organisation.tree().agency(agency_id).root_unit_id
    powers = {one.value: frozenset({root}) for one in (Power.KEEP_CASHBOOK, Power.READ_CASHBOOK)}
    keeper = Actor(id=77, name="Nguyễn Thị Hoa", agency_id=agency_id, powers=powers)
    old = Place(till.agency_id, till.desk_id, till.binh, till.binh, till.binh)
    ended(old, replace(old, agency_id=agency_id, desk_id=desk))
    cashbook.pass_on_book(HeirIn(till.agency_id, agency_id, DECISION, desk), by=keeper, at=now())
    return keeper


def open_order(till: Till) -> payments.Order:
    return make_order(till, expires_at=now() + 15 * DAY)


def test_an_open_order_is_paid_in_cash_at_the_heirs_desk() -> None:
    till = make_till()
    order = open_order(till)
    passed(till)
    agency_id, desk = heir_of(till)
    cashbook.open_drawer(cashbook.DrawerIn(desk, 0), by=till.dung, at=now())

    payments.pay_cash(order.code, amount_vnd=150_000, by=till.dung, at=now())

    assert payments.get_order(order.code).state == OrderState.PAID
    held = cashbook.balance(AccountKind.DRAWER, agency_id, detail=f"unit:{desk}")
    assert (held, cashbook.balance(AccountKind.CHARGE, agency_id)) == (150_000, -50_000)
    assert cashbook.out_of_balance() == []


def test_it_is_paid_into_the_account_of_the_heir() -> None:
    till = make_till()
    order = open_order(till)
    today = local_day(now())
    payments.end_beneficiary(
        payments.Beneficiary.objects.get().pk, today - timedelta(days=1), by=ADMIN, at=now()
    )
    before = payments.offers_for(order, on=today)
    passed(till)
    agency_id, _ = heir_of(till)
    account = BeneficiaryIn(agency_id, "970403", "Kho bạc", "3511", "UBND XA MOI", today)
    save_beneficiary(account, by=ADMIN, at=now())

    assert [one.channel for one in before] == [Channel.CASH]
    assert beneficiary_of(order, on=today).number == "3511"


def test_people_of_the_heir_see_it_and_give_it_back() -> None:
    till = make_till()
    order = open_order(till)
    payments.pay_cash(order.code, amount_vnd=150_000, by=till.binh, at=now())
    with pytest.raises(NoSuchOrder):
        payments.get_order_for(till.dung, order.code)

    passed(till)

    assert payments.get_order_for(till.dung, order.code).code == order.code
    asked = RefundIn(50_000, "Thu sai đối tượng", lines=(2,))
    refund = payments.ask_refund(order.code, asked, by=till.dung, at=now())
    assert [one.code for one in payments.refunds_for(till.dung)] == [refund.code]


def test_people_of_a_third_agency_do_not() -> None:
    till = make_till()
    order = open_order(till)
    passed(till)
    stranger = replace(till.dung, id=99, powers={Power.ASK_REFUNDS.value: frozenset({1})})

    with pytest.raises(NotAllowed):
        payments.ask_refund(order.code, RefundIn(1_000, "Nhầm"), by=stranger, at=now())
