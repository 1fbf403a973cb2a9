"""Row 7: a refusal names its ground; only to verify there is more time; a child of nine agrees."""

import pytest

from motcua.casework.procedures.api import Doubt
from motcua.casework.procedures.rules.limits import read_limit

from .acts import (
    LAN,
    Request,
    act,
    answer,
    ask,
    do_step,
    file_online,
    finish,
    hand_out,
    receive,
    take,
)
from .hall import Hall, due, open_steps, paper_text, whole

CODE = "1.004859"
WRONG = {
    "ho_ten_nguoi_sua": "Lò Thị Lan",
    "ngay_sinh": "1998-05-12",
    "noi_dung_cu": "Chữ đệm “Thi”",
    "noi_dung_moi": "Chữ đệm “Thị”",
    "can_cu": "Học bạ, sổ hộ khẩu cũ",
}
CHILD = {**WRONG, "ho_ten_nguoi_sua": "Lò Thị Hoa Mai", "ngay_sinh": "2015-01-20"}


def test_the_bare_number_of_the_published_text_is_read_as_the_demo_says(hall: Hall) -> None:
    page = hall.passer_by().go(f"/thu-tuc/{CODE}/")

    page.reads("3 ngày làm việc", "Dữ liệu minh họa")


def test_a_number_without_a_unit_is_no_limit_until_a_person_has_looked() -> None:
    limit, doubts = read_limit("1", "")

    assert limit is None
    assert [one.doubt for one in doubts] == [Doubt.LIMIT_WITHOUT_UNIT]


def test_the_limit_is_extended_only_after_somebody_was_asked_to_verify(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE, "cai-chinh", WRONG))
    receive(hall("binh"), code)
    step, hanh, minh = open_steps(code)[0], hall("hanh"), hall("minh")
    assert due(code) == "16/03 17:00"
    minh.go(f"/xu-ly/ho-so/{code}/").does_not_read("Gia hạn theo luật")
    minh.go(f"/xu-ly/ho-so/{code}/viec/gia-han/")
    assert minh.path == f"/xu-ly/ho-so/{code}/"

    take(hanh, code, step)
    asked = ask(hanh, code, {"agency": hall.agency("H18.135"), "due_on": "17/03/2026"}, step=step)
    act(minh, code, "gia-han", {"ground": "Phải xác minh sổ gốc ở xã khác"})

    assert due(code) == "19/03 17:00"
    lan = hall(LAN).go(f"/ho-so/{code}/")
    lan.reads("thứ Năm 19/03/2026", "Phải xác minh sổ gốc ở xã khác")
    assert whole(code).dossier.reappointed_at is None
    assert asked == whole(code).consultations[0].seq


def test_a_refusal_is_a_signed_paper_with_its_ground(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE, "cai-chinh", WRONG))
    receive(hall("binh"), code)
    step = open_steps(code)[0]
    take(hall("hanh"), code, step)
    said = {"kind": "refused"}
    act(hall("hanh"), code, "hoan-thanh", said, step=step, refused=True).reads("Lý do từ chối")
    ground = "Sổ gốc ghi đúng như giấy khai sinh (Điều 7 Nghị định 123/2015)."
    finish(hall("hanh"), code, step, {"kind": "refused", "reason": ground})

    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    hand_out(hall("binh"), code)

    [outcome] = whole(code).outcomes
    assert (outcome.kind, outcome.reason, bool(outcome.number)) == ("refused", ground, True)
    lan = hall(LAN).go(f"/ho-so/{code}/")
    assert ground in paper_text(lan.fetch(lan.links("Văn bản từ chối giải quyết")[0]))


def test_the_name_of_a_child_of_nine_changes_with_its_own_consent(hall: Hall) -> None:
    without = Request(CODE, "thay-doi", CHILD, skip=frozenset({"dong-y"}))
    with pytest.raises(AssertionError, match="Hãy tải lên “Văn bản đồng ý của người từ đủ 9 tuổi”"):
        file_online(hall(LAN), without)

    code = file_online(hall(LAN), Request(CODE, "thay-doi", CHILD))

    assert "dong-y" in {paper.spec_code for paper in whole(code).papers}
    hall("binh").go(f"/mot-cua/ho-so/{code}/").reads("phải có văn bản đồng ý của chính người ấy")


def test_an_answer_to_the_verification_goes_into_the_file(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE, "cai-chinh", WRONG))
    receive(hall("binh"), code)
    hanh = hall("hanh")
    take(hanh, code, open_steps(code)[0])
    seq = ask(hanh, code, {"outside_body": "Trường THPT Mường Thanh", "due_on": "13/03/2026"})
    answer(hanh, code, seq, "Học bạ ghi “Thị”.")

    hanh.go(f"/xu-ly/ho-so/{code}/?phan=y-kien")

    assert whole(code).consultations[0].answer == "Học bạ ghi “Thị”."
