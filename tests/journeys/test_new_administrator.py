"""A new administrator builds a procedure from an official text, through pages only, to its end.

The text is 1.005280 as the Ministry of Finance published it: cooperatives, at the commune. Nothing
of it stands in the demo.
"""

import pytest
from playwright.sync_api import expect

from demo import accounts
from motcua.foundation.papers.tests.make import make_template

from .citizens import Request, file_online, rate, reads_outcomes
from .officers import carry_through, hand_out, receive
from .people import DESK, PHONE, People, Person

CODE = "1.005280"
NAME = "Đăng ký thành lập hợp tác xã, liên hiệp hợp tác xã"
PLAIN = "Thành lập hợp tác xã"
TABLE = {
    "Mã bảng": "le-phi-hop-tac-xa",
    "Tên khoản thu": "Lệ phí đăng ký hợp tác xã",
    "Hiệu lực từ ngày": "11/03/2026",
    "Số, ký hiệu văn bản quy định": "12/2025/NQ-HĐND",
    "Ngày văn bản": "27/06/2025",
    "Cơ quan ban hành": "HĐND tỉnh",
}
KINDS = '"hop_tac_xa", "lien_hiep"'
FEE = ("200.000 đồng",)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LAN = "lan@dienbien.example"
WORD = (
    "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ",
    "Tên: {{ to_khai.ten_hop_tac_xa }}. Vốn điều lệ: {{ to_khai.von_dieu_le }}.",
    "Số {{ ky.so }}",
)
ANSWERS = {
    "ten_hop_tac_xa": "Hợp tác xã Rau sạch Noong Bua",
    "loai_hinh": "lien_hiep",
    "chuyen_doi": True,
    "to_hop_tac_cu": "Tổ hợp tác rau Noong Bua",
    "von_dieu_le": 30_000_000,
    "thanh_vien": [
        {"ho_ten": "Lò Thị Lan", "von_gop": "20.000.000"},
        {"ho_ten": "Quàng Văn Pâng", "von_gop": "10.000.000"},
    ],
}
FEES = (("hop_tac_xa", "100000"), ("lien_hiep", "200000"))

pytestmark = pytest.mark.usefixtures("seen")


def test_a_procedure_that_exists_nowhere_is_built_filed_and_finished(people: People) -> None:
    # given a new administrator with the official text on the table
    quan = people(accounts.ADMINISTRATOR)
    begin(quan)
    design_form(quan)
    write_fee_table(quan)
    write_parts(quan)
    design_process(quan)

    # when all of it is tried, looked at on a phone, and published
    try_out(quan)
    publish(quan)

    # then a citizen files it, every desk does its part, and she has the certificate
    lan = people(LAN)
    code = file_online(lan, Request(CODE, "dang-ky-thanh-lap", ANSWERS, reads=FEE))
    receive(people("binh"), code)
    hands = carry_through(people, code)
    hand_out(people("binh"), code)
    assert hands == ["thang", "thang", "huong", "hoa"]
    assert reads_outcomes(lan, code) == ["application/pdf"]
    rate(lan, code)
    lan.reads("Đã trả kết quả")


def begin(quan: Person) -> None:
    """Begin the procedure with its code and names, then what it says of itself."""
    quan.go("/quan-tri/thu-tuc/")
    quan.follow("Thêm thủ tục")
    quan.put("Mã thủ tục", "5280")
    quan.put("Tên thủ tục", NAME)
    quan.put("Tên dễ hiểu", PLAIN)
    quan.put("Tên lĩnh vực mới", "Tổ hợp tác, hợp tác xã")
    quan.choose("Cấp giải quyết", "Cấp xã")
    quan.press("Thêm và soạn tiếp")
    quan.reads("Mã có dạng một chữ số")
    quan.put("Mã thủ tục", CODE)
    quan.press("Thêm và soạn tiếp")
    quan.reads("Chưa có quy trình")
    quan.follow("Sửa thông tin chung")
    quan.put("Hiệu lực từ ngày", "11/03/2026")
    quan.put("Người có thẩm quyền quyết định", "Ủy ban nhân dân cấp xã")
    quan.put("Đối tượng thực hiện", "Công dân Việt Nam\nHợp tác xã")
    quan.put("Trình tự thực hiện", "Nộp hồ sơ nơi đặt trụ sở chính.\nNhận Giấy chứng nhận.")
    quan.put("Căn cứ pháp lý", "17/2023/QH15 | Luật Hợp tác xã\n92/2024/NĐ-CP | Về đăng ký")
    quan.put("Quyết định công bố", "2103/QĐ-BTC")
    quan.press("Lưu")


def design_form(quan: Person) -> None:
    """Design the form: two pages, a choice, a condition, a group that repeats, a sum."""
    quan.follow("Tờ khai")
    quan.press("Thêm tờ khai")
    add_field(quan, "Chữ một dòng", "Tên hợp tác xã")
    add_field(
        quan,
        "Chọn một",
        "Loại hình",
        {"Các mục chọn": "hop_tac_xa = Hợp tác xã\nlien_hiep = Liên hiệp hợp tác xã"},
    )
    add_field(quan, "Có / Không", "Chuyển đổi từ tổ hợp tác", {NAMED: "chuyen_doi"})
    add_field(
        quan,
        "Chữ một dòng",
        "Tên tổ hợp tác cũ",
        {NAMED: "to_hop_tac_cu", "Chỉ hiện khi": "chuyen_doi = true"},
    )
    add_field(quan, "Số tiền", "Vốn điều lệ")
    add_field(quan, "Nhóm lặp lại", "Thành viên", {"Nhỏ nhất": "2"})
    quan.follow("Cột 1")
    fill_field(quan, "Họ tên", {})
    quan.follow("Thành viên")
    add_inside(quan, "Số tiền", "Vốn góp")
    add_field(quan, "Số tiền", "Tổng vốn góp", {"Tự tính bằng": "sum(thanh_vien.von_gop)"})
    quan.reads("Tờ khai dùng được")


NAMED = "Tên dùng trong điều kiện"


def add_field(quan: Person, kind: str, label: str, more: dict[str, str] | None = None) -> None:
    """Add a field to the first page and fill in its own page."""
    quan.main.locator("#kind-0").select_option(label=kind)
    quan.press("Thêm ô")
    fill_field(quan, label, more or {})


def add_inside(quan: Person, kind: str, label: str) -> None:
    """Add a field to each row of the group that is open."""
    quan.main.locator("select[name^='kind-']").select_option(label=kind)
    quan.press("Thêm ô")
    fill_field(quan, label, {})


def fill_field(quan: Person, label: str, more: dict[str, str]) -> None:
    expect(quan.main.get_by_label("Câu hỏi", exact=True)).to_be_visible()
    quan.main.get_by_label("Câu hỏi", exact=True).fill(label)
    quan.main.get_by_label(NAMED).fill("")
    for name, value in more.items():
        quan.put(name, value)
    quan.press("Lưu", exact=False)
    quan.reads("Đã lưu ô")


def write_fee_table(quan: Person) -> None:
    """Write the fee table that the council's text sets, prove it by two examples, publish it."""
    quan.go("/quan-tri/muc-thu/")
    quan.follow("Thêm bảng")
    for label, value in TABLE.items():
        quan.put(label, value)
    quan.main.get_by_text("Các cột: hỏi gì, trả lời gì").click()
    for name, value in (("name-0", "loai_hinh"), ("label-0", "Loại hình"), ("allowed-0", KINDS)):
        quan.main.locator(f"[name={name}]").fill(value)
    quan.main.locator("[name=kind-0]").select_option(label="Chữ")
    for row, (kind, amount) in enumerate(FEES):
        for column, cell in enumerate((f'"{kind}"', amount, "-", "Nghị quyết 12/2025/NQ-HĐND")):
            quan.main.locator(f"#c-{row}-{column}").fill(cell)
    for row, (kind, amount) in enumerate(FEES):
        quan.press("Thêm ví dụ")
        quan.main.locator(f"[name=xname-{row}]").fill(kind)
        quan.main.locator(f"[name=x-{row}-loai_hinh]").fill(kind)
        quan.main.locator(f"[name=x-{row}]").fill(amount)
    quan.press("Lưu dự thảo", exact=False)
    quan.follow("Công bố")
    quan.press("Công bố")
    quan.reads("Đã công bố bảng thu")


def write_parts(quan: Person) -> None:
    """Write the case with its limits, the papers, the fee, the result and its Word template."""
    quan.go(f"/quan-tri/thu-tuc/{CODE}/")
    quan.press("Soạn nội dung")
    limit = "3 ngày làm việc"
    put_entry(
        quan,
        "Thêm trường hợp",
        {
            "Tên trường hợp": "Đăng ký thành lập",
            "Thời hạn khi nộp trực tiếp": limit,
            "Thời hạn khi nộp trực tuyến": limit,
            "Thời hạn khi nộp qua bưu chính": limit,
        },
    )
    put_entry(quan, "Thêm giấy tờ", {"Tên giấy tờ": "Điều lệ hợp tác xã"})
    put_entry(
        quan,
        "Thêm giấy tờ",
        {"Tên giấy tờ": "Nghị quyết của tổ hợp tác", "Chỉ phải có khi": "chuyen_doi = true"},
    )
    quan.follow("Thêm khoản thu")
    quan.put("Tên khoản thu", "Lệ phí đăng ký hợp tác xã")
    quan.choose("Hoặc tính theo bảng thu", "Lệ phí đăng ký hợp tác xã")
    quan.press("Lưu")
    put_entry(
        quan,
        "Thêm kết quả",
        {
            "Tên kết quả": "Giấy chứng nhận đăng ký hợp tác xã",
            "Mã kết quả": "KQ.G12.001174",
            "Tiêu đề in trên kết quả": "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ",
            "Nội dung in": "Cấp cho {ten_hop_tac_xa}, vốn điều lệ {von_dieu_le}.",
        },
    )


def put_entry(quan: Person, link: str, values: dict[str, str]) -> None:
    """Add an entry to a list of the version."""
    quan.follow(link)
    for label, value in values.items():
        quan.put(label, value)
    quan.press("Lưu")
    quan.reads("Đã lưu vào bản thảo")


def design_process(quan: Person) -> None:
    """Draw the process: a check, a question to another unit for one branch, approval, signing."""
    quan.follow("Quy trình")
    add_step(quan, "Kiểm tra hồ sơ", "task", "Kinh tế", "Công chức thụ lý")
    only = {"Chỉ làm khi": 'loai_hinh = "lien_hiep"'}
    add_step(quan, "Hỏi Văn phòng", "consultation", "Kinh tế", "Công chức thụ lý", only)
    quan.reads("Quy trình phải có ít nhất một bước loại")
    add_step(quan, "Kiểm tra dự thảo", "approval", "Kinh tế", "Trưởng đơn vị")
    add_step(quan, "Ký Giấy chứng nhận", "decision", "Ký quyết định (lãnh đạo)", "Lãnh đạo cơ quan")
    quan.reads("Quy trình dùng được")


def add_step(
    quan: Person, name: str, kind: str, duty: str, role: str, more: dict[str, str] | None = None
) -> None:
    """Add a step behind the latest one."""
    quan.follow("Thêm bước")
    quan.put("Tên bước", name)
    quan.main.locator("[name=kind]").select_option(kind)
    quan.choose("Đầu mối thực hiện", duty)
    quan.choose("Vai trò", role)
    quan.put("Thời gian", "1")
    for label, value in (more or {}).items():
        quan.put(label, value)
    quan.press("Lưu")
    quan.reads("Đã lưu vào bản thảo")


def try_out(quan: Person) -> None:
    """Try the Word template, fill the form in and keep that, look at it on a phone."""
    quan.go(f"/quan-tri/thu-tuc/{CODE}/1/noi-dung/")
    quan.reads("Đủ để nhận hồ sơ")
    quan.follow("Mẫu Word của kết quả")
    quan.follow("Đưa lên mẫu Giấy chứng nhận đăng ký hợp tác xã")
    box = quan.main.locator("input[type=file]")
    box.set_input_files({"name": "mau.docx", "mimeType": DOCX, "buffer": make_template(*WORD)})
    quan.press("Chạy thử")
    quan.reads("Chạy thử đạt")
    quan.press("Dùng mẫu này")
    quan.go(f"/quan-tri/thu-tuc/{CODE}/1/thu/")
    fill_in(quan, {"ho_ten": "Lò Thị Lan", "ten_hop_tac_xa": "Rau sạch", "chuyen_doi": "true"})
    quan.press("Thử", exact=False)
    quan.reads("Hãy nhập “Tên tổ hợp tác cũ”")
    fill_in(quan, {"loai_hinh": "lien_hiep", "to_hop_tac_cu": "Tổ rau", "von_dieu_le": "30000000"})
    for row, (who, amount) in enumerate((("Lò Thị Lan", "20000000"), ("Pâng", "10000000"))):
        fill_in(quan, {f"thanh_vien.{row}.ho_ten": who, f"thanh_vien.{row}.von_gop": amount})
    quan.press("Thử", exact=False)
    quan.reads("200.000 đồng")
    quan.reads("Nghị quyết của tổ hợp tác")
    quan.put("Tên dữ liệu thử", "Liên hiệp chuyển đổi")
    quan.press("Giữ lại")
    quan.reads("Đã giữ dữ liệu thử")
    quan.page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # -- a TypedDict by another name
    quan.follow("Xem trên điện thoại")
    quan.reads("Thành viên")
    quan.page.set_viewport_size(DESK)  # type: ignore[arg-type]  # -- a TypedDict by another name


def fill_in(quan: Person, answers: dict[str, str]) -> None:
    """Write answers into the form that is tried."""
    for name, value in answers.items():
        box = quan.main.locator(f"[name='a_{name}']")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def publish(quan: Person) -> None:
    """Look at the whole once more and publish it."""
    quan.go(f"/quan-tri/thu-tuc/{CODE}/1/")
    quan.follow("Công khai")
    quan.press("Công khai")
    quan.reads("Đã công khai phiên bản")
