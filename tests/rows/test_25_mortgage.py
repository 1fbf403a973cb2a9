"""Row 25: the clock starts where the papers arrive; a bank and all of its staff."""

from motcua.foundation.organisation.api import PostRole

from .acts import (
    KHANH,
    Request,
    act,
    carry_through,
    file_online,
    hand_out,
    receive,
    receive_at_desk,
)
from .hall import Hall, due, open_steps, said, whole

CODE, LAND_OFFICE = "1.011441", "Văn phòng Đăng ký đất đai tỉnh Điện Biên"
LOAN = {
    "ben_nhan": "Ngân hàng mẫu",
    "ben_the_chap": "Lò Thị Lan",
    "so_hop_dong": "12/HĐTC",
    "ngay_hop_dong": "2026-03-10",
    "so_thua": 12,
    "so_to": 3,
    "so_gcn": "AA 123456",
}
AT_THE_LAND_OFFICE = {"agency": LAND_OFFICE}


def received(hall: Hall) -> str:
    return receive_at_desk(hall("binh"), CODE, "Ngân hàng mẫu", AT_THE_LAND_OFFICE, LOAN)


def test_nothing_is_promised_until_the_papers_are_at_the_land_office(hall: Hall) -> None:
    code = received(hall)
    assert due(code) == ""
    hall("binh").go(f"/mot-cua/ho-so/{code}/").reads("Thời hạn tính từ lúc cơ quan giải quyết nhận")
    registrar = hall.officer("H18.06.01.P1", PostRole.HANDLER)
    registrar.go(f"/xu-ly/ho-so/{code}/viec/nhan/?buoc={open_steps(code)[0].seq}")
    assert whole(code).dossier.status == "received"

    hall.set("12/03/2026 14:59")
    registrar = hall.officer("H18.06.01.P1", PostRole.HANDLER)
    act(registrar, code, "da-den").reads("đã đến")

    assert due(code) == "12/03 17:00"
    assert [one.kind for one in whole(code).due_changes] == ["first"]


def test_what_arrives_after_three_is_due_the_next_working_day(hall: Hall) -> None:
    code = received(hall)
    hall.set("13/03/2026 15:01")

    act(hall.officer("H18.06.01.P1", PostRole.HANDLER), code, "da-den")

    assert due(code) == "16/03 17:00"
    assert said(open_steps(code)[0].due_at) == "16/03 09:31"
    carry_through(hall, code)
    hand_out(hall("binh"), code)
    assert whole(code).dossier.status == "returned"


def test_a_list_taken_over_is_an_arrival_too(hall: Hall) -> None:
    code = received(hall)
    desk = hall("binh").go("/mot-cua/ban-giao/")
    desk.press("Lập danh sách")
    hall.set("12/03/2026 10:00")

    act(hall.officer("H18.06.01.P1", PostRole.HANDLER), code, "da-den")

    assert due(code) == "12/03 17:00"


def test_what_comes_on_line_is_there_at_once(hall: Hall) -> None:
    code = file_online(hall(KHANH), Request(CODE, "dang-ky", LOAN, agency=LAND_OFFICE))
    receive(hall("yen"), code)

    assert due(code) == "11/03 17:00"


def test_with_a_reason_there_are_three_working_days_at_most(hall: Hall) -> None:
    code = file_online(hall(KHANH), Request(CODE, "dang-ky", LOAN, agency=LAND_OFFICE))
    receive(hall("yen"), code)

    director = hall.officer("H18.06.01.LD", PostRole.AGENCY_LEADER)
    act(director, code, "gia-han", {"ground": "Mất kết nối với cơ sở dữ liệu đất đai"})

    assert due(code) == "13/03 17:00"
