"""Fees and charges go to the budget: what is kept, what is listed, what the treasury took."""

from datetime import date, datetime

import pytest

from motcua.casework.cashbook.choices import AccountKind, HandingState
from motcua.casework.cashbook.errors import (
    BadHanding,
    BadShare,
    HandingMoved,
    NotEnoughCash,
)
from motcua.casework.cashbook.models import Handing
from motcua.casework.cashbook.operations.handing import (
    HandingIn,
    list_handing,
    settle_handing,
    take_handing_back,
)
from motcua.casework.cashbook.operations.posting import post
from motcua.casework.cashbook.operations.shares import ShareIn, set_share
from motcua.casework.cashbook.queries.books import balance, find_entry
from motcua.casework.cashbook.queries.handing import HANDED_ON, due_to_budget
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.foundation.audit import api as audit
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import HANOI
from motcua.lib.errors import NotAllowed

from .make import DAY, EVENING, NOON, TUESDAY, Place, make_place

pytestmark = pytest.mark.django_db
BANK, VETERINARY = "account:3511", "1.004756"
FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=HANOI)


def came(place: Place, kind: AccountKind, vnd: int, ref: str, *, on: date = DAY) -> None:
    """Book money that is in the bank account already."""
    legs = (
        Leg(AccountKind.BANK, place.agency_id, vnd, BANK),
        Leg(kind, place.agency_id, -vnd, VETERINARY if kind == AccountKind.FEE else ""),
    )
    asked = EntryIn("payments.payment", ref, on, "Thu", legs)
    post(asked, by=SYSTEM, at=datetime(on.year, on.month, on.day, 10, tzinfo=HANOI))


def kept_part(place: Place, share: int, since: date = DAY, code: str = VETERINARY) -> None:
    asked = ShareIn(place.agency_id, share, "12/NQ-HĐND", DAY, since, code)
    set_share(asked, by=place.hoa, at=NOON)


def listed(place: Place, *, until: date = DAY, at: datetime = EVENING) -> Handing:
    asked = HandingIn(place.agency_id, until, "3511", "Kho bạc Nhà nước khu vực X", "7111")
    return list_handing(asked, by=place.hoa, at=at)


def held(place: Place) -> dict[str, int]:
    kinds = (AccountKind.BANK, AccountKind.FEE, AccountKind.CHARGE, AccountKind.KEPT)
    details = (BANK, VETERINARY, "", VETERINARY)
    pairs = zip(kinds, details, strict=True)
    return {kind.value: balance(kind, place.agency_id, detail=one) for kind, one in pairs}


def handed(place: Place, **changes: datetime) -> Handing:
    made = listed(place, **changes)
    return settle_handing(made.code, slip_number="KB-7", slip_on=DAY, by=place.hoa, at=EVENING)


def test_a_charge_goes_whole_a_fee_less_what_is_kept() -> None:
    place = make_place()
    kept_part(place, 7_500)
    came(place, AccountKind.FEE, 100_001, "A")
    came(place, AccountKind.CHARGE, 15_000, "B")

    made = handed(place)

    assert (made.collected_vnd, made.kept_vnd, made.handed_vnd) == (115_001, 75_000, 40_001)
    assert held(place) == {"bank": 75_000, "fee": 0, "charge": 0, "kept": -75_000}


def test_without_a_decision_everything_goes() -> None:
    place = make_place()
    came(place, AccountKind.FEE, 50_000, "A")

    assert (handed(place).kept_vnd, held(place)["bank"]) == (0, 0)


def test_the_share_of_the_day_of_collecting_counts() -> None:
    place = make_place()
    kept_part(place, 5_000)
    kept_part(place, 1_000, since=TUESDAY.date())
    came(place, AccountKind.FEE, 10_000, "A")
    came(place, AccountKind.FEE, 10_000, "B", on=TUESDAY.date())

    due = due_to_budget(place.agency_id, TUESDAY.date(), TUESDAY.date())

    assert [(one.collected_vnd, one.kept_vnd) for one in due.lines] == [(20_000, 6_000)]


def test_a_share_for_all_fees_gives_way_to_that_of_one() -> None:
    place = make_place()
    kept_part(place, 9_000, code="")
    kept_part(place, 2_000)
    came(place, AccountKind.FEE, 10_000, "A")

    assert due_to_budget(place.agency_id, DAY, DAY).kept_vnd == 2_000


def test_what_went_back_after_it_was_kept_is_made_good_the_next_time() -> None:
    place = make_place()
    kept_part(place, 5_000)
    came(place, AccountKind.FEE, 10_000, "A")
    handed(place)
    came(place, AccountKind.FEE, -4_000, "refund", on=TUESDAY.date())
    came(place, AccountKind.FEE, 10_000, "B", on=TUESDAY.date())

    due = due_to_budget(place.agency_id, TUESDAY.date(), TUESDAY.date())

    assert (due.collected_vnd, due.kept_vnd) == (6_000, 3_000)


def test_what_is_listed_is_not_listed_again() -> None:
    place = make_place()
    came(place, AccountKind.CHARGE, 15_000, "A")
    listed(place)

    with pytest.raises(BadHanding, match="không còn khoản nào"):
        listed(place)


def test_only_money_in_the_account_is_handed_on() -> None:
    place = make_place()
    legs = (
        Leg(AccountKind.CLEARING, place.agency_id, 15_000, "vnpay"),
        Leg(AccountKind.CHARGE, place.agency_id, -15_000),
    )
    post(EntryIn("payments.payment", "A", DAY, "Thu", legs), by=SYSTEM, at=NOON)

    with pytest.raises(NotEnoughCash, match="chỉ có 0 đồng, phải nộp 15"):
        listed(place)


def test_nothing_is_booked_before_the_slip() -> None:
    place = make_place()
    came(place, AccountKind.CHARGE, 15_000, "A")

    made = listed(place)

    assert (made.state, held(place)["bank"]) == (HandingState.LISTED, 15_000)


def test_the_same_slip_twice_is_one_entry() -> None:
    place = make_place()
    came(place, AccountKind.CHARGE, 15_000, "A")
    made = handed(place)

    settle_handing(made.code, slip_number="KB-7", slip_on=DAY, by=place.hoa, at=EVENING)

    assert held(place)["bank"] == 0
    with pytest.raises(HandingMoved):
        settle_handing(made.code, slip_number="KB-8", slip_on=DAY, by=place.hoa, at=EVENING)


def test_a_slip_is_for_one_list() -> None:
    place = make_place()
    came(place, AccountKind.CHARGE, 15_000, "A")
    first = handed(place)
    came(place, AccountKind.CHARGE, 5_000, "B")
    second = listed(place)

    with pytest.raises(BadHanding, match=f"đã được ghi cho bảng kê {first.code}"):
        settle_handing(second.code, slip_number="KB-7", slip_on=DAY, by=place.hoa, at=EVENING)


def test_taking_back_is_seen_and_leaves_everything_to_be_handed_on() -> None:
    place = make_place()
    kept_part(place, 5_000)
    came(place, AccountKind.FEE, 10_000, "A")
    made = handed(place)

    take_handing_back(made.code, reason="Kho bạc trả lại", by=place.hoa, at=EVENING)

    assert held(place) == {"bank": 10_000, "fee": -10_000, "charge": 0, "kept": 0}
    found = find_entry(HANDED_ON, made.code)
    assert found is not None
    assert found.reversed_by_id is not None
    assert due_to_budget(place.agency_id, DAY, DAY).handed_vnd == 5_000


def test_a_list_never_handed_in_is_taken_back_without_an_entry() -> None:
    place = make_place()
    came(place, AccountKind.CHARGE, 15_000, "A")
    made = listed(place)

    take_handing_back(made.code, reason="Lập nhầm ngày", by=place.hoa, at=EVENING)

    assert find_entry(HANDED_ON, made.code) is None
    assert listed(place).handed_vnd == 15_000


def test_only_who_keeps_the_book_hands_on() -> None:
    place = make_place()
    asked = HandingIn(place.agency_id, DAY, "3511", "Kho bạc", "7111")

    with pytest.raises(NotAllowed):
        list_handing(asked, by=place.binh, at=EVENING)


def test_a_slip_of_before_its_list_is_refused() -> None:
    place = make_place()
    came(place, AccountKind.CHARGE, 15_000, "A")
    made = listed(place, at=FRIDAY)

    with pytest.raises(BadHanding, match="từ ngày lập bảng kê"):
        settle_handing(made.code, slip_number="KB-7", slip_on=DAY, by=place.hoa, at=FRIDAY)


def test_each_step_leaves_its_trace() -> None:
    place = make_place()
    came(place, AccountKind.CHARGE, 15_000, "A")
    made = handed(place)
    take_handing_back(made.code, reason="Sai chương", by=place.hoa, at=EVENING)

    assert [one.action for one in audit.trail_of(f"handing:{made.code}")] == [
        "cashbook.list_handing",
        "cashbook.settle_handing",
        "cashbook.take_handing_back",
    ]


@pytest.mark.parametrize(
    ("share", "number", "words"), [(10_001, "1/QĐ", "từ 0 đến 100"), (5_000, " ", "số văn bản")]
)
def test_a_share_that_cannot_be(share: int, number: str, words: str) -> None:
    place = make_place()

    with pytest.raises(BadShare, match=words):
        set_share(ShareIn(place.agency_id, share, number, DAY, DAY), by=place.hoa, at=NOON)


def test_a_share_of_nothing_ends_the_one_before() -> None:
    place = make_place()
    kept_part(place, 5_000)
    kept_part(place, 0, since=TUESDAY.date())
    came(place, AccountKind.FEE, 10_000, "A", on=TUESDAY.date())

    assert due_to_budget(place.agency_id, TUESDAY.date(), TUESDAY.date()).kept_vnd == 0
