"""Row 23: buyer and seller, any desk, limits by case and channel, dues that pause the clock."""

import pytest

from motcua.foundation.organisation.api import PostRole

from .acts import (
    LAN,
    Request,
    act,
    definition_of,
    do_step,
    file_online,
    finish,
    hand_out,
    receive_at_desk,
)
from .hall import Hall, dossier, due, open_steps, step_named, whole
from .land_dues import note_dues, prove_dues

TRANSFER = "1.013831"


@pytest.mark.parametrize(
    ("case", "promised"), [("chuyen-nhuong", "19/03 17:00"), ("thua-ke", "23/03 17:00")]
)
def test_each_case_has_its_own_limit_on_line(case: str, promised: str, hall: Hall) -> None:
    code = file_online(hall(LAN), Request(TRANSFER, case))
    desk = hall.officer("H18.01", PostRole.DESK_OFFICER)

    desk.go(f"/mot-cua/ho-so/{code}/").press("Tiếp nhận")

    assert due(code) == promised


def test_a_commune_takes_it_in_and_the_land_office_decides(hall: Hall) -> None:
    code = receive_at_desk(hall("binh"), TRANSFER, "Lò Thị Lan", {"case": "chuyen-nhuong"})

    assert due(code) == "23/03 17:00"
    assert step_named(code, "kiem-tra").unit_id != dossier(code).receiving_unit_id
    assert hall.doer(open_steps(code)[0]).name not in {"", hall("binh").name}


def test_buyer_and_seller_both_stand_in_the_dossier(hall: Hall) -> None:
    people = {"other_1": "Quàng Văn Pâng"}
    code = file_online(hall(LAN), Request(TRANSFER, people=people))

    parties = [(one.role, one.full_name) for one in whole(code).parties]
    assert parties == [("applicant", "Lò Thị Lan"), ("applicant", "Quàng Văn Pâng")]


def test_the_dues_stop_the_clock_and_the_dossier_goes_on_by_itself(hall: Hall) -> None:
    code = receive_at_desk(hall("binh"), TRANSFER, "Lò Thị Lan", {"case": "chuyen-nhuong"})
    do_step(hall, code, open_steps(code)[0])
    step = step_named(code, "thue")
    officer = hall.doer(step)
    act(officer, code, "phieu-chuyen", step=step)
    slip = whole(code).latest_issued("19")
    assert slip is not None
    assert [one["title"] for one in slip.data["blocks"]][:2] == [
        "I. Người sử dụng đất",
        "II. Thửa đất",
    ]
    finish(officer, code, step)
    note_dues(officer, code)
    assert (dossier(code).status, dossier(code).pause_ground) == ("awaiting_payment", "payment")
    hall.set("18/03/2026 10:00")

    prove_dues(hall.doer(step_named(code, "nop-tien")), code)

    assert [one.code for one in open_steps(code)] == ["duyet"]
    assert due(code) == "30/03 17:00"
    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    hand_out(hall("binh"), code)
    assert [one.spec_code for one in whole(code).papers if one.state == "withdrawn"] == ["gcn-goc"]
    assert definition_of(TRANSFER).slip is not None
