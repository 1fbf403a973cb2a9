from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status, SubState
from motcua.casework.dossiers.models import DossierMove, DossierStep, DueChange, IssuedPaper
from motcua.casework.dossiers.queries.papers import official_paper
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.foundation.organisation.tests.make import make_agency
from motcua.foundation.papers import api as papers
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    MONDAY,
    get_dossier,
    make_all,
    make_application,
    make_commune,
    make_received,
    make_received_at_desk,
    open_step,
)
from .test_supplements import closing

pytestmark = pytest.mark.django_db
NAME = {"applicant_name": "Lò Thị Lan Anh"}


def correct(code: str, by: Any, changes: dict[str, Any]) -> None:
    dossiers.correct_reception(code, changes, "Gõ nhầm", by=by, at=MONDAY)


def test_the_head_of_the_desk_corrects_a_name_and_the_trace_keeps_the_old_one() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)

    correct(code, commune.oanh, NAME)

    move = DossierMove.objects.filter(dossier__code=code).latest("seq")
    parties = dossiers.whole(get_dossier(code)).parties
    assert (get_dossier(code).applicant_name, parties[0].full_name) == (
        "Lò Thị Lan Anh",
        "Lò Thị Lan Anh",
    )
    assert (move.act, move.note, move.detail) == (
        "correct",
        "Gõ nhầm",
        {"was": {"applicant_name": "Lò Thị Lan"}},
    )


def test_the_old_slip_stays_as_it_was_printed() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)
    correct(code, commune.oanh, NAME)
    correct(code, commune.oanh, {"applicant_name": "Lò Thị Lan Chi"})

    slips = IssuedPaper.objects.filter(dossier__code=code, form="01").order_by("seq")
    printed = [official_paper(get_dossier(code), slip) for slip in slips]

    names = [paper.applicant.name for paper in printed if isinstance(paper, papers.ReceptionSlip)]
    assert names == ["Lò Thị Lan", "Lò Thị Lan Anh", "Lò Thị Lan Chi"]


def test_another_case_has_another_promise_and_the_first_one_stays() -> None:
    change = (
        "name: Cấp lại\n    when: cap_lai = true\n    limits: {{counter: 3",
        "name: Cấp lại\n    limits: {{counter: 5",
    )
    commune = make_all(text_change=change)
    code = make_received_at_desk(commune)

    correct(code, commune.oanh, {"case_code": "cap-lai"})

    dossier = get_dossier(code)
    latest = DueChange.objects.filter(dossier=dossier).latest("seq")
    assert (dossier.due_originally_at, dossier.due_at, latest.kind) == (
        closing(5),
        closing(9),
        "corrected",
    )


def test_the_right_agency_gets_the_work_of_the_wrong_one() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received_at_desk(commune)

    correct(code, commune.oanh, {"agency_id": other.agency_id})

    dossier, step = get_dossier(code), open_step(code)
    closed = DossierStep.objects.get(dossier=dossier, closed_at__isnull=False)
    assert (dossier.competent_unit_id, step.unit_id, closed.result) == (
        other.justice_id,
        other.justice_id,
        "overruled",
    )
    assert dossiers.get_dossier_for(other.mai, code).code == code


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "returned"},
        {"applicant_name": " "},
        {"applicant_name": "a" * 301},
        {"return_way": "bay"},
        {"number_of_sets": 0},
        {"case_code": "la"},
        {},
        {"applicant_name": "Lò Thị Lan"},
    ],
)
def test_what_cannot_be_corrected_is_refused(changes: dict[str, Any]) -> None:
    commune = make_all()
    code = make_received_at_desk(commune)

    with pytest.raises(BadInput):
        correct(code, commune.oanh, changes)


def test_an_agency_that_does_not_decide_is_refused() -> None:
    commune = make_all()
    department = make_agency("H18.10", "Sở Tư pháp", kind=AgencyKind.DEPARTMENT)
    organisation.forget_tree()
    code = make_received_at_desk(commune)

    with pytest.raises(BadInput):
        correct(code, commune.oanh, {"agency_id": department.pk})


def test_after_hand_over_nothing_is_corrected() -> None:
    commune = make_all()
    taken, listed = make_received(commune), make_received_at_desk(commune)
    dossiers.take_step(taken, open_step(taken).seq, by=commune.mai, at=MONDAY)
    dossiers.hand_over([listed], commune.justice_id, by=commune.binh, at=MONDAY)

    for code in (taken, listed):
        with pytest.raises(dossiers.DossierError, match="dừng và tiếp nhận lại"):
            correct(code, commune.oanh, NAME)


def test_what_came_back_to_the_desk_can_be_corrected_again() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.send_back_to_desk(code, open_step(code).seq, "Sai tên", by=commune.mai, at=MONDAY)

    correct(code, commune.oanh, NAME)

    assert get_dossier(code).applicant_name == "Lò Thị Lan Anh"


def test_only_the_head_of_this_desk_corrects_and_says_why() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received_at_desk(commune)

    for by in (commune.binh, other.oanh):
        with pytest.raises(NotAllowed):
            correct(code, by, NAME)
    with pytest.raises(BadInput, match="lý do sửa"):
        dossiers.correct_reception(code, NAME, " ", by=commune.oanh, at=MONDAY)


def test_received_anew_both_point_at_each_other() -> None:
    commune = make_all()
    code = make_received(commune)

    new = dossiers.redo_reception(
        code, make_application(commune), "Sai thủ tục", by=commune.oanh, at=MONDAY
    )

    old, fresh = get_dossier(code), get_dossier(new)
    assert (old.status, old.sub_state, old.replaced_by_id) == (
        Status.STOPPED,
        SubState.REDONE,
        fresh.pk,
    )
    assert (fresh.status, fresh.replaces_id) == (Status.RECEIVED, old.pk)


def test_receiving_anew_needs_the_head_and_a_reason() -> None:
    commune = make_all()
    code, application = make_received(commune), make_application(commune)

    with pytest.raises(NotAllowed):
        dossiers.redo_reception(code, application, "Sai", by=commune.binh, at=MONDAY)
    with pytest.raises(BadInput, match="lý do tiếp nhận lại"):
        dossiers.redo_reception(code, application, " ", by=commune.oanh, at=MONDAY)


def test_several_dossiers_of_one_person_are_received_in_one_go() -> None:
    commune = make_all()
    applications = [make_application(commune) for _ in range(3)]

    codes = [
        dossiers.receive_several(
            applications, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY, key=key
        )
        for key in ("k", "k")
    ]

    assert codes == [[f"H18.101-260302-000{n}" for n in (1, 2, 3)]] * 2


def test_several_are_received_all_or_none() -> None:
    commune = make_all()
    applications = [make_application(commune), make_application(commune, papers=())]
    with pytest.raises(dossiers.SeveralWrong, match="Hồ sơ 2: Hồ sơ còn thiếu: Tờ khai"):
        dossiers.receive_several(
            applications, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY
        )

    with pytest.raises(BadInput, match="từ 1 đến 15"):
        dossiers.receive_several([], desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY)

    assert not dossiers.dossiers_for(commune.binh).rows
