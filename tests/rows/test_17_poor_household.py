"""Row 17: a survey at each home, three days posted, a re-check, one decision for a list."""

from motcua.casework.dossiers import api as dossiers

from .acts import KHANH, act, do_step, finish
from .field import at_desk, objects, posted, visited
from .hall import Hall, done, open_steps, paper_text, said, step_named, whole

POOR = "1.011607"
FOUND = {"diem_b1": "120", "diem_b2": "40", "phan_loai": "ngheo"}


def received(hall: Hall, name: str) -> str:
    answers = {"ho_ten": name, "dia_chi": "Bản Noong Bua", "so_nguoi": 4, "hoan_canh": "Mất mùa"}
    return at_desk(hall, POOR, name, answers)


def surveyed(hall: Hall, code: str) -> None:
    step = step_named(code, "khao-sat")
    visited(hall.doer(step), code, step, FOUND)
    do_step(hall, code, step_named(code, "hop-thon"))


def posted_out(hall: Hall, code: str, when: str = "17/03/2026 09:00") -> None:
    """Let the three working days pass and close the posting."""
    hall.set(when)
    step = step_named(code, "niem-yet")
    finish(hall.doer(step), code, step, {"comment": "Hết thời gian niêm yết."})


def test_what_is_posted_is_seen_by_all_and_shows_no_number(hall: Hall) -> None:
    code = received(hall, "Lò Văn Pâng")
    surveyed(hall, code)

    page = hall.passer_by().go("/niem-yet/").follow("Lò Văn Pâng")

    page.reads("Hộ nghèo", "16/03/2026", "Bản Noong Bua")
    page.does_not_read("0112", code)
    page.reads("Đăng nhập để gửi ý kiến")
    assert hall.passer_by().fetch(f"/niem-yet/{posted(code).key}/thong-bao/")[:5] == b"%PDF-"


def test_an_objection_holds_the_step_until_it_is_answered_and_brings_a_re_check(
    hall: Hall,
) -> None:
    code = received(hall, "Lò Văn Pâng")
    surveyed(hall, code)
    objects(hall, KHANH, code, "Hộ này có xe tải và hai nhà cho thuê.").reads("đang xem xét")
    hall.set("17/03/2026 09:00")
    step = step_named(code, "niem-yet")
    officer = hall.doer(step)
    typed = {"comment": "Hết thời gian niêm yết."}
    act(officer, code, "hoan-thanh", typed, step=step, refused=True).reads("1 ý kiến")

    objection = dossiers.field.field_work(whole(code).dossier).objections[0]
    answer = {"upheld": "yes", "answer": "Sẽ phúc tra tại hộ trong 7 ngày làm việc."}
    act(officer, code, "tra-loi-niem-yet", answer, item=objection.seq)

    hall(KHANH).go(f"/niem-yet/{posted(code).key}/").reads("Sẽ phúc tra tại hộ")
    finish(officer, code, step, typed)
    again = step_named(code, "phuc-tra")
    assert said(again.due_at) == "26/03 17:00"  # seven working days
    visited(hall.doer(again), code, again, {**FOUND, "phan_loai": "can-ngheo", "diem_b1": "145"})
    assert open_steps(code)[0].code == "duyet"
    minutes = hall.doer(again).fetch(f"/xu-ly/ho-so/{code}/bien-ban/{posted(code).seq}/")
    assert minutes[:5] == b"%PDF-"


def test_one_signature_and_one_number_decide_for_the_whole_list(hall: Hall) -> None:
    names = ("Lò Văn Pâng", "Quàng Thị Ơn", "Cà Văn Inh")
    codes = [received(hall, name) for name in names]
    for code in codes:
        surveyed(hall, code)
    for code in codes:
        posted_out(hall, code)
        do_step(hall, code, step_named(code, "duyet"))
    leader = hall("hoa").go("/xu-ly/quyet-dinh-chung/")
    leader.press("Lập danh sách", {"title": "Công nhận hộ nghèo tháng 3"}).reads(*names)

    leader.press("Ký quyết định").reads("Đã ký, số")

    outcomes = [whole(code).outcomes[0] for code in codes]
    assert len({one.number for one in outcomes}) == 1
    assert {one.result_code for one in outcomes} == {"KQ.G10.001158"}
    assert all(open_steps(code) == [] and done(code)[-1] == ("ky", "approved") for code in codes)
    for code, name in zip(codes, names, strict=True):
        place = f"/mot-cua/ho-so/{code}/ket-qua/{whole(code).outcomes[0].seq}/"
        extract = paper_text(hall("binh").fetch(place))
        assert [one in extract for one in names] == [one == name for one in names]
        assert all(words in extract for words in ("TRÍCH SAO", "Danh sách có 3 trường hợp"))


def test_what_is_not_drafted_is_not_offered_for_a_list(hall: Hall) -> None:
    code = received(hall, "Lò Văn Pâng")
    surveyed(hall, code)

    page = hall("hoa").go("/xu-ly/quyet-dinh-chung/")

    page.reads("Không có hồ sơ nào chờ đưa vào danh sách")
    page.does_not_read("Lò Văn Pâng")
