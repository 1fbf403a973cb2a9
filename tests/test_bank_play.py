"""What the play of a bank tells and writes, against those who read it."""

import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from motcua.casework.payments.api import OrderState, get_order
from motcua.casework.payments.operations.accounts import BeneficiaryIn, save_beneficiary
from motcua.casework.payments.tests.make import ADMIN, MONDAY, make_order, make_till
from motcua.casework.reconciliation.api import LineIn
from motcua.casework.reconciliation.rules.reading import read_statement
from motcua.lib.clock import HANOI
from simulators.bank import ACCOUNT, BANK, SECRET, notice_of
from simulators.bank_statements import KINDS, Line

AT = datetime(2026, 7, 6, 9, 30, 15, tzinfo=HANOI)


def line(number: int, words: str) -> Line:
    ref = f"FT260706{number:06d}"
    return Line(ref, ACCOUNT, 150_000 + number, words, "LO THI LAN", AT.isoformat())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "code", "state"), [("", "00", OrderState.PAID), ("signature", "97", OrderState.OPEN)]
)
def test_what_the_bank_tells_pays_the_order_it_names(
    client: Client, settings: Settings, tmp_path: Path, fault: str, code: str, state: OrderState
) -> None:
    path = tmp_path / "secrets.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({"banks": {BANK: {"secret": SECRET}}}))
    settings.PAYMENT_SECRETS_FILE = str(path)
    till = make_till(is_open=False)
    account = BeneficiaryIn(till.agency_id, BANK, "Ngân hàng", ACCOUNT, "UBND", date(2026, 7, 6))
    save_beneficiary(account, by=ADMIN, at=MONDAY)
    order = make_order(till)
    told = json.dumps(notice_of(line(0, f"{order.code} nop phi"), fault))

    said = client.post("/ngan-hang/bao-co/", told, content_type="application/json").json()

    assert (said["code"], get_order(order.code).state) == (code, state)


@pytest.mark.parametrize("kind", KINDS)
def test_each_of_its_statements_is_read_as_it_was_written(kind: str) -> None:
    lines = [line(1, "TT260000015 nop phi"), line(2, "khong ro")]

    content = KINDS[kind][0](ACCOUNT, AT.date(), lines)
    read = list(read_statement(BytesIO(content)))

    found = [
        (one.account, one.ref, one.amount_vnd, one.booked_at.date())
        for one in read
        if isinstance(one, LineIn)
    ]
    assert found == [(ACCOUNT, one.ref, one.amount, one.day) for one in lines]
    assert len(read) == len(lines)
