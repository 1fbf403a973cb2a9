"""Ten thousand payments with every fault (`./run bench-payments --payments 10000`).

Every story commits, as it does in production, in a database of its own that is dropped afterwards:
in one transaction for all, each would wait for what the ones before it left behind.
"""

import os
from time import perf_counter

import pytest

from motcua.casework.payments import api as payments
from motcua.casework.payments.models import Order

from .faults import play_payments, wrong_in
from .make import Partner, make_till

pytestmark = pytest.mark.django_db(transaction=True)
DEFAULT = 10_000


def test_payments(partner: Partner) -> None:
    count = int(os.environ.get("MOTCUA_BENCH_PAYMENTS", DEFAULT))
    begun = perf_counter()
    play = play_payments(make_till(), partner, count)
    took = perf_counter() - begun
    wrong = wrong_in(play)
    states = dict.fromkeys(Order.objects.order_by("state").values_list("state", flat=True), 0)
    for state in Order.objects.values_list("state", flat=True):
        states[state] += 1
    print(f"\n{count} payments with every fault in {took:.1f} s ({count / took:.0f} a second)")  # noqa: T201 -- what the bench says
    print(f"notices: {dict(sorted(play.told.items()))}")  # noqa: T201 -- what the bench says
    print(f"orders: {states}")  # noqa: T201 -- what the bench says
    for code in play.orders[:18]:
        print(payments.explain(code))  # noqa: T201 -- what the bench says
    print(f"payments, orders and ledger disagree: {wrong or 'nowhere'}")  # noqa: T201 -- what the bench says
    assert wrong == []
