"""A step is done when what it is there for has happened."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.models import DossierPaper
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .make import (
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_commune,
    make_resolved,
    make_second_step,
    open_step,
)

pytestmark = pytest.mark.django_db
APPROVAL = "name: Trình lãnh đạo, kind: approval, duty: justice, role: unit_head"
TUESDAY = MONDAY + timedelta(days=1)
FEES = [dossiers.FeeIn("tien", "Tiền sử dụng đất", "fee", 900_000)]
PAID = [dossiers.FeeIn("tien", "Tiền sử dụng đất", "fee", 900_000, receipt_number="NS-1")]
ENTRY = (
    "validity_months: 6,",
    "validity_months: 6, entries: [{{name: ma_so_thue, label: Mã số thuế, kind: tax_code}}],",
)
AT_RETURN = ("originals: 1, cases: [cap-lai]", "originals: 1, handling: at_return")


def with_step(kind: str, **more: str) -> Commune:
    """Return a commune in which the second step is of this kind."""
    words = "".join(f", {key}: {value}" for key, value in more.items())
    return make_all(
        text_change=(APPROVAL, f"name: Bước, kind: {kind}, duty: justice, role: x{words}")
    )


def complete(code: str, by: Actor, *, comment: str = "", at: Any = MONDAY) -> str:
    """Finish the open step and return the code of the one that opens."""
    dossiers.complete_step(code, open_step(code).seq, by=by, at=at, comment=comment)
    return open_step(code).code


def test_a_field_visit_is_done_when_its_minutes_are_recorded() -> None:
    commune = with_step("field_visit")
    code = make_second_step(commune)
    with pytest.raises(dossiers.StepUnfinished, match="ghi biên bản"):
        complete(code, commune.mai)
    dossiers.field.plan_visit(code, TUESDAY, "Bản Co Mạ", by=commune.mai, at=MONDAY)
    seq = dossiers.whole(get_dossier(code)).visits[0].seq
    dossiers.field.record_visit(code, seq, "Đúng như khai", by=commune.mai, at=TUESDAY)

    assert complete(code, commune.mai, at=TUESDAY) == "ky"


def test_a_consultation_is_done_when_who_was_asked_has_answered() -> None:
    commune = with_step("consultation")
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_second_step(commune)
    with pytest.raises(dossiers.StepUnfinished, match="gửi câu hỏi"):
        complete(code, commune.mai)
    dossiers.consult(
        code,
        question="Đã kết hôn?",
        due_at=TUESDAY,
        by=commune.mai,
        at=MONDAY,
        unit_id=other.root_id,
    )
    with pytest.raises(dossiers.StepUnfinished, match="chưa trả lời"):
        complete(code, commune.mai)
    seq = dossiers.whole(get_dossier(code)).consultations[0].seq
    dossiers.answer_consultation(
        code, seq, agrees=True, answer="Chưa kết hôn", by=other.hoa, at=MONDAY
    )

    assert complete(code, commune.mai) == "ky"


def test_after_an_answer_that_never_came_somebody_says_on_what_it_goes_on() -> None:
    commune = with_step("consultation")
    code = make_second_step(commune)
    dossiers.consult(
        code, question="Ý kiến?", due_at=TUESDAY, by=commune.mai, at=MONDAY, outside_body="Điện lực"
    )
    late = TUESDAY + timedelta(hours=1)
    with pytest.raises(BadInput, match="căn cứ"):
        complete(code, commune.mai, at=late)

    assert complete(code, commune.mai, at=late, comment="Người yêu cầu đã cam đoan.") == "ky"


def test_what_is_posted_stays_for_its_time_and_the_promise_waits() -> None:
    budget = "{{amount: 15, unit: calendar_day}}"
    commune = with_step("posting", pause_ground="posting", budget=budget)
    code = make_second_step(commune)
    step = open_step(code)

    with pytest.raises(dossiers.StepUnfinished, match="17:00 ngày 17/03/2026"):
        complete(code, commune.mai, at=step.due_at - timedelta(minutes=1))

    assert complete(code, commune.mai, at=step.due_at) == "ky"


def test_the_receipt_finishes_the_step_that_waited_for_the_money() -> None:
    commune = with_step("payment")
    code = make_second_step(commune)
    dossiers.ask_payment(code, FEES, by=commune.mai, at=MONDAY)
    asked = get_dossier(code).status

    dossiers.record_payment(code, PAID, by=commune.mai, at=TUESDAY)

    assert (asked, open_step(code).code, get_dossier(code).status) == (
        Status.AWAITING_PAYMENT,
        "ky",
        Status.PROCESSING,
    )


def test_nothing_to_pay_needs_a_reason() -> None:
    commune = with_step("payment")
    code = make_second_step(commune)
    with pytest.raises(BadInput, match="số biên lai"):
        complete(code, commune.mai)

    assert complete(code, commune.mai, comment="Hộ nghèo, được miễn.") == "ky"


def test_nobody_finishes_in_place_of_the_applicant_what_they_are_to_confirm() -> None:
    commune = with_step("applicant_confirms")
    code = make_second_step(commune)

    with pytest.raises(dossiers.StepNotOpen, match="chờ người nộp xác nhận"):
        complete(code, commune.mai)


def test_there_is_a_draft_when_the_applicant_is_to_look_at_one() -> None:
    commune = with_step("applicant_confirms")

    code = make_second_step(commune)

    assert [o.name for o in dossiers.whole(get_dossier(code)).outcomes] == [
        "Giấy xác nhận tình trạng hôn nhân"
    ]


@pytest.mark.parametrize(("typed", "complaint"), [("", "Hãy nhập"), ("12", "10 hoặc 12 chữ số")])
def test_what_officers_add_to_an_outcome_is_checked_before_it_is_signed(
    typed: str, complaint: str
) -> None:
    commune = make_all(text_change=ENTRY)
    code = make_second_step(commune)
    complete(code, commune.hoa)
    proposal = dossiers.Proposal(entries={"ma_so_thue": typed})

    with pytest.raises(BadInput, match=complaint) as refused:
        dossiers.decide(code, "ky", by=commune.hoa, at=MONDAY, proposal=proposal)

    assert refused.value.field == "ma_so_thue"


def test_the_old_paper_is_handed_over_for_the_new_one() -> None:
    commune = make_all(text_change=AT_RETURN)
    code = make_resolved(commune)
    handed: dict[str, Any] = {"handed_to": "Lò Thị Lan", "handed_how": "Căn cước", "at": MONDAY}
    with pytest.raises(dossiers.PapersMissing, match="Giấy xác nhận đã cấp"):
        dossiers.return_outcome(code, by=commune.binh, **handed)

    dossiers.return_outcome(code, by=commune.binh, collected=["giay-cu"], **handed)

    paper = DossierPaper.objects.get(dossier__code=code, spec_code="giay-cu")
    assert (paper.state, paper.kind) == (dossiers.PaperState.WITHDRAWN, dossiers.CopyKind.ORIGINAL)
