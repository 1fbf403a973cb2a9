"""What a citizen pays and why: by VietQR, by gateways, with a receipt, and back again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.receipts import api as receipts
from motcua.lib.clock import now

from .citizens import Request, file_online
from .money import WEDNESDAY, Takers, let_work_be_done, takers_of_money
from .people import DESK, People, Person
from .wall_clock import WallClock

LAN, KHANH = "lan@dienbien.example", "khanh@dienbien.example"
COPIES = Request("2.000635", "thuong", {"so_ban": 3, "dien_mien": False})
POOR = Request(
    "2.000635",
    "thuong",
    {"so_ban": 3, "dien_mien": True},
    reads=("Thuộc diện miễn; Thông tư 281/2016/TT-BTC", "Tổng cộng: 0 đồng"),
)
SHOP = Request("1.001612", "ca-nhan")

pytestmark = pytest.mark.usefixtures("seen")


@pytest.fixture(scope="session")
def clock() -> Iterator[WallClock]:
    """Yield a clock that shows a Wednesday after the rules of July."""
    with pytest.MonkeyPatch.context() as patch:
        yield WallClock(patch, WEDNESDAY)


@pytest.fixture(scope="module", autouse=True)
def takers(
    province: str, clock: WallClock, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Takers]:
    """Run those who take money, until the journeys are over."""
    with takers_of_money(province, clock, tmp_path_factory.mktemp("takers")) as found:
        yield found


def order_of(code: str) -> payments.Order:
    return payments.orders_of(dossiers.subject_of(code))[0]


def choose_way(citizen: Person, code: str, way: str) -> None:
    """Let a citizen go from the dossier to its order, and choose how to pay."""
    citizen.go(f"/ho-so/{code}/")
    citizen.press("Thanh toán trực tuyến")
    citizen.press(way)


def press_at(page: Page, button: str) -> None:
    """Press a button on a page that is not ours."""
    page.get_by_role("button", name=button, exact=True).click()


def test_whoever_is_exempt_reads_by_which_article(people: People) -> None:
    lan = people(LAN)

    code = file_online(lan, POOR)

    lan.does_not_read("Thanh toán trực tuyến")
    assert payments.orders_of(dossiers.subject_of(code)) == []


def test_lan_pays_by_vietqr_and_the_bank_tells_us(people: People) -> None:
    lan = people(LAN)
    code = file_online(lan, COPIES)
    lan.reads("Phí, lệ phí phải nộp: 24.000 đồng")
    lan.press("Thanh toán trực tuyến")
    lan.press("Chuyển khoản bằng mã VietQR")
    lan.reads("Quét bằng ứng dụng ngân hàng")

    lan.follow("Chuyển khoản ở ngân hàng minh họa")
    press_at(lan.page, "Chuyển tiền")
    lan.page.get_by_role("link", name="Về trang nộp tiền").click()

    lan.reads("Đã nộp đủ")
    assert order_of(code).state == "paid"


def test_khanh_pays_at_a_gateway_and_gets_a_receipt_that_counts(people: People) -> None:
    # given a fee without which his shop is not received
    khanh = people(KHANH)
    code = file_online(khanh, SHOP)
    khanh.reads("Nộp xong thì hồ sơ mới được tiếp nhận.")
    choose_way(khanh, code, "Cổng VNPAY")

    # when he pays on the gateway's page and comes back
    expect(khanh.page.get_by_text("150.000 đồng")).to_be_visible()
    press_at(khanh.page, "Trả tiền")
    khanh.page.wait_for_url("**/tro-ve/**")
    khanh.reads("Đã nộp đủ")
    khanh.eyes.look(khanh.page)
    let_work_be_done()

    # then the desk receives it, and his receipt is signed
    binh = people("binh")
    binh.go(f"/mot-cua/ho-so/{code}/")
    binh.press("Tiếp nhận", exact=False)
    khanh.go(f"/ho-so/{code}/")
    khanh.follow("Biên lai EBL01", exact=False)
    examine(people("", DESK), khanh)


def examine(passer_by: Person, owner: Person) -> None:
    """Let somebody look whether a receipt counts: the file alone, and on the public page."""
    link = owner.main.get_by_role("link", name="Tải tệp đã ký (XML)").get_attribute("href")
    file = owner.page.request.get(link or "").body()
    checked = receipts.check_file(file, at=now())
    assert (checked.faults, checked.notes) == ([], [])
    passer_by.go("/kiem-tra-chu-ky/")
    passer_by.main.get_by_label("Tệp PDF hoặc XML").set_input_files(
        {"name": "bien-lai.xml", "mimeType": "application/xml", "buffer": file}
    )
    passer_by.press("Kiểm tra", exact=False)
    passer_by.reads("Chữ ký hợp lệ")
    passer_by.reads("UBND phường Điện Biên Phủ")


def test_the_national_platform_takes_the_same_order(people: People) -> None:
    lan = people(LAN)
    code = file_online(lan, COPIES)

    choose_way(lan, code, "Nền tảng thanh toán quốc gia")
    press_at(lan.page, "Trả tiền")
    lan.page.wait_for_url("**/tro-ve/**")

    lan.reads("Đã nộp đủ")
    assert order_of(code).state == "paid"


def test_what_lan_withdraws_she_is_paid_back_when_a_second_person_agrees(people: People) -> None:
    # given copies that Lan has paid for at a gateway, and takes back
    lan, hoa = people(LAN), people("hoa")
    code = file_online(lan, COPIES)
    choose_way(lan, code, "Cổng VNPAY")
    press_at(lan.page, "Trả tiền")
    lan.page.wait_for_url("**/tro-ve/**")
    lan.reads("Đã nộp đủ")
    let_work_be_done()
    lan.go(f"/ho-so/{code}/rut/")
    lan.press("Rút hồ sơ")

    # when Hoa approves what was proposed for it
    [refund] = payments.whole_order(order_of(code)).refunds
    hoa.go("/xu-ly/hoan-tien/")
    hoa.follow(refund.code)
    hoa.press("Duyệt hoàn tiền")
    hoa.reads("Đã duyệt hoàn")
    let_work_be_done()

    # then the gateway has given it back, and Lan reads so
    lan.go(f"/thanh-toan/don/{order_of(code).token}/")
    lan.reads("Đã hoàn")
    assert order_of(code).state == "refunded"
