"""Row 13: checked there, fifteen days posted outside the clock, dues by the tax body, a blank."""

from datetime import timedelta

from motcua.lib.clock import now

from .acts import (
    KHANH,
    LAN,
    Request,
    act,
    do_step,
    file_online,
    finish,
    hand_out,
    receive,
    take,
)
from .field import posted, visited
from .hall import Hall, dossier, due, open_steps, step_named, whole
from .land_dues import note_dues, prove_dues

CODE = "1.013978"
PLOT = {
    "dia_chi_dat": "Bản Noong Bua",
    "so_thua": 88,
    "so_to": 12,
    "dien_tich": 350,
    "tu_nam": 1992,
    "nguon_goc": "Cha mẹ để lại, giấy viết tay số 011305000001",
}


def posted_title(hall: Hall) -> str:
    """Return a dossier that has just been posted."""
    code = file_online(hall(LAN), Request(CODE, "cap-giay", PLOT))
    receive(hall("binh"), code)
    do_step(hall, code, step_named(code, "kiem-tra"))
    step = step_named(code, "thuc-dia")
    visited(hall.doer(step), code, step, {"dien_tich_do": "348"})
    return code


def test_the_clock_stands_for_the_fifteen_days_and_no_number_is_posted(hall: Hall) -> None:
    code = posted_title(hall)
    assert dossier(code).paused_at is not None
    was = due(code)
    page = hall.passer_by().go("/niem-yet/").follow("Lò Thị Lan")
    page.reads("Thửa đất số 88", "350 m²", "26/03/2026")
    page.does_not_read("011305000001")

    hall.pass_on(posted(code).until_at - now() + timedelta(hours=16))
    step = step_named(code, "niem-yet")
    finish(hall.doer(step), code, step, {"comment": "Không có ý kiến khác."})

    assert was == "08/04 17:00"
    assert due(code) > was
    assert [one.code for one in open_steps(code)] == ["thue"]


def test_dues_stop_the_clock_and_the_blank_is_spent_for_the_originals(hall: Hall) -> None:
    code = posted_title(hall)
    hall.pass_on(posted(code).until_at - now() + timedelta(hours=16))
    do_step(hall, code, step_named(code, "niem-yet"))
    step = step_named(code, "thue")
    officer = hall.doer(step)
    take(officer, code, step)
    assert dossier(code).pause_ground == "tax_authority"
    finish(officer, code, step_named(code, "thue"), {"comment": "Đã có thông báo thuế"})
    note_dues(officer, code)
    assert (dossier(code).status, dossier(code).pause_ground) == ("awaiting_payment", "payment")
    prove_dues(hall.doer(step_named(code, "nop-tien")), code)

    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    hand_out(hall("binh"), code)

    found = {one.result_code: one for one in whole(code).outcomes}
    assert set(found) == {"KQ.G10.000921", "KQ.G10.001148"}
    assert found["KQ.G10.001148"].serial.startswith("ĐB ")
    back = [one.spec_code for one in whole(code).papers if one.state == "withdrawn"]
    assert back == ["giay-to-goc"]


def test_a_neighbour_who_comes_to_the_desk_stops_it_until_answered(hall: Hall) -> None:
    code = posted_title(hall)
    desk = hall("binh").go("/mot-cua/niem-yet/").follow("Nhận ý kiến")
    said = {
        "by_name": "Vì Văn Tranh",
        "contact": "Tổ 5, 0912345670",
        "text": "Ranh giới phía đông lấn sang ao nhà tôi.",
    }
    desk.press("Nhận ý kiến", {**said, "contact": ""}, refused=True)
    desk.press("Nhận ý kiến", said).reads("Đã nhận ý kiến")
    hall.pass_on(posted(code).until_at - now() + timedelta(hours=16))
    step = step_named(code, "niem-yet")
    officer, ending = hall.doer(step), {"comment": "Hết thời gian niêm yết."}
    act(officer, code, "hoan-thanh", ending, step=step, refused=True).reads("1 ý kiến")

    officer.go(f"/xu-ly/ho-so/{code}/").follow("Trả lời ý kiến của Vì Văn Tranh")
    officer.press("Trả lời", {"upheld": "no", "answer": "Đã đo lại, đúng ranh giới cũ."})

    finish(officer, code, step, ending)
    assert posted(code).end_note == "Hết thời gian niêm yết."
    hall.passer_by().go("/niem-yet/").does_not_read("Lò Thị Lan")


def test_after_its_time_nobody_objects_any_more(hall: Hall) -> None:
    code = posted_title(hall)
    hall.pass_on(posted(code).until_at - now() + timedelta(hours=16))

    page = hall(KHANH).go(f"/niem-yet/{posted(code).key}/")
    page.reads("Thời gian niêm yết đã hết")
    page.does_not_read("Lò Thị Lan")
    assert whole(code).dossier.sub_state == "posted"
