"""A statement against the books: what matches, what does not, and what was booked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.payments.api import (
    BeneficiaryIn,
    Channel,
    OrderState,
    get_order,
    save_beneficiary,
)
from motcua.casework.payments.tests.make import ADMIN
from motcua.casework.reconciliation.choices import LineState, MismatchKind, MismatchState, Way
from motcua.casework.reconciliation.errors import BadNotice, BadStatement
from motcua.casework.reconciliation.models import Mismatch, Statement, StatementLine
from motcua.casework.reconciliation.operations.recording import record_waiting, take_bank_notice
from motcua.casework.reconciliation.queries.checking import nightly_check
from motcua.casework.reconciliation.queries.results import result_of
from motcua.casework.reconciliation.rules.lines import LineIn
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.errors import NotAllowed

from .make import (
    ACCOUNT,
    EVENING,
    MONDAY,
    accountant,
    csv_of,
    make_order,
    make_till,
    paid,
    report_of,
    take,
)

pytestmark = pytest.mark.django_db


def kinds(statement: Statement) -> list[tuple[str, int | None, int | None]]:
    rows = Mismatch.objects.filter(statement=statement).order_by("code")
    return [(one.kind, one.here_vnd, one.there_vnd) for one in rows]


def test_a_transfer_with_its_code_is_recorded_and_matched() -> None:
    till = make_till()
    order = make_order(till)
    words = f"{order.code.replace('-', '')} nop phi"

    statement = take(csv_of(("FT1", 150_000, words)), by=accountant(till))
    record_waiting(at=EVENING)

    assert get_order(order.code).state == OrderState.PAID
    assert result_of(statement).matched == 1
    assert kinds(statement) == []
    detail = f"account:{ACCOUNT}"
    assert cashbook.balance(AccountKind.BANK, till.agency_id, detail=detail) == 150_000
    assert cashbook.balance(AccountKind.CLEARING, till.agency_id, detail="transfer") == 0
    assert cashbook.balance(AccountKind.SUSPENSE, till.agency_id, detail="statement") == 0
    assert nightly_check(at=MONDAY - timedelta(days=1)) == []


def test_each_kind_of_difference_is_found() -> None:
    till = make_till()
    same, other, gone = (make_order(till) for _ in range(3))
    paid(same, "G1", till)
    paid(other, "G2", till)
    paid(gone, "G3", till)

    statement = take(
        report_of(("G1", "X1", 150_000), ("G2", "X2", 140_000), ("G9", "X9", 150_000)),
        by=accountant(till),
        channel=Channel.VNPAY,
    )

    assert result_of(statement).matched == 1
    assert sorted(kinds(statement)) == [
        (MismatchKind.AMOUNT_DIFFERS, 150_000, 140_000),
        (MismatchKind.MISSING_HERE, None, 150_000),
        (MismatchKind.MISSING_THERE, 150_000, None),
    ]


def test_the_same_file_again_changes_nothing() -> None:
    till = make_till()
    content = csv_of(("FT1", 150_000, "khong ro"))
    first = take(content, by=accountant(till))

    again = take(content, by=accountant(till), at=EVENING + timedelta(hours=1))

    assert (again.pk, Statement.objects.count(), Mismatch.objects.count()) == (first.pk, 1, 1)


def test_an_overlapping_statement_brings_only_what_is_new() -> None:
    till = make_till()
    take(csv_of(("FT1", 150_000, "khong ro")), by=accountant(till))

    later = take(csv_of(("FT1", 150_000, "khong ro"), ("FT2", 20_000, "x")), by=accountant(till))

    assert (later.line_count, later.known_count) == (2, 1)
    detail = f"account:{ACCOUNT}"
    assert cashbook.balance(AccountKind.BANK, till.agency_id, detail=detail) == 170_000


def test_another_amount_under_a_known_reference_is_named() -> None:
    till = make_till()
    first = take(csv_of(("FT1", 150_000, "khong ro")), by=accountant(till))

    later = take(csv_of(("FT1", 160_000, "khong ro"), ("FT2", 1_000, "x")), by=accountant(till))

    assert later.troubles == [
        f"Dòng 3: số tham chiếu FT1 đã có trong {first.code} với số tiền khác (150000)."
    ]


def test_what_was_missing_may_appear_in_the_next_statement() -> None:
    till = make_till()
    paid(make_order(till), "G1", till)
    take(report_of(("G8", "", 1_000)), by=accountant(till), channel=Channel.VNPAY)

    take(report_of(("G1", "X1", 150_000)), by=accountant(till), channel=Channel.VNPAY)

    missing = Mismatch.objects.get(kind=MismatchKind.MISSING_THERE)
    assert (missing.state, missing.way) == (MismatchState.SETTLED, Way.APPEARED)


def test_money_told_by_the_bank_is_recorded_at_once_and_once() -> None:
    till = make_till()
    order = make_order(till)
    told = LineIn(0, ACCOUNT, "FT1", MONDAY, 150_000, f"{order.code} nop phi", "LAN")

    first, again = (take_bank_notice(told, at=MONDAY) for _ in range(2))
    statement = take(csv_of(("FT1", 150_000, f"{order.code} nop phi")), by=accountant(till))

    assert (first.is_paid, first.is_new, again.is_new) == (True, True, False)
    assert get_order(order.code).paid_vnd == 150_000
    assert (result_of(statement).matched, StatementLine.objects.count()) == (1, 1)
    assert cashbook.balance(AccountKind.CLEARING, till.agency_id, detail="transfer") == 0


def test_what_a_bank_told_and_the_statement_lacks_is_missing() -> None:
    till = make_till()
    order = make_order(till)
    take_bank_notice(LineIn(0, ACCOUNT, "FT1", MONDAY, 150_000, order.code), at=MONDAY)

    statement = take(csv_of(("FT2", 10_000, "khac")), by=accountant(till))

    assert (MismatchKind.MISSING_THERE, 150_000, None) in kinds(statement)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LineIn(0, "999999", "FT1", MONDAY, 150_000, "x"), "không phải tài khoản nhận tiền"),
        (LineIn(0, ACCOUNT, "", MONDAY, 150_000, "x"), "phải có số tham chiếu"),
        (LineIn(0, ACCOUNT, "FT1", MONDAY, -5, "x"), "lớn hơn 0"),
    ],
)
def test_a_notice_that_cannot_be_ours_is_refused(line: LineIn, words: str) -> None:
    make_till()

    with pytest.raises(BadNotice, match=words):
        take_bank_notice(line, at=MONDAY)


def test_a_second_notice_with_another_amount_is_refused() -> None:
    make_till()
    take_bank_notice(LineIn(0, ACCOUNT, "FT1", MONDAY, 150_000, "x"), at=MONDAY)

    with pytest.raises(BadNotice, match="số tiền khác"):
        take_bank_notice(LineIn(0, ACCOUNT, "FT1", MONDAY, 150_001, "x"), at=MONDAY)


def test_the_same_number_at_another_bank_is_another_account() -> None:
    till = make_till()
    elsewhere = BeneficiaryIn(
        till.dung.agency_id or 0, "970415", "Ngân hàng", ACCOUNT, "UBND XA NA TAU", MONDAY.date()
    )
    save_beneficiary(elsewhere, by=ADMIN, at=MONDAY)

    told = LineIn(0, ACCOUNT, "FT1", MONDAY, 150_000, "x", bank="970415")
    found = take_bank_notice(told, at=MONDAY)

    assert found.line.agency_id == till.dung.agency_id
    with pytest.raises(BadNotice, match="ngân hàng khác"):
        take_bank_notice(replace(told, bank="970403"), at=MONDAY)


def test_a_report_is_not_taken_for_a_bank_statement() -> None:
    till = make_till()

    with pytest.raises(BadStatement, match="báo cáo của cổng thanh toán"):
        take(report_of(("G1", "X1", 1_000)), by=accountant(till))


def test_a_bad_statement_leaves_nothing_behind() -> None:
    till = make_till()

    with pytest.raises(BadStatement):
        take(csv_of(("FT1", 150_000, "x")) + b"\xff\xfe\x00", by=accountant(till))

    assert (Statement.objects.count(), StatementLine.objects.count()) == (0, 0)


def test_an_officer_without_the_power_takes_no_statement() -> None:
    till = make_till()

    with pytest.raises(NotAllowed):
        take(csv_of(("FT1", 1, "x")), by=till.dung)


def test_the_account_of_another_agency_is_not_booked() -> None:
    till = make_till()
    root = organisation.tree().agency(till.dung.agency_id or 0).root_unit_id
    away = replace(till.dung, powers={str(Power.RECONCILE): frozenset({root})})

    with pytest.raises(BadStatement, match="của cơ quan khác"):
        take(csv_of(("FT1", 150_000, "x")), by=away)


@pytest.mark.parametrize("is_told_first", [False, True])
def test_who_gets_money_for_another_agency_owes_it(*, is_told_first: bool) -> None:
    till = make_till()
    other = till.dung.agency_id or 0
    order = make_order(till, agency_id=other)
    if is_told_first:
        take_bank_notice(LineIn(0, ACCOUNT, "FT1", MONDAY, 150_000, order.code), at=MONDAY)

    take(csv_of(("FT1", 150_000, order.code)), by=accountant(till))
    record_waiting(at=EVENING)

    assert [
        cashbook.balance(AccountKind.RECEIVABLE, till.agency_id, detail=f"agency:{other}"),
        cashbook.balance(AccountKind.CLEARING, till.agency_id, detail="transfer"),
        cashbook.balance(AccountKind.CLEARING, other, detail="transfer"),
        cashbook.balance(AccountKind.SUSPENSE, till.agency_id, detail="statement"),
    ] == [-150_000, 0, 0, 0]


def test_the_database_keeps_a_reference_once() -> None:
    till = make_till()
    take(csv_of(("FT1", 150_000, "x"), ("FT2", 1_000, "x")), by=accountant(till))

    with pytest.raises(IntegrityError, match="reconciliation_line_once"):
        StatementLine.objects.filter(ref="FT2").update(ref="FT1")


def test_a_matched_line_has_its_payment() -> None:
    till = make_till()
    take(csv_of(("FT1", 150_000, "x")), by=accountant(till))

    with pytest.raises(IntegrityError, match="reconciliation_matched_has_payment"):
        StatementLine.objects.update(state=LineState.MATCHED)
