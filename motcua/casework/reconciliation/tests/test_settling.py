"""Each difference is settled by a person with a reason; by two where money is written off."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.payments.api import Channel, OrderState, get_order
from motcua.casework.payments.tests.make import Till
from motcua.casework.reconciliation.choices import MismatchKind, MismatchState, Way
from motcua.casework.reconciliation.errors import (
    CannotSettle,
    NoSuchDifference,
    SettledMeanwhile,
)
from motcua.casework.reconciliation.models import Mismatch
from motcua.casework.reconciliation.operations.settling import (
    SettleIn,
    approve_write_off,
    refuse_write_off,
    settle_mismatch,
)
from motcua.casework.reconciliation.queries.checking import nightly_check
from motcua.casework.reconciliation.queries.results import candidates_for
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    EVENING,
    MONDAY,
    accountant,
    csv_of,
    leader,
    make_order,
    make_till,
    paid,
    report_of,
    take,
)

pytestmark = pytest.mark.django_db
WHY = "Đã đối chiếu với đối tác"


def balance(till: Till, kind: AccountKind, detail: str = "") -> int:
    return cashbook.balance(kind, till.agency_id, detail=detail)


def settle(till: Till, way: Way, detail: str = "", **where: Any) -> Mismatch:
    code = Mismatch.objects.get(**where).code
    given = SettleIn(way, WHY, detail)
    return settle_mismatch(code, given, by=accountant(till), at=EVENING)


def test_money_without_a_code_is_recorded_for_the_order_a_person_chooses() -> None:
    till = make_till()
    order = make_order(till)
    take(csv_of(("FT1", 150_000, "LO THI LAN chuyen tien")), by=accountant(till))

    [candidate] = candidates_for(Mismatch.objects.get())
    settle(till, Way.RECORD, candidate.order.code)

    assert candidate.order.code == order.code
    assert get_order(order.code).state == OrderState.PAID
    assert balance(till, AccountKind.SUSPENSE, "statement") == 0
    assert balance(till, AccountKind.CLEARING, "transfer") == 0
    assert nightly_check(at=MONDAY - timedelta(days=1)) == []


def test_a_gateways_late_payment_is_recorded() -> None:
    till = make_till()
    order = make_order(till)
    take(report_of(("G1", "X", 150_000)), by=accountant(till), channel=Channel.VNPAY)

    settle(till, Way.RECORD, order.code)

    assert get_order(order.code).state == OrderState.PAID
    assert balance(till, AccountKind.CLEARING, "vnpay") == 150_000


@pytest.mark.parametrize(
    ("amount", "way", "detail", "kind", "account"),
    [
        (900_000, Way.HAND_OVER, "vnpay", AccountKind.CLEARING, "vnpay"),
        (-70_000, Way.REFUND, "", AccountKind.CLEARING, "transfer"),
        (-3_300, Way.PARTNER_COST, "", AccountKind.PARTNER_COST, ""),
    ],
)
def test_other_movements_of_an_account_are_booked_where_they_belong(
    amount: int, way: Way, detail: str, kind: AccountKind, account: str
) -> None:
    till = make_till()
    take(csv_of(("FT1", amount, "x")), by=accountant(till))

    settle(till, way, detail)

    assert balance(till, kind, account) == -amount
    assert balance(till, AccountKind.SUSPENSE, "statement") == 0
    assert cashbook.out_of_balance() == []


def test_cash_that_has_its_slip_is_not_booked_twice() -> None:
    till = make_till()
    take(csv_of(("FT1", 500_000, "nop tien mat")), by=accountant(till))

    settle(till, Way.CASH_SLIP)

    assert balance(till, AccountKind.BANK, "account:0011012345678") == 0


def handed_on(till: Till) -> cashbook.Handing:
    """Return a list of 70.000 đồng that the treasury took, of money in the account."""
    keeper = replace(accountant(till), province_powers=frozenset({"cashbook.keep"}))
    legs = (
        cashbook.Leg(AccountKind.BANK, till.agency_id, 70_000, "account:0011012345678"),
        cashbook.Leg(AccountKind.CHARGE, till.agency_id, -70_000),
    )
    day = EVENING.date()
    cashbook.post(cashbook.EntryIn("test", "1", day, "Thu", legs), by=keeper, at=EVENING)
    asked = cashbook.HandingIn(till.agency_id, day, "0011012345678", "Kho bạc", "7111")
    made = cashbook.list_handing(asked, by=keeper, at=EVENING)
    return cashbook.settle_handing(
        made.code, slip_number="KB-1", slip_on=day, by=keeper, at=EVENING
    )


def test_money_for_the_budget_is_not_booked_twice() -> None:
    till = make_till()
    made = handed_on(till)
    take(csv_of(("FT1", -70_000, "nop NSNN")), by=accountant(till))

    settle(till, Way.TREASURY_SLIP, made.code)

    assert balance(till, AccountKind.BANK, "account:0011012345678") == 0
    assert balance(till, AccountKind.SUSPENSE, "statement") == 0


def test_a_list_of_another_amount_explains_nothing() -> None:
    till = make_till()
    made = handed_on(till)
    take(csv_of(("FT1", -80_000, "nop NSNN")), by=accountant(till))

    with pytest.raises(BadInput, match=f"Bảng kê {made.code} nộp"):
        settle(till, Way.TREASURY_SLIP, made.code)


def test_a_list_explains_one_line() -> None:
    till = make_till()
    made = handed_on(till)
    take(csv_of(("FT1", -70_000, "nop NSNN")), by=accountant(till))
    settle(till, Way.TREASURY_SLIP, made.code)
    take(csv_of(("FT2", -70_000, "nop NSNN lan hai")), by=accountant(till))

    with pytest.raises(BadInput, match="đã đối chiếu"):
        settle(till, Way.TREASURY_SLIP, made.code, state=MismatchState.OPEN)


def test_writing_off_takes_two_people() -> None:
    till = make_till()
    paid(make_order(till), "G1", till)
    take(report_of(("G9", "", 1_000)), by=accountant(till), channel=Channel.VNPAY)

    proposed = settle(till, Way.WRITE_OFF, kind=MismatchKind.MISSING_THERE)
    before = balance(till, AccountKind.CLEARING, "vnpay")
    done = approve_write_off(proposed.code, by=leader(till), at=EVENING)

    assert (proposed.state, before) == (MismatchState.PROPOSED, 150_000)
    assert (done.state, done.settled_by_name) == (MismatchState.SETTLED, "Điêu Chính Hoa")
    assert balance(till, AccountKind.CLEARING, "vnpay") == 0
    assert balance(till, AccountKind.SUSPENSE, "statement") == 150_000


def test_an_amount_that_differs_follows_the_partner_after_approval() -> None:
    till = make_till()
    paid(make_order(till), "G1", till)
    take(report_of(("G1", "", 140_000)), by=accountant(till), channel=Channel.VNPAY)

    proposed = settle(till, Way.BY_PARTNER)
    approve_write_off(proposed.code, by=leader(till), at=EVENING)

    assert balance(till, AccountKind.CLEARING, "vnpay") == 140_000
    assert balance(till, AccountKind.SUSPENSE, "statement") == 10_000


def test_nobody_approves_the_own_proposal() -> None:
    till = make_till()
    take(csv_of(("FT1", 5_000, "x")), by=accountant(till))
    proposed = settle(till, Way.OTHER_INCOME)
    both = replace(accountant(till), powers={**accountant(till).powers, **leader(till).powers})

    with pytest.raises(NotAllowed, match="tự duyệt"):
        approve_write_off(proposed.code, by=both, at=EVENING)


def test_a_refused_proposal_is_open_again() -> None:
    till = make_till()
    take(csv_of(("FT1", 5_000, "x")), by=accountant(till))
    proposed = settle(till, Way.OTHER_INCOME)

    back = refuse_write_off(proposed.code, "Chưa đủ căn cứ", by=leader(till), at=EVENING)

    assert (back.state, back.way) == (MismatchState.OPEN, "")
    assert balance(till, AccountKind.SUSPENSE, "statement") == -5_000


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (SettleIn(Way.WRITE_OFF, WHY), CannotSettle),
        (SettleIn(Way.RECORD, WHY), BadInput),
        (SettleIn(Way.RECORD, WHY, "TT26-999999-9"), BadInput),
        (SettleIn(Way.HAND_OVER, WHY, "cho"), BadInput),
        (SettleIn(Way.HAND_OVER, "ok", "vnpay"), BadInput),
    ],
)
def test_what_cannot_be_is_refused(given: SettleIn, error: type[Exception]) -> None:
    till = make_till()
    take(csv_of(("FT1", 5_000, "x")), by=accountant(till))
    code = Mismatch.objects.get().code

    with pytest.raises(error):
        settle_mismatch(code, given, by=accountant(till), at=EVENING)

    assert Mismatch.objects.get().state == MismatchState.OPEN


def test_a_difference_is_settled_once() -> None:
    till = make_till()
    take(csv_of(("FT1", 5_000, "x")), by=accountant(till))
    settle(till, Way.HAND_OVER, "vnpay")

    with pytest.raises(SettledMeanwhile):
        settle(till, Way.HAND_OVER, "vnpay")


def test_an_officer_of_another_agency_does_not_know_of_it() -> None:
    till = make_till()
    take(csv_of(("FT1", 5_000, "x")), by=accountant(till))

    with pytest.raises(NoSuchDifference):
        settle_mismatch(
            Mismatch.objects.get().code,
            SettleIn(Way.HAND_OVER, WHY, "vnpay"),
            by=till.dung,
            at=EVENING,
        )


def test_the_database_wants_two_people_for_a_write_off() -> None:
    till = make_till()
    take(csv_of(("FT1", 5_000, "x")), by=accountant(till))

    with pytest.raises(IntegrityError, match="reconciliation_write_off_by_two"):
        Mismatch.objects.update(
            state=MismatchState.SETTLED,
            way=Way.OTHER_INCOME,
            settled_at=EVENING,
            settled_by_id=1,
            proposed_by_id=1,
        )
