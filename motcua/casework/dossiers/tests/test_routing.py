import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.models import DossierStep
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    MONDAY,
    get_dossier,
    make_all,
    make_commune,
    make_received,
    open_step,
)

pytestmark = pytest.mark.django_db


def test_what_came_to_the_wrong_place_goes_back_to_the_desk_and_comes_again() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.send_back_to_desk(
        code, open_step(code).seq, "Thiếu bản sao", by=commune.mai, at=MONDAY
    )
    at_desk = open_step(code)

    dossiers.complete_step(code, at_desk.seq, by=commune.binh, at=MONDAY)

    again = open_step(code)
    assert (at_desk.unit_id, at_desk.kind) == (commune.desk_id, "hand_over")
    assert (again.code, again.round, again.unit_id) == ("tham-dinh", 2, commune.justice_id)


def test_sending_back_needs_a_reason_and_a_place_to_send_from() -> None:
    commune = make_all()
    code = make_received(commune)
    with pytest.raises(BadInput, match="lý do trả lại"):
        dossiers.send_back_to_desk(code, open_step(code).seq, " ", by=commune.mai, at=MONDAY)
    dossiers.send_back_to_desk(code, open_step(code).seq, "Sai", by=commune.mai, at=MONDAY)

    with pytest.raises(dossiers.StepNotOpen, match="đang ở bộ phận một cửa"):
        dossiers.send_back_to_desk(code, open_step(code).seq, "Sai", by=commune.binh, at=MONDAY)
    with pytest.raises(dossiers.StepNotOpen, match="không cho trả lại"):
        dossiers.return_step(code, open_step(code).seq, comment="x", by=commune.binh, at=MONDAY)


def test_nobody_of_another_commune_sends_back() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    with pytest.raises(NotAllowed):
        dossiers.send_back_to_desk(code, open_step(code).seq, "Sai", by=other.mai, at=MONDAY)


def test_a_batch_says_of_each_row_what_became_of_it() -> None:
    commune = make_all()
    codes = [make_received(commune) for _ in range(2)]
    steps = [(code, open_step(code).seq) for code in codes]

    results = dossiers.complete_many([*steps, steps[0]], by=commune.mai, at=MONDAY)

    assert [(r.code, r.is_done) for r in results] == [
        (codes[0], True),
        (codes[1], True),
        (codes[0], False),
    ]
    assert results[2].message == "Việc này đã có người xử lý xong; hãy tải lại hồ sơ."


def test_hoa_signs_many_and_those_of_another_commune_are_left() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    codes = [make_received(commune), make_received(other)]
    for code, office in zip(codes, (commune, other), strict=True):
        for by in (office.mai, office.hoa):
            dossiers.complete_step(code, open_step(code).seq, by=by, at=MONDAY)

    rows = [(code, "ky") for code in codes]
    results = dossiers.decide_many(rows, by=commune.hoa, at=MONDAY)

    assert [r.is_done for r in results] == [True, False]
    assert [get_dossier(code).status for code in codes] == [Status.RESOLVED, Status.PROCESSING]


def test_a_batch_has_an_end() -> None:
    with pytest.raises(BadInput, match="200"):
        dossiers.decide_many([("x", 1)] * 201, by=make_all().hoa, at=MONDAY)


def test_a_process_may_end_with_handing_over() -> None:
    end = "role: agency_leader,\n     return_to: tham-dinh}}\n"
    more = "  - {{code: ban-giao, name: Bàn giao, kind: hand_over, duty: desk, role: desk}}\n"
    commune = make_all(text_change=(end, end + more))
    code = make_received(commune)
    for by in (commune.mai, commune.hoa):
        dossiers.complete_step(code, open_step(code).seq, by=by, at=MONDAY)
    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)

    dossiers.complete_step(code, open_step(code).seq, by=commune.binh, at=MONDAY)

    results = DossierStep.objects.filter(dossier__code=code).order_by("seq")
    assert (get_dossier(code).status, get_dossier(code).resolved_at) == (Status.RESOLVED, MONDAY)
    assert [step.result for step in results] == ["done", "approved", "approved", "done"]
