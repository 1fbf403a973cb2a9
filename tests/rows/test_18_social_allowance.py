"""Row 18: somebody vulnerable; nothing is handed in twice; a supplement; three hands."""

from motcua.casework.dossiers.models import DossierPaper

from .acts import (
    KHANH,
    LAN,
    Request,
    act,
    ask_supplement,
    carry_through,
    do_step,
    draft_until_check,
    file_online,
    finish,
    hand_out,
    receive,
    supply,
    take,
)
from .hall import Hall, dossier, due, open_steps, paper_text, step_named, whole

CODE = "1.001776"
DISABLED = {"nhom": "khuyet-tat", "ngay_sinh": "1990-05-12", "ho_ten": "Lò Thị Lan"}
PAID = {
    "number": "DS-04/2026",
    "given_on": "11/03/2026",
    "thang_chi": "04/2026",
    "so_tien_chi": "750.000",
}
FIRST = Request(CODE, "huong-moi", DISABLED)


def proof_of(code: str) -> DossierPaper:
    """Return what proves that the applicant belongs to those who get the allowance."""
    return next(one for one in whole(code).papers if one.spec_code == "chung-minh")


def test_officers_are_told_that_the_applicant_is_vulnerable(hall: Hall) -> None:
    child = {**DISABLED, "nhom": "tre-em", "ngay_sinh": "2015-05-12"}
    code = file_online(hall(LAN), FIRST)
    of_a_child = file_online(hall(LAN), Request(CODE, "huong-moi", child))

    page = hall("binh").go(f"/mot-cua/ho-so/{code}/")
    page.reads("Người yếu thế: ưu tiên tiếp nhận", "Thông tin nhạy cảm")
    page.does_not_read("chưa đủ 16 tuổi")
    hall("binh").go(f"/mot-cua/ho-so/{of_a_child}/").reads("chưa đủ 16 tuổi: người giám hộ")


def test_a_paper_of_an_earlier_dossier_is_handed_in_again_by_a_word(hall: Hall) -> None:
    first = file_online(hall(LAN), FIRST)
    proof = whole(first).papers[0]
    again = {"chung-minh": f"{proof.name} (đã nộp 11/03/2026)"}

    code = file_online(hall(LAN), Request(CODE, "dieu-chinh", DISABLED, again=again))

    used = proof_of(code)
    assert (used.file_id, used.reused_from) == (proof.file_id, first)
    hall("binh").go(f"/mot-cua/ho-so/{code}/").reads(f"dùng lại từ hồ sơ {first}")
    hall(LAN).go(f"/ho-so/{code}/").reads(f"dùng lại từ hồ sơ {first}")


def test_what_the_office_decided_once_proves_it_the_next_time(hall: Hall) -> None:
    before = file_online(hall(LAN), Request("1.004873", "cap-lan-dau"))
    receive(hall("binh"), before)
    carry_through(hall, before)
    name = whole(before).outcomes[0].name
    again = {"chung-minh": f"{name} (kết quả, 11/03/2026)"}

    code = file_online(hall(LAN), Request(CODE, "huong-moi", DISABLED, again=again))

    used = proof_of(code)
    assert used.reused_from == before
    text = paper_text(hall("binh").fetch(f"/mot-cua/ho-so/{code}/tep/{used.seq}/"))
    assert whole(before).outcomes[0].number.partition("/")[0] in text


def test_nobody_is_offered_the_papers_of_others(hall: Hall) -> None:
    first = file_online(hall(LAN), FIRST)
    key = f"giay.{whole(first).papers[0].seq}.{first}"
    khanh = draft_until_check(hall(KHANH), FIRST, "giay-to")

    assert "dung-lai.chung-minh" not in khanh.names()
    answer = khanh.client.post(khanh.path, {"dung-lai.chung-minh": key})

    assert answer.status_code == 422
    assert "Không tìm thấy giấy tờ này" in answer.content.decode()


def test_what_was_asked_for_later_begins_the_ten_days_anew(hall: Hall) -> None:
    code = file_online(hall(LAN), FIRST)
    receive(hall("binh"), code)
    assert due(code) == "25/03 17:00"
    step = open_steps(code)[0]
    nga = hall.doer(step)
    ask_supplement(nga, code, "Giấy xác nhận khuyết tật rõ nét", "Bản đã nộp mờ")

    hall.set("13/03/2026 09:00")
    supply(hall(LAN), code)

    assert due(code) == "27/03 17:00"


def test_handler_head_and_leader_each_do_their_part(hall: Hall) -> None:
    code = file_online(hall(LAN), FIRST)
    receive(hall("binh"), code)

    hands = [do_step(hall, code, open_steps(code)[0]) for _ in range(3)]

    assert hands == ["Tòng Thị Nga", "Lù Văn Phương", "Lò Thị Hoa"]
    desk = hall("binh").go(f"/mot-cua/ho-so/{code}/tra/")
    desk.press("Trao kết quả đã ký", {"checked": "card"})
    assert dossier(code).status == "processing"
    finish(hall("nga"), code, step_named(code, "chi-tra"), PAID)
    hand_out(hall("binh"), code)
    lan = hall(LAN).go(f"/ho-so/{code}/")
    paper = next(link for link in lan.links("PDF") if "/ket-qua/" in link)
    assert "chi trả từ tháng liền sau tháng ký quyết định" in paper_text(lan.fetch(paper))
    assert dossier(code).status == "returned"


def test_the_first_payment_is_a_result_of_its_own_and_takes_no_time_of_the_office(
    hall: Hall,
) -> None:
    code = file_online(hall(LAN), FIRST)
    receive(hall("binh"), code)
    for _ in range(3):
        do_step(hall, code, open_steps(code)[0])
    step, nga = step_named(code, "chi-tra"), hall("nga")
    take(nga, code, step)
    assert dossier(code).pause_ground == "outside_body"
    hall.set("06/04/2026 09:00")

    wrong = act(
        hall("nga"), code, "hoan-thanh", {**PAID, "so_tien_chi": ""}, step=step, refused=True
    )
    wrong.reads("Số tiền đã chi trả")
    finish(hall("nga"), code, step, PAID)

    payment = whole(code).outcomes[-1]
    assert (payment.spec_code, payment.number) == ("lan-chi-dau", "DS-04/2026")
    assert payment.entries["so_tien_chi"] == 750_000
    assert (dossier(code).status, dossier(code).pause_ground) == ("resolved", "")
    lan = hall(LAN).go(f"/ho-so/{code}/")
    lan.reads("Chi trả trợ cấp lần đầu", "Số tiền đã chi trả: 750.000 đồng", "04/2026")


def test_who_only_changes_or_ends_the_allowance_waits_for_no_payment(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE, "dieu-chinh", DISABLED))
    receive(hall("binh"), code)

    for _ in range(3):
        do_step(hall, code, open_steps(code)[0])

    assert (dossier(code).status, list(open_steps(code))) == ("resolved", [])
