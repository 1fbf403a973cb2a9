"""Row 5: another commune is asked, with a deadline; a slip apologises for it; six months."""

from motcua.foundation.organisation.api import PostRole

from .acts import (
    LAN,
    Request,
    act,
    answer,
    apologise,
    ask,
    do_step,
    file_online,
    finish,
    hand_out,
    receive,
    take,
)
from .hall import Hall, done, due, open_steps, said, step_named, whole

ELSEWHERE = {"noi_khac": True, "noi_tung_cu_tru": "Xã Nà Tấu, từ năm 2019 đến năm 2023"}


def test_the_commune_lived_in_before_is_asked_and_its_answer_comes_in_time(hall: Hall) -> None:
    code = file_online(hall(LAN), Request("1.004873", "cap-lan-dau", ELSEWHERE))
    receive(hall("binh"), code)
    assert due(code) == "16/03 17:00"
    do_step(hall, code, open_steps(code)[0])
    step, hanh = step_named(code, "hoi-noi-cu"), hall("hanh")
    take(hanh, code, step)
    asked = ask(hanh, code, {"agency": hall.agency("H18.135"), "due_on": "13/03/2026"})

    answer(hall.officer("H18.135", PostRole.AGENCY_LEADER), code, asked, "Chưa đăng ký kết hôn.")
    finish(hanh, code, step)

    assert [do_step(hall, code, open_steps(code)[0]) for _ in range(2)] == [
        "Cà Văn Minh",
        "Lò Thị Hoa",
    ]
    hand_out(hall("binh"), code)
    assert whole(code).outcomes[0].result_code == "KQ.G15.000038"
    copies = whole(code).answers["so_ban"]
    assert [fee.amount_vnd for fee in whole(code).fees] == [15_000 * copies]  # type: ignore[operator]  # -- a number of the form
    assert f"{whole(code).outcomes[0].valid_until:%d/%m/%Y}" == "11/09/2026"
    hall(LAN).go(f"/ho-so/{code}/").reads("11/09/2026")


def test_when_the_answer_is_late_a_slip_apologises_and_both_days_stay(hall: Hall) -> None:
    code = file_online(hall(LAN), Request("1.004873", "cap-lan-dau", ELSEWHERE))
    receive(hall("binh"), code)
    do_step(hall, code, open_steps(code)[0])
    step, hanh = step_named(code, "hoi-noi-cu"), hall("hanh")
    take(hanh, code, step)
    ask(hanh, code, {"agency": hall.agency("H18.135"), "due_on": "13/03/2026"})

    apologise(hall("minh"), code, "19/03/2026", "Chờ nơi cư trú cũ trả lời")

    assert [one.form for one in whole(code).issued if one.form == "04"] == ["04"]
    lan = hall(LAN).go(f"/ho-so/{code}/")
    lan.reads("trước 17 giờ, thứ Năm 19/03/2026", "Hẹn lần đầu: trước 17 giờ, thứ Hai 16/03/2026")
    hall.set("16/03/2026 09:00")
    act(hall("hanh"), code, "hoan-thanh", step=step, refused=True).reads("ghi rõ giải quyết tiếp")
    finish(hall("hanh"), code, step, {"comment": "Theo cam đoan của người nộp"})
    assert done(code)[1] == ("hoi-noi-cu", "done")
    assert said(whole(code).dossier.due_originally_at) == "16/03 17:00"
