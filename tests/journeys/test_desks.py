"""A day at the desks: lists, keys, many at once, the backoffice, every screen at two widths."""

import gzip
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Request, expect

from demo import accounts

from .people import DESK, PHONE, People, Person

FIRST_STAFF_LOAD, LATER_SCREEN, FIRST_PORTAL_LOAD = 250_000, 60_000, 150_000
SCREENS = (
    ("binh", "/mot-cua/"),
    ("binh", "/mot-cua/tiep-nhan/"),
    ("binh", "/mot-cua/tiep-nhan/?procedure=1.013225"),
    ("binh", "/mot-cua/truc-tuyen/"),
    ("binh", "/mot-cua/bo-sung/"),
    ("binh", "/mot-cua/chung-thuc/"),
    ("binh", "/mot-cua/ban-giao/"),
    ("binh", "/mot-cua/tra-ket-qua/"),
    ("binh", "/mot-cua/tim/?q=Lan"),
    ("lien", "/mot-cua/so-theo-doi/"),
    ("lien", "/mot-cua/bao-cao/"),
    ("hanh", "/xu-ly/"),
    ("hanh", "/xu-ly/viec/"),
    ("hanh", "/xu-ly/ho-so/"),
    ("hanh", "/xu-ly/y-kien/"),
    ("hanh", "/xu-ly/tim/?q=Lan"),
    ("minh", "/xu-ly/don-vi/"),
    ("hoa", "/xu-ly/cho-ky/"),
    ("sat", "/xu-ly/ho-so/"),
    ("quantri", "/quan-tri/"),
    ("quantri", "/quan-tri/to-chuc/"),
    ("quantri", "/quan-tri/co-quan/H18.101/"),
    ("quantri", "/quan-tri/don-vi/H18.101.VP/"),
    ("quantri", "/quan-tri/can-bo/"),
    ("quantri", "/quan-tri/tai-khoan/"),
    ("quantri", "/quan-tri/tai-khoan/binh/"),
    ("quantri", "/quan-tri/quyen/"),
    ("quantri", "/quan-tri/uy-quyen/"),
    ("quantri", "/quan-tri/lich/"),
    ("quantri", "/quan-tri/thu-tuc/"),
    ("quantri", "/quan-tri/thu-tuc/1.004873/"),
    ("quantri", "/quan-tri/thu-tuc/1.004873/1/"),
    ("quantri", "/quan-tri/viec/"),
    ("quantri", "/quan-tri/thong-bao/"),
    ("quantri", "/quan-tri/danh-muc/"),
    ("quantri", "/quan-tri/nhat-ky/"),
    ("binh", "/tai-khoan/"),
    ("binh", "/tai-khoan/bao-mat/"),
    ("", "/"),
    ("", "/thu-tuc/"),
    ("", "/thu-tuc/1.004873/"),
    ("", "/tra-cuu/"),
    ("", "/so-lieu/"),
    ("", "/tai-khoan/dang-ky/"),
    ("", "/tai-khoan/mat-khau/quen/"),
    ("", "/khong-co-trang-nay/"),
    ("lan@dienbien.example", "/ho-so/"),
    ("lan@dienbien.example", "/nop-ho-so/"),
    ("lan@dienbien.example", "/tai-khoan/"),
    ("lan@dienbien.example", "/tai-khoan/ho-so-ca-nhan/"),
)

pytestmark = pytest.mark.usefixtures("seen")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1366"])
def test_every_screen_keeps_nobody_out_and_fits(size: dict[str, int], people: People) -> None:
    answers = {path: people(login, size).go(path) for login, path in SCREENS}

    wrong = {path: answer.status for path, answer in answers.items() if answer and not answer.ok}
    assert wrong == {"/khong-co-trang-nay/": 404}


def test_a_handler_finds_her_work_by_keys_and_keeps_the_list(people: People) -> None:
    # given Hạnh before the list of her unit, with her hands on the keys
    hanh = people("hanh")
    hanh.go("/xu-ly/viec/")
    hanh.page.keyboard.press("F2")
    who = hanh.main.get_by_label("Ai làm")
    expect(who).to_be_focused()

    # when she filters for what nobody has, and keeps that as a list of her own
    who.select_option(label="Chưa ai nhận")
    hanh.page.wait_for_url("**ai=chua*")
    hanh.page.reload()
    hanh.main.get_by_text("Giữ danh sách này").click()
    hanh.put("Tên danh sách", "Chờ nhận")
    hanh.press("Giữ")

    # then the list is a link, and a row is ticked by keys alone
    hanh.follow("Chờ nhận")
    hanh.main.locator("a[data-row]").first.focus()
    hanh.page.keyboard.press("ArrowDown")
    hanh.page.keyboard.press("Space")
    expect(hanh.main.locator("[data-selection]")).to_contain_text("Đã chọn 1.")


def test_several_are_taken_at_once_each_with_its_own_result(people: People) -> None:
    hanh = people("hanh")
    hanh.go("/xu-ly/viec/?ai=chua")
    rows = hanh.main.locator("tbody input[type=checkbox]")
    for row in (0, 1):
        rows.nth(row).check()

    hanh.press("Nhận xử lý", exact=False)

    expect(hanh.page.get_by_role("heading", level=1)).to_contain_text("xong 2 trong 2 hồ sơ")
    expect(hanh.main.get_by_role("row").filter(has_text="Xong")).to_have_count(2)


def test_a_leader_signs_several_on_her_phone(people: People) -> None:
    hoa = people("hoa", PHONE)
    hoa.go("/xu-ly/cho-ky/")
    boxes = hoa.main.locator("input[name=viec]")
    for card in (0, 1):
        boxes.nth(card).check()

    hoa.press("Duyệt, ký các hồ sơ đã chọn")
    hoa.main.locator("form button").last.click()

    expect(hoa.page.get_by_role("heading", level=1)).to_contain_text("xong 2 trong 2 hồ sơ")
    hoa.eyes.look(hoa.page)


def test_certifying_copies_is_one_screen_with_its_fee(people: People) -> None:
    binh = people("binh")
    binh.go("/mot-cua/chung-thuc/")
    binh.put("Người yêu cầu", "Lò Thị Lan")
    for label, value in (("Giấy tờ 1", "Căn cước"), ("Số trang 1", "4"), ("Số bản 1", "3")):
        binh.main.get_by_label(label, exact=True).fill(value)
    binh.main.get_by_label("Số bản 1", exact=True).blur()
    binh.reads("18.000 đồng")
    binh.put("Biên lai giấy số", "BL-0100")

    binh.press("Chứng thực", exact=False)

    binh.reads("Số chứng thực")
    binh.reads("18.000 đồng")


def test_the_administrator_adds_a_unit_and_people_from_a_spreadsheet(people: People) -> None:
    # given a council that is to work until the end of the year
    quantri = people(accounts.ADMINISTRATOR)
    quantri.go("/quan-tri/co-quan/H18.101/")
    quantri.follow("Thêm đơn vị")
    quantri.put("Tên đơn vị", "Hội đồng tư vấn đất đai")
    quantri.put("Mã đơn vị", "H18.101.HDDD")
    quantri.choose("Loại", "Hội đồng, ban chỉ đạo, tổ công tác (tạm thời)")
    quantri.put("Từ ngày", "11/03/2026")
    quantri.press("Thêm đơn vị")
    quantri.reads("Hội đồng tư vấn đất đai")

    # when its people come from a spreadsheet, the first time with a mistake
    rehearse(quantri, unit="H18.101.SAI")
    quantri.reads("Chạy thử chưa đạt")
    rehearse(quantri, unit="H18.101.HDDD")
    quantri.reads("Chạy thử đạt")
    quantri.press("Thực hiện")

    # then they are there
    quantri.reads("Đã nhập bảng tính.")
    quantri.go("/quan-tri/don-vi/H18.101.HDDD/")
    quantri.reads("Giàng Thị Sua")


def rehearse(quantri: Person, unit: str) -> None:
    """Let the administrator try a spreadsheet out."""
    book = openpyxl.Workbook()
    posts, staff = book.active, book.create_sheet("Cán bộ")
    assert posts is not None
    posts.title = "Vị trí"
    posts.append(["Mã vị trí", "Mã đơn vị", "Chức vụ", "Vai trò", "Từ ngày"])
    posts.append(["HDDD-01", unit, "Thư ký hội đồng", "Công chức thụ lý", "11/03/2026"])
    staff.append(["Mã cán bộ", "Họ và tên", "Vào làm ngày", "Mã vị trí"])
    staff.append(["CB-9001", "Giàng Thị Sua", "01/03/2020", "HDDD-01"])
    kept = BytesIO()
    book.save(kept)
    quantri.go("/quan-tri/to-chuc/nhap/")
    quantri.main.locator("input[type=file]").set_input_files(
        {"name": "can-bo.xlsx", "mimeType": "application/zip", "buffer": kept.getvalue()}
    )
    quantri.press("Chạy thử")


def test_what_the_administrator_publishes_citizens_read(people: People) -> None:
    # given a new version in which something is wrong
    quantri, passer_by = people(accounts.ADMINISTRATOR), people("")
    quantri.go("/quan-tri/thu-tuc/2.000635/soan/")
    source = quantri.main.locator("textarea[name=source]")
    text = source.input_value()
    source.fill(text.replace("table: phi-ban-sao-ho-tich", "amount_vnd: tám nghìn"))
    quantri.put("Hiệu lực từ ngày", "11/03/2026")
    quantri.press("Kiểm tra và xem trước", exact=False)
    quantri.reads("Chỗ cần sửa")

    # when it is put right and published
    source.fill(text.replace("table: phi-ban-sao-ho-tich", "amount_vnd: 9000"))
    quantri.press("Lưu bản thảo")
    quantri.follow("Công khai")
    quantri.press("Công khai")

    # then citizens read the new fee
    passer_by.go("/thu-tuc/2.000635/")
    passer_by.reads("9.000 đồng")


def weigh(person: Person, address: str, known: set[str]) -> int:
    """Return how many compressed bytes a page takes for whoever knows these files already."""
    came: set[str] = set()

    def note(request: Request) -> None:
        came.add(request.url)

    person.page.on("request", note)
    person.page.goto(address, wait_until="networkidle")
    person.page.remove_listener("request", note)
    fresh = {url: person.page.request.get(url).body() for url in came - known}
    known.update(url for url in fresh if "/static/" in url)
    return sum(min(len(body), len(gzip.compress(body))) for body in fresh.values())


@pytest.mark.parametrize("login", ["binh", "hanh", "quantri"])
def test_the_first_screen_of_an_officer_is_light_and_the_later_ones_lighter(
    login: str, people: People
) -> None:
    officer, known = people(login), set[str]()
    first, *later = [path for who, path in SCREENS if who == login]

    assert weigh(officer, first, known) < FIRST_STAFF_LOAD
    heavy = {path: size for path in later if (size := weigh(officer, path, known)) > LATER_SCREEN}
    assert heavy == {}


def test_the_portal_opens_on_a_village_line(people: People) -> None:
    assert weigh(people(""), "/", set()) < FIRST_PORTAL_LOAD
    assert weigh(people(""), "/thu-tuc/1.004873/", set()) < FIRST_PORTAL_LOAD
