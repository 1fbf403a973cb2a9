"""Row 2: police and insurance work beside each other outside the system; three results, one way."""

from motcua.casework.procedures.api import Doubt
from motcua.casework.procedures.rules.limits import read_limit

from .acts import do_step, finish, hand_out, receive_at_desk
from .hall import Hall, done, due, open_steps, step_named, whole

CODE = "2.000986"
CHILD = {
    "ho_ten_tre": "Lò Minh Anh",
    "ngay_sinh": "2026-03-01",
    "gioi_tinh": "nu",
    "noi_sinh": "Bệnh viện Đa khoa tỉnh Điện Biên",
    "ho_ten_me": "Lò Thị Lan",
    "quan_he": "mẹ",
    "noi_cu_tru": "Bản Noong Bua",
    "noi_kham": "Trạm y tế phường Điện Biên Phủ",
}
FROM_OUTSIDE = {
    "origin": "national_portal",
    "outside_code": "000.00.15.G15-260311-0042",
    "subject_name": "Lò Minh Anh",
}


def received(hall: Hall) -> str:
    return receive_at_desk(hall("binh"), CODE, "Lò Thị Lan", FROM_OUTSIDE, CHILD)


def test_it_is_filed_on_the_national_portal_and_keeps_the_code_from_there(hall: Hall) -> None:
    page = hall.passer_by().go(f"/thu-tuc/{CODE}/")
    assert page.links("Nộp trực tuyến") == []
    page.reads("Cổng Dịch vụ công quốc gia")

    code = received(hall)

    assert code == FROM_OUTSIDE["outside_code"]
    assert due(code) == "17/03 17:00"


def test_police_and_insurance_work_at_once_and_their_numbers_are_noted(hall: Hall) -> None:
    code = received(hall)
    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    assert [one.code for one in open_steps(code)] == ["thuong-tru", "bhyt"]
    hanh, card = hall("hanh"), step_named(code, "bhyt")
    said = {"number": "DN4110123456789", "given_on": "11/03/2026", "outside_code": "BH-77"}
    hanh.go(f"/xu-ly/ho-so/{code}/?buoc={card.seq}").reads("Bảo hiểm xã hội cấp thẻ")
    finish(hanh, code, card, said)
    assert [one.code for one in open_steps(code)] == ["thuong-tru"]
    home = step_named(code, "thuong-tru")
    finish(hanh, code, home, {**said, "number": "15/TB-CT", "outside_code": "G01.900.2026.1"})

    assert done(code)[-2:] == [("thuong-tru", "done"), ("bhyt", "done")]
    found = {one.spec_code: one for one in whole(code).outcomes}
    assert [found[one].number for one in ("thuong-tru", "the-bhyt")] == [
        "15/TB-CT",
        "DN4110123456789",
    ]
    assert found["thuong-tru"].result_code == "KQ.G01.000065"
    assert "KQ.G15.000031" in {one.result_code for one in found.values()}
    assert found["the-bhyt"].entries == {"outside_code": "BH-77"}
    hand_out(hall("binh"), code)
    assert {one.handed_to for one in whole(code).outcomes} == {"Lò Thị Lan"}


def test_the_result_of_another_body_needs_its_number(hall: Hall) -> None:
    code = received(hall)
    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    hanh, step = hall("hanh"), step_named(code, "bhyt")
    hanh.go(f"/xu-ly/ho-so/{code}/viec/nhan/?buoc={step.seq}").press("Nhận xử lý")

    hanh.go(f"/xu-ly/ho-so/{code}/viec/hoan-thanh/?buoc={step.seq}")
    hanh.press("Hoàn thành bước", {"given_on": "12/03/2026", "number": "1"}, refused=True)

    hanh.reads("không được sau hôm nay")
    assert step_named(code, "bhyt").closed_at is None


def test_what_the_published_text_says_in_two_units_is_not_guessed() -> None:
    limit, reasons = read_limit("20 Ngày", "20 ngày làm việc kể từ ngày nhận đủ hồ sơ")

    assert limit is not None
    assert [reason.doubt for reason in reasons] == [Doubt.LIMIT_CONTRADICTED]
