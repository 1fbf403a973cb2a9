"""Money goes back: asked for by one, approved by another, done by the partner or the till."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, OrderState, RefundIn, RefundState
from motcua.casework.payments.models import FinancialObligation, Refund
from motcua.casework.payments.operations.accounts import BeneficiaryIn
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    ADMIN,
    CHARGE,
    DAY,
    FEE,
    HOUR,
    MONDAY,
    Partner,
    Till,
    facts,
    make_begun,
    make_order,
    make_till,
    raw,
    said,
)
from .test_orders import held

pytestmark = pytest.mark.django_db
LATER = MONDAY + HOUR
CHARGE_BACK = RefundIn(50_000, "Thu sai đối tượng", lines=(2,))


def cash_paid(till: Till) -> payments.Order:
    order = make_order(till)
    payments.pay_cash(order.code, amount_vnd=150_000, by=till.binh, at=MONDAY)
    return order


def gateway_paid(till: Till) -> payments.Order:
    order = make_order(till)
    payments.take_notice(Channel.VNPAY, raw(said(make_begun(order))), at=MONDAY)
    return order


def test_cash_goes_back_out_of_the_drawer_after_a_second_person_agreed() -> None:
    till = make_till()
    order = cash_paid(till)
    refund = payments.ask_refund(order.code, CHARGE_BACK, by=till.binh, at=LATER)
    payments.approve_refund(refund.code, "Đồng ý", by=till.oanh, at=LATER)
    owed = (payments.get_order(order.code).state, held(till))

    payments.pay_out_refund(refund.code, Channel.CASH, by=till.binh, at=LATER)

    now = payments.get_order(order.code)
    assert owed == (
        OrderState.REFUNDING,
        {"drawer": 150_000, "fee": -100_000, "refund_due": -50_000},
    )
    assert (now.state, held(till)) == (OrderState.REFUNDED, {"drawer": 100_000, "fee": -100_000})
    [done] = facts("payments.refund_done")
    assert (done["amount_vnd"], done["lines"]) == (50_000, [[2, 50_000]])


def test_who_took_the_money_is_not_who_brought_too_much(partner: Partner) -> None:
    till = make_till()
    order = make_order(till)
    ref = make_begun(order)
    payments.pay_cash(order.code, amount_vnd=150_000, by=till.binh, at=MONDAY)
    payments.take_notice(partner.channel, raw(said(ref)), at=LATER)

    taken = payments.taken_for([order.subject])[order.subject]

    assert {one.taken_by_name for one in taken} == {till.binh.name}


def test_nobody_approves_what_he_asked_for() -> None:
    till = make_till()
    refund = payments.ask_refund(cash_paid(till).code, CHARGE_BACK, by=till.oanh, at=LATER)

    with pytest.raises(NotAllowed, match="không được tự duyệt"):
        payments.approve_refund(refund.code, by=till.oanh, at=LATER)
    with pytest.raises(IntegrityError, match="decided_by_another"), transaction.atomic():
        Refund.objects.update(decided_by_id=till.oanh.id, state="approved")


def test_people_of_another_commune_neither_ask_nor_decide() -> None:
    till = make_till()
    order = cash_paid(till)
    with pytest.raises(NotAllowed):
        payments.ask_refund(order.code, CHARGE_BACK, by=till.dung, at=LATER)
    refund = payments.ask_refund(order.code, CHARGE_BACK, by=till.binh, at=LATER)

    for decide in (payments.approve_refund, payments.refuse_refund):
        with pytest.raises(NotAllowed):
            decide(refund.code, "x", by=till.dung, at=LATER)
    with pytest.raises(payments.NoSuchRefund):
        payments.get_refund_for(till.dung, refund.code)
    assert payments.refunds_for(till.dung) == []


def test_what_is_refused_can_be_asked_again() -> None:
    till = make_till()
    order = cash_paid(till)
    refund = payments.ask_refund(order.code, CHARGE_BACK, by=till.binh, at=LATER)
    with pytest.raises(BadInput, match="lý do không duyệt"):
        payments.refuse_refund(refund.code, " ", by=till.oanh, at=LATER)
    payments.refuse_refund(refund.code, "Đã cung cấp dịch vụ", by=till.oanh, at=LATER)

    again = payments.ask_refund(order.code, CHARGE_BACK, by=till.binh, at=LATER)

    assert (again.code != refund.code, payments.get_order(order.code).state) == (
        True,
        OrderState.PAID,
    )
    with pytest.raises(payments.RefundNotAllowed, match="không duyệt"):
        payments.approve_refund(refund.code, by=till.oanh, at=LATER)


def test_no_more_goes_back_than_came() -> None:
    till = make_till()
    order = cash_paid(till)
    payments.ask_refund(order.code, RefundIn(140_000, "Rút"), by=till.binh, at=LATER)

    with pytest.raises(payments.RefundNotAllowed, match=r"Chỉ còn 10\.000 đồng"):
        payments.ask_refund(order.code, CHARGE_BACK, by=till.binh, at=LATER)
    with pytest.raises(payments.RefundNotAllowed, match="hủy đơn"):
        payments.ask_refund(make_order(till).code, CHARGE_BACK, by=till.binh, at=LATER)


def test_the_partner_gives_back_what_came_by_it(partner: Partner) -> None:
    till = make_till()
    order = gateway_paid(till)
    refund = payments.ask_refund(order.code, RefundIn(150_000, "Rút"), by=till.binh, at=LATER)
    payments.approve_refund(refund.code, by=till.oanh, at=LATER)

    done = payments.send_refunds(at=LATER)

    [sent] = partner.refunds
    assert (done, sent.ref, sent.amount_vnd) == (1, refund.code.replace("-", ""), 150_000)
    assert (payments.get_order(order.code).state, held(till)) == (OrderState.REFUNDED, {})


def test_what_the_partner_refuses_is_paid_out_otherwise(partner: Partner) -> None:
    till = make_till()
    order = gateway_paid(till)
    refund = payments.ask_refund(order.code, RefundIn(150_000, "Rút"), by=till.binh, at=LATER)
    payments.approve_refund(refund.code, by=till.oanh, at=LATER)
    with pytest.raises(payments.RefundNotAllowed, match="qua cổng"):
        payments.pay_out_refund(refund.code, Channel.TRANSFER, "UNC 7", by=till.oanh, at=LATER)
    partner.refunded = payments.Refunded(is_done=False, is_refused=True, words="Quá hạn")
    payments.send_refunds(at=LATER)
    with pytest.raises(BadInput, match="số lệnh chi"):
        payments.pay_out_refund(refund.code, Channel.TRANSFER, by=till.oanh, at=LATER)

    payments.pay_out_refund(refund.code, Channel.TRANSFER, "UNC 7", by=till.oanh, at=LATER)

    assert payments.explain(order.code).endswith("; đã hoàn 150.000 đồng.")
    assert held(till) == {"clearing": 0}  # the partner still owes what the transfer gave


def test_what_the_partner_refused_is_not_approved_again(partner: Partner) -> None:
    till = make_till()
    order = gateway_paid(till)
    refund = payments.ask_refund(order.code, RefundIn(50_000, "Giảm"), by=till.binh, at=LATER)
    payments.approve_refund(refund.code, by=till.oanh, at=LATER)
    partner.refunded = payments.Refunded(is_done=False, is_refused=True, words="Quá hạn")
    payments.send_refunds(at=LATER)

    with pytest.raises(payments.RefundNotAllowed, match="chi cách khác"):
        payments.approve_refund(refund.code, by=till.oanh, at=LATER)

    assert payments.get_order(order.code).refunded_vnd == 50_000


def test_a_partner_that_was_taken_away_does_not_keep_the_money(partner: Partner) -> None:
    till = make_till()
    order = gateway_paid(till)
    refund = payments.ask_refund(order.code, RefundIn(150_000, "Rút"), by=till.binh, at=LATER)
    payments.unregister_gateway(partner.channel)
    payments.approve_refund(refund.code, by=till.oanh, at=LATER)
    payments.send_refunds(at=LATER)

    payments.pay_out_refund(refund.code, Channel.TRANSFER, "UNC 8", by=till.oanh, at=LATER)

    assert payments.get_order(order.code).state == OrderState.REFUNDED


def test_a_silent_partner_is_asked_on_until_people_know_it_gave_nothing(partner: Partner) -> None:
    till = make_till()
    order = gateway_paid(till)
    refund = payments.ask_refund(order.code, RefundIn(150_000, "Rút"), by=till.binh, at=LATER)
    payments.approve_refund(refund.code, by=till.oanh, at=LATER)
    partner.is_away = True

    payments.send_refunds(at=LATER)
    with pytest.raises(payments.RefundNotAllowed, match="chưa chi cách khác được"):
        payments.give_up_refund(refund.code, "CV 9/VNPAY", by=till.oanh, at=LATER)
    for day in range(1, 9):
        payments.send_refunds(at=MONDAY + day * DAY)

    refund.refresh_from_db()
    assert (refund.state, refund.tried_times) == (RefundState.APPROVED, 9)
    with pytest.raises(BadInput, match="số văn bản"):
        payments.give_up_refund(refund.code, " ", by=till.oanh, at=LATER)
    with pytest.raises(NotAllowed):
        payments.give_up_refund(refund.code, "CV 9/VNPAY", by=till.dung, at=LATER)
    payments.give_up_refund(refund.code, "CV 9/VNPAY", by=till.oanh, at=LATER)
    assert "chờ chi cách khác" in payments.explain(order.code)


def test_the_end_of_a_dossier_proposes_what_the_rule_gives_back() -> None:
    till = make_till()
    paid, waiting = cash_paid(till), make_order(till)

    total = payments.close_subject(
        paid.subject, "Rút hồ sơ", lambda line: line.code == "le-phi", by=till.dung, at=LATER
    )

    [refund] = payments.refunds_for(till.oanh)
    assert (total, refund.amount_vnd, refund.lines) == (50_000, 50_000, [2])
    assert payments.get_order(waiting.code).state == OrderState.CANCELLED


def test_what_was_asked_back_before_the_dossier_ended_is_not_asked_twice() -> None:
    till = make_till()
    order = cash_paid(till)
    payments.ask_refund(order.code, CHARGE_BACK, by=till.binh, at=LATER)

    totals = [
        payments.close_subject(order.subject, "Rút hồ sơ", lambda _: True, by=till.dung, at=LATER)
        for _ in range(2)
    ]

    asked = [one.amount_vnd for one in payments.refunds_for(till.oanh)]
    assert (totals, asked) == ([100_000, 0], [50_000, 100_000])


def test_each_dossier_of_an_order_gets_its_own_money_back() -> None:
    till = make_till()
    lines = (replace(FEE, subject="dossier:1"), replace(CHARGE, subject="dossier:2"))
    order = make_order(till, subject="dossier:1", lines=lines)
    payments.pay_cash(order.code, amount_vnd=150_000, by=till.binh, at=MONDAY)

    def end(subject: str) -> None:
        payments.close_subject(subject, "Rút", lambda _: True, by=till.binh, at=LATER)
        [refund] = payments.refunds_for(till.oanh)
        payments.approve_refund(refund.code, by=till.oanh, at=LATER)
        payments.pay_out_refund(refund.code, Channel.CASH, by=till.binh, at=LATER)

    for subject in ("dossier:1", "dossier:2"):
        end(subject)

    now = payments.get_order(order.code)
    assert (now.state, now.refunded_vnd) == (OrderState.REFUNDED, 150_000)


@pytest.mark.parametrize(("paid_vnd", "back"), [(0, []), (100_000, [100_000])])
def test_who_waits_beside_a_dossier_that_ends_is_asked_for_his_own_part(
    paid_vnd: int, back: list[int]
) -> None:
    till = make_till()
    lines = (replace(FEE, subject="dossier:1"), replace(CHARGE, subject="dossier:2"))
    order = make_order(till, subject="dossier:1", lines=lines)
    if paid_vnd:
        payments.pay_cash(order.code, amount_vnd=paid_vnd, by=till.binh, at=MONDAY)

    payments.close_subject("dossier:1", "Rút", lambda _: True, by=till.binh, at=LATER)

    waits = payments.waiting_order("dossier:2")
    assert waits is not None
    assert (waits.amount_vnd, waits.payer_name, waits.expires_at) == (
        50_000,
        "Lò Thị Lan",
        LATER + 15 * DAY,
    )
    assert payments.waiting_order("dossier:1") is None
    assert [one.amount_vnd for one in payments.refunds_for(till.oanh)] == back


def test_money_that_comes_is_taken_whatever_was_asked_back(partner: Partner) -> None:
    till = make_till()
    order = gateway_paid(till)
    first = payments.Attempt.objects.get(channel=partner.channel)
    payments.take_notice(Channel.VNPAY, raw(said(first.ref, partner_ref="GD-2")), at=LATER)
    [over] = payments.refunds_for(till.oanh)
    payments.refuse_refund(over.code, "Chờ đối soát", by=till.oanh, at=LATER)
    for _ in range(2):
        asked = RefundIn(150_000, "Rút", lines=(1, 2))
        payments.ask_refund(order.code, asked, by=till.binh, at=LATER)

    third = said(first.ref, 10_000, partner_ref="GD-3")
    payments.take_notice(Channel.VNPAY, raw(third), at=LATER)

    now = payments.get_order(order.code)
    assert (now.paid_vnd, now.over_vnd, now.state) == (310_000, 160_000, OrderState.OVERPAID)


def test_a_due_of_the_tax_authority_is_met_by_its_evidence() -> None:
    till = make_till(is_open=False)
    asked = payments.ObligationIn(
        "dossier:x", till.agency_id, "Thuế cơ sở 5", "TB-12", date(2026, 7, 1), "Tiền đất", 9_000
    )
    due = payments.record_obligation(asked, by=till.binh, at=MONDAY)
    with pytest.raises(BadInput, match="đã được ghi"):
        payments.record_obligation(asked, by=till.binh, at=MONDAY)
    future = payments.EvidenceIn("GNT 7", date(2026, 7, 9))
    with pytest.raises(BadInput, match="tương lai"):
        payments.record_evidence(due.code, future, by=till.binh, at=MONDAY)

    seen = payments.EvidenceIn("GNT 7", date(2026, 7, 5), "Kho bạc")
    payments.record_evidence(due.code, seen, by=till.binh, at=MONDAY)

    met = FinancialObligation.objects.get()
    assert (met.state, met.evidence_number, held(till)) == ("met", "GNT 7", {})
    assert [one["code"] for one in facts("payments.obligation_met")] == [due.code]
    with pytest.raises(payments.PaymentError, match="đã ghi nhận"):
        payments.record_evidence(due.code, seen, by=till.binh, at=MONDAY)


def test_the_nearest_account_counts_and_a_new_one_ends_the_one_before() -> None:
    till = make_till(is_open=False)
    general = BeneficiaryIn(
        till.agency_id, "970415", "Ngân hàng", "1122334455", "UBND XA", date(2026, 7, 1)
    )
    payments.save_beneficiary(general, by=ADMIN, at=MONDAY)
    special = replace(general, number="99", procedure_code="1.004756")
    with pytest.raises(payments.BadBeneficiary, match="4 đến 19"):
        payments.save_beneficiary(special, by=ADMIN, at=MONDAY)
    payments.save_beneficiary(replace(special, number="9999"), by=ADMIN, at=MONDAY)

    def number(procedure: str, on: date) -> str | None:
        found = payments.find_beneficiary(till.agency_id, till.desk_id, procedure, on=on)
        return found.number if found else None

    assert [
        number("1.004756", date(2026, 7, 1)),
        number("x", date(2026, 7, 1)),
        number("x", date(2026, 6, 30)),
        number("x", date(2025, 12, 31)),
    ] == ["9999", "1122334455", "0011012345678", None]
    with pytest.raises(NotAllowed):
        payments.save_beneficiary(general, by=till.oanh, at=MONDAY)
