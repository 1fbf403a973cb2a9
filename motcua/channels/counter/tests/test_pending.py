"""What waits for the applicant at the desk: fees before receipt, drafts to be looked at."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, SubState
from motcua.casework.dossiers.tests.make import (
    get_dossier,
    make_filed,
    make_received,
    make_second_step,
)
from motcua.casework.payments import api as payments
from motcua.lib.clock import now

from .make import Desk, make_desk, sign_in_dung, told

pytestmark = pytest.mark.django_db
FEE_FIRST = ("amount_vnd: 15000,", "amount_vnd: 15000, collected: at_filing,")
CONFIRM = (
    "name: Trình lãnh đạo, kind: approval, duty: justice, role: unit_head",
    "name: Xem nháp, kind: applicant_confirms, duty: desk, role: desk_officer",
)


def address(name: str, code: str) -> str:
    return reverse(f"counter:{name}", args=[code])


def with_draft(desk: Desk) -> str:
    """Return the code of a dossier whose draft waits for the applicant's word."""
    return make_second_step(desk.commune)


def test_a_fee_due_at_filing_is_asked_for_then_taken_then_the_dossier_received() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    code = make_filed(desk.commune)
    page = desk.client.get(address("dossier", code)).content.decode()

    desk.client.post(address("charge", code))
    asked = get_dossier(code).status
    typed = {"fee_le-phi_amount": "30000", "fee_le-phi_receipt": "BL-07"}
    desk.client.post(address("charge", code), typed)
    paid = get_dossier(code).sub_state
    desk.client.post(address("accept", code))

    assert "Yêu cầu nộp lệ phí" in page
    assert (asked, paid, get_dossier(code).status) == (
        Status.AWAITING_PAYMENT,
        SubState.PAID,
        Status.RECEIVED,
    )


def test_a_dossier_is_not_received_before_its_fee_is_paid() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    code = make_filed(desk.commune)

    answer = desk.client.post(address("accept", code))

    assert told(answer) == [
        "Phải thu khi nộp hồ sơ, trước khi tiếp nhận: Lệ phí xác nhận 30.000 đồng."
    ]
    assert get_dossier(code).status == Status.SUBMITTED


def test_money_without_a_receipt_is_not_noted() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    code = make_filed(desk.commune)
    desk.client.post(address("charge", code))

    answer = desk.client.post(address("charge", code), {"fee_le-phi_amount": "30000"})

    assert answer.status_code == 422
    assert "ghi số biên lai giấy" in answer.content.decode()


def test_the_word_of_the_applicant_is_recorded_at_the_desk() -> None:
    desk = make_desk(text_change=CONFIRM)
    code = with_draft(desk)
    page = desk.client.get(address("confirm", code))

    desk.client.post(address("confirm", code), {"is_right": "true"})

    steps = dossiers.whole(get_dossier(code)).steps
    assert page.status_code == 200
    assert [(s.code, s.result) for s in steps] == [
        ("tham-dinh", "done"),
        ("duyet", "done"),
        ("ky", ""),
    ]


def test_what_is_wrong_in_the_draft_must_be_said_and_goes_back() -> None:
    desk = make_desk(text_change=CONFIRM)
    code = with_draft(desk)

    silent = desk.client.post(address("confirm", code), {"is_right": "false"})
    desk.client.post(address("confirm", code), {"is_right": "false", "comment": "Sai tên mẹ"})

    open_steps = dossiers.whole(get_dossier(code)).open_steps
    assert silent.status_code == 422
    assert [(s.code, s.round) for s in open_steps] == [("tham-dinh", 2)]


def test_the_draft_can_be_read_at_the_desk() -> None:
    desk = make_desk(text_change=CONFIRM)
    code = with_draft(desk)
    seq = dossiers.whole(get_dossier(code)).outcomes[0].seq

    answer = desk.client.get(reverse("counter:outcome", args=[code, seq]))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")


def test_both_lists_stand_on_one_page() -> None:
    desk = make_desk(text_change=CONFIRM)
    draft, money = with_draft(desk), make_received(desk.commune)
    fees = [dossiers.FeeIn("le-phi", "Lệ phí", "charge", 30_000)]
    dossiers.ask_payment(money, fees, by=desk.commune.binh, at=now())

    page = desk.client.get(reverse("counter:pending")).content.decode()

    assert (draft in page, money in page) == (True, True)


@pytest.mark.parametrize("name", ["charge", "confirm"])
def test_another_commune_finds_nothing(name: str) -> None:
    desk = make_desk(text_change=CONFIRM)
    code = with_draft(desk)

    assert sign_in_dung().get(address(name, code)).status_code == 404


def test_a_dossier_that_waits_for_nobody_has_no_draft_to_confirm() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    answer = desk.client.post(address("confirm", code), {"is_right": "true"})

    assert told(answer) == [f"Hồ sơ {code} không chờ người nộp xem bản nháp."]


def test_a_day_that_is_none_is_told_at_the_due_it_is_about() -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    for number in ("TB-1", "TB-2"):
        due = dossiers.DueIn("Thuế cơ sở 5", number, date(2026, 3, 1), "Lệ phí trước bạ", 9_000)
        dossiers.record_due(code, due, by=desk.commune.mai, at=now())
    _, second = payments.obligations_of(dossiers.subject_of(code))

    typed = {"how": "evidence", "due": second.code, "evidence": "GNT 7", "paid_on": "31/2/2026"}
    answer = desk.client.post(address("charge", code), typed)

    page, field = answer.content.decode(), f"id_evidence_on-{second.code}"
    assert (answer.status_code, "Không có ngày 31/2/2026." in page) == (422, True)
    assert (page.count(f'id="{field}"'), page.count(f'href="#{field}"')) == (1, 1)


def test_what_is_paid_is_not_taken_again() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    code = make_filed(desk.commune)
    desk.client.post(address("charge", code))
    typed = {"fee_le-phi_amount": "30000", "fee_le-phi_receipt": "BL-07"}
    desk.client.post(address("charge", code), typed)

    shown = desk.client.get(address("charge", code)).content.decode()
    again = desk.client.post(address("charge", code), typed)

    assert ("Đã nộp đủ" in shown, "Biên lai giấy số" in shown) == (True, False)
    assert (again.status_code, len(dossiers.whole(get_dossier(code)).fees)) == (422, 1)
