from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status, SubState
from motcua.casework.dossiers.models import DossierStep, DossierWait
from motcua.casework.procedures.api import Ground
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    DUNG,
    LAN,
    MONDAY,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
    make_second_step,
    open_step,
)
from .test_supplements import closing

pytestmark = pytest.mark.django_db
TUESDAY, THURSDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
APPROVAL = "name: Trình lãnh đạo, kind: approval, duty: justice, role: unit_head"
POSTING = (APPROVAL, "name: Niêm yết, kind: posting, pause_ground: posting, duty: justice, role: x")
CONFIRMS = (APPROVAL, "name: Xác nhận, kind: applicant_confirms, duty: justice, role: x")
FEES = [dossiers.FeeIn("le-phi", "Lệ phí", "charge", 30_000)]
PAID = [dossiers.FeeIn("le-phi", "Lệ phí", "charge", 30_000, receipt_number="BL-07")]


def test_a_posting_lets_the_clock_stand_from_its_step_to_its_end() -> None:
    commune = make_all(text_change=POSTING)
    code = make_second_step(commune)
    standing = get_dossier(code)

    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=THURSDAY)

    running = get_dossier(code)
    assert (standing.sub_state, standing.paused_at, standing.due_at) == (
        SubState.POSTED,
        MONDAY,
        closing(5),
    )
    assert (running.sub_state, running.paused_at, running.due_at) == ("", None, closing(10))


def test_the_office_waits_by_hand_for_the_tax_authority() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.start_waiting(code, Ground.TAX_AUTHORITY, "Phiếu 12", by=commune.mai, at=MONDAY)
    standing = get_dossier(code)

    dossiers.end_waiting(code, "Đã có thông báo", by=commune.mai, at=TUESDAY)

    assert (standing.status, standing.sub_state, standing.pause_ground) == (
        Status.PROCESSING,
        SubState.OUTSIDE,
        "tax_authority",
    )
    assert (get_dossier(code).due_at, get_dossier(code).paused_at) == (closing(6), None)


def test_nothing_is_signed_while_the_office_waits() -> None:
    commune = make_all()
    code = make_second_step(commune)
    dossiers.complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    dossiers.start_waiting(code, Ground.TAX_AUTHORITY, "", by=commune.hoa, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match="chờ cơ quan thuế"):
        dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)


@pytest.mark.parametrize("ground", [Ground.SUPPLEMENT, Ground.OUTSIDE_BODY, Ground.POSTING])
def test_a_wait_the_law_does_not_give_is_refused(ground: Ground) -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(BadInput, match="không cho tạm dừng"):
        dossiers.start_waiting(code, ground, "", by=commune.mai, at=MONDAY)


def test_one_waits_once_and_ends_only_what_was_begun() -> None:
    commune = make_all()
    code = make_received(commune)
    with pytest.raises(dossiers.NotWaiting):
        dossiers.end_waiting(code, by=commune.mai, at=MONDAY)
    dossiers.start_waiting(code, Ground.OWN_WORK, "", by=commune.mai, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match="đang chờ sẵn"):
        dossiers.start_waiting(code, Ground.OWN_WORK, "", by=commune.mai, at=MONDAY)


def test_people_of_another_commune_neither_wait_nor_collect() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    with pytest.raises(NotAllowed):
        dossiers.start_waiting(code, Ground.OWN_WORK, "", by=other.mai, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.end_waiting(code, by=other.mai, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.ask_payment(code, FEES, by=other.binh, at=MONDAY)


def test_what_is_to_be_paid_stops_the_clock_until_a_receipt_is_typed_in() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_payment(code, FEES, by=commune.mai, at=MONDAY)
    asked = get_dossier(code)

    dossiers.record_payment(code, PAID, by=commune.binh, at=TUESDAY)

    [taken] = dossiers.whole(get_dossier(code)).fees
    assert (asked.status, asked.pause_ground) == (Status.AWAITING_PAYMENT, "payment")
    assert (get_dossier(code).status, get_dossier(code).due_at) == (Status.PROCESSING, closing(6))
    assert (taken.amount_vnd, taken.receipt_number) == (30_000, "BL-07")


def test_a_fee_at_filing_is_paid_before_receipt() -> None:
    commune = make_all()
    code = make_filed(commune)
    dossiers.ask_payment(code, FEES, by=commune.binh, at=MONDAY)
    dossiers.record_payment(code, PAID, by=commune.binh, at=TUESDAY)
    paid = get_dossier(code)

    dossiers.receive_dossier(code, by=commune.binh, at=TUESDAY)

    waits = DossierWait.objects.filter(dossier__code=code).count()
    assert (paid.status, paid.sub_state, waits) == (Status.AWAITING_PAYMENT, SubState.PAID, 0)
    assert (get_dossier(code).status, get_dossier(code).due_at) == (Status.RECEIVED, closing(6))


def test_money_needs_an_amount_and_a_receipt() -> None:
    commune = make_all()
    code = make_received(commune)
    with pytest.raises(BadInput, match="khoản phải nộp"):
        dossiers.ask_payment(code, [], by=commune.mai, at=MONDAY)
    with pytest.raises(dossiers.DossierError, match="không chờ nộp tiền"):
        dossiers.record_payment(code, PAID, by=commune.binh, at=MONDAY)
    dossiers.ask_payment(code, FEES, by=commune.mai, at=MONDAY)

    for fees in ([], FEES):
        with pytest.raises(BadInput, match="số biên lai"):
            dossiers.record_payment(code, fees, by=commune.binh, at=MONDAY)


def test_lan_confirms_the_draft_and_it_goes_on() -> None:
    commune = make_all(text_change=CONFIRMS)
    code = make_second_step(commune)
    waiting = get_dossier(code).sub_state

    dossiers.confirm_draft(code, is_right=True, by=LAN, at=TUESDAY)

    assert (waiting, open_step(code).code, get_dossier(code).sub_state) == (
        SubState.CONFIRMING,
        "ky",
        "",
    )


def test_lan_finds_an_error_and_the_draft_is_done_again() -> None:
    commune = make_all(text_change=CONFIRMS)
    code = make_second_step(commune)
    with pytest.raises(BadInput, match="chỗ sai"):
        dossiers.confirm_draft(code, is_right=False, comment=" ", by=LAN, at=TUESDAY)

    dossiers.confirm_draft(code, is_right=False, comment="Sai ngày sinh", by=LAN, at=TUESDAY)

    step = open_step(code)
    returned = DossierStep.objects.get(dossier__code=code, code="duyet")
    assert (step.code, step.round, returned.comment) == ("tham-dinh", 2, "Sai ngày sinh")


def test_only_lan_confirms_and_only_when_asked() -> None:
    commune = make_all(text_change=CONFIRMS)
    early, code = make_received(commune), make_second_step(commune)

    with pytest.raises(dossiers.StepNotOpen):
        dossiers.confirm_draft(early, is_right=True, by=LAN, at=MONDAY)
    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.confirm_draft(code, is_right=True, by=DUNG, at=MONDAY)
