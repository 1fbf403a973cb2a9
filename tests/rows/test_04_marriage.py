"""Row 4: two who apply, both there and in the book; more time only to verify; why only in part."""

import pytest

from .acts import act, ask, do_step, receive_at_desk, take
from .hall import Hall, due, open_steps, whole

CODE = "1.000894"
COUPLE = {
    "ho_ten_nu": "Lò Thị Lan",
    "ngay_sinh_nu": "1998-05-12",
    "ho_ten_nam": "Quàng Văn Nam",
    "ngay_sinh_nam": "1996-02-01",
}


def received(hall: Hall) -> str:
    both = {"other_applicants": "Quàng Văn Nam"}
    return receive_at_desk(hall("binh"), CODE, "Lò Thị Lan", both, COUPLE)


def test_the_page_says_why_it_is_only_in_part_on_line(hall: Hall) -> None:
    page = hall.passer_by().go(f"/thu-tuc/{CODE}/")

    page.reads("cùng có mặt, ký vào Sổ đăng ký kết hôn")
    assert page.links("Nộp trực tuyến") == []


def test_one_alone_cannot_apply(hall: Hall) -> None:
    with pytest.raises(AssertionError, match="2 người cùng đứng tên"):
        receive_at_desk(hall("binh"), CODE, "Lò Thị Lan", {}, COUPLE)


def test_both_sign_the_book_when_they_get_their_two_originals(hall: Hall) -> None:
    code = received(hall)
    assert due(code) == "11/03 17:00"
    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    lan, nam = (one.seq for one in whole(code).parties if one.role == "applicant")
    desk = hall("binh").go(f"/mot-cua/ho-so/{code}/tra/")
    desk.reads("2 bản chính", "Mọi người đứng tên phải cùng có mặt và ký")

    desk.press("Trả kết quả", {"checked": "card", "present": [lan]}, refused=True)
    desk.reads("còn thiếu: Quàng Văn Nam")
    desk.press("Trả kết quả", {"checked": "card", "present": [lan, nam]})

    assert {one.result_code for one in whole(code).outcomes} == {"KQ.G15.000032"}
    hall("binh").go(f"/mot-cua/ho-so/{code}/").reads(
        "Sổ đăng ký kết hôn, số 01/2026; ký sổ: Lò Thị Lan, Quàng Văn Nam"
    )


def test_five_days_more_only_where_something_is_verified(hall: Hall) -> None:
    code = received(hall)
    hanh, hoa = hall("hanh"), hall("hoa")
    hoa.go(f"/xu-ly/ho-so/{code}/").does_not_read("Gia hạn theo luật")
    take(hanh, code, open_steps(code)[0])
    ask(hanh, code, {"agency": hall.agency("H18.135"), "due_on": "13/03/2026"})

    act(hall("minh"), code, "gia-han", {"ground": "Xác minh tình trạng hôn nhân bên nam"})

    assert due(code) == "18/03 17:00"


def test_who_is_too_young_is_flagged(hall: Hall) -> None:
    young = {**COUPLE, "ngay_sinh_nam": "2006-03-12"}
    both = {"other_applicants": "Quàng Văn Nam"}
    code = receive_at_desk(hall("binh"), CODE, "Lò Thị Lan", both, young)

    hall("binh").go(f"/mot-cua/ho-so/{code}/").reads("Bên nam chưa đủ 20 tuổi")
