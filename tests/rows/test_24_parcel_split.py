"""Row 24: a firm from outside measures, the owner signs there, several certificates come of it."""

from .acts import LAN, Request, act, do_step, file_online, finish, receive, take
from .field import known, planned, signs
from .hall import Hall, due, open_steps, step_named, whole

CODE = "1.012784"
PARCEL = {"dia_chi_dat": "Tổ 8", "so_thua": 211, "so_to": 15, "so_giay": 3}
NEW = "thửa 211: 120 m²; thửa 212: 98 m²; thửa 213: 101 m²"


def test_three_certificates_come_of_one_measurement(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE, "tach", PARCEL))
    receive(hall("yen"), code)
    assert due(code) == "27/03 17:00"
    do_step(hall, code, step_named(code, "kiem-tra"))
    step = step_named(code, "do-dac")
    take(hall.doer(step), code, step)
    officer = hall.doer(step_named(code, "do-dac"))

    firm = "Công ty Đo đạc Tây Bắc, ông Vàng A Sùng"
    visit = planned(officer, code, step, {"surveyor": firm})
    officer.go("/xu-ly/thuc-dia/").reads(firm)
    found = {"minutes": "Đã đo, có mặt chủ đất.", "cac_thua": NEW, "co_moc": "true"}
    act(officer, code, "bien-ban", found, item=visit)
    signs(officer, code, visit, {"role": "applicant", "name": "Lò Thị Lan"})
    finish(officer, code, step)
    for _ in range(3):
        do_step(hall, code, open_steps(code)[0])

    names = [one.name for one in whole(code).outcomes]
    assert names == ["Giấy chứng nhận của từng thửa mới", "Mảnh trích đo bản đồ địa chính"]
    assert whole(code).outcomes[0].serial.count(";") == 2
    assert whole(code).facts["cac_thua"] == NEW
    assert [one.name for one in known(code).signatures] == ["Lò Thị Lan"]


def test_without_the_measurement_it_does_not_go_on(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(CODE, "hop", PARCEL | {"so_giay": 1}))
    receive(hall("yen"), code)
    do_step(hall, code, step_named(code, "kiem-tra"))
    step = step_named(code, "do-dac")
    take(hall.doer(step), code, step)

    officer = hall.doer(step_named(code, "do-dac"))
    act(officer, code, "hoan-thanh", step=step, refused=True).reads("Hãy hẹn kiểm tra thực địa")
