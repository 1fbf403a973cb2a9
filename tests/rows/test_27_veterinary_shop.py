"""Row 27: a shop checked by its list on a phone; no is a result too, and the fee stays."""

from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments

from .acts import LAN, Request, act, do_step, file_online, finish, picture, receive, take
from .field import known, planned, signs
from .hall import Hall, said, step_named, whole

CODE = "1.001686"
SHOP = {
    "ten_cua_hang": "Thuốc thú y Mường Thanh",
    "dia_chi": "Số 12, tổ 5",
    "so_cchn": "25/CCHN-TY",
    "loai_thuoc": "thuoc",
}
GOOD = {"dia_diem": "true", "tu_ke": "true", "tu_lanh": "true", "so_sach": "true", "dat": "true"}
BAD = {**GOOD, "so_sach": "false", "dat": "false", "chua_dat": "Không có sổ theo dõi mua bán"}
STROKES = "10,100 40,60 80,120 120,60;150,80 180,120 220,90 260,110 300,70"


def at_shop(hall: Hall) -> tuple[str, int, Any]:
    """Return a dossier of which the check is to be made now, the visit, and who makes it."""
    code = file_online(hall(LAN), Request(CODE, answers=SHOP))
    receive(hall("yen"), code)
    do_step(hall, code, step_named(code, "tham-dinh"))
    step = step_named(code, "kiem-tra-cua-hang")
    assert said(step.due_at) == "17/03 17:00"  # four working days
    take(hall.doer(step), code, step)
    officer = hall.doer(step_named(code, "kiem-tra-cua-hang"))
    return code, planned(officer, code, step, {"place": "Số 12, tổ 5"}), officer


def test_on_the_phone_there_is_the_way_the_list_and_each_picture_is_kept_once(hall: Hall) -> None:
    code, visit, officer = at_shop(hall)
    officer.go("/xu-ly/thuc-dia/").reads("Hôm nay", "Số 12, tổ 5", "Lò Thị Lan")
    assert any(href.startswith("geo:0,0?q=S%E1%BB%91%2012") for href in officer.links("Chỉ đường"))
    officer.follow("Số 12, tổ 5").reads("Danh mục kiểm tra", "Có sổ theo dõi mua bán", "Ảnh (0/20)")
    sent = {"photos": ("cua-hang.png", picture())}

    officer.press("Gửi ảnh", sent).reads("Ảnh (1/20)")
    officer.press("Gửi ảnh", sent).reads("Ảnh (1/20)")

    assert len(dossiers.field.photos_of(whole(code).dossier, visit)) == 1
    hall(LAN).go(f"/ho-so/{code}/").reads("Hẹn kiểm tra thực địa", "Số 12, tổ 5")


def test_the_minutes_are_signed_there_with_a_finger_and_printed(hall: Hall) -> None:
    code, visit, officer = at_shop(hall)
    said = {"minutes": "Cửa hàng gọn, đủ tủ kệ."}
    act(officer, code, "bien-ban", {**said, "dat": "true"}, item=visit, refused=True)
    act(officer, code, "bien-ban", {**said, **GOOD}, item=visit).reads("Đã ghi biên bản")

    signs(officer, code, visit, {"role": "officer"})
    drawn = {"role": "applicant", "name": "Lò Thị Lan", "way": "drawn", "strokes": STROKES}
    signs(officer, code, visit, drawn)

    assert [(one.role, one.way) for one in known(code).signatures] == [
        ("officer", "typed"),
        ("applicant", "drawn"),
    ]
    assert officer.fetch(f"/xu-ly/ho-so/{code}/bien-ban/{visit}/")[:5] == b"%PDF-"
    finish(officer, code, step_named(code, "kiem-tra-cua-hang"))
    do_step(hall, code, step_named(code, "ky"))
    assert [one.result_code for one in whole(code).outcomes] == ["KQ.G10.000209"]


def test_a_shop_that_does_not_pass_gets_its_answer_and_the_fee_stays(hall: Hall) -> None:
    code, visit, officer = at_shop(hall)
    act(officer, code, "bien-ban", {"minutes": "Thiếu sổ sách.", **BAD}, item=visit)
    finish(officer, code, step_named(code, "kiem-tra-cua-hang"))

    do_step(hall, code, step_named(code, "ky"))

    [outcome] = whole(code).outcomes
    assert (outcome.result_code, outcome.kind) == ("KQ.G09.001342", "granted")
    assert [(one.amount_vnd, one.is_kept) for one in whole(code).fees] == [(230_000, True)]


def test_who_withdraws_before_the_check_gets_the_fee_back_and_after_it_does_not(
    hall: Hall,
) -> None:
    early, _, _ = at_shop(hall)
    late, visit, officer = at_shop(hall)
    act(officer, late, "bien-ban", {"minutes": "Thiếu sổ sách.", **BAD}, item=visit)
    finish(officer, late, step_named(late, "kiem-tra-cua-hang"))

    for code in (early, late):
        hall(LAN).go(f"/ho-so/{code}/rut/").press("Rút hồ sơ")

    asked = {code: back_of(code) for code in (early, late)}
    assert asked == {early: 230_000, late: 0}


def back_of(code: str) -> int:
    """Return what is proposed to go back of a dossier's money."""
    found = payments.Refund.objects.filter(order__subject=dossiers.subject_of(code))
    return sum(one.amount_vnd for one in found)
