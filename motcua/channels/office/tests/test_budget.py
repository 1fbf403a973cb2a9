"""What goes to the budget, what is kept, which books wait: as an accountant sees it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, EntryIn, Leg
from motcua.casework.cashbook.tests.make import (
    DECISION,
    Place,
    ended,
    make_place,
    opened,
    taken,
)
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day, now

from .test_cashbook import accountant

pytestmark = pytest.mark.django_db
LISTED = {"account_number": "3511", "treasury": "Kho bạc khu vực X", "budget_account": "7111"}


def with_money(vnd: int = 15_000) -> Place:
    place = make_place()
    legs = (
        Leg(AccountKind.BANK, place.agency_id, vnd, "account:3511"),
        Leg(AccountKind.CHARGE, place.agency_id, -vnd),
    )
    entry = EntryIn("payments.payment", "A", local_day(now()), "Thu", legs)
    cashbook.post(entry, by=SYSTEM, at=now())
    return place


def test_an_accountant_lists_enters_the_slip_and_takes_it_back() -> None:
    place = with_money()
    client = accountant(place)
    page = client.get(reverse("office:budget")).content.decode()
    assert "phải nộp ngân sách 15.000 đồng" in page

    client.post(reverse("office:budget"), LISTED)
    made = cashbook.handings_of(place.agency_id)[0]
    where = reverse("office:handing", args=[made.code])
    slip = {"slip_number": "KB-1", "slip_on": f"{local_day(now()):%d/%m/%Y}"}
    done = client.post(where, slip, follow=True).content.decode()
    back = reverse("office:take_handing_back", args=[made.code])
    gone = client.post(back, {"reason": "Sai mã chương"}, follow=True).content.decode()

    assert "Mười lăm nghìn đồng" in done
    assert "Bút toán nộp ngân sách" in done
    assert "trở lại phải nộp" in gone
    assert "phải nộp ngân sách 15.000 đồng" in gone


def test_the_list_is_printed() -> None:
    place = with_money()
    client = accountant(place)
    client.post(reverse("office:budget"), LISTED)
    made = cashbook.handings_of(place.agency_id)[0]

    answer = client.get(reverse("office:print_handing", args=[made.code]))

    assert answer.content.startswith(b"%PDF")


def test_without_money_in_the_account_the_page_says_what_to_do() -> None:
    place = with_money()
    legs = (
        Leg(AccountKind.BANK, place.agency_id, -5_000, "account:3511"),
        Leg(AccountKind.OTHER, place.agency_id, 5_000),
    )
    cashbook.post(EntryIn("test", "B", local_day(now()), "Chi", legs), by=SYSTEM, at=now())

    answer = accountant(place).post(reverse("office:budget"), LISTED)

    assert answer.status_code == 422
    assert "chỉ có 10.000 đồng, phải nộp 15.000 đồng" in answer.content.decode()


def test_a_share_is_set_and_shown() -> None:
    place = make_place()
    typed = {
        "percent": "72,5",
        "decision_number": "12/2026/NQ-HĐND",
        "decision_on": "01/01/2026",
        "valid_from": "01/02/2026",
    }

    page = accountant(place).post(reverse("office:shares"), typed, follow=True).content.decode()

    assert "72,5 %" in page
    assert "12/2026/NQ-HĐND" in page


@pytest.mark.parametrize("percent", ["abc", "101", "12,345"])
def test_a_share_that_is_none_is_blamed(percent: str) -> None:
    place = make_place()
    day = "01/01/2026"
    typed = {"percent": percent, "decision_number": "1", "decision_on": day, "valid_from": day}

    answer = accountant(place).post(reverse("office:shares"), typed)

    assert (answer.status_code, "Tỷ lệ để lại" in answer.content.decode()) == (422, True)


def test_a_forgotten_day_stands_on_the_first_page() -> None:
    place = make_place()
    yesterday = now() - timedelta(days=1)
    opened(place, at=yesterday)
    taken(place, 15_000, "A", at=yesterday)

    page = accountant(place).get(reverse("office:start")).content.decode()

    assert "Quầy quên chốt quỹ" in page


def test_a_book_left_by_an_agency_that_ended_is_taken_over() -> None:
    old, new = with_money(), make_place("H18.102", first_id=600)
    ended(old, new)
    client = accountant(new)
    assert "sổ quỹ chờ tiếp nhận" in client.get(reverse("office:cashbook")).content.decode()
    where = reverse("office:inherit_book", args=[old.agency_id])

    assert DECISION in client.get(where).content.decode()
    client.post(where, {"decision": DECISION})
    closed = client.get(reverse("office:cashbook"), {"agency": old.agency_id}).content.decode()

    assert cashbook.balance(AccountKind.CHARGE, new.agency_id, on=date(9999, 1, 1)) == -15_000
    assert "chỉ còn để xem" in closed
