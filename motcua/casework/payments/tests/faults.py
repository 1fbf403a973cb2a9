"""Payments with every fault there is, held against what payers really paid."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, NoticeIn, Order, RawNotice, RefundState
from motcua.casework.payments.models import Payment, Refund

from .make import DAY, MONDAY, Partner, Till, make_begun, make_order, raw, said


class Killed(Exception):
    """The process dies here."""


@contextmanager
def killed_at(number: int) -> Iterator[None]:
    """Let the process die before its statement with this number (not counting savepoints)."""
    sent = 0
    real = psycopg.Cursor.execute

    def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal sent
        text = query.decode() if isinstance(query, bytes) else str(query)
        if not text.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            if sent == number:
                raise Killed
            sent += 1
        return real(self, query, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", execute)
        yield


@dataclass
class Play:
    """One desk, one partner, and what payers have really paid by it: `truth` by transaction."""

    till: Till
    partner: Partner
    chance: Random
    at: datetime = MONDAY
    truth: dict[str, int] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def pay(self, order: Order, amount_vnd: int = 150_000, **changes: Any) -> NoticeIn:
        """Let the payer pay at the partner; return what the partner will tell."""
        ref = make_begun(order, at=self.at)
        number = f"GD{len(self.truth)}"
        notice = said(ref, amount_vnd, **{"paid_at": self.at, "partner_ref": number, **changes})
        self.truth[number] = amount_vnd
        self.partner.answers[ref] = notice
        return notice

    def tell(self, notice: NoticeIn | RawNotice) -> None:
        """Let the partner tell it, or somebody in its name: such notices are bounded."""
        arrived = notice if isinstance(notice, RawNotice) else raw(notice)
        try:
            reply = payments.take_notice(Channel.VNPAY, arrived, at=self.at)
        except payments.TooManyNotices:
            self.told["not kept"] += 1
        else:
            self.told[reply.body.decode()] += 1


def _plain(play: Play, order: Order) -> None:
    play.tell(play.pay(order))


def _silent(play: Play, order: Order) -> None:
    play.pay(order)


def _doubled(play: Play, order: Order) -> None:
    notice = play.pay(order)
    for _ in range(3):
        play.tell(notice)


def _too_little(play: Play, order: Order) -> None:
    play.tell(play.pay(order, play.chance.randrange(1, 150_000)))


def _too_much(play: Play, order: Order) -> None:
    play.tell(play.pay(order, 150_000 + play.chance.randrange(1, 99_999)))


def _forged(play: Play, order: Order) -> None:
    ref = make_begun(order, at=play.at)
    play.tell(said(ref, is_genuine=False, partner_ref=f"GIA{play.chance.random()}"))


def _forged_then_paid(play: Play, order: Order) -> None:
    notice = play.pay(order)
    play.tell(said(notice.attempt_ref, is_genuine=False))


def _future(play: Play, order: Order) -> None:
    play.tell(play.pay(order, paid_at=play.at + 400 * DAY))


def _cancelled(play: Play, order: Order) -> None:
    notice = play.pay(order)
    payments.cancel_order(order.code, "Rút", by=play.till.binh, at=play.at)
    play.tell(notice)


def _expired(play: Play, order: Order) -> None:
    notice = play.pay(order)
    payments.expire_due(at=play.at + 16 * DAY, most=10_000)
    play.tell(notice)


def _twice(play: Play, order: Order) -> None:
    first = play.pay(order)
    play.at += timedelta(hours=1)
    second = play.pay(order)
    play.tell(second)
    play.tell(first)


def _refused_then_paid(play: Play, order: Order) -> None:
    notice = play.pay(order)
    play.tell(said(notice.attempt_ref, is_paid=False, partner_ref="", words="Hủy"))
    play.tell(notice)


def _killed(play: Play, order: Order) -> None:
    notice = play.pay(order)
    try:
        with killed_at(play.chance.randrange(40)):
            play.tell(notice)
    except Killed:
        play.told["killed"] += 1


def _garbage(play: Play, order: Order) -> None:
    body = bytes(play.chance.randrange(256) for _ in range(40))
    play.tell(RawNotice("POST", "/x/", {"a\0": order.code}, body, {}, ""))


def _cash(play: Play, order: Order) -> None:
    payments.pay_cash(order.code, amount_vnd=150_000, by=play.till.binh, at=play.at)


def _part_then_cash(play: Play, order: Order) -> None:
    play.tell(play.pay(order, 40_000))
    payments.pay_cash(order.code, amount_vnd=110_000, by=play.till.binh, at=play.at)


def _given_back(play: Play, order: Order) -> None:
    play.tell(play.pay(order))
    what = payments.RefundIn(play.chance.randrange(1, 150_001), "Rút hồ sơ")
    refund = payments.ask_refund(order.code, what, by=play.till.binh, at=play.at)
    decide = play.chance.choice([payments.approve_refund, payments.refuse_refund])
    decide(refund.code, "Đã xem", by=play.till.oanh, at=play.at)


def _untouched(play: Play, order: Order) -> None:
    play.told[f"left:{order.state}"] += 1


FAULTS: Mapping[str, Callable[[Play, Order], None]] = {
    one.__name__.strip("_"): one
    for one in (
        _plain,
        _silent,
        _doubled,
        _too_little,
        _too_much,
        _forged,
        _forged_then_paid,
        _future,
        _cancelled,
        _expired,
        _twice,
        _refused_then_paid,
        _killed,
        _garbage,
        _cash,
        _part_then_cash,
        _given_back,
        _untouched,
    )
}


def play_payments(till: Till, partner: Partner, count: int, *, seed: int = 26) -> Play:
    """Play so many payments, every fault among them; then let the jobs run."""
    play = Play(till, partner, Random(seed))  # noqa: S311 -- play, no secret
    names = list(FAULTS)
    for number in range(count):
        play.at = MONDAY + timedelta(seconds=number)
        partner.begins_here = number % 2 == 0  # as VNPAY begins; the others are asked
        order = make_order(till, at=play.at)
        play.orders.append(order.code)
        FAULTS[names[number % len(names)]](play, order)
    for days in (1, 2, 3):
        at = play.at + days * DAY
        payments.judge_waiting(at=at, most=count + 1)
        payments.ask_open_attempts(at=at, most=count + 1)
        payments.send_refunds(at=at, most=count + 1)
    return play


def wrong_in(play: Play) -> list[str]:
    """Return what does not agree between payers, orders and books; none if all is well."""
    booked = dict(
        Payment.objects.filter(channel=Channel.VNPAY).values_list("partner_ref", "amount_vnd")
    )
    found = []
    if booked != play.truth:
        found.append(f"payments: {set(booked.items()) ^ set(play.truth.items())}")
    if wrong := cashbook.out_of_balance():
        found.append(f"books: {wrong}")
    orders = list(Order.objects.filter(code__in=play.orders))
    owed = sum(
        one.amount_vnd
        for one in Refund.objects.filter(state__in=[RefundState.APPROVED, RefundState.FAILED])
    )
    held = sum(one.held_vnd for one in orders) + owed
    if held != _there(play.till):
        found.append(f"held {held}, books {_there(play.till)}")
    found += [one.code for one in orders if not payments.explain(one.code).startswith("Đơn TT")]
    return found


def _there(till: Till) -> int:
    """Return the money that the books say is in drawers and with partners."""
    places = (AccountKind.DRAWER, AccountKind.CLEARING)
    rows = cashbook.balances(till.agency_id, (MONDAY + 400 * DAY).date())
    return sum(one.after_vnd for one in rows if one.kind in places)
