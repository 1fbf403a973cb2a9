"""Row 25: the clock starts where the papers arrive; a bank and all of its staff."""

from motcua.foundation.organisation.api import PostRole

from .acts import (
    KHANH,
    LAN,
    Request,
    act,
    ask_supplement,
    carry_through,
    file_online,
    hand_out,
    receive,
    receive_at_desk,
    supply,
    take,
)
from .hall import Hall, dossier, due, open_steps, said, whole
from .visitor import squeezed

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
NGOC, TUAN = "ngoc@nganhang.example", "tuan@nganhang.example"
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


BANK = {"organisation": "Ngân hàng mẫu, chi nhánh Điện Biên", "tax_code": "5699000021"}
FOR_THE_BANK = Request(CODE, "dang-ky", LOAN, LAND_OFFICE, authority="staff", people=BANK)
NEW = {"full_name": "Nguyễn Văn Khánh", "personal_id": "011085000456", "role": "staff"}


def test_what_one_of_the_bank_files_a_colleague_goes_on_with(hall: Hall) -> None:
    code = file_online(hall(TUAN), FOR_THE_BANK)
    receive(hall("yen"), code)
    registrar = hall.officer("H18.06.01.P1", PostRole.HANDLER)
    take(registrar, code, open_steps(code)[0])
    ask_supplement(registrar, code, "Hợp đồng thế chấp", "Thiếu trang 3")

    ngoc = hall(NGOC).go("/ho-so/").follow("Thế chấp sổ đỏ")
    ngoc.reads("Nộp cho Ngân hàng mẫu", "người nộp: Lê Anh Tuấn", "Hồ sơ cần ông/bà bổ sung")
    supply(hall(NGOC), code)

    assert whole(code).supplements[0].supplied_at is not None
    assert whole(code).papers[-1].added_by_name == "Trần Thị Ngọc"


def test_a_clerk_takes_back_only_what_was_filed_by_that_clerk(hall: Hall) -> None:
    of_ngoc, of_tuan = (file_online(hall(who), FOR_THE_BANK) for who in (NGOC, TUAN))

    hall(TUAN).go(f"/ho-so/{of_ngoc}/").does_not_read("Rút hồ sơ")
    hall(TUAN).go(f"/ho-so/{of_ngoc}/rut/", refused=True)
    hall(NGOC).go(f"/ho-so/{of_tuan}/rut/").press("Rút hồ sơ", {"reason": "Khách trả nợ xong"})

    assert (dossier(of_tuan).status, dossier(of_ngoc).status) == ("withdrawn", "submitted")


def test_who_joins_the_bank_sees_it_all_and_who_leaves_sees_nothing(hall: Hall) -> None:
    code = file_online(hall(TUAN), FOR_THE_BANK)
    hall(KHANH).go(f"/ho-so/{code}/", refused=True)
    ngoc = hall(NGOC).go("/to-chuc/").follow("Ngân hàng mẫu")

    ngoc.press("Thêm thành viên", {**NEW, "full_name": "Nguyễn Văn Khanh"}, refused=True)
    ngoc.reads("Không có tài khoản đã xác nhận nào mang đúng số định danh và họ tên này")
    ngoc.press("Thêm thành viên", NEW).reads("Đã thêm Nguyễn Văn Khánh")
    hall(KHANH).go(f"/ho-so/{code}/").reads("người nộp: Lê Anh Tuấn")

    khanh_row = next(one for one in ngoc.page.iter("li") if "Khánh" in one.text_content())
    ngoc.client.post(khanh_row.xpath(".//form/@action")[0])
    hall(KHANH).go(f"/ho-so/{code}/", refused=True)


def test_who_leaves_the_bank_leaves_what_was_filed_for_it(hall: Hall) -> None:
    code = file_online(hall(TUAN), FOR_THE_BANK)
    ngoc = hall(NGOC).go("/to-chuc/5699000021/")
    row = next(one for one in ngoc.page.iter("li") if "Tuấn" in one.text_content())

    ngoc.client.post(row.xpath(".//form/@action")[0])

    hall(TUAN).go(f"/ho-so/{code}/", refused=True)
    hall(TUAN).go("/ho-so/").does_not_read(code)
    hall(NGOC).go(f"/ho-so/{code}/rut/").reads("Rút hồ sơ")


def test_only_who_manages_the_bank_says_who_belongs_to_it(hall: Hall) -> None:
    tuan = hall(TUAN).go("/to-chuc/5699000021/")
    assert not tuan.has_button("Thêm thành viên")
    answer = tuan.client.post(tuan.path, NEW)
    assert "Chỉ người đại diện, người quản lý" in answer.content.decode()
    hall(KHANH).go("/to-chuc/5699000021/", refused=True)

    ngoc = hall(NGOC).go("/to-chuc/5699000021/")
    assert not any("Trần Thị Ngọc" in squeezed(b.text_content()) for b in ngoc.page.iter("button"))


def test_who_merely_types_the_tax_code_of_a_bank_shows_it_nothing(hall: Hall) -> None:
    code = file_online(hall(LAN), FOR_THE_BANK)

    hall(NGOC).go(f"/ho-so/{code}/", refused=True)
    hall(NGOC).go("/ho-so/").does_not_read(code)
