"""From money to receipts: what is paid and given back in `payments` is followed here."""

from dataclasses import replace

import pytest
from django.db import connection

from motcua.casework.payments.api import (
    Channel,
    Order,
    OrderIn,
    Payer,
    PaymentIn,
    RefundIn,
    approve_refund,
    ask_refund,
    pay_out_refund,
    record_typed,
    take_payment,
)
from motcua.casework.payments.tests import make as paying
from motcua.casework.receipts.models import Receipt
from motcua.casework.receipts.operations.catching_up import LATELY, issue_missing
from motcua.casework.receipts.operations.series import BodyIn, SeriesIn, open_series, set_body
from motcua.casework.receipts.queries.orders import paid_order
from motcua.casework.receipts.queries.receipts import receipts_about
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox

from .make import CHARGE, DAY, FEE, MONDAY, TAX_CODE, Place

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + DAY


def make_receipting(till: paying.Till) -> None:
    """Let the commune of the till have series of both kinds."""
    root = organisation.tree().agency(till.agency_id).root_unit_id
    held = {str(Power.KEEP_RECEIPTS): frozenset({root})}
    oanh = replace(till.oanh, powers=held)
    place = Place(till.agency_id, till.desk_id, oanh, till.binh, till.dung)
    body = BodyIn(till.agency_id, "UBND xã", TAX_CODE, "Mường Phăng", MONDAY.date() - 9 * DAY)
    set_body(body, by=place.oanh, at=MONDAY - 9 * DAY)
    for kind, symbol in ((FEE, "26TAA"), (CHARGE, "26TAB")):
        given = SeriesIn(till.agency_id, kind, "EBL01", symbol, 2026)
        open_series(given, by=place.oanh, at=MONDAY)


def issued() -> list[tuple[str, int, str]]:
    rows = Receipt.objects.select_related("series").order_by("id")
    return [(one.number_words, one.amount_vnd, one.state) for one in rows]


def pay(code: str, amount_vnd: int, ref: str = "FT1") -> None:
    came = PaymentIn(Channel.TRANSFER, amount_vnd, ref, MONDAY)
    take_payment(code, came, by=paying.LAN, at=MONDAY)


def tell_all() -> None:
    """Do what the delivery does with what payments announced, twice."""
    run = outbox.registry.deliveries["receipts.issue"].run
    told = [*paying.facts("payments.order_paid"), *paying.facts("payments.refund_done")]
    for payload in (*told, *told):
        run(outbox.ReadFact(1, "", 1, "", 1, 1, MONDAY, 1, False, payload))  # noqa: FBT003 -- not silent


def test_what_was_paid_whole_is_receipted_by_its_delivery() -> None:
    till = paying.make_till()
    make_receipting(till)
    code = paying.make_order(till).code
    pay(code, 100_000)
    tell_all()
    before = issued()

    pay(code, 50_000, "FT2")
    tell_all()

    assert (before, issued()) == (
        [],
        [("EBL01/26TAA/1", 100_000, "issued"), ("EBL01/26TAB/1", 50_000, "issued")],
    )
    found = receipts_about("H18.101-260706-0001")
    assert [(one.said.method, one.payer_account_id) for one in found] == [
        ("Chuyển khoản (VietQR)", 501),
        ("Chuyển khoản (VietQR)", 501),
    ]


def test_what_was_paid_too_much_is_not_receipted() -> None:
    till = paying.make_till()
    make_receipting(till)
    code = paying.make_order(till).code

    pay(code, 190_000)
    tell_all()

    assert sum(amount for _, amount, _ in issued()) == 150_000


def test_a_refund_is_followed_by_what_it_means_for_each_kind() -> None:
    till = paying.make_till()
    make_receipting(till)
    code = paying.make_order(till).code
    pay(code, 150_000)
    tell_all()
    asked = ask_refund(code, RefundIn(120_000, "Rút hồ sơ", lines=(1, 2)), by=till.binh, at=MONDAY)
    approve_refund(asked.code, by=till.oanh, at=MONDAY)
    pay_out_refund(asked.code, Channel.TRANSFER, "UNC-7", by=till.oanh, at=MONDAY)

    tell_all()

    order = paid_order(code)
    assert order is not None
    assert {kind: order.kept_vnd(kind) for kind in ("fee", "charge")} == {
        "fee": 30_000,
        "charge": 0,
    }
    assert issued() == [
        ("EBL01/26TAA/1", 100_000, "adjusted"),
        ("EBL01/26TAB/1", 50_000, "cancelled"),
        ("EBL01/26TAA/2", -70_000, "issued"),
    ]


def test_what_its_delivery_lost_is_issued_all_the_same() -> None:
    till = paying.make_till()
    make_receipting(till)
    pay(paying.make_order(till).code, 150_000)

    made = [issue_missing(at=at) for at in (MONDAY, TUESDAY, TUESDAY)]

    assert made == [0, 2, 0]


def test_the_frequent_sweep_reads_only_what_was_paid_lately() -> None:
    till = paying.make_till()
    make_receipting(till)
    pay(paying.make_order(till).code, 150_000)
    later = MONDAY + 4 * DAY

    assert issue_missing(at=later, since=later - LATELY) == 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        orders = Order.objects.filter(paid_at__gte=MONDAY, paid_at__lt=later).order_by("paid_at")
        assert "payments_order_paid" in orders.explain()
    assert issue_missing(at=later) == 2


def test_paper_receipts_are_written_down_as_typed() -> None:
    till = paying.make_till()
    make_receipting(till)
    lines = tuple(replace(one, receipt_number="AB/26E-17") for one in (paying.FEE, paying.CHARGE))
    asked = OrderIn(
        "dossier:H18.101-260706-0002", till.agency_id, till.desk_id, Payer("Lan"), lines
    )
    record_typed(asked, by=till.binh, at=MONDAY)

    issue_missing(at=TUESDAY)

    assert issued() == [("AB/26E-17", 100_000, "issued"), ("AB/26E-17", 50_000, "issued")]
