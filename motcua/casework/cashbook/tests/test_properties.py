"""Whatever is booked, reversed, counted and closed: books balance, kept sums are the real ones."""

from collections.abc import Callable  # noqa: TC003 -- asked for while it runs
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.casework.cashbook.choices import AccountKind
from motcua.casework.cashbook.models import Drawer, Entry
from motcua.casework.cashbook.operations.closing import close_day, close_desk
from motcua.casework.cashbook.operations.deposits import (
    DepositIn,
    deposit,
    settle_deposit,
    take_deposit_back,
)
from motcua.casework.cashbook.operations.drawers import CountIn, close_drawer, hand_over, take_over
from motcua.casework.cashbook.operations.posting import reverse
from motcua.casework.cashbook.queries.books import balance
from motcua.casework.cashbook.queries.cash import drawer_of, held, safe_of
from motcua.casework.cashbook.queries.checking import out_of_balance
from motcua.casework.cashbook.rules.entries import Leg, between_agencies
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated

from .make import MORNING, Place, booked, make_place, opened, taken

MONEY = st.integers(min_value=1, max_value=400).map(lambda many: many * 500)
ACTS = st.lists(
    st.tuples(st.sampled_from(["open", "cash", "online", "back", "shut", "hand", "carry", "slip",
                               "home", "desk", "day", "night"]), MONEY),
    max_size=14,
)  # fmt: skip


class World:
    """A desk on one day after the other; refusals are part of the job."""

    def __init__(self, place: Place) -> None:
        self.place, self.at, self.count = place, MORNING, 0
        self.carried: list[str] = []
        self.booked: list[Entry] = []

    def do(self, what: str, vnd: int) -> None:
        self.count += 1
        act: Callable[[int], object] = getattr(self, what)
        try:
            with transaction.atomic():
                act(vnd)
        except Anticipated:
            return

    def open(self, _vnd: int) -> None:
        opened(self.place, at=self.at)

    def cash(self, vnd: int) -> None:
        self.booked.append(taken(self.place, vnd, f"c{self.count}", at=self.at))

    def online(self, vnd: int) -> None:
        on = local_day(self.at) - timedelta(days=vnd % 3)
        self.booked.append(booked(self.place, vnd, ref=f"o{self.count}", on=on, at=self.at))

    def back(self, vnd: int) -> None:
        wrong = self.booked[vnd % len(self.booked)] if self.booked else None
        if wrong is not None:
            reverse(wrong.source, wrong.ref, words="đảo", by=self.place.binh, at=self.at)

    def drawer(self) -> Drawer | None:
        return drawer_of(self.place.binh)

    def shut(self, vnd: int) -> None:
        if drawer := self.drawer():
            close_drawer(
                drawer.code, CountIn({500: vnd // 500}, "lệch"), by=self.place.binh, at=self.at
            )

    def hand(self, vnd: int) -> None:
        drawer = self.drawer()
        if drawer is None or drawer_of(self.place.lan_anh):
            return
        place, notes = self.place, {500: vnd // 500}
        hand_over(drawer.code, CountIn(notes, "lệch"), to=place.lan_anh, by=place.binh, at=self.at)
        new = take_over(drawer.code, notes, by=place.lan_anh, at=self.at)
        close_drawer(new.code, CountIn(notes), by=place.lan_anh, at=self.at)

    def carry(self, vnd: int) -> None:
        asked = DepositIn(
            self.place.desk_id, {500: vnd // 500}, "Kho bạc", "1", from_drawer=vnd % 1000 > 0
        )
        self.carried.append(deposit(asked, by=self.place.binh, at=self.at).code)

    def slip(self, _vnd: int) -> None:
        if self.carried:
            code, on = self.carried.pop(), local_day(self.at)
            settle_deposit(code, slip_number=code, slip_on=on, by=self.place.binh, at=self.at)

    def home(self, _vnd: int) -> None:
        if self.carried:
            take_deposit_back(self.carried.pop(), reason="về", by=self.place.binh, at=self.at)

    def desk(self, vnd: int) -> None:
        close_desk(
            self.place.desk_id, CountIn({500: vnd // 500}, "lệch"), by=self.place.binh, at=self.at
        )

    def day(self, vnd: int) -> None:
        on = local_day(self.at) - timedelta(days=vnd % 2)
        close_day(self.place.agency_id, on, by=self.place.hoa, at=self.at)

    def night(self, _vnd: int) -> None:
        self.at += timedelta(days=1)


@pytest.mark.django_db
@settings(max_examples=6)
@given(acts=ACTS)
def test_whatever_happens_the_books_are_in_balance(acts: list[tuple[str, int]]) -> None:
    sleeping = transaction.savepoint()
    world = World(make_place())

    for what, vnd in acts:
        world.do(what, vnd)

    connection.check_constraints()
    place = world.place
    cash = balance(AccountKind.DRAWER, place.agency_id, detail=f"unit:{place.desk_id}")
    drawer = world.drawer()
    inside = held(drawer) if drawer else 0
    assert out_of_balance() == []
    assert safe_of(place.agency_id, place.desk_id) + inside == cash
    transaction.savepoint_rollback(sleeping)


LEGS = st.lists(
    st.builds(
        Leg,
        st.sampled_from(AccountKind),
        st.integers(1, 4),
        st.integers(-(10**9), 10**9).filter(bool),
    ),
    min_size=1,
    max_size=8,
)


@given(legs=LEGS)
def test_every_agencys_own_book_is_in_balance(legs: list[Leg]) -> None:
    rest = Leg(AccountKind.OTHER, 5, -sum(leg.amount_vnd for leg in legs))

    whole = between_agencies([*legs, rest])

    sums = {
        agency: sum(x.amount_vnd for x in whole if x.agency_id == agency) for agency in range(6)
    }
    assert set(sums.values()) == {0}


@pytest.mark.django_db
def test_a_story_that_fails_books_nothing() -> None:
    place = make_place()

    def paid_and_killed() -> None:
        with transaction.atomic():
            booked(place)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        paid_and_killed()

    assert (Entry.objects.count(), out_of_balance()) == (0, [])
    assert booked(place).by_name == SYSTEM.name
