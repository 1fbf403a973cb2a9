"""Entries: each once, balanced in every book, never changed; closed days stay closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from motcua.casework.cashbook.choices import AccountKind
from motcua.casework.cashbook.errors import (
    BadEntry,
    DrawerNotOpen,
    EntryDiffers,
    NoSuchEntry,
)
from motcua.casework.cashbook.models import Account, AccountDay, Book, Entry, EntryLeg
from motcua.casework.cashbook.operations.posting import post, reverse
from motcua.casework.cashbook.queries.books import account_page, balance, entries_of, get_entry
from motcua.casework.cashbook.queries.checking import out_of_balance
from motcua.casework.cashbook.rules.entries import Leg
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .make import DAY, NOON, booked, entry_in, make_place, opened, taken

pytestmark = pytest.mark.django_db
# Sums are written by triggers only; this one writes them wrongly.
FALSE_SUMS = """
CREATE TEMP TABLE false_sums (off bigint);
CREATE FUNCTION pg_temp.falsify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE cashbook_accountday SET debit_vnd = debit_vnd + NEW.off WHERE debit_vnd > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER falsify AFTER INSERT ON false_sums FOR EACH ROW EXECUTE FUNCTION pg_temp.falsify();
"""


def test_an_entry_moves_both_accounts() -> None:
    place = make_place()

    booked(place)

    assert balance(AccountKind.CLEARING, place.agency_id, detail="vnpay") == 15_000
    assert balance(AccountKind.CHARGE, place.agency_id) == -15_000
    assert out_of_balance() == []


def test_the_same_twice_is_one_entry() -> None:
    place = make_place()

    assert booked(place).pk == booked(place, words="Nói cách khác", on=DAY - timedelta(days=1)).pk


def test_the_same_twice_in_one_story_is_one_entry() -> None:
    place = make_place()

    twice = work.story(lambda: (booked(place), booked(place)))()

    assert twice[0].pk == twice[1].pk


def test_another_amount_under_the_same_number_is_refused() -> None:
    place = make_place()
    booked(place)

    with pytest.raises(EntryDiffers, match="đã được ghi sổ với nội dung khác"):
        booked(place, 16_000)


@pytest.mark.parametrize(
    "legs",
    [
        (),
        (Leg(AccountKind.FEE, 1, 5),),
        (Leg(AccountKind.FEE, 1, 5), Leg(AccountKind.CHARGE, 1, -4)),
        (Leg(AccountKind.FEE, 1, 0), Leg(AccountKind.CHARGE, 1, 0)),
    ],
    ids=["nothing", "one side", "sides differ", "no money"],
)
def test_what_does_not_balance_is_refused(legs: tuple[Leg, ...]) -> None:
    with pytest.raises(BadEntry):
        post(entry_in(make_place(), legs=legs), by=SYSTEM, at=NOON)


def test_a_desk_that_takes_money_for_another_agency_owes_it() -> None:
    ours, theirs = make_place(), make_place("H18.102", 600)
    legs = (
        Leg(AccountKind.CLEARING, ours.agency_id, 50_000, "vnpay"),
        Leg(AccountKind.FEE, theirs.agency_id, -50_000),
    )

    booked(ours, legs=legs)

    owed = f"agency:{ours.agency_id}"
    assert balance(AccountKind.RECEIVABLE, theirs.agency_id, detail=owed) == 50_000
    assert out_of_balance() == []


def test_a_closed_day_gives_way_to_the_next() -> None:
    place = make_place()
    Book.objects.create(agency_id=place.agency_id, closed_until=DAY)

    entry = booked(place)

    assert (entry.asked_on, entry.on) == (DAY, DAY + timedelta(days=1))


def test_a_day_that_has_not_come_is_booked_today() -> None:
    assert booked(make_place(), on=date(2030, 1, 1)).on == DAY


def test_a_reversal_takes_everything_back_once() -> None:
    place = make_place()
    entry = booked(place)

    first = reverse(entry.source, entry.ref, words="Ghi nhầm", by=SYSTEM, at=NOON)
    again = reverse(entry.source, entry.ref, words="Ghi nhầm", by=SYSTEM, at=NOON)

    assert (first.pk, first.reverses_id) == (again.pk, entry.pk)
    assert balance(AccountKind.CHARGE, place.agency_id) == 0
    assert [one.reversed_by_id for one in entries_of(entry.subject)] == [first.pk, None]


def test_a_reversal_is_not_reversed() -> None:
    entry = booked(make_place())
    back = reverse(entry.source, entry.ref, words="Ghi nhầm", by=SYSTEM, at=NOON)

    with pytest.raises(BadEntry, match="đã là bút toán đảo"):
        reverse(back.source, back.ref, words="Ghi nhầm", by=SYSTEM, at=NOON)


def test_cash_needs_an_open_drawer() -> None:
    place = make_place()

    with pytest.raises(DrawerNotOpen, match="Chưa mở ca thu"):
        taken(place, 15_000, "A")


def test_cash_does_not_go_into_a_drawer_of_another_desk() -> None:
    ours, theirs = make_place(), make_place("H18.102", 600)
    opened(theirs)

    with pytest.raises(DrawerNotOpen):
        taken(ours, 15_000, "A", by=theirs.binh)


def test_an_entry_of_another_agency_is_not_there() -> None:
    place = make_place()
    entry = booked(place)

    with pytest.raises(NoSuchEntry):
        get_entry(entry.pk, [place.agency_id + 1])


def delete_all(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 -- a name of ours


def half_an_entry(leg: EntryLeg) -> None:
    add_a_leg(leg)
    connection.check_constraints()


@pytest.mark.parametrize("model", [Entry, EntryLeg, AccountDay])
def test_the_database_lets_nobody_delete(model: type[Model]) -> None:
    booked(make_place())

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        delete_all(model)


def test_the_database_lets_nobody_change() -> None:
    entry = booked(make_place())

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        EntryLeg.objects.filter(entry=entry).update(amount_vnd=1)


def add_a_leg(leg: EntryLeg) -> None:
    more = EntryLeg(entry_id=leg.entry_id, seq=3, account_id=leg.account_id, on=DAY, amount_vnd=5)
    EntryLeg.objects.bulk_create([more])


def test_the_database_refuses_half_an_entry() -> None:
    entry = booked(make_place())
    leg = EntryLeg.objects.filter(entry=entry).order_by("seq")[0]

    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        half_an_entry(leg)


def test_the_database_refuses_a_closed_day() -> None:
    place = make_place()
    entry = booked(place)
    leg = EntryLeg.objects.filter(entry=entry).order_by("seq")[0]
    Book.objects.create(agency_id=place.agency_id, closed_until=DAY)

    with pytest.raises(IntegrityError, match="closed up to that day"), transaction.atomic():
        add_a_leg(leg)


def test_a_closed_day_is_not_opened_again() -> None:
    place = make_place()
    Book.objects.create(agency_id=place.agency_id, closed_until=DAY)

    with pytest.raises(DatabaseError, match="not opened again"), transaction.atomic():
        Book.objects.update(closed_until=DAY - timedelta(days=3))


@pytest.mark.parametrize("after", ["", "x", "2026-02-01.-99999999999999999999.1", "2026-02-01.9.9"])
def test_wherever_a_page_is_said_to_begin_its_balance_is_right(after: str) -> None:
    place = make_place()
    booked(place, ref="1", on=DAY - timedelta(days=20))
    booked(place, ref="2")
    account = Account.objects.get(kind=AccountKind.CLEARING)

    rows, _ = account_page(account.pk, DAY, DAY, after=after)

    assert [(one.amount_vnd, one.balance_vnd) for one in rows] == [(15_000, 30_000)]


def test_booking_costs_two_round_trips() -> None:
    place = make_place()
    booked(place)

    with work.metered() as meter:
        booked(place, ref="vnpay:2")

    assert (meter.round_trips, meter.statements) == (2, 7)


def test_changed_sums_are_found() -> None:
    place = make_place()
    booked(place)
    with connection.cursor() as cursor:
        cursor.execute(FALSE_SUMS)
        cursor.execute("INSERT INTO false_sums VALUES (7)")

    assert [(one.about.split(":")[0], one.off_vnd) for one in out_of_balance()] == [
        ("agency", 7),
        ("account", 7),
    ]


def test_what_is_not_there_cannot_be_reversed() -> None:
    with pytest.raises(NoSuchEntry):
        reverse("payments.payment", "không có", words="Ghi nhầm", by=SYSTEM, at=NOON)


def test_cash_of_the_system_goes_into_the_safe() -> None:
    place = make_place()

    entry = taken(place, 15_000, "cũ", by=replace(SYSTEM))

    legs = EntryLeg.objects.filter(entry=entry, amount_vnd__gt=0)
    assert [leg.drawer_id for leg in legs] == [None]
