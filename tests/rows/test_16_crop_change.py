"""Row 16: how fast the desk answers depends on the way in; a helper files for a Mông farmer."""

from .acts import (
    LAN,
    Request,
    carry_through,
    file_online,
    hand_out,
    receive,
    receive_at_desk,
)
from .hall import Hall, dossier, due, paper_text, said, whole

CODE = "1.008004"
FARMER = {"full_name": "Giàng A Sử"}


def test_the_desk_answers_what_comes_online_within_a_working_day(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE))

    assert said(dossier(code).check_due_at) == "12/03 17:00"
    hall(LAN).go(f"/ho-so/{code}/").reads("Cơ quan trả lời", "12/03/2026")


def test_what_comes_by_post_has_three_days_and_at_the_desk_none(hall: Hall) -> None:
    by_post = {"channel": "post", "legal_on": "10/03/2026", "legal_time": "09:00"}
    posted = receive_at_desk(hall("binh"), CODE, "Giàng A Sử", by_post)
    at_desk = receive_at_desk(hall("binh"), CODE, "Giàng A Sử")

    assert said(dossier(posted).check_due_at) == "13/03 17:00"
    assert dossier(at_desk).check_due_at is None
    assert (due(posted), due(at_desk)) == ("17/03 17:00", "18/03 17:00")


def test_a_helper_of_the_village_files_for_a_farmer(hall: Hall) -> None:
    answers = {"ho_ten": FARMER["full_name"], "cay_moi": "ngô"}
    request = Request(CODE, answers=answers, authority="helper", people=FARMER)

    code = file_online(hall("pao"), request)

    found = dossier(code)
    assert (found.applicant_name, found.authority) == ("Giàng A Sử", "helper")
    assert found.helper_name.startswith("Sùng A Páo (")
    hall("binh").go(f"/mot-cua/ho-so/{code}/").reads("Giàng A Sử", "Sùng A Páo")


def test_nobody_walks_anywhere_and_one_form_is_enough(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE, answers={"cay_moi": "ngô"}, way="electronic"))
    receive(hall("binh"), code)
    assert due(code) == "18/03 17:00"

    hands = carry_through(hall, code)
    if whole(code).dossier.status != "returned":
        hand_out(hall("binh"), code, {"checked": "electronic"})

    assert hands == ["Nguyễn Đức Thắng", "Lò Thị Hoa"]
    assert ([one.spec_code for one in whole(code).papers], list(whole(code).fees)) == (
        ["ban-dang-ky"],
        [],
    )
    lan = hall(LAN).go(f"/ho-so/{code}/")
    [paper] = {link for link in lan.links("PDF") if "/ket-qua/" in link}
    assert "Ngô" in paper_text(lan.fetch(paper))
