"""A receipt for each order and kind: once, numbered in order, following the money."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.casework.receipts.choices import Act, Nature, ReceiptState
from motcua.casework.receipts.models import Receipt, ReceiptMove, Series
from motcua.casework.receipts.operations import issuing
from motcua.casework.receipts.operations.issuing import issue_waiting, settle
from motcua.casework.receipts.operations.series import DelegationIn, close_series, delegate
from motcua.lib.actor import SYSTEM

from .make import (
    CHARGE,
    DAY,
    FEE,
    MINUTE,
    MONDAY,
    NEW_YEAR,
    TAX_CODE,
    Place,
    less,
    line,
    make_body,
    make_order,
    make_place,
    make_series,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def issued() -> Sequence[tuple[str, str, int]]:
    """Return number, nature and amount of all receipts, in the order in which they were made."""
    rows = Receipt.objects.select_related("series").order_by("id")
    return [(one.number_words, one.nature, one.amount_vnd) for one in rows]


def states() -> dict[str, str]:
    rows = Receipt.objects.select_related("series").order_by("id")
    return {one.number_words: one.state for one in rows}


def pay(place: Place, *orders: tuple[str, int]) -> None:
    """Let orders for phí be paid, one a minute."""
    for minute, (code, amount) in enumerate(orders):
        moment = MONDAY + minute * MINUTE
        settle(make_order(place, code, line(FEE, amount), at=moment), by=SYSTEM, at=moment)


def test_each_kind_has_its_receipt_and_its_numbers() -> None:
    place = make_place()

    settle(make_order(place), by=SYSTEM, at=MONDAY)

    assert issued() == [
        ("EBL01/26TAA/1", "original", 40_000),
        ("EBL01/26TAB/1", "original", 8_000),
    ]


def test_what_is_settled_twice_is_issued_once() -> None:
    place = make_place()
    order = make_order(place)

    for _ in range(3):
        settle(order, by=SYSTEM, at=MONDAY)

    assert [number for number, *_ in issued()] == ["EBL01/26TAA/1", "EBL01/26TAB/1"]


def test_numbers_follow_each_other_without_gaps() -> None:
    place = make_place()

    pay(place, ("TT26-1", 10_000), ("TT26-2", 20_000), ("TT26-1", 10_000), ("TT26-3", 30_000))

    assert [number for number, *_ in issued()] == [f"EBL01/26TAA/{n}" for n in (1, 2, 3)]


def test_what_costs_nothing_has_no_receipt() -> None:
    place = make_place()

    settle(make_order(place, "TT26-1", line(FEE, 0), line(CHARGE, 5_000)), by=SYSTEM, at=MONDAY)

    assert issued() == [("EBL01/26TAB/1", "original", 5_000)]


def test_a_used_up_range_goes_on_in_the_next_series() -> None:
    place = make_place(has_series=False)
    make_series(place, FEE, "26TAA", first_number=7, final_number=8)
    make_series(place, FEE, "26TAC")

    pay(place, ("TT26-1", 1_000), ("TT26-2", 2_000), ("TT26-3", 3_000))

    assert [number for number, *_ in issued()] == [
        "EBL01/26TAA/7",
        "EBL01/26TAA/8",
        "EBL01/26TAC/1",
    ]


def test_without_a_number_left_the_receipt_waits_and_loses_nothing() -> None:
    place = make_place(has_series=False)
    make_series(place, FEE, "26TAA", final_number=1)
    pay(place, ("TT26-1", 1_000), ("TT26-2", 2_000))
    waiting = Receipt.objects.get(state=ReceiptState.DUE)

    make_series(place, FEE, "26TAC")
    settle(make_order(place, "TT26-2", line(FEE, 2_000)), by=SYSTEM, at=MONDAY + DAY)

    assert waiting.waits_why.startswith("Không còn dãy biên lai phí nào dùng được ngày 06/07/2026")
    assert [number for number, *_ in issued()] == ["EBL01/26TAA/1", "EBL01/26TAC/1"]


def test_without_a_tax_code_the_receipt_waits() -> None:
    place = make_place(has_body=False)
    settle(make_order(place), by=SYSTEM, at=MONDAY)
    before = set(Receipt.objects.values_list("state", flat=True))

    make_body(place)
    settle(make_order(place), by=SYSTEM, at=MONDAY)

    assert (before, len(issued())) == ({"due"}, 2)
    assert set(states().values()) == {"issued"}


def test_at_midnight_a_new_year_begins_with_number_one() -> None:
    place = make_place()
    moments = {"TT26-1": NEW_YEAR - SECOND, "TT27-1": NEW_YEAR, "TT27-2": NEW_YEAR + SECOND}

    for code, at in moments.items():
        settle(make_order(place, code, line(FEE, 1_000), at=at), by=SYSTEM, at=at)

    rows = Receipt.objects.select_related("series").order_by("id")
    assert [(one.number_words, one.issued_on) for one in rows] == [
        ("EBL01/26TAA/1", date(2026, 12, 31)),
        ("EBL01/27TAA/1", date(2027, 1, 1)),
        ("EBL01/27TAA/2", date(2027, 1, 1)),
    ]


def test_what_was_paid_last_year_and_comes_late_stays_in_its_year() -> None:
    place = make_place()
    late, new = NEW_YEAR - MINUTE, NEW_YEAR + MINUTE

    settle(make_order(place, "TT27-1", line(FEE, 1_000), at=new), by=SYSTEM, at=new)
    settle(make_order(place, "TT26-1", line(FEE, 1_000), at=late), by=SYSTEM, at=late)

    assert [number for number, *_ in issued()] == ["EBL01/27TAA/1", "EBL01/26TAA/1"]


def test_no_number_bears_an_earlier_day_than_the_one_before() -> None:
    place = make_place()
    for code, at in {"TT26-2": MONDAY + DAY, "TT26-1": MONDAY}.items():
        settle(make_order(place, code, line(FEE, 1_000), at=at), by=SYSTEM, at=at)

    days = Receipt.objects.order_by("number").values_list("number", "issued_on")

    assert list(days) == [(1, date(2026, 7, 7)), (2, date(2026, 7, 7))]


def test_a_new_year_does_not_begin_with_numbers_that_another_series_has() -> None:
    place = make_place(has_series=False)
    make_series(place, FEE, "26TAA")
    make_series(place, CHARGE, "27TAA", year=2027, first_number=500)

    settle(make_order(place, "TT27-1", line(FEE, 1_000), at=NEW_YEAR), by=SYSTEM, at=NEW_YEAR)

    assert (Series.objects.count(), set(states().values())) == (2, {"due"})


def test_where_many_wait_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place(has_series=False)
    pay(place, ("TT26-1", 1_000), ("TT26-2", 1_000))
    late = MONDAY + DAY
    charge = make_order(place, "TT26-3", line(CHARGE, 2_000), at=late)
    settle(charge, by=SYSTEM, at=late)
    make_series(place, CHARGE, "26TAB")
    orders = {"TT26-1": make_order(place, "TT26-1", line(FEE, 1_000)), "TT26-3": charge}
    monkeypatch.setattr(issuing, "paid_order", lambda code, **_: orders.get(code))

    assert issue_waiting(at=late, most=2) == 1


def test_lines_that_are_alike_are_one_sum() -> None:
    place = make_place()
    order = make_order(place, "TT26-1", line(FEE, 3_000), line(FEE, 4_000))
    less_by_one = (line(FEE, 3_000), line(FEE, 4_000, kept_vnd=0))
    for given in (order, order, replace(order, lines=less_by_one)):
        settle(given, by=SYSTEM, at=MONDAY)

    assert [amount for *_, amount in issued()] == [7_000, -4_000]


def test_a_closed_series_gives_no_number_and_does_not_go_on_next_year() -> None:
    place = make_place(has_series=False)
    series = make_series(place, FEE, "26TAA")
    close_series(series.pk, by=place.oanh, at=MONDAY)

    for code, at in {"TT26-1": MONDAY, "TT27-1": NEW_YEAR}.items():
        settle(make_order(place, code, line(FEE, 1_000), at=at), by=SYSTEM, at=at)

    assert (set(states().values()), Series.objects.count()) == ({"due"}, 1)


def test_delegated_receipts_have_their_own_range_and_name_who_issues() -> None:
    place = make_place()
    given = DelegationIn(
        place.agency_id,
        "cod",
        "Bưu điện tỉnh Điện Biên",
        "Số 1, đường 7/5, phường Mường Thanh",
        TAX_CODE,
        "12/HĐ-UN",
        date(2026, 6, 20),
        date(2026, 6, 25),
        date(2026, 7, 1),
    )
    post = delegate(given, by=place.oanh, at=MONDAY)
    own = {"first_number": 500, "final_number": 900, "delegation_id": post.pk}
    make_series(place, FEE, "26TAP", **own)

    settle(make_order(place, "TT26-1", line(FEE, 9_000), channel="cod"), by=SYSTEM, at=MONDAY)
    pay(place, ("TT26-2", 1_000))

    said = Receipt.objects.get(order_code="TT26-1").said.delegate
    assert [number for number, *_ in issued()] == ["EBL01/26TAP/500", "EBL01/26TAA/1"]
    assert said is not None
    assert (said.name, said.tax_code, said.contract) == (
        "Bưu điện tỉnh Điện Biên",
        TAX_CODE,
        "Hợp đồng ủy nhiệm số 12/HĐ-UN ngày 20/06/2026",
    )


def test_money_given_back_in_part_is_adjusted_each_time() -> None:
    place = make_place()
    order = make_order(place)
    for at, kept in ((MONDAY, 40_000), (MONDAY + DAY, 30_000), (MONDAY + 2 * DAY, 25_000)):
        settle(less(order, FEE, kept), by=SYSTEM, at=at)

    fees = [one for one in issued() if "TAA" in one[0]]
    assert fees == [
        ("EBL01/26TAA/1", "original", 40_000),
        ("EBL01/26TAA/2", "adjustment", -10_000),
        ("EBL01/26TAA/3", "adjustment", -5_000),
    ]
    assert states()["EBL01/26TAA/1"] == "adjusted"


def test_money_given_back_whole_cancels_the_receipt_and_what_adjusted_it() -> None:
    place = make_place()
    order = make_order(place)
    for at, kept in ((MONDAY, 40_000), (MONDAY + DAY, 30_000), (MONDAY + 2 * DAY, 0)):
        settle(less(order, FEE, kept), by=SYSTEM, at=at)

    assert states() == {
        "EBL01/26TAA/1": "cancelled",
        "EBL01/26TAB/1": "issued",
        "EBL01/26TAA/2": "cancelled",
    }


def test_what_went_back_before_it_had_a_number_gets_none() -> None:
    place = make_place(has_series=False)
    order = make_order(place, "TT26-1", line(FEE, 9_000))
    settle(order, by=SYSTEM, at=MONDAY)
    settle(less(order, FEE, 0), by=SYSTEM, at=MONDAY + DAY)

    make_series(place, FEE, "26TAA")
    settle(less(order, FEE, 0), by=SYSTEM, at=MONDAY + DAY)

    assert states() == {"chưa có số": "cancelled"}


def test_typed_receipts_are_shown_and_not_issued_again() -> None:
    place = make_place()
    typed = replace(line(FEE, 9_000), typed_number="AB/25E-0000123")
    order = make_order(place, "TT26-1", typed, is_typed=True)

    for _ in range(2):
        settle(order, by=SYSTEM, at=MONDAY)

    assert issued() == [("AB/25E-0000123", "typed", 9_000)]
    assert not Receipt.objects.filter(next_sign_at__isnull=False).exists()


def test_the_database_holds_one_valid_receipt_for_an_order_and_kind() -> None:
    place = make_place()
    settle(make_order(place, "TT26-1", line(FEE, 1_000)), by=SYSTEM, at=MONDAY)
    first = Receipt.objects.get()

    first.pk, first.code, first.number = None, "ANOTHER", 2
    with pytest.raises(IntegrityError, match="one_valid_per_order_and_kind"):
        first.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        {"amount_vnd": 1},
        {"number": 9},
        {"content": {}},
        {"payer_name": "Dũng"},
        {"issued_on": date(2026, 1, 1)},
        {"state": "due"},
    ],
)
def test_the_database_refuses_to_rewrite_a_receipt(change: dict[str, object]) -> None:
    place = make_place()
    settle(make_order(place, "TT26-1", line(FEE, 1_000)), by=SYSTEM, at=MONDAY)

    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Receipt.objects.update(**change)
    with pytest.raises(DatabaseError, match="not deleted"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM receipts_receiptmove; DELETE FROM receipts_receipt")


def test_every_act_is_in_the_history() -> None:
    place = make_place()
    order = make_order(place, "TT26-1", line(FEE, 9_000))
    settle(order, by=SYSTEM, at=MONDAY)
    settle(less(order, FEE, 4_000), by=SYSTEM, at=MONDAY + DAY)

    first = Receipt.objects.get(nature=Nature.ORIGINAL)
    moves = ReceiptMove.objects.filter(receipt=first).order_by("seq").values_list("act", "on")

    assert list(moves) == [
        (Act.DUE, None),
        (Act.ISSUED, date(2026, 7, 6)),
        (Act.ADJUSTED, None),
    ]
