"""The applicant says what is wrong with the draft; the handler puts the form right."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import AnswerField, DossierAnswers, DossierMove
from motcua.casework.dossiers.operations.handling import complete_step
from motcua.casework.dossiers.queries.one import whole
from motcua.casework.procedures.tests.make import EDITOR
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    ANSWERS,
    LAN,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_commune,
    make_received,
    make_second_step,
    open_step,
)
from .test_waiting import CONFIRMS

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
RIGHT = {**ANSWERS, "ho_ten": "Lò Thị Lan Anh"}


def make_refused(commune: Commune) -> str:
    """Return the code of a dossier whose draft Lan has found wrong."""
    code = make_second_step(commune)
    dossiers.confirm_draft(code, is_right=False, comment="Thiếu chữ đệm", by=LAN, at=TUESDAY)
    return code


def test_the_handler_corrects_the_form_and_it_is_found_by_what_is_right() -> None:
    commune = make_all(text_change=CONFIRMS)
    code = make_refused(commune)

    dossiers.correct_answers(
        code, open_step(code).seq, RIGHT, "Theo giấy khai sinh", by=commune.mai, at=TUESDAY
    )

    found = AnswerField.objects.filter(dossier__code=code).values_list("field", "text")
    assert DossierAnswers.objects.get(dossier__code=code).answers == RIGHT
    assert list(found) == [("ho_ten", "Lò Thị Lan Anh")]


def test_who_what_was_what_is_and_why_stand_in_the_trail() -> None:
    commune = make_all(text_change=CONFIRMS)
    code = make_refused(commune)

    dossiers.correct_answers(
        code, open_step(code).seq, RIGHT, "Theo giấy khai sinh", by=commune.mai, at=TUESDAY
    )

    move = DossierMove.objects.get(dossier__code=code, act="correct_answers")
    told = whole(get_dossier(code))
    assert (move.by_name, move.note, move.detail["changed"]) == (
        "Quàng Thị Mai",
        "Theo giấy khai sinh",
        {"ho_ten": {"was": "Lò Thị Lan", "now": "Lò Thị Lan Anh"}},
    )
    assert dossiers.changes_told(told.definition.form, move) == [
        "Họ, chữ đệm, tên: “Lò Thị Lan” → “Lò Thị Lan Anh”"
    ]
    assert dossiers.verify_moves(told.moves) is None


def test_the_new_draft_goes_to_lan_again() -> None:
    commune = make_all(text_change=CONFIRMS)
    code = make_refused(commune)
    dossiers.correct_answers(code, open_step(code).seq, RIGHT, "Sửa", by=commune.mai, at=TUESDAY)

    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=TUESDAY)
    asked = get_dossier(code).sub_state
    dossiers.confirm_draft(code, is_right=True, by=LAN, at=TUESDAY)

    assert (asked, open_step(code).code) == (dossiers.SubState.CONFIRMING, "ky")


def test_a_file_found_wrong_is_not_shown_again_but_a_new_one_is() -> None:
    commune = make_all(text_change=CONFIRMS)
    code = make_received(commune)
    first = open_step(code).seq
    complete_step(code, first, by=commune.mai, at=MONDAY, proposal=make_file_proposal())
    dossiers.confirm_draft(code, is_right=False, comment="Thiếu chữ", by=LAN, at=TUESDAY)
    again, later = open_step(code).seq, TUESDAY + timedelta(hours=1)

    with pytest.raises(BadInput, match="dự thảo mới"):
        complete_step(code, again, by=commune.mai, at=later)
    complete_step(code, again, by=commune.mai, at=later, proposal=make_file_proposal())

    assert get_dossier(code).sub_state == dossiers.SubState.CONFIRMING


def make_file_proposal() -> dossiers.Proposal:
    """Return a proposal whose draft is a PDF of Mai's own."""
    stored = files.keep_bytes(make_pdf(), dossiers.PDF, by=EDITOR, at=MONDAY)
    return dossiers.Proposal(file_id=stored.pk, file_name="du-thao.pdf")


def test_the_form_is_not_corrected_before_lan_says_so_nor_after_a_new_draft() -> None:
    commune = make_all(text_change=CONFIRMS)
    early, code = make_received(commune), make_refused(commune)
    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=TUESDAY)

    for one in (early, code):
        with pytest.raises(dossiers.StepNotOpen, match="chỉ sửa được khi"):
            dossiers.correct_answers(
                one, open_step(one).seq, RIGHT, "Sửa", by=commune.mai, at=TUESDAY
            )


def test_a_correction_needs_a_reason_a_difference_and_right_answers() -> None:
    commune = make_all(text_change=CONFIRMS)
    code = make_refused(commune)
    step, by, at = open_step(code).seq, commune.mai, TUESDAY

    with pytest.raises(BadInput, match="lý do"):
        dossiers.correct_answers(code, step, RIGHT, " ", by=by, at=at)
    with pytest.raises(BadInput, match="Không có gì khác"):
        dossiers.correct_answers(code, step, ANSWERS, "Sửa", by=by, at=at)
    with pytest.raises(dossiers.AnswersWrong):
        dossiers.correct_answers(
            code, step, {k: v for k, v in RIGHT.items() if k != "ho_ten"}, "Sửa", by=by, at=at
        )
    assert DossierAnswers.objects.get(dossier__code=code).answers == ANSWERS


def test_an_officer_of_another_office_corrects_nothing() -> None:
    commune = make_all(text_change=CONFIRMS)
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_refused(commune)

    for by in (other.mai, commune.binh):
        with pytest.raises(NotAllowed):
            dossiers.correct_answers(code, open_step(code).seq, RIGHT, "Sửa", by=by, at=TUESDAY)
