"""Row 12: calendar days that end on a day off, two supplements, silence as consent by its law."""

from .acts import (
    KHANH,
    LAN,
    Request,
    act,
    ask,
    ask_supplement,
    carry_through,
    do_step,
    file_online,
    finish,
    hand_out,
    receive,
    supply,
    take,
    visit,
)
from .hall import Hall, done, due, open_steps, said, step_named, whole

CODE = "1.013225"
HOUSE = Request(CODE, "nha-o", {"hanh_lang": False})
WORKS = Request(CODE, "cong-trinh", {"hanh_lang": True})


def test_each_case_has_its_days_and_an_end_on_a_day_off_moves_to_monday(hall: Hall) -> None:
    hall.set("09/03/2026 09:00")
    house, works = file_online(hall(LAN), HOUSE), file_online(hall(KHANH), WORKS)
    receive(hall("binh"), house)
    receive(hall("binh"), works)

    assert due(house) == "24/03 17:00"
    assert due(works) == "30/03 17:00"  # twenty days end on Sunday the 29th


def test_who_is_asked_and_says_nothing_agrees_because_this_law_says_so(hall: Hall) -> None:
    code = file_online(hall(KHANH), WORKS)
    receive(hall("binh"), code)
    do_step(hall, code, open_steps(code)[0])
    thang, step = hall("thang"), step_named(code, "lay-y-kien")
    assert said(step_named(code, "thuc-dia").due_at) == "20/03 17:00"  # seven working days
    visit(thang, code, step_named(code, "thuc-dia"))
    take(thang, code, step)
    ask(thang, code, {"outside_body": "Công ty Điện lực", "due_on": "16/03/2026"}, step=step)
    act(thang, code, "hoan-thanh", step=step, refused=True).reads("chưa hết hạn trả lời")

    hall.set("19/03/2026 08:00")
    hall.work()

    [asked] = whole(code).consultations
    assert (asked.agrees, asked.silence_is_consent) == (True, True)
    assert ("lay-y-kien", "silent") in done(code)
    assert [one.code for one in open_steps(code)] == ["duyet"]


def test_the_same_silence_means_nothing_where_no_law_says_so(hall: Hall) -> None:
    code = file_online(hall(LAN), HOUSE)
    receive(hall("binh"), code)
    take(hall("thang"), code, open_steps(code)[0])
    ask(hall("thang"), code, {"outside_body": "Công ty Điện lực", "due_on": "13/03/2026"})

    hall.set("19/03/2026 08:00")
    hall.work()

    assert whole(code).consultations[0].answered_at is None


def test_two_supplements_are_allowed_and_a_third_is_not(hall: Hall) -> None:
    code = file_online(hall(LAN), HOUSE)
    receive(hall("binh"), code)
    take(hall("thang"), code, open_steps(code)[0])
    for day in ("12/03/2026", "16/03/2026"):
        ask_supplement(hall("thang"), code, "Bản vẽ mặt cắt", "Thiếu kích thước")
        hall.set(f"{day} 09:00")
        supply(hall(LAN), code)

    hall("thang").go(f"/xu-ly/ho-so/{code}/viec/yeu-cau-bo-sung/", refused=True)

    assert due(code) == "31/03 17:00"  # fifteen days anew from the second
    assert len(whole(code).supplements) == 2


def test_the_permit_and_the_stamped_drawing_are_handed_out_together(hall: Hall) -> None:
    code = file_online(hall(LAN), HOUSE)
    receive(hall("binh"), code)
    finish(hall("thang"), code, open_steps(code)[0])
    visit(hall("thang"), code, step_named(code, "thuc-dia"))
    carry_through(hall, code)
    hand_out(hall("binh"), code)

    assert [one.spec_code for one in whole(code).outcomes] == ["giay-phep", "ban-ve"]
