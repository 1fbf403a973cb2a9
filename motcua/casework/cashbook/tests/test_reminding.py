"""A cash day nobody closed is told to those who can close it: once."""

from datetime import timedelta

import pytest

from motcua.casework.cashbook.operations.closing import close_desk
from motcua.casework.cashbook.operations.drawers import CountIn, close_drawer
from motcua.casework.cashbook.operations.reminding import remind_of_cash_days
from motcua.casework.cashbook.queries.forgotten import forgotten_days
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post

from .make import DAY, EVENING, TUESDAY, Place, make_place, opened, taken

pytestmark = pytest.mark.django_db


def with_people() -> tuple[Place, set[int]]:
    """Return a desk whose cashier and head have accounts."""
    cashier = make_officer_account("Trần Văn Bình", username="binh")
    head = make_officer_account("Lê Thị Hoa", username="hoa")
    place = make_place(first_id=cashier.pk)
    desk = Unit.objects.get(pk=place.desk_id)
    make_post(desk, PostRole.DESK_HEAD, title="Phụ trách", holder=head.officer)
    return place, {cashier.pk, head.pk}


def test_the_cashier_and_the_head_are_told_once() -> None:
    place, people = with_people()
    opened(place)
    taken(place, 15_000, "A")

    assert [remind_of_cash_days(at=TUESDAY), remind_of_cash_days(at=TUESDAY)] == [1, 0]
    told = Notice.objects.filter(kind="cashbook.day_not_closed")
    assert {one.account_id for one in told} == people
    assert "để mở qua đêm: CT26-" in told[0].body


def test_a_closed_day_is_not_told() -> None:
    place = make_place()
    drawer = opened(place)
    close_drawer(drawer.code, CountIn({100_000: 2}), by=place.binh, at=EVENING)
    close_desk(place.desk_id, CountIn({100_000: 2}), by=place.binh, at=EVENING)

    assert remind_of_cash_days(at=TUESDAY) == 0


def test_a_shift_closed_without_its_day_is_forgotten() -> None:
    place = make_place()
    drawer = opened(place)
    close_drawer(drawer.code, CountIn({100_000: 2}), by=place.binh, at=EVENING)

    [found] = forgotten_days(TUESDAY.date(), [place.agency_id])

    assert (found.unit_id, found.first_on, found.shifts) == (place.desk_id, DAY, ())


def test_today_is_not_forgotten_yet() -> None:
    place = make_place()
    opened(place)

    assert list(forgotten_days(DAY)) == []


def test_another_forgotten_day_is_told_again() -> None:
    place, _ = with_people()
    drawer = opened(place)
    close_drawer(drawer.code, CountIn({100_000: 2}), by=place.binh, at=EVENING)
    remind_of_cash_days(at=TUESDAY)
    opened(place, at=TUESDAY)

    assert remind_of_cash_days(at=TUESDAY + timedelta(days=1)) == 1


def test_other_agencies_are_not_shown() -> None:
    opened(make_place())
    other = make_place("H18.102", first_id=600)

    assert list(forgotten_days(TUESDAY.date(), [other.agency_id])) == []
