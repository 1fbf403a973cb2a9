"""Row 29: after completion eighteen days anew; many are asked; the chair signs a proposal."""

from datetime import timedelta

from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import now

from .acts import (
    KHANH,
    Request,
    act,
    answer,
    apologise,
    ask,
    ask_supplement,
    do_step,
    file_online,
    finish,
    hand_out,
    receive,
    supply,
    take,
    visit,
)
from .field import convened, seats_of
from .hall import Hall, due, open_steps, paper_text, step_named, whole

CODE, DEPARTMENT = "1.004223", "Sở Nông nghiệp và Môi trường"
WELL = {"vi_tri": "Bản Noong Bua", "so_gieng": 2, "luu_luong": 1200, "muc_dich": "Cấp nước"}
YES, NO = "thong-qua", "khong-thong-qua"
SEATS = {f"seat_{number}": f"Thành viên {number}" for number in range(5)}
BODIES = ("Công ty Cấp nước", "Đoàn Quy hoạch nước", "Liên đoàn Địa chất")


def received(hall: Hall) -> str:
    agency = hall.agency("H18.06")
    code = file_online(hall(KHANH), Request(CODE, "cap-moi", WELL, agency=agency))
    receive(hall("yen"), code)
    return code


def test_what_is_completed_has_eighteen_working_days_from_that_day(hall: Hall) -> None:
    code = received(hall)
    assert due(code) == "22/04 17:00"
    water = hall.officer("H18.06.P3", PostRole.HANDLER)
    take(water, code, open_steps(code)[0])
    ask_supplement(water, code, "Báo cáo kết quả thăm dò", "Thiếu số liệu bơm thí nghiệm")

    hall.set("06/04/2026 09:00")
    supply(hall(KHANH), code)

    assert due(code) == "05/05 17:00"
    assert whole(code).waits[0].reset_amount == 18


def test_many_are_asked_at_once_while_somebody_goes_to_the_well(hall: Hall) -> None:
    code = received(hall)
    water = hall.officer("H18.06.P3", PostRole.HANDLER)
    finish(water, code, open_steps(code)[0])
    assert [one.code for one in open_steps(code)] == ["lay-y-kien", "thuc-dia"]
    step = step_named(code, "lay-y-kien")
    take(water, code, step)
    ask(water, code, {"agency": hall.agency("H18.101"), "due_on": "18/03/2026"}, step=step)
    for body in BODIES:
        ask(water, code, {"outside_body": body, "due_on": "18/03/2026"}, step=step)
    visit(water, code, step_named(code, "thuc-dia"))

    assert len(whole(code).consultations) == 4
    for asked in whole(code).consultations:
        who = water if asked.unit_id is None else hall("hoa")
        answer(who, code, asked.seq, "Không có ý kiến khác.")
    finish(water, code, step)
    assert [one.code for one in open_steps(code)] == ["hoi-dong"]


def to_council(hall: Hall, *votes: str) -> str:
    """Return a dossier whose council has met and voted so."""
    code = received(hall)
    water = hall.officer("H18.06.P3", PostRole.HANDLER)
    finish(water, code, open_steps(code)[0])
    step = step_named(code, "lay-y-kien")
    take(water, code, step)
    seq = ask(water, code, {"outside_body": BODIES[0], "due_on": "18/03/2026"}, step=step)
    answer(water, code, seq, "Đồng ý.")
    finish(water, code, step)
    visit(water, code, step_named(code, "thuc-dia"))
    meet(hall, code, *votes)
    return code


def meet(hall: Hall, code: str, *votes: str) -> None:
    """Let the council be called for tomorrow; who votes came, who votes nothing stayed away."""
    step = step_named(code, "hoi-dong")
    take(hall.doer(step), code, step)
    meeting = convened(hall.doer(step), code, now() + timedelta(days=1), SEATS)
    hall.pass_on(timedelta(days=1, hours=2))
    said: dict[str, object] = {"minutes": "Nghe báo cáo, thảo luận.", "y_kien": "Lắp đồng hồ đo."}
    seats = seats_of(code, meeting)
    for number, vote in enumerate(votes):
        seat = seats[f"Thành viên {number}"]
        said |= {f"came_{seat}": True, f"vote_{seat}": vote}
    act(hall.doer(step_named(code, "hoi-dong")), code, "bien-ban-hop", said, item=meeting)


def test_the_chair_of_the_province_signs_on_the_proposal_of_the_department(hall: Hall) -> None:
    code = to_council(hall, YES, YES, NO, YES)
    do_step(hall, code, step_named(code, "hoi-dong"))

    hands = [do_step(hall, code, open_steps(code)[0]) for _ in range(3)]

    chair = hall.officer("H18.LD", PostRole.AGENCY_LEADER).name
    director = hall.officer("H18.06.LD", PostRole.AGENCY_LEADER).name
    assert hands[1:] == [director, chair]
    [outcome] = whole(code).outcomes
    assert (outcome.signed_by_name, outcome.number.partition("/")[0]) == (chair, "01")
    assert f"{outcome.valid_until:%d/%m/%Y}" == "12/03/2031"
    hand_out(hall("yen"), code)
    khanh = hall(KHANH).go(f"/ho-so/{code}/")
    printed = paper_text(khanh.fetch(next(one for one in khanh.links() if "/ket-qua/" in one)))
    assert "ỦY BAN NHÂN DÂN" in printed
    assert "SỞ NÔNG NGHIỆP" not in printed.split("GIẤY PHÉP")[0]


def test_what_the_council_votes_down_is_answered_and_not_permitted(hall: Hall) -> None:
    code = to_council(hall, NO, YES, NO, NO)
    assert whole(code).facts["ket_luan"] == NO
    for step in ("hoi-dong", "duyet", "trinh", "ky"):
        do_step(hall, code, step_named(code, step))

    assert [one.spec_code for one in whole(code).outcomes] == ["tra-loi"]


def test_with_too_few_of_the_council_nothing_is_concluded(hall: Hall) -> None:
    code = to_council(hall, YES, YES, YES)
    step = step_named(code, "hoi-dong")

    act(hall.doer(step), code, "hoan-thanh", step=step, refused=True).reads(
        "Hãy triệu tập họp hội đồng"
    )
    assert whole(code).facts["ket_luan"] is None


def test_the_department_apologises_before_it_is_late(hall: Hall) -> None:
    code = received(hall)
    head = hall.officer("H18.06.P3", PostRole.UNIT_HEAD)

    apologise(head, code, "29/04/2026", "Chờ kết quả phân tích mẫu nước")

    khanh = hall(KHANH).go(f"/ho-so/{code}/")
    khanh.reads("29/04/2026", "Hẹn lần đầu: trước 17 giờ, thứ Tư 22/04/2026")
    assert "04" in {one.form for one in whole(code).issued}
