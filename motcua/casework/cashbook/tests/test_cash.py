"""Cash at a desk: shifts, hand-overs, deposits, counts; differences stand until explained."""

from datetime import date, timedelta

import pytest

from motcua.casework.cashbook.choices import (
    AccountKind,
    DepositState,
    DrawerState,
    QuarterState,
    WayOut,
)
from motcua.casework.cashbook.errors import (
    BadCount,
    DayNotReady,
    DrawerMoved,
    DrawerNotOpen,
    NotEnoughCash,
)
from motcua.casework.cashbook.models import Deposit, Difference
from motcua.casework.cashbook.operations.closing import (
    close_day,
    close_desk,
    close_quarter,
    decide_quarter,
)
from motcua.casework.cashbook.operations.deposits import (
    DepositIn,
    deposit,
    settle_deposit,
    take_deposit_back,
)
from motcua.casework.cashbook.operations.drawers import (
    CountIn,
    DrawerIn,
    close_drawer,
    hand_over,
    open_drawer,
    take_back,
    take_over,
)
from motcua.casework.cashbook.operations.explaining import ExplanationIn, explain_difference
from motcua.casework.cashbook.operations.posting import reverse
from motcua.casework.cashbook.queries.books import account_page, balance, balances
from motcua.casework.cashbook.queries.cash import (
    drawer_of,
    held,
    moved_at,
    safe_of,
    takings_of,
)
from motcua.casework.cashbook.queries.checking import out_of_balance
from motcua.casework.cashbook.rules.quarters import Quarter, quarter_of
from motcua.lib.errors import BadInput, NotAllowed

from .make import DAY, EVENING, MORNING, NOON, TUESDAY, Place, make_place, opened, taken

pytestmark = pytest.mark.django_db
HUNDRED = {50_000: 2}


def suspense(place: Place) -> int:
    return balance(AccountKind.SUSPENSE, place.agency_id, detail=f"unit:{place.desk_id}")


def short_by(place: Place, vnd: int = 10_000) -> Difference:
    """Return the difference of a shift of 200.000 that came out short."""
    drawer = opened(place)
    close_drawer(
        drawer.code,
        CountIn({10_000: (200_000 - vnd) // 10_000}, "trả nhầm tiền thừa"),
        by=place.binh,
        at=EVENING,
    )
    return Difference.objects.get()


def test_a_shift_begins_with_its_counted_notes() -> None:
    place = make_place()

    drawer = opened(place)

    assert (drawer_of(place.binh), held(drawer)) == (drawer, 200_000)
    assert balance(AccountKind.OTHER, place.agency_id, detail="float") == -200_000


def test_notes_that_are_not_the_amount_are_refused() -> None:
    place = make_place()

    with pytest.raises(BadCount, match=r"cộng lại là 100\.000 đồng"):
        open_drawer(DrawerIn(place.desk_id, 90_000, HUNDRED), by=place.binh, at=MORNING)


@pytest.mark.parametrize("notes", [{30_000: 1}, {50_000: -1}], ids=["no such note", "below zero"])
def test_notes_that_are_none_are_refused(notes: dict[int, int]) -> None:
    place = make_place()

    with pytest.raises(BadCount):
        open_drawer(DrawerIn(place.desk_id, 0, notes), by=place.binh, at=MORNING)


def test_money_from_nowhere_must_be_explained() -> None:
    place = make_place()

    with pytest.raises(BadCount, match="nhận từ đâu"):
        open_drawer(DrawerIn(place.desk_id, 100_000, HUNDRED), by=place.binh, at=MORNING)


def test_a_cashier_has_one_shift_at_a_time() -> None:
    place = make_place()
    opened(place)

    with pytest.raises(DrawerMoved, match="chưa đóng"):
        opened(place)


def test_an_officer_of_another_office_opens_nothing() -> None:
    dung = make_place("H18.102", 600).binh

    with pytest.raises(NotAllowed):
        opened(make_place(), by=dung)


def test_takings_are_those_of_the_own_drawer() -> None:
    place = make_place()
    drawer, other = opened(place), opened(place, by=place.lan_anh)

    taken(place, 15_000, "A")
    taken(place, 8_000, "B", by=place.lan_anh)

    assert [held(drawer), held(other)] == [215_000, 208_000]
    assert [one.subject for one in takings_of(drawer)] == ["drawer:" + drawer.code, "order:A"]


def test_what_was_counted_goes_into_the_safe_and_out_again() -> None:
    place = make_place()
    drawer = opened(place)
    close_drawer(drawer.code, CountIn({100_000: 2}), by=place.binh, at=EVENING)

    again = open_drawer(DrawerIn(place.desk_id, 100_000, HUNDRED), by=place.binh, at=TUESDAY)

    assert (safe_of(place.agency_id, place.desk_id), held(again)) == (100_000, 100_000)
    assert out_of_balance() == []


def test_a_difference_without_a_reason_closes_nothing() -> None:
    place = make_place()
    drawer = opened(place)

    with pytest.raises(BadCount, match=r"thiếu 100\.000 đồng"):
        close_drawer(drawer.code, CountIn(HUNDRED), by=place.binh, at=EVENING)

    assert drawer_of(place.binh) == drawer


def test_a_difference_stands_until_it_is_explained() -> None:
    place = make_place()
    found = short_by(place)

    assert (found.amount_vnd, found.reason, suspense(place)) == (
        -10_000,
        "trả nhầm tiền thừa",
        10_000,
    )

    words = ExplanationIn(WayOut.OWED, "Đã lập biên bản với ông Bình")
    explain_difference(found.pk, words, by=place.hoa, at=TUESDAY)

    assert suspense(place) == 0
    assert balance(AccountKind.RECEIVABLE, place.agency_id, detail="cashier:500") == 10_000
    assert out_of_balance() == []


def test_money_paid_back_is_in_the_safe() -> None:
    place = make_place()
    found = short_by(place)

    words = ExplanationIn(WayOut.REPAID, "Ông Bình nộp bù")
    explain_difference(found.pk, words, by=place.hoa, at=TUESDAY)

    assert safe_of(place.agency_id, place.desk_id) == 200_000


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (ExplanationIn(WayOut.OWED, " "), "nội dung giải trình"),
        (ExplanationIn(WayOut.GIVE_BACK, "Trả lại"), "không thể trả lại"),
        (ExplanationIn(WayOut.DECIDED, "Theo quyết định"), "ngày quyết định"),
    ],
)
def test_an_explanation_must_fit(asked: ExplanationIn, says: str) -> None:
    place = make_place()
    found = short_by(place)

    with pytest.raises(BadInput, match=says):
        explain_difference(found.pk, asked, by=place.hoa, at=TUESDAY)


def test_only_who_keeps_the_book_explains() -> None:
    place, other = make_place(), make_place("H18.102", 600)
    found = short_by(place)
    words = ExplanationIn(WayOut.OWED, "Tự giải trình")

    for stranger in (place.binh, other.hoa):
        with pytest.raises(NotAllowed):
            explain_difference(found.pk, words, by=stranger, at=TUESDAY)


def test_a_shift_changes_hands_when_both_count_the_same() -> None:
    place = make_place()
    drawer = opened(place)
    taken(place, 50_000, "A")
    hand_over(drawer.code, CountIn({50_000: 5}), to=place.lan_anh, by=place.binh, at=NOON)

    new = take_over(drawer.code, {50_000: 5}, by=place.lan_anh, at=NOON)

    drawer.refresh_from_db()
    assert (drawer.state, held(drawer), held(new)) == (DrawerState.CLOSED, 0, 250_000)
    assert (new.cashier_name, new.previous) == ("Lò Lan Anh", drawer)
    assert out_of_balance() == []


def test_another_count_takes_nothing_over() -> None:
    place = make_place()
    drawer = opened(place)
    hand_over(drawer.code, CountIn({100_000: 2}), to=place.lan_anh, by=place.binh, at=NOON)

    with pytest.raises(BadCount, match="Hai người hãy đếm lại"):
        take_over(drawer.code, HUNDRED, by=place.lan_anh, at=NOON)


def test_no_cash_moves_while_a_shift_changes_hands() -> None:
    place = make_place()
    drawer = opened(place)
    hand_over(drawer.code, CountIn({100_000: 2}), to=place.lan_anh, by=place.binh, at=NOON)

    with pytest.raises(DrawerNotOpen):
        taken(place, 15_000, "A")

    take_back(drawer.code, by=place.lan_anh, at=NOON)
    taken(place, 15_000, "A")
    assert held(drawer) == 215_000


def test_a_difference_at_a_hand_over_is_the_givers() -> None:
    place = make_place()
    drawer = opened(place)
    hand_over(drawer.code, CountIn(HUNDRED, "thiếu"), to=place.lan_anh, by=place.binh, at=NOON)

    new = take_over(drawer.code, HUNDRED, by=place.lan_anh, at=NOON)

    assert (Difference.objects.get().counted_by_id, held(new), suspense(place)) == (
        500,
        100_000,
        100_000,
    )
    assert out_of_balance() == []


def asked_deposit(place: Place, notes: dict[int, int], *, from_drawer: bool = False) -> DepositIn:
    return DepositIn(
        place.desk_id,
        notes,
        "Kho bạc Nhà nước khu vực X",
        "3511.0.1098765",
        from_drawer=from_drawer,
    )


def carried(place: Place) -> Deposit:
    opened(place)
    asked = asked_deposit(place, HUNDRED, from_drawer=True)
    return deposit(asked, by=place.binh, at=NOON)


def test_money_is_on_the_way_until_there_is_a_slip() -> None:
    place = make_place()
    made = carried(place)
    assert balance(AccountKind.CLEARING, place.agency_id, detail="deposit") == 100_000

    settle_deposit(made.code, slip_number="0012/GNT", slip_on=DAY, by=place.binh, at=EVENING)

    assert balance(AccountKind.CLEARING, place.agency_id, detail="deposit") == 0
    assert balance(AccountKind.BANK, place.agency_id, detail="account:3511.0.1098765") == 100_000


def test_one_slip_is_for_one_deposit() -> None:
    place = make_place()
    first = carried(place)
    settle_deposit(first.code, slip_number="0012", slip_on=DAY, by=place.binh, at=EVENING)
    second = deposit(asked_deposit(place, {10_000: 1}, from_drawer=True), by=place.binh, at=NOON)

    with pytest.raises(BadInput, match=f"đã được ghi cho lần nộp {first.code}"):
        settle_deposit(second.code, slip_number="0012", slip_on=DAY, by=place.binh, at=EVENING)


def test_a_slip_from_before_the_list_is_refused() -> None:
    place = make_place()
    made = carried(place)
    before = DAY - timedelta(days=1)

    with pytest.raises(BadInput, match="Ngày trên giấy nộp tiền"):
        settle_deposit(made.code, slip_number="0012", slip_on=before, by=place.binh, at=EVENING)


def test_no_more_is_carried_away_than_there_is() -> None:
    place = make_place()
    opened(place)

    with pytest.raises(NotEnoughCash, match="két của quầy chỉ có 0 đồng"):
        deposit(asked_deposit(place, HUNDRED), by=place.binh, at=NOON)


def test_money_the_bank_did_not_take_comes_back() -> None:
    place = make_place()
    made = carried(place)

    back = take_deposit_back(made.code, reason="Kho bạc đã đóng cửa", by=place.binh, at=EVENING)

    drawer = drawer_of(place.binh)
    assert drawer is not None
    assert (back.state, held(drawer)) == (DepositState.TAKEN_BACK, 200_000)


def test_money_is_not_taken_back_out_of_an_empty_drawer() -> None:
    place = make_place()
    opened(place, n10000=1)
    entry = taken(place, 50_000, "A")
    deposit(asked_deposit(place, {50_000: 1}, from_drawer=True), by=place.binh, at=NOON)

    with pytest.raises(NotEnoughCash, match=r"thiếu 40\.000 đồng"):
        reverse(entry.source, entry.ref, words="Trả lại", by=place.binh, at=NOON)


def test_a_desk_with_an_open_drawer_does_not_close_its_day() -> None:
    place = make_place()
    opened(place)

    with pytest.raises(DayNotReady, match="Trần Văn Bình"):
        close_desk(place.desk_id, CountIn({}), by=place.binh, at=EVENING)


def test_a_desk_closes_its_day_once_and_opens_no_more() -> None:
    place = make_place()
    drawer = opened(place)
    taken(place, 15_000, "A")
    close_drawer(drawer.code, CountIn({100_000: 2, 5_000: 3}), by=place.binh, at=EVENING)

    closing = close_desk(
        place.desk_id, CountIn({100_000: 2, 5_000: 2}, "thiếu"), by=place.binh, at=EVENING
    )

    assert (closing.expected_vnd, closing.counted_vnd, suspense(place)) == (215_000, 210_000, 5_000)
    with pytest.raises(DrawerMoved, match="ngày mai"):
        opened(place, at=EVENING)
    assert out_of_balance() == []


def closed_desk(place: Place) -> None:
    """Bình takes 15.000 đồng; the desk closes its day."""
    drawer = opened(place)
    taken(place, 15_000, "A")
    notes = {100_000: 2, 5_000: 3}
    close_drawer(drawer.code, CountIn(notes), by=place.binh, at=EVENING)
    close_desk(place.desk_id, CountIn(notes), by=place.binh, at=EVENING)


def test_a_book_closes_after_its_desks() -> None:
    place = make_place()
    drawer = opened(place)
    close_drawer(drawer.code, CountIn({100_000: 2}), by=place.binh, at=EVENING)

    with pytest.raises(DayNotReady, match="Bộ phận Một cửa"):
        close_day(place.agency_id, DAY, by=place.hoa, at=EVENING)

    close_desk(place.desk_id, CountIn({100_000: 2}), by=place.binh, at=EVENING)
    assert close_day(place.agency_id, DAY, by=place.hoa, at=EVENING).on == DAY


def test_after_closing_nothing_is_booked_on_the_day() -> None:
    place = make_place()
    closed_desk(place)
    close_day(place.agency_id, DAY, by=place.hoa, at=EVENING)
    before = balances(place.agency_id, DAY)

    opened(place, at=TUESDAY)

    assert balances(place.agency_id, DAY) == before


def test_a_day_is_closed_once_and_not_before_it_comes() -> None:
    place = make_place()
    closed_desk(place)

    with pytest.raises(DayNotReady, match="Chưa đến"):
        close_day(place.agency_id, DAY + timedelta(days=1), by=place.hoa, at=EVENING)
    close_day(place.agency_id, DAY, by=place.hoa, at=EVENING)
    with pytest.raises(DayNotReady, match="đã khóa"):
        close_day(place.agency_id, DAY, by=place.hoa, at=EVENING)


def test_a_cashier_does_not_close_the_book() -> None:
    place = make_place()

    with pytest.raises(NotAllowed):
        close_day(place.agency_id, DAY, by=place.binh, at=EVENING)


def test_a_quarter_is_agreed_by_two() -> None:
    place = make_place()
    closed_desk(place)
    quarter = Quarter(2026, 1)
    april = TUESDAY.replace(month=4)
    with pytest.raises(DayNotReady, match="chưa khóa sổ đến hết ngày 31/03/2026"):
        close_quarter(place.desk_id, quarter, by=place.binh, at=april)
    close_day(place.agency_id, quarter.latest, by=place.hoa, at=april)

    made = close_quarter(place.desk_id, quarter, by=place.binh, at=april)

    assert made.figures == {
        "before_vnd": 0,
        "moved": [["charge", "payments.cash", 15_000], ["other", "cashbook.opening", 200_000]],
        "after_vnd": 215_000,
        "handed_vnd": 0,
        "kept_vnd": 0,
    }
    done = decide_quarter(made.pk, confirm=True, by=place.hoa, at=april)
    assert done.state == QuarterState.CONFIRMED
    with pytest.raises(DrawerMoved):
        decide_quarter(made.pk, confirm=True, by=place.hoa, at=april)


def test_a_returned_quarter_is_proposed_again() -> None:
    place = make_place()
    closed_desk(place)
    quarter, april = Quarter(2026, 1), TUESDAY.replace(month=4)
    close_day(place.agency_id, quarter.latest, by=place.hoa, at=april)
    made = close_quarter(place.desk_id, quarter, by=place.binh, at=april)
    with pytest.raises(BadInput, match="lý do trả lại"):
        decide_quarter(made.pk, confirm=False, by=place.hoa, at=april)
    decide_quarter(made.pk, confirm=False, note="Xem lại", by=place.hoa, at=april)

    again = close_quarter(place.desk_id, quarter, by=place.binh, at=april)

    with pytest.raises(DayNotReady, match="đã lập rồi"):
        close_quarter(place.desk_id, quarter, by=place.binh, at=april)
    assert again.state == QuarterState.PROPOSED


def test_who_keeps_the_book_does_not_confirm_the_own_minutes() -> None:
    place = make_place()
    closed_desk(place)
    quarter, april = Quarter(2026, 1), TUESDAY.replace(month=4)
    close_day(place.agency_id, quarter.latest, by=place.hoa, at=april)
    made = close_quarter(place.desk_id, quarter, by=place.hoa, at=april)

    with pytest.raises(NotAllowed, match="người thứ hai"):
        decide_quarter(made.pk, confirm=True, by=place.hoa, at=april)


def test_an_account_is_read_page_by_page_with_its_balance() -> None:
    place = make_place()
    opened(place)
    for ref in ("A", "B", "C"):
        taken(place, 10_000, ref)
    charge = next(one for one in balances(place.agency_id, DAY) if one.kind == AccountKind.CHARGE)

    first, more = account_page(charge.account_id, DAY, DAY, size=2)
    rest, end = account_page(charge.account_id, DAY, DAY, after=first[-1].place, size=2)

    assert [one.balance_vnd for one in (*first, *rest)] == [-10_000, -20_000, -30_000]
    assert (more, end) == (True, False)


def test_what_a_desk_moved_is_told_by_kind() -> None:
    place = make_place()
    closed_desk(place)

    moved = moved_at(place.agency_id, place.desk_id, DAY, DAY)

    assert [(one.kind, one.amount_vnd) for one in moved] == [
        (AccountKind.CHARGE, 15_000),
        (AccountKind.OTHER, 200_000),
    ]


def test_quarters_have_three_months() -> None:
    quarter = quarter_of(date(2026, 12, 31))

    assert (quarter.first, quarter.latest) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter.words == "quý IV năm 2026"
