"""The open book of an agency that ended passes to its successor and is never written again."""

from datetime import date

import pytest
from django.db import DatabaseError

from motcua.casework.cashbook.choices import AccountKind, DrawerState
from motcua.casework.cashbook.errors import BadHeir
from motcua.casework.cashbook.models import BookHeir, Drawer, Entry
from motcua.casework.cashbook.operations.inheriting import PASSED_ON, HeirIn, pass_on_book
from motcua.casework.cashbook.operations.posting import post, reverse
from motcua.casework.cashbook.permissions import agencies_read
from motcua.casework.cashbook.queries.books import balance, balances, find_entry
from motcua.casework.cashbook.queries.checking import out_of_balance
from motcua.casework.cashbook.queries.forgotten import forgotten_days
from motcua.casework.cashbook.queries.heirs import books_left, keeper_of
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day, now

from .make import DECISION, Place, booked, ended, make_place, opened, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Place, Place]:
    """Return an agency with money in its book, ended since, and its successor."""
    old, new = make_place(), make_place("H18.102", first_id=600)
    opened(old)
    taken(old, 15_000, "A")
    booked(old, 40_000)
    ended(old, new)
    return old, new


def passed(pair: tuple[Place, Place]) -> BookHeir:
    old, new = pair
    asked = HeirIn(old.agency_id, new.agency_id, DECISION, new.desk_id)
    return pass_on_book(asked, by=new.hoa, at=now())


def standing(place: Place) -> dict[str, int]:
    found = balances(place.agency_id, date(9999, 1, 1))
    return {f"{one.kind}/{one.detail}": one.after_vnd for one in found if one.after_vnd}


def test_every_account_passes_by_one_visible_entry(pair: tuple[Place, Place]) -> None:
    old, new = pair
    accounts = [one.account_id for one in balances(old.agency_id, date(9999, 1, 1))]

    passed(pair)

    assert standing(old) == {}
    assert standing(new) == {
        f"drawer/unit:{new.desk_id}": 215_000,
        "clearing/vnpay": 40_000,
        "charge/": -55_000,
        "other/float": -200_000,
    }
    entries = Entry.objects.filter(source=PASSED_ON, words__contains=DECISION)
    assert set(entries.values_list("ref", flat=True)) == {f"{one}" for one in accounts}
    assert out_of_balance() == []


def test_what_is_meant_for_the_old_book_is_booked_with_the_heir(pair: tuple[Place, Place]) -> None:
    old, new = pair
    passed(pair)

    booked(old, 5_000, at=now(), ref="vnpay:2", on=local_day(now()))
    reverse("payments.payment", "vnpay:1", words="Hoàn", by=SYSTEM, at=now())

    assert standing(old) == {}
    assert balance(AccountKind.CLEARING, new.agency_id, detail="vnpay") == 5_000
    assert keeper_of(old.agency_id) == new.agency_id


def test_the_same_notice_after_passing_on_is_still_one_entry(pair: tuple[Place, Place]) -> None:
    old, _ = pair
    first = find_entry("payments.payment", "vnpay:1")
    passed(pair)

    again = booked(old, 40_000, at=now())

    assert first is not None
    assert again.pk == first.entry.pk


def test_a_shift_left_open_ends_as_the_book_has_it(pair: tuple[Place, Place]) -> None:
    passed(pair)

    drawer = Drawer.objects.get()
    assert (drawer.state, drawer.counted_vnd) == (DrawerState.CLOSED, 215_000)
    assert "chưa đếm lại" in drawer.reason


def test_debts_of_others_name_the_heir(pair: tuple[Place, Place]) -> None:
    old, new = pair
    third = make_place("H18.103", first_id=700)
    legs = (
        Leg(AccountKind.CLEARING, third.agency_id, 7_000, "vnpay"),
        Leg(AccountKind.CHARGE, old.agency_id, -7_000),
    )
    post(EntryIn("payments.payment", "B", local_day(now()), "Thu", legs), by=SYSTEM, at=now())

    passed(pair)

    assert standing(third)[f"receivable/agency:{new.agency_id}"] == -7_000
    assert standing(new)[f"receivable/agency:{third.agency_id}"] == 7_000


def test_what_the_two_owed_each_other_is_settled(pair: tuple[Place, Place]) -> None:
    old, new = pair
    legs = (
        Leg(AccountKind.CLEARING, new.agency_id, 7_000, "vnpay"),
        Leg(AccountKind.CHARGE, old.agency_id, -7_000),
    )
    post(EntryIn("payments.payment", "B", local_day(now()), "Thu", legs), by=SYSTEM, at=now())

    passed(pair)

    assert [one for one in standing(new) if one.startswith("receivable")] == []


def test_the_old_book_is_read_by_the_heir_and_takes_nothing_more(
    pair: tuple[Place, Place],
) -> None:
    old, new = pair
    assert books_left(new.agency_id, local_day(now())) == [old.agency_id]
    passed(pair)

    assert old.agency_id in agencies_read(new.hoa)
    assert books_left(new.agency_id, local_day(now())) == []
    assert list(forgotten_days(local_day(now()))) == []
    with pytest.raises(DatabaseError, match="only added to"):
        BookHeir.objects.update(heir_id=1)


@pytest.mark.parametrize(
    ("decision", "words"), [("  ", "số, ngày quyết định"), (DECISION, "hãy chọn quầy")]
)
def test_a_book_passes_only_by_a_decision_and_to_a_desk(
    pair: tuple[Place, Place], decision: str, words: str
) -> None:
    old, new = pair
    asked = HeirIn(old.agency_id, new.agency_id, decision)

    with pytest.raises(BadHeir, match=words):
        pass_on_book(asked, by=new.hoa, at=now())


def test_a_living_agency_keeps_its_book() -> None:
    old, new = make_place(), make_place("H18.102", first_id=600)
    asked = HeirIn(old.agency_id, new.agency_id, DECISION)

    with pytest.raises(BadHeir, match="còn hoạt động"):
        pass_on_book(asked, by=new.hoa, at=now())


def test_a_book_passes_once(pair: tuple[Place, Place]) -> None:
    passed(pair)

    with pytest.raises(BadHeir, match="đã được chuyển"):
        passed(pair)
