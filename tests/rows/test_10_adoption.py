"""Row 10: kept closely, minutes of whom was heard, ten days to think again, exempt by the table."""

import pytest

from .acts import (
    LAN,
    Request,
    act,
    ask_supplement,
    do_step,
    file_online,
    finish,
    hand_out,
    interview,
    receive,
    take,
)
from .hall import Hall, due, open_steps, said, step_named, whole

CODE = "2.001263"
CHILD = {
    "ho_ten_tre": "Lò Văn Bun",
    "ngay_sinh_tre": "2016-01-02",
    "quan_he": "khac",
    "nguoi_dong_y": "Lò Thị Xôm",
    "tre_khuyet_tat": False,
    "nguoi_co_cong": False,
}
MINUTES = "Bà Lò Thị Xôm đồng ý. Cháu Bun (10 tuổi) muốn sống với cô Lan."


def received(hall: Hall, **more: object) -> str:
    code = file_online(hall(LAN), Request(CODE, "thuong", {**CHILD, **more}))
    receive(hall("binh"), code)
    return code


def heard(hall: Hall) -> str:
    """Return an adoption of which everybody concerned has been heard on Wednesday."""
    code = received(hall)
    finish(hall("hanh"), code, open_steps(code)[0])
    hanh, step = hall("hanh"), step_named(code, "lay-y-kien")
    take(hanh, code, step)
    act(hanh, code, "hoan-thanh", step=step, refused=True).reads("ghi biên bản")
    interview(hanh, code, step, "Lò Thị Xôm, cháu Bun", MINUTES)
    return code


def test_who_does_not_handle_it_does_not_know_of_it(hall: Hall) -> None:
    code = received(hall)

    for outsider in ("nga", "thang", "dung", "long"):
        hall(outsider).go(f"/xu-ly/ho-so/{code}/", refused=True)
    hall("hanh").go(f"/xu-ly/ho-so/{code}/").reads("Lò Văn Bun")


@pytest.mark.parametrize(
    ("answers", "fee"),
    [
        ({}, "400.000 đồng"),
        ({"quan_he": "co_cau_di_chu_bac"}, "Được miễn"),
        ({"quan_he": "cha_me_ke"}, "Được miễn"),
        ({"nguoi_co_cong": True}, "Được miễn"),
        ({"tre_khuyet_tat": True}, "Được miễn"),
    ],
    ids=["a stranger", "an aunt", "a step-parent", "somebody of merit", "a disabled child"],
)
def test_the_table_decides_who_pays(hall: Hall, answers: dict[str, object], fee: str) -> None:
    code = file_online(hall(LAN), Request(CODE, "thuong", {**CHILD, **answers}))

    desk = hall("binh").go(f"/mot-cua/ho-so/{code}/")

    is_asked = bool(desk.links("Yêu cầu nộp lệ phí"))
    assert is_asked == (fee == "400.000 đồng")
    if is_asked:
        desk.follow("Yêu cầu nộp lệ phí")
        assert "400.000" in " ".join([desk.text, *desk.page.xpath("//main//input/@value")])


def test_for_ten_days_who_agreed_may_think_again(hall: Hall) -> None:
    code = heard(hall)
    assert due(code) == "10/04 17:00"
    assert whole(code).visits[0].minutes == MINUTES
    wait = step_named(code, "cho-doi-y")
    assert said(wait.due_at) == "23/03 17:00"
    hall.set("20/03/2026 09:00")
    hall.work()
    assert [one.code for one in open_steps(code)] == ["cho-doi-y"]

    hall.set("24/03/2026 08:00")
    hall.work()

    assert [one.code for one in open_steps(code)] == ["bao-cao"]
    for _ in range(3):
        do_step(hall, code, open_steps(code)[0])
    hand_out(hall("binh"), code)
    assert whole(code).outcomes[0].result_code == "KQ.G15.000002"


def test_consent_taken_back_within_the_days_ends_it(hall: Hall) -> None:
    code = heard(hall)
    hall.set("16/03/2026 09:00")

    stopped = {"ground": "Bà Lò Thị Xôm rút lại sự đồng ý", "basis": "Điều 21 Luật Nuôi con nuôi"}
    act(hall("hoa"), code, "dung", stopped)

    assert whole(code).dossier.status == "stopped"
    assert open_steps(code) == []


def test_what_is_missing_is_asked_for_within_a_working_day(hall: Hall) -> None:
    early, late = received(hall), received(hall)
    hall.set("12/03/2026 16:00")
    ask_supplement(hall("hanh"), early, "Giấy khám sức khỏe", "Cấp quá 6 tháng")
    hall.set("13/03/2026 08:00")

    missing = {"what_1": "Giấy khám sức khỏe", "reason_1": "Cấp quá 6 tháng"}
    act(hall("hanh"), late, "yeu-cau-bo-sung", missing, refused=True)

    assert [len(whole(one).supplements) for one in (early, late)] == [1, 0]
    extra = {"approval_reason": "Chỉ thấy khi đối chiếu bản gốc"}
    ask_supplement(hall("minh"), late, "Giấy khám sức khỏe", "Cấp quá 6 tháng", **extra)
    assert whole(late).supplements[0].is_extra
