"""What the database itself refuses: an entry that is not whole, however its rows came in."""

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.casework.cashbook.choices import AccountKind
from motcua.casework.cashbook.models import Account, AccountDay, Entry, EntryLeg

from .make import DAY, NOON

pytestmark = pytest.mark.django_db
OURS, THEIRS = 100, 200


def account(agency_id: int, kind: AccountKind = AccountKind.FEE) -> int:
    return Account.objects.get_or_create(agency_id=agency_id, kind=kind, detail="")[0].pk


def make_entry(ref: str, leg_count: int) -> Entry:
    return Entry.objects.create(
        source="test",
        ref=ref,
        on=DAY,
        asked_on=DAY,
        at=NOON,
        words="thử",
        by_id=1,
        by_name="Hoa",
        leg_count=leg_count,
        digest="0" * 64,
    )


def add_legs(entry: Entry, *amounts: tuple[int, int], first: int = 1) -> None:
    """Add legs by one statement; each is an agency and đồng."""
    rows = [
        EntryLeg(entry=entry, seq=seq, account_id=account(agency_id), on=DAY, amount_vnd=vnd)
        for seq, (agency_id, vnd) in enumerate(amounts, first)
    ]
    EntryLeg.objects.bulk_create(rows)


@pytest.mark.parametrize(
    ("legs", "words"),
    [
        ([], "does not balance"),
        ([(OURS, 5), (OURS, -4)], "does not balance"),
        ([(OURS, 5)], "does not balance"),
        ([(OURS, 5), (THEIRS, -5)], "book of one agency"),
    ],
    ids=["no legs", "another sum", "a leg less", "between two agencies"],
)
def test_at_the_end_an_entry_is_whole_or_refused(legs: list[tuple[int, int]], words: str) -> None:
    with transaction.atomic():
        if legs:
            add_legs(make_entry("1", 2), *legs)
        else:
            make_entry("1", 2)
        with pytest.raises(IntegrityError, match=words):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_legs_may_come_one_after_the_other() -> None:
    entry = make_entry("1", 2)
    add_legs(entry, (OURS, 5))
    add_legs(entry, (OURS, -5), first=2)

    connection.check_constraints()

    assert sum(AccountDay.objects.values_list("leg_count", flat=True)) == 2


def test_nothing_is_added_to_what_was_found_whole() -> None:
    with transaction.atomic():
        entry = make_entry("1", 2)
        add_legs(entry, (OURS, 5), (OURS, -5))
        connection.check_constraints()

        with pytest.raises(IntegrityError, match="has all its legs"), transaction.atomic():
            add_legs(entry, (OURS, 7), (OURS, -7), first=3)


def test_one_wrong_entry_among_many_of_one_statement_is_found() -> None:
    with transaction.atomic():
        entries = [make_entry(f"{number}", 2) for number in range(20)]
        rows = [
            EntryLeg(entry=one, seq=seq, account_id=account(OURS), on=DAY, amount_vnd=vnd)
            for one in entries
            for seq, vnd in ((1, 5), (2, -6 if one is entries[7] else -5))
        ]
        EntryLeg.objects.bulk_create(rows)

        with pytest.raises(IntegrityError, match=f"entry {entries[7].pk} does not balance"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_leg_of_another_day_is_refused() -> None:
    with transaction.atomic():
        entry = make_entry("1", 2)
        add_legs(entry, (OURS, 5))
        other = EntryLeg(entry=entry, seq=2, account_id=account(OURS), amount_vnd=-5)
        other.on = DAY.replace(day=1)
        EntryLeg.objects.bulk_create([other])

        with pytest.raises(IntegrityError, match="does not balance"):
            connection.check_constraints()
        transaction.set_rollback(True)
