"""What partners tell us: kept first, judged once; and partners that say nothing."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import ProgrammingError

from motcua.casework.cashbook import api as cashbook
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import AttemptState, Channel, OrderState, Outcome, RawNotice
from motcua.casework.payments.models import Attempt, Notice, Payment
from motcua.casework.payments.operations import noticing
from motcua.casework.payments.operations.noticing import JUDGED_LATER
from motcua.lib import work
from motcua.lib.clock import now

from .faults import Killed, killed_at
from .make import (
    DAY,
    HOUR,
    LAN,
    MONDAY,
    Partner,
    Till,
    make_begun,
    make_order,
    make_till,
    raw,
    said,
)

pytestmark = pytest.mark.django_db


def tell(notice: payments.NoticeIn, *, at: Any = MONDAY + HOUR) -> str:
    """Return what the partner gets to hear when it tells us this."""
    return payments.take_notice(Channel.VNPAY, raw(notice), at=at).body.decode()


def begun(partner: Partner) -> tuple[Till, payments.Order, str]:
    assert partner.channel == Channel.VNPAY
    till = make_till()
    order = make_order(till)
    return till, order, make_begun(order)


def state(order: payments.Order) -> str:
    return payments.get_order(order.code).state


def test_a_genuine_notice_pays_the_order_once(partner: Partner) -> None:
    _, order, ref = begun(partner)

    told = [tell(said(ref)) for _ in range(3)]

    assert told == [Outcome.CONFIRMED, Outcome.ALREADY, Outcome.ALREADY]
    assert (state(order), Payment.objects.count(), Notice.objects.count()) == (
        OrderState.PAID,
        1,
        3,
    )
    assert Attempt.objects.get().state == AttemptState.PAID


def test_a_bad_signature_changes_nothing_but_the_partner_is_asked(partner: Partner) -> None:
    _, order, ref = begun(partner)

    told = tell(said(ref, is_genuine=False))
    partner.answers[ref] = said(ref)
    before = state(order)
    settled = payments.ask_open_attempts(at=MONDAY + HOUR)

    assert (told, before, settled, state(order)) == (
        Outcome.BAD_SIGNATURE,
        OrderState.OPEN,
        1,
        OrderState.PAID,
    )


@pytest.mark.parametrize(
    ("amount_vnd", "becomes"), [(100_000, OrderState.PARTLY), (190_000, OrderState.OVERPAID)]
)
def test_another_amount_is_said_and_yet_not_lost(
    partner: Partner, amount_vnd: int, becomes: OrderState
) -> None:
    _, order, ref = begun(partner)

    told = [tell(said(ref, amount_vnd)) for _ in range(2)]

    assert told == [Outcome.WRONG_AMOUNT, Outcome.WRONG_AMOUNT]
    assert (state(order), payments.get_order(order.code).paid_vnd) == (becomes, amount_vnd)


@pytest.mark.parametrize("amount_vnd", [0, -5, 10**15])
def test_what_is_no_amount_is_kept_and_not_taken(partner: Partner, amount_vnd: int) -> None:
    _, order, ref = begun(partner)

    assert tell(said(ref, amount_vnd)) == Outcome.WRONG_AMOUNT
    assert (state(order), Notice.objects.count()) == (OrderState.OPEN, 1)


def test_nobody_else_speaks_for_the_partner(partner: Partner) -> None:
    _, order, ref = begun(partner)

    assert tell(said(ref, is_allowed=False)) == Outcome.NOT_ALLOWED
    assert state(order) == OrderState.OPEN


def test_money_for_an_unknown_attempt_is_shown_to_those_who_reconcile(partner: Partner) -> None:
    begun(partner)

    assert tell(said("TT269999999L1")) == Outcome.NO_ORDER
    assert [one.words for one in payments.odd_notices()] == [
        "Không có lần thanh toán nào mang mã này."
    ]


def test_what_nobody_can_read_is_kept(partner: Partner) -> None:
    assert partner.asked == []
    garbage = RawNotice("POST", "/x/", {"a": "b" * 9000}, b"\x00\xff<xml", {"h": "1"}, "::1")

    reply = payments.take_notice(Channel.VNPAY, garbage, at=MONDAY)

    kept = Notice.objects.get()
    assert (reply.body, bytes(kept.body), kept.outcome) == (b"error", b"\x00\xff<xml", "error")


def test_what_the_partner_signs_in_with_is_not_kept(partner: Partner) -> None:
    headers = {"Authorization": "Bearer bi-mat", "Content-Type": "application/json"}
    _, order, ref = begun(partner)

    payments.take_notice(Channel.VNPAY, replace(raw(said(ref)), headers=headers), at=MONDAY)

    assert (Notice.objects.get().headers, state(order)) == (
        {"Content-Type": "application/json"},
        OrderState.PAID,
    )


def test_not_paid_is_noted_and_money_that_comes_after_it_counts(partner: Partner) -> None:
    _, order, ref = begun(partner)

    told = [tell(said(ref, is_paid=False, words="Khách hủy giao dịch"))]
    failed = Attempt.objects.get()
    told.append(tell(said(ref)))

    assert told == [Outcome.CONFIRMED, Outcome.CONFIRMED]
    assert (failed.state, failed.words, state(order)) == (
        AttemptState.FAILED,
        "Khách hủy giao dịch",
        OrderState.PAID,
    )
    assert tell(said(ref, is_paid=False)) == Outcome.ALREADY


def test_one_transaction_for_two_orders_is_left_to_people(partner: Partner) -> None:
    till, order, ref = begun(partner)
    other = make_order(till)
    tell(said(ref))

    told = tell(said(make_begun(other), partner_ref=f"GD-{ref}"))

    assert (told, state(order), state(other)) == (
        Outcome.WRONG_AMOUNT,
        OrderState.PAID,
        OrderState.OPEN,
    )


def test_a_silent_partner_is_asked_ever_less_and_then_left(partner: Partner) -> None:
    begun(partner)
    at = MONDAY
    for _ in range(12):
        at += DAY
        payments.ask_open_attempts(at=at)

    attempt = Attempt.objects.get()
    assert (len(partner.asked), attempt.state, attempt.next_ask_at) == (
        9,
        AttemptState.LAPSED,
        None,
    )


def test_a_partner_that_is_away_is_asked_later(partner: Partner) -> None:
    begun(partner)
    partner.is_away = True

    payments.ask_open_attempts(at=MONDAY + HOUR)

    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.words) == (AttemptState.OPEN, "Cổng thanh toán không trả lời.")
    assert attempt.next_ask_at is not None
    assert attempt.next_ask_at > MONDAY + HOUR


def test_a_partner_that_is_away_is_left_alone_after_the_first_try(partner: Partner) -> None:
    till, _, first = begun(partner)
    second = make_begun(make_order(till))
    partner.is_away = True
    payments.ask_open_attempts(at=MONDAY + HOUR)
    partner.is_away = False

    payments.ask_open_attempts(at=MONDAY + HOUR)

    tried = dict(Attempt.objects.values_list("ref", "asked_times"))
    assert (partner.asked, tried) == ([second], {first: 1, second: 1})


@pytest.mark.parametrize("error", [payments.NoticeUnreadable("không rõ"), KeyError("x")])
def test_an_answer_that_cannot_be_read_holds_up_nobody(partner: Partner, error: Exception) -> None:
    till, order, first = begun(partner)
    other = make_order(till)
    second = make_begun(other)
    partner.answers[first], partner.answers[second] = error, said(second)

    settled = payments.ask_open_attempts(at=MONDAY + HOUR)

    left = Attempt.objects.get(ref=first)
    assert (settled, state(order), state(other)) == (1, OrderState.OPEN, OrderState.PAID)
    assert (left.asked_times, left.state) == (1, AttemptState.OPEN)


def test_money_told_of_without_its_attempt_ends_the_asking(partner: Partner) -> None:
    _, order, ref = begun(partner)
    came = payments.PaymentIn(Channel.VNPAY, 150_000, f"GD-{ref}", MONDAY)
    payments.take_payment(order.code, came, by=LAN, at=MONDAY)
    partner.answers[ref] = said(ref)

    settled = payments.ask_open_attempts(at=MONDAY + HOUR)

    attempt = Attempt.objects.get()
    assert (settled, attempt.state, attempt.next_ask_at) == (1, AttemptState.PAID, None)
    assert Payment.objects.count() == 1


def test_a_notice_that_cannot_be_judged_holds_up_nobody(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    till, order, ref = begun(partner)
    bad = make_order(till)
    for notice in (said(make_begun(bad)), said(ref)):
        with pytest.raises(Killed), killed_at(2):
            tell(notice)
    read = partner.read

    def fail(notice: RawNotice, *, at: Any) -> payments.NoticeIn:
        found = read(notice, at=at)
        if found.attempt_ref != ref:
            raise LookupError(found.attempt_ref)
        return found

    monkeypatch.setattr(partner, "read", fail)

    assert payments.judge_waiting(at=MONDAY + HOUR + 2 * JUDGED_LATER) == 1
    assert (state(order), state(bad)) == (OrderState.PAID, OrderState.OPEN)


def test_beginning_again_leads_to_the_same_page(partner: Partner) -> None:
    _, order, ref = begun(partner)

    again = make_begun(order, at=MONDAY + HOUR / 12)
    later = make_begun(order, at=MONDAY + HOUR)

    assert (again, later) == (ref, f"{ref[:-1]}2")


def test_an_order_that_is_over_and_a_channel_that_is_closed_say_so(partner: Partner) -> None:
    till, order, _ = begun(partner)
    payments.cancel_order(order.code, by=till.binh, at=MONDAY)
    with pytest.raises(payments.OrderClosed, match="đã hủy"):
        make_begun(order)
    with pytest.raises(payments.OrderClosed, match="hết hạn"):
        make_begun(make_order(till), at=MONDAY + 16 * DAY)

    with pytest.raises(payments.ChannelClosed, match="chưa mở"):
        payments.begin_attempt(make_order(till).code, Channel.NATIONAL, by=LAN, at=MONDAY)


def test_a_channel_without_a_contract_is_not_offered(partner: Partner) -> None:
    till, order, _ = begun(partner)
    payments.register_gateway(Partner(Channel.VNPT_PAY))

    offers = payments.offers_for(order, on=MONDAY.date())
    with pytest.raises(payments.ChannelClosed, match="không mở"):
        payments.begin_attempt(order.code, Channel.VNPT_PAY, by=till.binh, at=MONDAY)

    assert [one.channel for one in offers] == [Channel.VNPAY, Channel.CASH]


def test_whoever_dies_between_the_notice_and_the_books_loses_nothing(partner: Partner) -> None:
    order = make_order(make_till())
    notice = said(make_begun(order))
    died = 0
    while True:
        try:
            with killed_at(died):
                tell(notice)
        except Killed:
            died += 1
        else:
            break
        now = payments.get_order(order.code)
        booked = cashbook.entries_of(f"order:{order.code}")
        assert (now.state, now.paid_vnd, booked) == (OrderState.OPEN, 0, [])
    kept = Notice.objects.filter(outcome="").count()
    judged = payments.judge_waiting(at=MONDAY + HOUR + 2 * JUDGED_LATER)

    entries = cashbook.entries_of(f"order:{order.code}")
    assert (state(order), len(entries), judged) == (OrderState.PAID, 1, kept)
    assert died > 10
    assert (cashbook.out_of_balance(), partner.asked) == ([], [])


def test_kept_notices_of_the_dead_are_judged(partner: Partner) -> None:
    _, order, ref = begun(partner)
    with pytest.raises(Killed), killed_at(2):
        tell(said(ref))
    early = payments.judge_waiting(at=MONDAY + HOUR)

    done = payments.judge_waiting(at=MONDAY + HOUR + 2 * JUDGED_LATER)

    assert (early, done, state(order)) == (0, 1, OrderState.PAID)


def test_a_forged_answer_to_our_question_is_no_answer(partner: Partner) -> None:
    _, order, ref = begun(partner)
    partner.answers[ref] = replace(said(ref), is_genuine=False)

    payments.ask_open_attempts(at=MONDAY + HOUR)

    assert (state(order), Notice.objects.count()) == (OrderState.OPEN, 0)


def test_money_told_costs_five_round_trips_and_told_again_three(partner: Partner) -> None:
    till, order, ref = begun(partner)
    tell(said(make_begun(make_order(till)), partner_ref="1"))

    with work.metered() as first:
        tell(said(ref))
    with work.metered() as again:
        tell(said(ref))

    assert state(order) == OrderState.PAID
    assert (first.round_trips, again.round_trips) == (5, 3)


def test_a_partner_that_is_not_asked_is_begun_in_one_transaction(partner: Partner) -> None:
    till, order, ref = begun(partner)
    partner.begins_here = True

    with work.metered() as meter:
        make_begun(make_order(till))
    partner.is_away = True
    with pytest.raises(payments.GatewayAway):
        make_begun(order, at=MONDAY + DAY)

    assert meter.round_trips == 4
    assert [one.ref for one in Attempt.objects.filter(order=order)] == [ref]


def test_a_notice_with_a_letter_no_database_keeps_is_answered(partner: Partner) -> None:
    _, order, ref = begun(partner)

    told = tell(said(f"{ref}\0", partner_ref="GD\0", words="\0"))

    assert (told, state(order)) == (Outcome.CONFIRMED, OrderState.PAID)
    assert Notice.objects.get().partner_ref == "GD"


def forged(ref: str = "TT1", **changes: Any) -> RawNotice:
    """Return what somebody says in the partner's name."""
    return replace(raw(replace(said(ref), is_genuine=False)), **changes)


def test_what_proves_nothing_is_kept_but_not_without_end(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noticing, "MOST_UNPROVEN", 2)
    _, order, ref = begun(partner)
    for _ in range(2):
        payments.take_notice(Channel.VNPAY, forged(), at=MONDAY)

    with pytest.raises(payments.TooManyNotices):
        payments.take_notice(Channel.VNPAY, forged(), at=MONDAY)

    assert tell(said(ref)) == Outcome.CONFIRMED  # the partner itself is always heard
    assert (Notice.objects.count(), state(order)) == (3, OrderState.PAID)


def test_from_many_places_it_is_bounded_too(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noticing, "MOST_IN_ALL", 2)
    assert partner.channel == Channel.VNPAY
    for place in "12":
        payments.take_notice(Channel.VNPAY, forged(ip=f"203.0.113.{place}"), at=MONDAY)

    with pytest.raises(payments.TooManyNotices):
        payments.take_notice(Channel.VNPAY, forged(ip="203.0.113.3"), at=MONDAY)


def test_after_six_weeks_what_proved_nothing_goes_and_the_rest_stays(partner: Partner) -> None:
    _, _, ref = begun(partner)
    for at in (MONDAY - 400 * DAY, now()):
        payments.take_notice(Channel.VNPAY, forged(), at=at)
        tell(said(ref), at=at)

    gone = noticing.sweep_notices(at=now())

    assert (gone, Notice.objects.filter(is_genuine=True).count()) == (1, 2)
    assert Notice.objects.filter(is_genuine=False).count() == 1


def test_nothing_else_goes(partner: Partner) -> None:
    _, _, ref = begun(partner)
    tell(said(ref), at=MONDAY - 400 * DAY)

    with pytest.raises(ProgrammingError, match="never removed"):
        Notice.objects.all().delete()
