"""Killed at any statement between paid and receipted: never two, never none in the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import transaction

from motcua.casework.receipts.models import Receipt, ReceiptMove
from motcua.casework.receipts.operations.issuing import settle
from motcua.lib.actor import SYSTEM

from .make import FEE, MONDAY, less, line, make_order, make_place

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Nothing of the program catches it, as nothing outlives a killed process."""


@contextmanager
def killed_at(statement: int) -> Iterator[list[int]]:
    """Die at the statement with this number, once; say how many there were."""
    seen = [0]
    execute = psycopg.Cursor.execute

    def counted(self: Any, query: Any, *args: Any, **options: Any) -> Any:
        seen[0] += 1
        if seen[0] == statement:
            raise Killed
        return execute(self, query, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", counted)
        yield seen


def numbers() -> list[tuple[str, int | None]]:
    rows = Receipt.objects.select_related("series").order_by("series_id", "number")
    return [(one.series.symbol if one.series else "", one.number) for one in rows]


def test_killed_anywhere_and_delivered_again_each_order_has_one_receipt() -> None:
    place = make_place()
    statement = orders = 0
    while True:
        statement += 1
        order = make_order(place, f"TT26-{statement}", line(FEE, 9_000))
        try:
            with killed_at(statement), transaction.atomic():
                settle(order, by=SYSTEM, at=MONDAY)
        except Killed:
            settle(order, by=SYSTEM, at=MONDAY)
            orders += 1
        else:
            break

    assert orders > 15
    assert numbers() == [("26TAA", n) for n in range(1, statement + 1)]
    assert ReceiptMove.objects.filter(act="issued").count() == statement


def test_killed_while_money_goes_back_the_receipts_agree_with_what_is_kept() -> None:
    place = make_place()
    orders = [make_order(place, f"TT26-{n}", line(FEE, 40_000)) for n in range(1, 40, 3)]
    for order in orders:
        settle(order, by=SYSTEM, at=MONDAY)
    for statement, order in zip(range(1, 40, 3), orders, strict=True):
        after = less(order, FEE, 30_000)
        try:
            with killed_at(statement), transaction.atomic():
                settle(after, by=SYSTEM, at=MONDAY)
        except Killed:
            settle(after, by=SYSTEM, at=MONDAY)

    told = Receipt.objects.filter(kind=FEE).values_list("order_code", "amount_vnd")
    sums: dict[str, int] = {}
    for code, amount in told:
        sums[code] = sums.get(code, 0) + amount
    assert sums == {order.code: 30_000 for order in orders}
