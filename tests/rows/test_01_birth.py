"""Row 1: a child without a number, filed for by another; no slip within the day; a draft to see."""

from .acts import LAN, Request, do_step, file_online, hand_out, receive
from .hall import Hall, done, due, open_steps, step_named, whole

CODE = "1.001193"
CHILD = {"subject_name": "Lò Minh Anh"}
BORN = {"ho_ten_tre": "Lò Minh Anh", "ngay_sinh": "2026-03-01", "so_ban_sao": 2}


def filed(hall: Hall, **more: object) -> str:
    answers = {**BORN, **more}
    request = Request(CODE, "co-so-y-te", answers, authority="guardian", people=CHILD)
    return file_online(hall(LAN), request)


def test_a_parent_files_for_a_child_without_a_number_and_gets_no_slip_before_three(
    hall: Hall,
) -> None:
    code = filed(hall)
    receive(hall("binh"), code)

    found = whole(code)
    assert (found.dossier.subject_name, found.dossier.authority) == ("Lò Minh Anh", "guardian")
    assert found.parties[-1].number_hint == ""
    assert due(code) == "11/03 17:00"
    assert [one.form for one in found.issued if one.form == "01"] == []


def test_after_three_it_is_the_next_working_day_with_a_slip(hall: Hall) -> None:
    hall.set("13/03/2026 15:01")
    code = filed(hall)
    receive(hall("binh"), code)

    assert due(code) == "16/03 17:00"
    assert len([one for one in whole(code).issued if one.form == "01"]) == 1


def test_the_applicant_sees_the_draft_before_it_is_signed_and_gets_all_outcomes(hall: Hall) -> None:
    code = filed(hall)
    receive(hall("binh"), code)
    do_step(hall, code, open_steps(code)[0])
    hall(LAN).go(f"/ho-so/{code}/").follow("Xem bản nháp")
    lan = hall(LAN).go(f"/ho-so/{code}/xac-nhan/")
    lan.press("Gửi ý kiến", {"is_right": "false", "comment": "Sai ngày sinh"})
    assert open_steps(code)[0].code == "kiem-tra"
    do_step(hall, code, open_steps(code)[0])
    hall(LAN).go(f"/ho-so/{code}/xac-nhan/").press("Gửi ý kiến", {"is_right": "true"})
    do_step(hall, code, step_named(code, "ky"))
    hand_out(hall("binh"), code)

    lan = hall(LAN).go(f"/ho-so/{code}/")
    assert [one.spec_code for one in whole(code).outcomes] == ["giay-khai-sinh", "ban-sao"]
    files = [lan.fetch(link)[:4] for link in lan.links("PDF") if "/ket-qua/" in link]
    assert files == [b"%PDF", b"%PDF"]
    assert whole(code).outcomes[0].result_code == "KQ.G15.000031"
    assert [fee.amount_vnd for fee in whole(code).fees] == [2 * 8000]


def test_who_says_nothing_of_the_draft_for_a_day_agrees(hall: Hall) -> None:
    code = filed(hall)
    receive(hall("binh"), code)
    do_step(hall, code, open_steps(code)[0])

    hall.set("13/03/2026 08:00")
    hall.work()

    assert done(code)[1] == ("xac-nhan", "silent")
    assert step_named(code, "ky").kind == "decision"


def test_a_birth_told_after_sixty_days_is_flagged(hall: Hall) -> None:
    late, in_time = filed(hall, ngay_sinh="2026-01-09"), filed(hall, ngay_sinh="2026-01-10")

    binh = hall("binh")
    binh.go(f"/mot-cua/ho-so/{late}/").reads("Đăng ký khai sinh quá hạn 60 ngày")
    binh.go(f"/mot-cua/ho-so/{in_time}/").does_not_read("quá hạn 60 ngày")
