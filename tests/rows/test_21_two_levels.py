"""Row 21: the commune proposes, the department decides; each step stands in paper 06."""

from motcua.foundation.organisation.api import PostRole

from .acts import LAN, Request, act, do_step, file_online, hand_out, receive
from .hall import Hall, done, due, open_steps, paper_text, step_named, whole

CODE = "1.010803"


def proposed(hall: Hall) -> str:
    """Return a dossier that the commune has proposed."""
    code = file_online(hall(LAN), Request(CODE))
    receive(hall("binh"), code)
    for _ in range(3):
        do_step(hall, code, open_steps(code)[0])
    return code


def test_it_goes_from_the_commune_to_the_department_within_one_promise(hall: Hall) -> None:
    code = proposed(hall)

    assert due(code) == "27/03 17:00"
    assert done(code)[:3] == [
        ("kiem-tra", "done"),
        ("duyet-xa", "approved"),
        ("de-nghi", "approved"),
    ]
    step = step_named(code, "tham-dinh-so")
    merit = hall.officer("H18.02.P1", PostRole.HANDLER)
    merit.go("/xu-ly/viec/").reads(code)
    merit.go(f"/xu-ly/ho-so/{code}/").reads("Sở Nội vụ thẩm định")
    hall("nga").go(f"/xu-ly/ho-so/{code}/viec/nhan/?buoc={step.seq}", refused=True)


def test_the_decision_is_of_the_department_and_comes_back_to_the_commune(hall: Hall) -> None:
    code = proposed(hall)
    hands = [do_step(hall, code, open_steps(code)[0]) for _ in range(3)]
    hand_out(hall("binh"), code)

    director = hall.officer("H18.02.LD", PostRole.AGENCY_LEADER).name
    [outcome] = whole(code).outcomes
    assert (hands[-1], outcome.signed_by_name) == (director, director)
    lan = hall(LAN).go(f"/ho-so/{code}/")
    printed = paper_text(lan.fetch(next(one for one in lan.links() if "/ket-qua/" in one)))
    assert "SỞ NỘI VỤ" in printed
    assert "PHƯỜNG ĐIỆN BIÊN PHỦ" not in printed.split("QUYẾT ĐỊNH")[0]


def test_every_level_has_its_line_with_its_result_in_paper_06(hall: Hall) -> None:
    code = proposed(hall)
    for _ in range(3):
        do_step(hall, code, open_steps(code)[0])

    sheet = paper_text(hall("binh").fetch(f"/mot-cua/ho-so/{code}/giay/06/"))

    assert "Phòng Văn hóa – Xã hội" in sheet
    assert "Phòng Người có công" in sheet
    assert "Sở Nội vụ" in sheet
    assert sheet.count("Trước hạn") >= 6


def test_the_department_may_send_it_back_to_its_own_examiner_only(hall: Hall) -> None:
    code = proposed(hall)
    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    director, step = (
        hall.officer("H18.02.LD", PostRole.AGENCY_LEADER),
        step_named(code, "quyet-dinh"),
    )

    act(director, code, "tra-lai", {"comment": "Thiếu biên bản họ tộc"}, step=step)

    again = step_named(code, "tham-dinh-so")
    first = next(one for one in whole(code).steps if one.code == again.code)
    assert (again.round, again.unit_id) == (2, first.unit_id)
