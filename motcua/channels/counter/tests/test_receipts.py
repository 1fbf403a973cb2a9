"""A receipt at the desk: printed, and replaced on the day it was made."""

import pytest

from motcua.casework.receipts import api as receipts
from motcua.casework.receipts.tests.make import (
    CHARGE,
    FEE,
    Place,
    line,
    make_body,
    make_order,
    make_series,
)
from motcua.foundation.access.api import Power
from motcua.foundation.organisation.api import tree
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day, now

from .make import Desk, make_desk

pytestmark = pytest.mark.django_db


def make_receipt(desk: Desk) -> receipts.Receipt:
    """Return a receipt for what Lan paid at the desk a moment ago."""
    order = make_order(collects(desk), "TT26-1", line(FEE, 9_000), at=now())
    return receipts.settle(order, by=SYSTEM, at=now())[0]


def collects(desk: Desk) -> Place:
    """Let the commune of the desk give receipts."""
    agency_id = desk.commune.agency_id
    held = {str(Power.KEEP_RECEIPTS): frozenset({tree().agency(agency_id).root_unit_id})}
    oanh = Actor(4, "Vì Thị Oanh", powers=held)
    place = Place(agency_id, desk.commune.desk_id, oanh, oanh, oanh)
    make_body(place)
    year = local_day(now()).year
    for kind, letters in ((FEE, "AA"), (CHARGE, "AB")):
        make_series(place, kind, f"{year % 100:02d}T{letters}", year=year)
    return place


def test_a_wrong_receipt_is_replaced_at_the_desk_and_printed() -> None:
    desk = make_desk()
    wrong = make_receipt(desk)
    path = f"/mot-cua/bien-lai/{wrong.code}/"

    before = desk.client.get(path)
    empty = desk.client.post(path, {"name": "", "reason": ""})
    made = desk.client.post(path, {"name": "Lò Thị Lanh", "reason": "Sai tên"})
    after = desk.client.get(path).content.decode()
    printed = desk.client.get(f"{made.headers['Location']}in/")

    assert [one.status_code for one in (before, empty, made)] == [200, 422, 302]
    assert ("Bị thay thế" in after, "Biên lai viết sai" in after) == (True, False)
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")


def test_there_is_no_file_before_the_seal_has_signed() -> None:
    desk = make_desk()
    code = make_receipt(desk).code

    answer = desk.client.get(f"/mot-cua/bien-lai/{code}/xml/", follow=True)

    assert "đang chờ con dấu" in answer.content.decode()


def test_another_desk_does_not_see_it() -> None:
    desk = make_desk()
    code = make_receipt(desk).code
    receipts.Receipt.objects.filter(code=code).update(unit_id=1)

    assert desk.client.get(f"/mot-cua/bien-lai/{code}/").status_code == 404
