"""`./run bench-receipts`: how many receipts a second are issued, signed and shown, by one process.

Told by the clock and by this process's own time: the database works beside it. The key lies on this
server (RSA of 2048 bits), as a commune's does.
"""

import os
import sys
from collections.abc import Callable
from time import perf_counter, process_time

import pytest

from motcua.casework.receipts.models import Receipt
from motcua.casework.receipts.operations.issuing import settle
from motcua.casework.receipts.operations.sealing import sign_due
from motcua.casework.receipts.queries.papers import receipt_pdf
from motcua.foundation.signing.tests.make import seal_xml_here
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib.actor import SYSTEM

from .make import FEE, MONDAY, line, make_order, make_place

HOW_MANY = 400
SHOWN = 50


@pytest.mark.django_db
def test_receipts_are_issued_signed_and_shown() -> None:
    place = make_place()
    make_trusted_world(days=365)
    make_server_certificate("UBND xã Mường Phăng", agency_id=place.agency_id)
    seal_xml_here()
    orders = [make_order(place, f"TT26-{n}", line(FEE, 9_000)) for n in range(HOW_MANY)]
    settle(make_order(place, "TT26-first"), by=SYSTEM, at=MONDAY)
    sign_due(at=MONDAY)

    def issue() -> int:
        return sum(len(settle(order, by=SYSTEM, at=MONDAY)) for order in orders)

    def sign() -> int:
        done = 0
        while found := sign_due(at=MONDAY):
            done += found
        return done

    def show() -> int:
        rows = Receipt.objects.select_related("series")[:SHOWN]
        return sum(1 for one in rows if receipt_pdf(one))

    sys.stdout.write(f"\nload {os.getloadavg()[0]:.1f}\n")
    assert _told("issued (row, number, history, fact)", issue) == HOW_MANY
    assert _told("signed (XML, XAdES-B-B, kept, fact)", sign) == HOW_MANY
    assert _told("shown (PDF)", show) == SHOWN


def _told(words: str, work: Callable[[], int]) -> int:
    """Do the work, and say how fast it was."""
    since, own = perf_counter(), process_time()
    count = work()
    clock, spent = perf_counter() - since, process_time() - own
    sys.stdout.write(
        f"{words}: {count} in {clock:.1f} s, {count / clock:.0f} a second by the clock,"
        f" {count / spent:.0f} a second of this process's time\n"
    )
    return count
