"""The accountant's book: balances, lines, exports, closing, differences, quarters."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.tests.make import (
    EVENING,
    NOTES,
    Place,
    booked,
    make_place,
    opened,
    taken,
)
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post

pytestmark = pytest.mark.django_db
MARCH = {"tu": "2026-03-01", "den": "2026-03-31"}


def accountant(place: Place, name: str = "thom") -> Client:
    """Return the browser of the agency's accountant."""
    account = make_officer_account("Lường Thị Thơm", username=name)
    unit = Unit.objects.get(pk=place.desk_id)
    make_post(unit, PostRole.ACCOUNTANT, title="Kế toán", holder=account.officer)
    client = Client()
    client.force_login(account)
    return client


def account_of(entry: cashbook.Entry) -> int:
    """Return the account of the entry's first side."""
    return cashbook.entries_of(entry.subject)[0].legs[0].account_id


def short(place: Place) -> cashbook.Difference:
    """Return the difference of a shift that came out 50.000 đồng short."""
    drawer = opened(place)
    count = cashbook.CountIn({50_000: 1, 10_000: 10}, "trả nhầm")
    cashbook.close_drawer(drawer.code, count, by=place.binh, at=EVENING)
    return cashbook.differences_of(place.agency_id)[0]


def test_the_book_shows_what_each_account_holds() -> None:
    place = make_place()
    booked(place)

    page = accountant(place).get(reverse("office:cashbook"), MARCH).content.decode()

    assert "Tiền đang chuyển – VNPAY" in page
    assert "Phát sinh nợ 15.000 đồng, có 15.000 đồng" in page


def test_an_account_leads_to_its_entries() -> None:
    place = make_place()
    entry = booked(place)
    client = accountant(place)
    account_id = account_of(entry)

    lines = client.get(reverse("office:account", args=[account_id]), MARCH).content.decode()
    one = client.get(reverse("office:entry", args=[entry.pk])).content.decode()

    assert "TT26-000001-1" in lines
    assert "payments.payment · vnpay:1" in one


def test_lines_leave_as_a_spreadsheet_and_as_csv() -> None:
    place = make_place()
    entry = booked(place, words="=1+1")
    client = accountant(place)
    account_id = account_of(entry)
    address = reverse("office:account_export", args=[account_id])

    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address, MARCH).content)).worksheets[0]
    text = client.get(address, {**MARCH, "dang": "csv"}).getvalue().decode()

    assert [cell.value for cell in sheet[2]][3:] == [
        "'=1+1",
        "order:TT26-000001-1",
        15000,
        0,
        15000,
    ]
    assert text.splitlines()[1].endswith("'=1+1,order:TT26-000001-1,15000,0,15000")


def test_a_day_is_closed_after_its_desks() -> None:
    place = make_place()
    drawer = opened(place)
    client = accountant(place)
    asked = {"on": "02/03/2026"}

    early = client.post(reverse("office:close_day"), asked, follow=True).content.decode()
    cashbook.close_drawer(drawer.code, cashbook.CountIn(NOTES), by=place.binh, at=EVENING)
    cashbook.close_desk(place.desk_id, cashbook.CountIn(NOTES), by=place.binh, at=EVENING)
    done = client.post(reverse("office:close_day"), asked, follow=True).content.decode()

    assert "Chưa khóa sổ được" in early
    assert "Đã khóa sổ đến hết ngày 02/03/2026" in done


def test_a_difference_is_explained_on_its_page() -> None:
    place = make_place()
    found = short(place)
    client = accountant(place)
    address = reverse("office:explain", args=[found.pk])

    without = client.post(address, {"way_out": "decided", "words": "Xử lý"})
    answer = client.post(address, {"way_out": "owed", "words": "Ông Bình bồi hoàn"}, follow=True)

    assert without.status_code == 422
    assert "Đã giải trình" in answer.content.decode()
    assert cashbook.out_of_balance() == []


def test_the_minutes_of_a_quarter_are_confirmed() -> None:
    place = make_place()
    drawer = opened(place)
    taken(place, 15_000, "A")
    notes = {**NOTES, 5_000: 3}
    cashbook.close_drawer(drawer.code, cashbook.CountIn(notes), by=place.binh, at=EVENING)
    cashbook.close_desk(place.desk_id, cashbook.CountIn(notes), by=place.binh, at=EVENING)
    quarter, april = cashbook.Quarter(2026, 1), EVENING.replace(month=4)
    cashbook.close_day(place.agency_id, quarter.latest, by=place.hoa, at=april)
    made = cashbook.close_quarter(place.desk_id, quarter, by=place.binh, at=april)
    client = accountant(place)
    address = reverse("office:decide_quarter", args=[made.pk])

    assert "quý I năm 2026" in client.get(address).content.decode()
    client.post(address, {"word": "confirm"})

    assert "Đã xác nhận" in client.get(reverse("office:quarters")).content.decode()
    assert client.get(address + "in/").content.startswith(b"%PDF")


def test_an_accountant_of_another_agency_sees_nothing_of_it() -> None:
    ours, theirs = make_place(), make_place("H18.102", 600)
    entry, found = booked(ours), short(ours)
    client = accountant(theirs)
    account_id = account_of(entry)

    answers = [
        client.get(reverse("office:entry", args=[entry.pk])).status_code,
        client.get(reverse("office:account", args=[account_id])).status_code,
        client.get(reverse("office:account_export", args=[account_id])).status_code,
        client.get(reverse("office:explain", args=[found.pk])).status_code,
    ]

    assert answers == [404, 404, 404, 404]
    assert "VNPAY" not in client.get(reverse("office:cashbook")).content.decode()


def test_an_officer_without_the_power_is_kept_out() -> None:
    place = make_place()
    account = make_officer_account("Trần Văn Bình", username="binh")
    make_post(Unit.objects.get(pk=place.desk_id), PostRole.HANDLER, holder=account.officer)
    client = Client()
    client.force_login(account)

    assert client.get(reverse("office:cashbook")).status_code == 403
    assert "Sổ quỹ" not in client.get(reverse("office:start")).content.decode()
