"""Row 15: both sides asked before a council; the minutes are the result; nothing on-line."""

from datetime import timedelta
from typing import Any

from motcua.lib.clock import now

from .acts import act, do_step, take
from .field import at_desk, convened, known, seats_of, signs
from .hall import Hall, done, due, open_steps, paper_text, said, step_named, whole

CODE = "1.012812"
QUARREL = {
    "ho_ten": "Lò Văn Pâng",
    "dia_chi": "Bản Noong Bua",
    "ben_kia": "Quàng Văn Chựa",
    "dia_chi_ben_kia": "Bản Noong Bua",
    "dia_chi_dat": "Bản Noong Bua",
    "noi_dung": "Lấn ranh giới 2 m về phía nam",
    "yeu_cau": "Trả lại đúng ranh giới cũ",
}
SEATS = {
    "seat_0": "Lò Thị Hoa",
    "seat_1": "Bùi Đức Thắng",
    "seat_2": "Vì Văn Mặt",
    "seat_3": "Lê Thị Địa",
}
SAID = {
    "tom_tat": "Hai hộ tranh chấp dải đất 2 m",
    "y_kien_hoi_dong": "Ranh giới cũ là bờ mương",
    "thoa_thuan": "Lấy bờ mương làm ranh giới",
    "khong_thoa_thuan": "Không có",
    "minutes": "Hai bên trình bày, xem bản đồ năm 1997.",
}


def to_council(hall: Hall, case: str = "thuong") -> str:
    """Return a dossier whose council is to be called."""
    code = at_desk(hall, CODE, "Lò Văn Pâng", QUARREL, {"case": case})
    for step in ("thu-ly", "tham-tra"):
        do_step(hall, code, step_named(code, step))
    return code


def met(hall: Hall, code: str, present: set[str], said: dict[str, Any]) -> int:
    """Let the council be called for tomorrow, and let these people come."""
    step = step_named(code, "hoi-dong")
    take(hall.doer(step), code, step)
    meeting = convened(hall.doer(step), code, now() + timedelta(days=1), SEATS)
    seats = seats_of(code, meeting)
    hall.pass_on(timedelta(days=1, hours=2))
    came = {f"came_{seats[name]}": True for name in present}
    act(hall.doer(step), code, "bien-ban-hop", {**said, **came}, item=meeting)
    return meeting


EVERYBODY = {*SEATS.values(), "Lò Văn Pâng", "Quàng Văn Chựa"}


def test_it_is_not_filed_on_line_and_a_remote_place_has_ten_days_more(hall: Hall) -> None:
    page = hall.passer_by().go(f"/thu-tuc/{CODE}/")
    assert page.links("Nộp trực tuyến") == []

    asked = at_desk(hall, CODE, "Lò Văn Pâng", QUARREL, {"case": "thuong"})
    assert said(step_named(asked, "thu-ly").due_at) == "16/03 17:00"  # three working days

    near, far = (to_council(hall, case) for case in ("thuong", "kho-khan"))

    assert (due(near), due(far)) == ("10/04 17:00", "20/04 17:00")


def test_both_sides_are_asked_and_what_they_agree_is_the_result(hall: Hall) -> None:
    code = to_council(hall)
    meeting = met(hall, code, EVERYBODY, {**SAID, "ket_qua": "thanh"})
    officer = hall.doer(step_named(code, "hoi-dong"))
    letter = officer.fetch(f"/xu-ly/ho-so/{code}/giay-moi/{meeting}/")
    signs(officer, code, meeting, {"role": "chair", "name": "Lò Thị Hoa"})
    refused = {"role": "party", "name": "Quàng Văn Chựa", "way": "refused"}
    act(officer, code, "ky-bien-ban", refused, item=meeting, refused=True).reads("làm chứng")
    signs(officer, code, meeting, {**refused, "witness": "Vì Văn Mặt"})
    paper = officer.fetch(f"/xu-ly/ho-so/{code}/bien-ban/{meeting}/")
    do_step(hall, code, step_named(code, "hoi-dong"))

    assert letter[:5] == b"%PDF-"
    assert ("Có mặt" in paper_text(paper), "Biểu quyết" in paper_text(paper)) == (True, False)
    assert [one.code for one in open_steps(code)] == ["y-kien-khac"]
    hall.pass_on(timedelta(days=12))
    hall.work()
    do_step(hall, code, step_named(code, "ky"))
    assert [one.name for one in whole(code).outcomes] == ["Biên bản hòa giải thành"]


def test_one_side_away_is_called_again_and_away_twice_has_failed(hall: Hall) -> None:
    code = to_council(hall)
    met(hall, code, EVERYBODY - {"Quàng Văn Chựa"}, {"minutes": "Bên kia vắng mặt."})
    step = step_named(code, "hoi-dong")
    tried = act(hall.doer(step), code, "hoan-thanh", step=step, refused=True)
    tried.reads("Hãy triệu tập họp hội đồng")

    met(hall, code, EVERYBODY - {"Quàng Văn Chựa"}, {"minutes": "Bên kia lại vắng mặt."})
    do_step(hall, code, step_named(code, "hoi-dong"))

    assert [one.is_held for one in known(code).meetings] == [False, False]
    do_step(hall, code, step_named(code, "huong-dan"))
    do_step(hall, code, step_named(code, "ky"))
    assert [one.name for one in whole(code).outcomes] == ["Biên bản hòa giải không thành"]
    assert ("y-kien-khac", "done") not in done(code)
