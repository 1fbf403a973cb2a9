from datetime import datetime, timedelta

import pytest

from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.errors import AnswersWrong, DossierError, PapersMissing, StepNotOpen
from motcua.casework.dossiers.models import (
    Dossier,
    DossierMove,
    DossierOutcome,
    DossierScope,
    DossierStep,
    IssuedPaper,
)
from motcua.casework.dossiers.operations.filing import file_application
from motcua.casework.dossiers.operations.handling import (
    complete_step,
    return_step,
    take_step,
)
from motcua.casework.dossiers.operations.reception import receive_dossier, refuse_dossier
from motcua.casework.dossiers.operations.returning import return_outcome
from motcua.casework.dossiers.queries.chained import verify_moves
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    ANSWERS,
    LAN,
    MONDAY,
    get_dossier,
    make_all,
    make_application,
    make_commune,
    make_filed,
    make_received,
    make_received_at_desk,
    make_resolved,
    open_step,
)

pytestmark = pytest.mark.django_db
THURSDAY_CLOSING = datetime(2026, 3, 5, 17, 0, tzinfo=HANOI)


def test_an_application_filed_online_gets_the_code_of_its_desk_and_day() -> None:
    commune = make_all()

    codes = [make_filed(commune), make_filed(commune)]

    assert codes == ["H18.101-260302-0001", "H18.101-260302-0002"]


def test_receiving_starts_the_clock_and_leaves_its_traces() -> None:
    commune = make_all()
    code = make_filed(commune)

    receive_dossier(code, by=commune.binh, at=MONDAY)

    dossier = get_dossier(code)
    moves = [(m.act, m.was, m.status, m.by_name) for m in DossierMove.objects.order_by("seq")]
    assert (dossier.status, dossier.due_at, dossier.due_originally_at) == (
        Status.RECEIVED,
        THURSDAY_CLOSING,
        THURSDAY_CLOSING,
    )
    assert moves == [
        ("file", "", "submitted", "Lò Thị Lan"),
        ("receive", "submitted", "received", "Trần Văn Bình"),
    ]


def test_a_desk_receives_in_one_go_what_is_handed_in() -> None:
    code = make_received_at_desk(make_all())

    slip = IssuedPaper.objects.get(dossier__code=code)
    assert (get_dossier(code).status, slip.form, slip.number) == (Status.RECEIVED, "01", code)


def test_an_officer_of_another_commune_may_not_receive() -> None:
    commune = make_all()
    dung = make_commune("H18.102", "UBND xã Nà Tấu", first=11).binh
    code = make_filed(commune)

    with pytest.raises(NotAllowed):
        receive_dossier(code, by=dung, at=MONDAY)

    assert [e.action for e in audit.trail_of(f"dossier:{code}")] == ["dossiers.file"]


def test_a_dossier_cannot_be_received_twice() -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(DossierError, match="không còn chờ tiếp nhận"):
        receive_dossier(code, by=commune.binh, at=MONDAY)


def test_wrong_answers_are_named_and_nothing_is_filed() -> None:
    commune = make_all()
    application = make_application(commune, answers={"ho_ten": "Lò Thị Lan", "so_ban": 99})

    with pytest.raises(AnswersWrong) as caught:
        file_application(application, by=LAN, at=MONDAY)

    assert (sorted(caught.value.complaints), Dossier.objects.count()) == (["muc_dich", "so_ban"], 0)


def test_missing_papers_are_named() -> None:
    commune = make_all()

    with pytest.raises(PapersMissing, match="Tờ khai theo mẫu"):
        file_application(make_application(commune, papers=()), by=LAN, at=MONDAY)


def test_the_same_request_filed_twice_is_one_dossier() -> None:
    commune = make_all()
    application = make_application(commune)

    codes = {file_application(application, by=LAN, at=MONDAY, key="k") for _ in range(2)}

    assert (len(codes), Dossier.objects.count()) == (1, 1)


def test_steps_open_one_after_the_other_until_the_outcome_is_signed() -> None:
    commune = make_all()
    code = make_resolved(commune)

    steps = [(s.code, s.result) for s in DossierStep.objects.order_by("seq")]
    outcome = DossierOutcome.objects.get(dossier__code=code)
    assert steps == [("tham-dinh", "done"), ("duyet", "approved"), ("ky", "approved")]
    assert (outcome.number, outcome.signed_by_name, f"{outcome.valid_until:%d/%m/%Y}") == (
        "01/G15-HT",
        "Nguyễn Thị Hoa",
        "02/09/2026",
    )


def test_what_the_leader_sends_back_is_done_again() -> None:
    commune = make_all()
    code = make_received(commune)
    complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    return_step(code, open_step(code).seq, comment="Thiếu số định danh", by=commune.hoa, at=MONDAY)

    step = open_step(code)
    assert (step.code, step.round, step.unit_id) == ("tham-dinh", 2, commune.justice_id)


def test_sending_back_needs_a_reason() -> None:
    commune = make_all()
    code = make_received(commune)
    complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    with pytest.raises(BadInput, match="làm lại điều gì"):
        return_step(code, open_step(code).seq, comment=" ", by=commune.hoa, at=MONDAY)


def test_two_officers_cannot_finish_the_same_step() -> None:
    commune = make_all()
    code = make_received(commune)
    seq = open_step(code).seq
    complete_step(code, seq, by=commune.mai, at=MONDAY)

    with pytest.raises(StepNotOpen, match="tải lại"):
        complete_step(code, seq, by=commune.mai, at=MONDAY)


def test_taking_work_turns_received_into_processing_and_shows_it_to_the_taker() -> None:
    commune = make_all()
    code = make_received(commune)

    take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    mine = DossierScope.objects.filter(unit_id=commune.mai.personal_unit_id).count()
    assert (get_dossier(code).status, open_step(code).assignee_name, mine) == (
        Status.PROCESSING,
        "Quàng Thị Mai",
        1,
    )


def test_handing_out_ends_the_dossier_even_when_it_is_late() -> None:
    commune = make_all()
    code = make_resolved(commune)

    return_outcome(
        code,
        handed_to="Lò Thị Lan",
        handed_how="Căn cước",
        by=commune.binh,
        at=MONDAY + timedelta(days=30),
    )

    dossier = get_dossier(code)
    assert (dossier.status, dossier.closed_at) == (Status.RETURNED, MONDAY + timedelta(days=30))


def test_nothing_can_be_handed_out_before_it_is_signed() -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(DossierError, match="không thể chuyển sang"):
        return_outcome(code, handed_to="Lan", handed_how="", by=commune.binh, at=MONDAY)


def test_refusing_needs_a_reason_and_a_basis() -> None:
    commune = make_all()
    code = make_filed(commune)

    with pytest.raises(BadInput, match="căn cứ pháp lý"):
        refuse_dossier(code, reason="Không thuộc thẩm quyền", basis="", by=commune.binh, at=MONDAY)


def test_the_chain_of_moves_names_the_first_one_that_was_altered() -> None:
    commune = make_all()
    code = make_resolved(commune)
    before = verify_moves(list(DossierMove.objects.order_by("seq")))

    DossierMove.objects.filter(dossier__code=code, seq=3).update(at=MONDAY - timedelta(days=3))

    assert (before, verify_moves(list(DossierMove.objects.order_by("seq")))) == (None, 3)


def test_the_desk_the_division_and_their_leaders_see_the_dossier() -> None:
    commune = make_all()
    make_received(commune)

    seeing = set(DossierScope.objects.values_list("unit_id", flat=True))

    assert seeing == {commune.desk_id, commune.justice_id, commune.root_id, LAN.personal_unit_id}


def test_acts_stay_inside_their_budget() -> None:
    commune = make_all()
    make_resolved(commune)
    spent = []
    with work.metered() as meter:
        code = make_filed(commune)
    spent.append((meter.statements <= 14, meter.round_trips <= 3))
    with work.metered() as meter:
        receive_dossier(code, by=commune.binh, at=MONDAY)
    spent.append((meter.statements <= 14, meter.round_trips <= 2))
    with work.metered() as meter:
        complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    spent.append((meter.statements <= 14, meter.round_trips <= 3))

    assert spent == [(True, True)] * 3


def test_the_first_step_follows_from_the_answers_also_when_filed_online() -> None:
    only_copies = (
        "  - {{code: sao, name: Sao bản cũ, duty: justice, role: handler, when: cap_lai = true}}\n"
    )
    make_procedure(text=TEXT.replace("process:\n", f"process:\n{only_copies}"))
    commune = make_commune()

    codes = [
        make_received(commune, answers={**ANSWERS, "cap_lai": again}) for again in (True, False)
    ]

    assert [open_step(code).code for code in codes] == ["sao", "tham-dinh"]
