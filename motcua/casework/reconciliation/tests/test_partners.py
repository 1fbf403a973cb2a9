"""A partner hands its report in itself: of its own channel, within its contracts."""

from datetime import timedelta
from io import BytesIO

import pytest

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.tests.make import make_person, make_post
from motcua.casework.payments.api import Channel, PaymentIn, take_payment
from motcua.casework.payments.tests.make import Till
from motcua.casework.reconciliation.choices import MismatchKind, Way
from motcua.casework.reconciliation.errors import BadStatement, NoSuchStatement
from motcua.casework.reconciliation.models import Mismatch, Statement
from motcua.casework.reconciliation.operations.settling import SettleIn, settle_mismatch
from motcua.casework.reconciliation.operations.taking import StatementIn, take_partner_report
from motcua.casework.reconciliation.queries.results import (
    differences_of_report,
    get_report_of_partner,
    reports_of_partner,
    result_of,
)
from motcua.lib.actor import Actor

from .make import EVENING, MONDAY, accountant, csv_of, make_order, make_till, report_of, take

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
TODAY = LATER.date()


def hand_in(
    till: Till, by: Actor, *, channel: Channel = Channel.VNPAY, agency: int = 0
) -> Statement:
    """Take a report of two payments from a partner's hand."""
    content = BytesIO(report_of(("V1", "", 150_000), ("V2", "TT260009999L1", 70_000)))
    given = StatementIn(agency or till.agency_id, channel, "bao-cao.csv", content)
    return take_partner_report(given, by=by, at=LATER)


def paid_by_vnpay() -> tuple[Till, Actor]:
    till = make_till()
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    came = PaymentIn(Channel.VNPAY, 150_000, "V1", MONDAY)
    take_payment(make_order(till).code, came, by=till.binh, at=EVENING)
    return till, manh


def test_a_partner_s_report_is_compared_and_shown_to_it() -> None:
    till, manh = paid_by_vnpay()
    taken = hand_in(till, manh)
    result = result_of(taken)
    assert (result.matched, result.open_count, taken.taken_by_name) == (1, 1, "Nguyễn Đức Mạnh")
    assert [one.code for one in reports_of_partner(manh, TODAY)] == [taken.code]
    assert [one.kind for one in differences_of_report(taken)] == [MismatchKind.MISSING_HERE]
    assert hand_in(till, manh).pk == taken.pk


def test_nobody_hands_in_for_another_s_channel_or_outside_the_contract() -> None:
    till, manh = paid_by_vnpay()
    make_post(agency_ids=(till.agency_id,))
    thuy, _ = make_person("buu-dien")
    for by, channel, agency in (
        (manh, Channel.COD, 0),
        (thuy, Channel.COD, 1),
        (manh, Channel.TRANSFER, 0),
    ):
        with pytest.raises(BadStatement, match="không mở kênh này"):
            hand_in(till, by, channel=channel, agency=agency)
    with pytest.raises(contracts.ShutOut):
        hand_in(till, accountant(till))
    assert not Statement.objects.exists()


def test_days_before_the_contract_are_refused_and_nothing_is_kept() -> None:
    till, _ = paid_by_vnpay()
    make_post(valid_from=TODAY)
    thuy, _ = make_person("buu-dien")
    with pytest.raises(BadStatement, match="ngoài hợp đồng"):
        hand_in(till, thuy, channel=Channel.COD)
    assert not Statement.objects.exists()


def test_the_post_sees_no_report_of_vnpay() -> None:
    till, manh = paid_by_vnpay()
    taken = hand_in(till, manh)
    make_post()
    thuy, _ = make_person("buu-dien")
    assert reports_of_partner(thuy, TODAY) == []
    with pytest.raises(NoSuchStatement):
        get_report_of_partner(taken.code, thuy, TODAY)


def test_a_settled_cost_that_the_bank_paid_out_is_owed_no_more() -> None:
    till = make_till()
    make_post()
    nga = accountant(till)
    take(csv_of(("N1", -45_000, "tra phi buu dien")), by=nga)
    found = Mismatch.objects.get()
    given = SettleIn(Way.PARTNER_PAID, "Trả phí tháng 6 cho bưu điện", "nobody")
    with pytest.raises(contracts.NoSuchContract):
        settle_mismatch(found.code, given, by=nga, at=LATER)
    given = SettleIn(Way.PARTNER_PAID, "Trả phí tháng 6 cho bưu điện", "buu-dien")
    settle_mismatch(found.code, given, by=nga, at=LATER)
    owed = cashbook.balance(AccountKind.RECEIVABLE, till.agency_id, detail="partner:buu-dien")
    assert owed == 45_000
