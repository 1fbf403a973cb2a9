"""Killed at any statement, or many at once: what happened is whole, and happened once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from motcua.casework.cashbook.choices import AccountKind, DrawerState
from motcua.casework.cashbook.models import Difference, Drawer, Entry
from motcua.casework.cashbook.operations.drawers import CountIn, close_drawer
from motcua.casework.cashbook.queries.books import balance
from motcua.casework.cashbook.queries.checking import out_of_balance
from motcua.lib import work

from .make import DAY, EVENING, Place, booked, make_place, opened, taken


class Killed(BaseException):
    """The process is gone."""


class Killer:
    """Lets so many statements through, then none."""

    def __init__(self, after: int) -> None:
        self.left = after

    def around(self, run: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as one that dies when its turn comes, its work already done."""

        def ran(*args: Any, **kwargs: Any) -> Any:
            done = run(*args, **kwargs)
            self.left -= 1
            if self.left < 0:
                raise Killed
            return done

        return ran


def closed_under_fire(place: Place, code: str, after: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Close the shift with somebody killing; say whether it got through."""
    killer = Killer(after)
    with monkeypatch.context() as patch:
        for name in ("fetch", "fetch_together", "_send"):
            patch.setattr(work, name, killer.around(getattr(work, name)))
        try:
            with transaction.atomic(), connection.execute_wrapper(killer_of(killer)):
                close_drawer(code, CountIn({50_000: 1}, "thiếu"), by=place.binh, at=EVENING)
        except Killed:
            return False
    return True


def killer_of(killer: Killer) -> Callable[..., Any]:
    def execute(run: Callable[..., Any], *args: Any) -> Any:
        return killer.around(run)(*args)

    return execute


@pytest.mark.django_db
def test_a_shift_killed_at_any_statement_is_closed_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = make_place()
    drawer = opened(place)
    taken(place, 15_000, "A")
    before = Entry.objects.count()

    after = 0
    while not closed_under_fire(place, drawer.code, after, monkeypatch):
        still = Drawer.objects.get(pk=drawer.pk).state
        assert (still, Entry.objects.count()) == (DrawerState.OPEN, before)
        after += 1

    assert after > 8
    assert (Entry.objects.count(), Difference.objects.get().amount_vnd) == (before + 1, -165_000)
    assert out_of_balance() == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_book_each_notice_once() -> None:
    place = make_place()

    def book_all(_: int) -> None:
        for number in range(12):
            booked(place, 1_000, ref=f"vnpay:{number}")
        connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(book_all, range(4)))

    assert Entry.objects.count() == 12
    assert balance(AccountKind.CHARGE, place.agency_id, on=DAY) == -12_000
    assert out_of_balance() == []
