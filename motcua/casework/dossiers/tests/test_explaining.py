from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status

from .make import (
    LAN,
    MONDAY,
    get_dossier,
    make_all,
    make_filed,
    make_received,
    make_received_at_desk,
    make_resolved,
)
from .test_supplements import ITEMS, PAPERS

pytestmark = pytest.mark.django_db


def test_the_reason_of_a_promise_is_one_sentence() -> None:
    code = make_received(make_all())

    assert dossiers.explain(code) == (
        "Nhận 09:00 thứ Hai 02/03/2026; 3 ngày làm việc tính từ thứ Ba 03/03/2026; "
        "hạn trả 17 giờ thứ Năm 05/03/2026."
    )


def test_the_reason_tells_of_the_supplement() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY + timedelta(days=2))
    dossiers.supply(code, PAPERS, by=LAN, at=MONDAY + timedelta(days=4))

    assert "cộng 2 ngày làm việc tạm dừng (chờ bổ sung hồ sơ)" in dossiers.explain(code)


def test_what_is_not_received_has_no_promise_yet() -> None:
    code = make_filed(make_all())

    assert dossiers.explain(code) == "Hồ sơ chưa được tiếp nhận nên chưa tính thời hạn."


def test_an_unknown_code_has_no_reason() -> None:
    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.explain("H18.101-260302-9999")


def test_a_procedure_without_a_limit_says_so() -> None:
    change = ("limits: {{counter: 3 working_day, portal: 3 working_day, post: 3 working_day}}", "")
    commune = make_all(text_change=change)
    code = make_received_at_desk(commune)

    assert dossiers.explain(code) == "Pháp luật không quy định thời hạn giải quyết thủ tục này."


def test_anybody_with_the_code_learns_only_how_far_it_is() -> None:
    commune = make_all()
    codes = [make_filed(commune), make_received(commune), make_resolved(commune)]

    progress = [dossiers.progress_of(code.lower()) for code in codes]

    assert progress == [
        dossiers.Progress(codes[0], 10, Status.SUBMITTED.label),
        dossiers.Progress(codes[1], 20, Status.RECEIVED.label),
        dossiers.Progress(codes[2], 90, Status.RESOLVED.label),
    ]


def test_there_is_no_progress_of_what_is_not_there() -> None:
    assert dossiers.progress_of("H18.101-260302-9999") is None


def test_work_moves_the_progress_on() -> None:
    commune = make_all()
    code = make_received(commune)
    before = dossiers.progress_of(code)
    step = dossiers.whole(get_dossier(code)).open_steps[0]

    dossiers.complete_step(code, step.seq, by=commune.mai, at=MONDAY)

    after = dossiers.progress_of(code)
    assert (before, after) == (
        dossiers.Progress(code, 20, Status.RECEIVED.label),
        dossiers.Progress(code, 37, Status.PROCESSING.label),
    )
