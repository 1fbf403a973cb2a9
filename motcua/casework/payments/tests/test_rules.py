import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.payments.choices import OrderState, RefundState
from motcua.casework.payments.rules.allocating import LineSum, fill, take_back
from motcua.casework.payments.rules.codes import check_digit, find_code, order_code, purpose
from motcua.casework.payments.rules.states import (
    MOVES,
    REFUND_MOVES,
    Sums,
    state_of,
)

S = OrderState


def test_a_code_is_short_ascii_and_carries_a_check_digit() -> None:
    assert (order_code(2026, 123), order_code(2026, 1_234_567)) == (
        f"TT26-000123-{check_digit('26000123')}",
        f"TT26-1234567-{check_digit('261234567')}",
    )


@given(st.integers(1, 9_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_makes_a_code_unreadable(number: int, place: int, added: int) -> None:
    code = order_code(2026, number)
    digits = [at for at, letter in enumerate(code) if letter.isdigit()]
    wrong = digits[place]
    digit = (int(code[wrong]) + added) % 10

    assert find_code(f"{code[:wrong]}{digit}{code[wrong + 1 :]}") is None


@pytest.mark.parametrize(
    "words",
    ["{c}", "nop phi {c} Lo Thi Lan", "MBVCB.123.{h}.CT tu 0123", "tt{l} nop phi", "FT26-{s}"],
)
def test_a_code_is_found_as_banks_write_it(words: str) -> None:
    code = order_code(2026, 123)
    forms = {
        "c": code,
        "h": code.replace("-", ""),
        "l": code.replace("-", "")[2:],
        "s": code.replace("-", " "),
    }

    assert find_code(words.format(**forms)) == code


def test_the_words_of_a_transfer_begin_with_the_code_and_are_short() -> None:
    words = purpose(order_code(2026, 1_234_567))

    assert (words.isascii(), len(words) <= 25, find_code(words)) == (
        True,
        True,
        order_code(2026, 1_234_567),
    )


@pytest.mark.parametrize(
    ("sums", "state"),
    [
        (Sums(100), S.OPEN),
        (Sums(100, applied_vnd=40), S.PARTLY),
        (Sums(100, applied_vnd=100), S.PAID),
        (Sums(100, applied_vnd=100, over_vnd=5), S.OVERPAID),
        (Sums(100, is_expired=True), S.EXPIRED),
        (Sums(100, applied_vnd=40, is_expired=True), S.EXPIRED),
        (Sums(100, applied_vnd=100, is_expired=True), S.PAID),
        (Sums(100, is_cancelled=True), S.CANCELLED),
        (Sums(100, over_vnd=40, is_cancelled=True), S.OVERPAID),
        (Sums(100, refunded_vnd=40, is_cancelled=True), S.REFUNDED),
        (Sums(100, refunded_vnd=100, was_paid=True), S.REFUNDED),
        (Sums(100, applied_vnd=60, refunded_vnd=40, was_paid=True), S.REFUNDED),
        (Sums(100, applied_vnd=100, refunded_vnd=40, was_paid=True), S.PAID),
        (Sums(100, applied_vnd=100, is_refunding=True), S.REFUNDING),
    ],
)
def test_the_state_follows_from_the_sums(sums: Sums, state: OrderState) -> None:
    assert state_of(sums) == state


def test_every_state_has_a_row_of_moves_and_these_are_the_ends() -> None:
    assert (set(MOVES), set(REFUND_MOVES)) == (set(OrderState), set(RefundState))
    assert [one for one, then in REFUND_MOVES.items() if not then] == [
        RefundState.REFUSED,
        RefundState.DONE,
    ]
    assert [one for one, then in MOVES.items() if not then] == []


AMOUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=8)


@given(AMOUNTS, st.integers(0, 10**10))
def test_money_fills_lines_and_none_is_lost(amounts: list[int], came: int) -> None:
    lines = [LineSum(n, amount, 0) for n, amount in enumerate(amounts)]

    shares, over = fill(lines, came)

    assert sum(one.amount_vnd for one in shares) + over == came
    assert over == max(0, came - sum(amounts))
    assert all(one.amount_vnd <= amounts[one.seq] for one in shares)


@given(AMOUNTS, st.integers(0, 10**10))
def test_money_goes_back_from_what_was_paid_and_no_more(amounts: list[int], back: int) -> None:
    lines = [LineSum(n, amount, amount) for n, amount in enumerate(amounts)]

    shares, missing = take_back(lines, back)

    assert sum(one.amount_vnd for one in shares) + missing == back
    assert missing == max(0, back - sum(amounts))


def test_money_goes_back_only_from_the_lines_named() -> None:
    lines = [LineSum(1, 50, 50), LineSum(2, 70, 70), LineSum(3, 30, 30)]

    shares, missing = take_back(lines, 90, only=[1, 3])

    assert ([(s.seq, s.amount_vnd) for s in shares], missing) == ([(3, 30), (1, 50)], 10)
