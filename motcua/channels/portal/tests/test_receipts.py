"""A receipt for whoever holds its code."""

import pytest
from django.test import Client

from motcua.casework.receipts import api as receipts
from motcua.casework.receipts.tests.make import FEE, MONDAY, line, make_order, make_place
from motcua.lib.actor import SYSTEM

pytestmark = pytest.mark.django_db


def make_receipt() -> receipts.Receipt:
    order = make_order(make_place(), "TT26-1", line(FEE, 9_000))
    return receipts.settle(order, by=SYSTEM, at=MONDAY)[0]


def test_the_code_shows_whether_it_counts_and_names_nobody(client: Client) -> None:
    code = make_receipt().code

    answer = client.get("/bien-lai/", {"ma": f"{code[:6].lower()} {code[6:]}"}, follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain == [(f"/bien-lai/{code}/", 302)]
    assert ("EBL01/26TAA/1" in text, "9.000 đồng" in text, "Lò Thị Lan" in text) == (
        True,
        True,
        False,
    )
    assert "Đang chờ con dấu" in text


def test_its_display_is_fetched_and_the_file_when_it_is_signed(client: Client) -> None:
    code = make_receipt().code

    shown = client.get(f"/bien-lai/{code}/pdf/")
    not_yet = client.get(f"/bien-lai/{code}/xml/")

    assert (shown["Content-Type"], shown.content[:5]) == ("application/pdf", b"%PDF-")
    assert "Đang chờ con dấu" in not_yet.content.decode()


def test_a_replaced_receipt_leads_to_the_one_that_counts(client: Client) -> None:
    place = make_place()
    order = make_order(place, "TT26-1", line(FEE, 9_000))
    wrong = receipts.settle(order, by=SYSTEM, at=MONDAY)[0]
    given = receipts.ReplaceIn(receipts.PaidBy("Lò Thị Lanh"), "Sai tên")
    made = receipts.replace_receipt(wrong.code, given, by=place.binh, at=MONDAY)

    text = client.get(f"/bien-lai/{wrong.code}/").content.decode()

    assert (f'href="/bien-lai/{made.code}/"' in text, "Bị thay thế" in text) == (True, True)


def test_guessing_is_answered_with_nothing_and_stopped(client: Client) -> None:
    answers = [client.get(f"/bien-lai/GUESS{n}/").status_code for n in range(62)]

    assert (answers[0], answers[-1]) == (404, 429)


def test_without_a_code_one_is_asked_for(client: Client) -> None:
    assert "Tra cứu biên lai" in client.get("/bien-lai/").content.decode()
